// What a community costs: its desk, alone, with ever more residents.
//
//   bench_desk [--residents N]… [--days N]
//
// A worker for every twenty residents, who work Monday to Friday and do what is planned; one call
// in fifteen is not answered at first, one in forty of those who do not answer is not reached all
// day, one resident in two hundred goes away every week, one worker in fifty is ill on Wednesday,
// and in one home in twenty an alert comes and goes every day. Times are of the processor, so that
// a busy machine tells no lie. The last line is a digest of all decisions: equal digests mean equal
// decisions, byte for byte.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/care/desk.hpp"
#include "core/codec/codec.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;
using Times = std::vector<double>;  // seconds

constexpr CareDesk::Voice china{8h};
constexpr int residents_a_worker = 20;

Instant at(Date date, Duration time) {
    return instant_at(date, time, china.utc_offset);
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string padded(int number) {
    const std::string text = std::to_string(number);
    return std::string(5 - text.size(), '0') + text;
}

Community community(int residents) {
    Community out;
    out.id = CommunityId{"500105001"};
    out.name = "Longxi";
    const int workers = std::max(2, (residents + residents_a_worker - 1) / residents_a_worker);
    for (int n = 0; n < workers; ++n) {
        out.workers.push_back({.id = WorkerId{"w" + padded(n)}, .name = "worker"});
    }
    out.calendar.years = {2025, 2026, 2027};
    return out;
}

/// A community that lives and is looked after; whatever is done to its desk is timed.
class Town {
public:
    explicit Town(int residents) : residents_(residents) {
        const Date sunday = make_date(2026, 3, 1);
        now_ = at(sunday, 9h);
        desk_.apply(now_, CommunitySet{community(residents)}, china, fresh_);
        for (int n = 0; n < residents; ++n) {
            const ResidentsSet home{
                CommunityId{"500105001"},
                HouseholdId{"500105001-" + padded(n)},
                {{.id = ResidentId{"500105001-" + padded(n) + "-r"}, .name = "Wang"}}};
            time("a home registered", [&] { desk_.apply(now_, home, china, fresh_); });
        }
        now_ += 1min;
        time("the first week planned", [&] { desk_.run_until(now_, china, fresh_); });
    }

    void live(int days) {
        for (int day = 0; day < days; ++day) {
            const Date date = date_of(now_, china.utc_offset) + 1;
            now_ = at(date, 2h);
            time("a day turned", [&] { desk_.run_until(now_, china, fresh_); });
            now_ = at(date, 8h);
            take();
            surprises(date);
            work(date);
            const Instant noon = at(date, 20h);
            now_ = std::max(now_, noon);
            desk_.run_until(now_, china, fresh_);
            take();
        }
        save();
    }

    void report() const {
        std::printf("%d residents\n", residents_);
        for (const auto& [what, times] : times_) {
            Times sorted = times;
            std::ranges::sort(sorted);
            double sum = 0;
            for (const double one : sorted) sum += one;
            const auto at_rank = [&](double share) {
                return sorted[static_cast<std::size_t>(share *
                                                       static_cast<double>(sorted.size() - 1))];
            };
            std::printf("  %-42s %7zu times  mean %11.3f  p50 %11.3f  p99 %11.3f  most %11.3f ms\n",
                        what.c_str(), sorted.size(), sum / static_cast<double>(sorted.size()) * 1e3,
                        at_rank(0.5) * 1e3, at_rank(0.99) * 1e3, sorted.back() * 1e3);
        }
        std::printf("  snapshot %zu bytes, %zu a resident; %llu decisions, digest %016llx\n",
                    bytes_, bytes_ / static_cast<std::size_t>(residents_),
                    static_cast<unsigned long long>(desk_.decisions()),
                    static_cast<unsigned long long>(digest_));
    }

private:
    template <class Act>
    void time(const std::string& what, Act act) {
        const double before = processor_seconds();
        act();
        times_[what].push_back(processor_seconds() - before);
    }
    std::uint64_t below(std::uint64_t limit) {  // SplitMix64
        std::uint64_t z = (dice_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return (z ^ (z >> 31U)) % limit;
    }
    bool once_in(std::uint64_t n) { return below(n) == 0; }
    ResidentId resident(std::uint64_t n) const {
        return ResidentId{"500105001-" + padded(static_cast<int>(n)) + "-r"};
    }
    std::string command() { return "c" + std::to_string(++commands_); }

    /// Takes over what was decided: the digest grows, and the tasks are as they are now.
    bool take() {
        bool planned = false;
        for (const Decision& decision : fresh_) {
            for (const char byte : encode(decision)) {  // FNV-1a
                digest_ = (digest_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
            }
            planned = planned || std::holds_alternative<PlanMade>(decision.what);
            const auto* change = std::get_if<TaskChanged>(&decision.what);
            if (change == nullptr) continue;
            if (change->task.state <= TaskState::in_progress) {
                open_[change->task.id] = change->task;
            } else {
                open_.erase(change->task.id);
            }
        }
        fresh_.clear();
        return planned;
    }

    void surprises(Date date) {
        const auto all = static_cast<std::uint64_t>(residents_);
        if (weekday(date) == 1) {
            for (std::uint64_t n = 0; n < std::max<std::uint64_t>(1, all / 200); ++n) {
                SuspensionSet input{.command_id = command(),
                                    .community = CommunityId{"500105001"},
                                    .suspension = {.resident = resident(below(all)),
                                                   .reason = ResidentStatus::away,
                                                   .from = date + 1,
                                                   .to = date + 6,
                                                   .said_by = "son",
                                                   .approver = "lead",
                                                   .note = ""},
                                    .ended = false,
                                    .actor = "cli:chen"};
                time("a suspension", [&] { desk_.apply(now_, input, china, fresh_); });
                take();
            }
        }
        if (weekday(date) == 2) {
            const auto workers = desk_.community().workers.size();
            for (std::uint64_t n = 0; n < std::max<std::uint64_t>(1, workers / 50); ++n) {
                WorkerAbsent input{.command_id = command(),
                                   .community = CommunityId{"500105001"},
                                   .worker = desk_.community().workers[below(workers)].id,
                                   .from = date,
                                   .to = date,
                                   .back = false,
                                   .actor = "cli:chen"};
                time("a worker ill for a day", [&] { desk_.apply(now_, input, china, fresh_); });
                take();
            }
        }
        for (std::uint64_t n = 0; n < std::max<std::uint64_t>(1, all / 20); ++n) {
            alert(below(all));
        }
        for (std::uint64_t n = 0; n < std::max<std::uint64_t>(10, all / 10); ++n) {
            const RhythmTold input{CommunityId{"500105001"}, resident(below(all)), {{8h, 20h}}};
            time("an input that changes nothing", [&] { desk_.apply(now_, input, china, fresh_); });
        }
    }
    void alert(std::uint64_t home) {
        AlertTold input{.community = CommunityId{"500105001"}, .alert = {}};
        Alert& alert = input.alert;
        alert.household = HouseholdId{"500105001-" + padded(static_cast<int>(home))};
        alert.resident = resident(home);
        alert.id = AlertId{alert.household.value + "-" + std::to_string(++commands_)};
        alert.kind = once_in(4) ? AlertKind::inactivity : AlertKind::data_stale;
        alert.priority = alert.kind == AlertKind::inactivity ? Priority::p2 : Priority::p4;
        alert.raised_at = now_;
        for (const AlertState state : {AlertState::open, AlertState::acknowledged,
                                       AlertState::resolved, AlertState::closed}) {
            alert.state = state;
            alert.changed_at = now_;
            time("an alert told", [&] { desk_.apply(now_, input, china, fresh_); });
            take();
        }
    }

    /// Whatever is planned for the day, each thing when it is proposed.
    void work(Date date) {
        std::set<std::pair<Instant, TaskId>> day;
        for (const auto& [id, task] : open_) {
            if (task.date == date) day.insert({task.end, id});
        }
        std::set<TaskId> silent;
        while (!day.empty()) {
            const auto [when, id] = *day.begin();
            day.erase(day.begin());
            const auto known = open_.find(id);
            if (known == open_.end() || known->second.worker.empty()) continue;
            const CareTask task = known->second;
            if (task.end > now_) now_ = task.end;
            ContactRecorded input{.command_id = command(),
                                  .community = CommunityId{"500105001"},
                                  .record = {},
                                  .actor = "cli:chen",
                                  .last_sign_of_life = now_ - 1h,
                                  .door = Corroboration::none};
            ContactRecord& record = input.record;
            record.resident = task.resident;
            record.worker = task.worker;
            record.task = id;
            const bool visit = task.kind == TaskKind::home_visit;
            record.kind = task.kind == TaskKind::extra_contact ? TaskKind::phone_call : task.kind;
            if (!visit && once_in(15)) silent.insert(id);
            const bool unheard = silent.contains(id) && (task.attempts == 0 || once_in(2));
            record.outcome = unheard ? Outcome::unreached : Outcome::well;
            record.end = now_;
            record.start = now_ - (visit ? 20min : 5min);
            if (visit || task.kind == TaskKind::return_check) record.form = {1, 1, 1, 1, 1, 1};
            const double before = processor_seconds();
            desk_.apply(now_, input, china, fresh_);
            const double took = processor_seconds() - before;
            const bool planned = take();
            times_[planned ? "a contact, and a week planned anew" : "a contact recorded"].push_back(
                took);
            const auto again = open_.find(id);
            if (again != open_.end() && again->second.date == date && again->second.end > now_) {
                day.insert({again->second.end, id});
            }
        }
    }

    void save() {
        std::string bytes;
        for (int n = 0; n < 3; ++n) {
            time("saved", [&] { bytes = desk_.save(); });
            time("loaded", [&] {
                if (!CareDesk::load(bytes)) std::abort();
            });
            time("seen as a whole", [&] {
                if (desk_.view().clients.size() != static_cast<std::size_t>(residents_))
                    std::abort();
            });
        }
        bytes_ = bytes.size();
    }

    int residents_;
    CareDesk desk_;
    Decisions fresh_;
    Instant now_{};
    std::map<TaskId, CareTask> open_;
    std::map<std::string, Times> times_;
    std::uint64_t dice_ = 7;
    std::uint64_t commands_ = 0;
    std::uint64_t digest_ = 0xcbf29ce484222325ULL;
    std::size_t bytes_ = 0;
};

}  // namespace
}  // namespace anju

int main(int argc, char** argv) {
    std::vector<int> sizes;
    int days = 14;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        if (option == "--residents") sizes.push_back(std::atoi(argv[i + 1]));
        if (option == "--days") days = std::atoi(argv[i + 1]);
    }
    if (sizes.empty()) sizes = {30, 1'000, 10'000};
    for (const int residents : sizes) {
        anju::Town town(residents);
        town.live(days);
        town.report();
    }
}
