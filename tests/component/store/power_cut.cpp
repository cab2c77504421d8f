#include "tests/component/store/power_cut.hpp"

#include <random>
#include <vector>

#include "tests/component/store/samples.hpp"
#include "tests/component/store/workload.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::test {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t commits_in_a_life = 40;
constexpr std::size_t cuts_in_a_life = 8;
constexpr std::size_t commits_in_a_store = 600;  // then a fresh one

struct Cut {
    DiskImage image;
    std::size_t returned{};  ///< commits of the workload that had returned
};

store::Options options_for(const fs::path& folder, const FaultVfs& disk,
                           store::Durability durability) {
    store::Options options = options_in(folder);
    options.vfs = disk.name();
    options.durability = durability;
    options.keep_readings = std::chrono::hours{2};
    options.keep_acknowledged = std::chrono::hours{1};
    options.rejected_limit = 20;
    return options;
}

class Campaign {
public:
    Campaign(std::uint64_t seed, store::Durability durability)
        : chance_(seed), seed_(seed), durability_(durability) {}

    PowerCuts run(std::uint64_t cuts) {
        while (result_.cuts < cuts) {
            Workload workload(seed_ + result_.cuts);
            auto folder = std::make_unique<TempDir>();
            std::size_t count = 0;
            while (result_.cuts < cuts && count < commits_in_a_store) {
                std::vector<Cut> moments = live(workload, folder->path(), count);
                if (moments.empty()) break;
                bool healthy = true;
                for (std::size_t at = 0; at < moments.size() && result_.cuts < cuts; ++at) {
                    auto left = std::make_unique<TempDir>();
                    const std::ptrdiff_t found = examine(workload, moments[at], left->path());
                    healthy = healthy && found >= 0;
                    if (found < 0 || at + 1 < moments.size()) continue;
                    folder = std::move(left);  // the last one lives on
                    count = static_cast<std::size_t>(found);
                }
                if (!healthy) break;
            }
        }
        return result_;
    }

private:
    /// Goes on writing from transaction `count` and remembers the disk at random moments,
    /// opening and housekeeping included.
    std::vector<Cut> live(Workload& workload, const fs::path& folder, std::size_t count) {
        FaultVfs disk;
        disk.adopt(folder);
        std::vector<Cut> moments;
        std::size_t returned = count;
        const std::uint64_t one_in = 5 + chance_() % 60;
        disk.before_change = [&] {
            if (moments.size() < cuts_in_a_life && chance_() % one_in == 0) {
                moments.push_back({disk.image(), returned});
            }
        };
        const auto journal = open_journal(options_for(folder, disk, durability_));
        const std::size_t until = count + 1 + chance_() % commits_in_a_life;
        while (returned < until) {
            const Transaction& next = workload.transaction(returned);
            if (const auto done = journal->commit(next); !done) {
                throw std::runtime_error(done.error().text());
            }
            ++returned;
            if (chance_() % 5 == 0) journal->maintain(next.now).value();
        }
        if (moments.size() < cuts_in_a_life) moments.push_back({disk.image(), returned});
        disk.before_change = nullptr;
        return moments;
    }

    /// How many transactions were found; -1 when the store is not what it must be.
    std::ptrdiff_t examine(Workload& workload, const Cut& cut, const fs::path& folder) {
        cut.image.settle(folder, chance_);
        ++result_.cuts;
        result_.commits += cut.returned;
        FaultVfs disk;
        disk.adopt(folder);
        const auto journal =
            store::SqliteJournal::open(options_for(folder, disk, durability_), noon, 1);
        if (!journal) return wrong(result_.unopenable, 1, journal.error().text());
        const auto recovery = (*journal)->recover();
        if (!recovery) return wrong(result_.unopenable, 1, recovery.error().text());
        if (recovery->new_epoch) return wrong(result_.rebuilt, 1, recovery->notes.front());

        const std::ptrdiff_t found = workload.count_at(recovery->last_input);
        if (found < 0) return wrong(result_.differing, 1, "half a transaction");
        const auto count = static_cast<std::size_t>(found);
        if (count < cut.returned) {
            const std::uint64_t last = workload.transaction(cut.returned - 1).inputs.back().seq;
            return wrong(result_.rows_lost, last - recovery->last_input, "rows are gone");
        }
        if (count > cut.returned + 1) return wrong(result_.differing, 1, "from the future");
        const std::string differences = workload.differences(**journal, count);
        if (!differences.empty()) return wrong(result_.differing, 1, differences);
        return found;
    }

    std::ptrdiff_t wrong(std::uint64_t& counter, std::uint64_t by, const std::string& what) {
        counter += by;
        if (result_.first.empty()) {
            result_.first = "cut " + std::to_string(result_.cuts) + " of seed " +
                            std::to_string(seed_) + ": " + what;
        }
        return -1;
    }

    std::mt19937_64 chance_;
    std::uint64_t seed_;
    store::Durability durability_;
    PowerCuts result_;
};

}  // namespace

PowerCuts cut_power(std::uint64_t cuts, std::uint64_t seed, store::Durability durability) {
    return Campaign(seed, durability).run(cuts);
}

}  // namespace anju::test
