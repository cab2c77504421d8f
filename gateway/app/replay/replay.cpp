#include "app/replay/replay.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <variant>

#include "app/replay/comparison.hpp"
#include "core/codec/codec.hpp"

namespace anju::replay {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t decoded_at_once = 4096;

double seconds(Steady::duration time) {
    return std::chrono::duration<double>(time).count();
}

class Run {
public:
    Run(store::StoreReader& reader, const Options& options)
        : reader_(reader), options_(options), engine_(options.engine) {}

    result<Report> run() {
        const auto begin = Steady::now();
        if (const auto done = prepare(); !done) return done.error();
        if (const auto done = apply_journal(); !done) return done.error();
        if (const auto done = timed([&] { return finish(); }); !done) return done.error();
        report_.total_seconds = seconds(Steady::now() - begin);
        return std::move(report_);
    }

private:
    struct Entry {
        std::uint64_t seq{};
        Instant at{};
        HouseholdId household;
        Input input;
    };

    result<void> prepare() {
        if (const auto held = reader_.hold_snapshot(); !held) return held.error();
        const auto head = reader_.head();
        if (!head) return head.error();
        end_ = head->engine_time;
        base_ = head->journal.base;
        report_.from_start = base_ == 0;
        comparison_.emplace(reader_, report_, options_.shown, report_.from_start);
        if (report_.from_start) return {};
        auto checkpoints = reader_.oldest_checkpoints();
        if (!checkpoints) return checkpoints.error();
        waiting_ = std::move(*checkpoints);
        std::sort(waiting_.begin(), waiting_.end(), [](const Checkpoint& a, const Checkpoint& b) {
            return a.seq != b.seq ? a.seq > b.seq : a.household > b.household;
        });
        for (const Checkpoint& checkpoint : waiting_) not_started_.insert(checkpoint.household);
        return {};
    }

    result<void> apply_journal() {
        std::vector<Entry> batch;
        result<void> failure;
        const auto flush = [&] {
            failure = timed([&] { return apply(batch); });
            batch.clear();
            return failure.has_value();
        };
        const auto read = reader_.inputs_after(base_, [&](const JournalEntry& entry) {
            auto input = decode_input(entry.bytes);
            if (!input) {
                failure = Error{"input " + std::to_string(entry.seq) + " cannot be decoded", "",
                                "use the program that came with the gateway"};
                return false;
            }
            batch.push_back({entry.seq, entry.at, entry.household, std::move(*input)});
            return batch.size() < decoded_at_once || flush();
        });
        if (!read) return read.error();
        if (failure && !batch.empty()) flush();
        return failure;
    }

    template <class Work>
    result<void> timed(Work work) {
        const auto begin = Steady::now();
        result<void> done = work();
        report_.engine_seconds += seconds(Steady::now() - begin);
        return done;
    }

    result<void> apply(std::vector<Entry>& batch) {
        for (Entry& entry : batch) {
            if (const auto done = start_through(entry.seq - 1); !done) return done;
            ++report_.inputs;
            if (!entry.household.empty() && not_started_.contains(entry.household)) {
                ++report_.skipped;
                continue;
            }
            if (const auto* observation = std::get_if<Observation>(&entry.input)) {
                report_.readings += observation->readings.size();
            } else if (auto* set = std::get_if<HouseholdSet>(&entry.input)) {
                change(set->household.rules);
            }
            engine_.apply(entry.at, entry.input, decisions_);
            if (const auto done = compare(); !done) return done;
        }
        return {};
    }

    /// Restores households whose checkpoint lies at or before this input.
    result<void> start_through(std::uint64_t seq) {
        for (; !waiting_.empty() && waiting_.back().seq <= seq; waiting_.pop_back()) {
            const Checkpoint& checkpoint = waiting_.back();
            if (!engine_.restore(checkpoint.bytes)) {
                return Error{
                    "the checkpoint of " + checkpoint.household.value + " cannot be restored", "",
                    "use the program that came with the gateway"};
            }
            not_started_.erase(checkpoint.household);
            const auto decisions = engine_.decisions(checkpoint.household);
            if (const auto begun = comparison_->start(checkpoint.household, decisions.value_or(0));
                !begun) {
                return begun;
            }
            auto view = engine_.view(checkpoint.household);
            if (!options_.what_if() || !view) continue;
            change(view->household.rules);
            engine_.apply(checkpoint.at, HouseholdSet{std::move(view->household)}, decisions_);
            if (const auto done = compare(); !done) return done;
        }
        return {};
    }

    void change(Rules& rules) const {
        if (options_.presets) rules.presets = *options_.presets;
        if (options_.alert_budget_milli) rules.alert_budget_milli = *options_.alert_budget_milli;
        if (options_.phone_budget_milli) rules.phone_budget_milli = *options_.phone_budget_milli;
    }

    result<void> finish() {
        if (const auto done = start_through(UINT64_MAX); !done) return done;
        if (end_ != Instant{}) engine_.advance(end_, decisions_);
        if (const auto done = compare(); !done) return done;
        report_.households = engine_.household_count();
        return comparison_->finish();
    }

    result<void> compare() {
        for (const Decision& decision : decisions_) {
            if (const auto done = comparison_->computed(decision); !done) return done;
        }
        decisions_.clear();
        return {};
    }

    store::StoreReader& reader_;
    const Options& options_;
    Engine engine_;
    Report report_;
    std::optional<Comparison> comparison_;
    Instant end_{};
    std::uint64_t base_ = 0;
    std::vector<Checkpoint> waiting_;  ///< last one first to be restored
    std::set<HouseholdId> not_started_;
    Decisions decisions_;
};

}  // namespace

result<Report> replay(store::StoreReader& reader, const Options& options) {
    return Run(reader, options).run();
}

}  // namespace anju::replay
