#include "store/salvage.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/codec/codec.hpp"
#include "core/engine.hpp"
#include "store/clock_jumps.hpp"
#include "store/debt.hpp"
#include "store/integrity.hpp"
#include "store/meta.hpp"
#include "store/rows.hpp"
#include "store/tolerant_scan.hpp"

namespace anju::store {

namespace {

constexpr std::size_t owed_decisions_limit = 10'000;

class Rescue {
public:
    Rescue(Database& from, Database& into) : from_(from), into_(into), meta_(into) {}

    std::vector<std::string> run(Instant now, std::uint32_t entropy) {
        Atomic atomic(into_);
        read_meta();
        read_checkpoints();
        register_again();
        const std::uint64_t inputs = write_journal_and_checkpoints();
        Debt debt(read_outbox(), owed_decisions_limit);
        const std::uint64_t alerts = copy("alerts", [&](const Statement& row) {
            if (const auto alert = read_alert(row)) debt.add(*alert);
        });
        const std::uint64_t decisions = copy("decisions", [&](const Statement& row) {
            const auto decision = read_decision(row);
            if (!decision) return;
            debt.add(*decision);
            latest_ = std::max(latest_, decision->recorded);
        });
        const std::uint64_t commands = copy("commands", [](const Statement&) {});
        copy("rejected", [](const Statement&) {});
        copy("driver_state", [](const Statement&) {});
        if (has("notices")) copy("notices", [](const Statement&) {});
        if (has("consents")) copy("consents", [](const Statement&) {});
        if (has("erasures")) copy_erasures();
        const std::size_t owed = write_owed(debt.bytes());
        write_meta(now, entropy);
        atomic.commit();
        notes_.insert(notes_.begin(), "saved " + std::to_string(checkpoints_.size()) +
                                          " households, " + std::to_string(inputs) + " inputs, " +
                                          std::to_string(alerts) + " alerts, " +
                                          std::to_string(decisions) + " decisions, " +
                                          std::to_string(commands) + " answers to commands; " +
                                          std::to_string(owed) + " decisions will be sent again");
        return std::move(notes_);
    }

private:
    using Visit = std::function<void(const Statement&)>;

    /// Visits intact rows; notes what was lost. True when nothing was.
    bool each(std::string_view name, const Visit& visit, bool quiet = false) {
        const auto table = std::find_if(tables().begin(), tables().end(),
                                        [&](const Table& one) { return one.name == name; });
        std::uint64_t broken = 0;
        const bool reached = tolerant_scan(from_, name, table->columns, [&](const Statement& row) {
            if (intact(row, name, table->count)) {
                visit(row);
            } else {
                ++broken;
            }
        });
        if (quiet) return reached && broken == 0;
        if (!reached) notes_.push_back("part of " + std::string(name) + " cannot be read");
        if (broken > 0) {
            notes_.push_back(std::to_string(broken) + " damaged rows in " + std::string(name) +
                             " were left out");
        }
        return reached && broken == 0;
    }

    std::uint64_t copy(std::string_view name, const Visit& visit) {
        const auto table = std::find_if(tables().begin(), tables().end(),
                                        [&](const Table& one) { return one.name == name; });
        Statement insert(into_, sql::insert(table->columns, name));
        std::uint64_t copied = 0;
        each(name, [&](const Statement& row) {
            for (int column = 0; column < table->count; ++column) {
                insert.bind_column(column + 1, row, column);
            }
            insert.run();
            visit(row);
            ++copied;
        });
        return copied;
    }

    /// A store that was damaged before it could be migrated lacks the newer ones.
    bool has(const char* table) {
        try {
            Statement found(from_, "SELECT count(*) FROM sqlite_schema WHERE name = ?1");
            found.bind_text(1, table);
            return found.step() && found.integer(0) > 0;
        } catch (const SqliteError& error) {
            if (!error.damage()) throw;
            return false;
        }
    }

    void read_meta() {
        meta_complete_ = each("meta", [&](const Statement& row) {
            old_meta_[std::string(row.bytes(0))] = row.integer(1);
        });
    }

    void read_checkpoints() {
        each("checkpoints", [&](const Statement& row) {
            auto checkpoint = read_checkpoint(row);
            if (!checkpoint) return;
            Checkpoint& newest = checkpoints_[checkpoint->household.value];
            if (newest.household.empty() || newest.seq < checkpoint->seq) {
                newest = std::move(*checkpoint);
            }
        });
    }

    /// The last that the journal says of a household.
    struct Registration {
        std::uint64_t heard{};  ///< seq of the last input; 0 = none
        std::uint64_t seq{};    ///< of the last registration or removal
        std::optional<HouseholdSet> set;
        Instant at{};
    };

    /// Gives a checkpoint to every household that has inputs but no readable checkpoint: its
    /// state right after its last registration.
    void register_again() {
        std::map<HouseholdId, Registration> found;
        const Visit look = [&](const Statement& row) {
            const auto entry = read_journal(row);
            if (!entry || entry->household.empty()) return;
            if (checkpoints_.contains(entry->household.value)) return;
            Registration& last = found[entry->household];
            last.heard = std::max(last.heard, entry->seq);
            if (entry->seq < last.seq) return;
            auto input = decode_input(entry->bytes);
            if (!input) return;
            auto* set = std::get_if<HouseholdSet>(&*input);
            if (set == nullptr && !std::holds_alternative<HouseholdRemoved>(*input)) return;
            last.seq = entry->seq;
            last.at = entry->at;
            last.set.reset();
            if (set != nullptr) last.set = std::move(*set);
        };
        each("journal", look, true);  // what is lost is said when the journal is copied
        for (auto& [household, last] : found) {
            if (last.set) {
                restart(household, last);
            } else if (last.heard > last.seq) {
                notes_.push_back("household " + household.value +
                                 " is lost, no checkpoint and no registration of it can be "
                                 "read: register it again");
            }
        }
    }

    void restart(const HouseholdId& household, Registration& last) {
        Engine engine;
        Decisions unused;
        engine.apply(last.at, *last.set, unused);
        checkpoints_[household.value] = {household, last.seq, last.at, engine.snapshot(household),
                                         true};
        notes_.push_back("household " + household.value +
                         " starts again from its registration: its checkpoints are damaged");
    }

    /// Inputs are numbered anew behind the last that no household needs, because a journal has
    /// no holes; checkpoints move along. Each becomes a base: replay starts here.
    std::uint64_t write_journal_and_checkpoints() {
        std::uint64_t floor = UINT64_MAX;
        for (const auto& [household, checkpoint] : checkpoints_) {
            floor = std::min(floor, checkpoint.seq);
        }
        if (floor == UINT64_MAX) floor = old("journal_base");

        std::map<std::uint64_t, JournalEntry> entries;
        each("journal", [&](const Statement& row) {
            auto entry = read_journal(row);
            if (entry && entry->seq > floor) entries[entry->seq] = std::move(*entry);
        });
        std::uint64_t last = entries.empty() ? floor : entries.rbegin()->first;
        for (const auto& [household, checkpoint] : checkpoints_) {
            last = std::max(last, checkpoint.seq);  // of a journal whose end is damaged
        }
        const std::uint64_t lost = last - floor - entries.size();
        if (lost > 0) notes_.push_back(std::to_string(lost) + " inputs are lost");
        Statement insert(into_, sql::insert(sql::journal, "journal"));
        std::vector<std::uint64_t> kept;
        for (auto& [seq, entry] : entries) {
            kept.push_back(seq);
            entry.seq = floor + kept.size();
            engine_time_ = std::max(engine_time_, entry.at);
            write_journal(insert, entry);
        }
        const auto moved = [&](std::uint64_t seq) {
            const auto behind = std::upper_bound(kept.begin(), kept.end(), seq);
            return floor + static_cast<std::uint64_t>(behind - kept.begin());
        };
        Statement put(into_, sql::insert(sql::checkpoints, "checkpoints"));
        for (auto& [household, checkpoint] : checkpoints_) {
            checkpoint.seq = moved(checkpoint.seq);
            checkpoint.base = true;
            engine_time_ = std::max(engine_time_, checkpoint.at);
            write_checkpoint(put, checkpoint);
        }
        meta_.set(key::journal_base, static_cast<std::int64_t>(floor));
        return kept.size();
    }

    Instant read_outbox() {
        Instant since = Instant::max();
        std::array<ReadLane, 2> lanes;
        bool ranges_complete = each("acknowledged", [&](const Statement& row) {
            ReadLane& lane = lanes[row.integer(0) == static_cast<int>(Lane::alarm) ? 0 : 1];
            lane.ranges[static_cast<std::uint64_t>(row.integer(1))] =
                static_cast<std::uint64_t>(row.integer(2));
        });
        for (const Lane number : all_lanes) {
            ReadLane& lane = lanes[number == Lane::alarm ? 0 : 1];
            lane.through = old(key::acknowledged_through(number));
            lane.complete = each(outbox_table(number), [&](const Statement& row) {
                const auto event = read_event(row, number);
                if (!event) return;
                lane.events[event->seq] = event->at;
                latest_ = std::max(latest_, event->at);
            });
            lane.complete = lane.complete && ranges_complete;
            since = std::min(since, owed_since(lane));
        }
        return since;
    }

    std::size_t write_owed(const std::vector<std::string>& owed) {
        // What an earlier rebuild still owed stands before what this one adds.
        std::vector<std::string> all;
        each("salvaged", [&](const Statement& row) {
            if (auto bytes = read_bytes(row, "salvaged")) all.push_back(std::move(*bytes));
        });
        all.insert(all.end(), owed.begin(), owed.end());
        Statement insert(into_, sql::insert(sql::salvaged, "salvaged"));
        std::int64_t id = 0;
        for (const std::string& bytes : all) {
            SealedRow(insert, "salvaged").integer(++id).blob(bytes).run();
        }
        return all.size();
    }

    /// The inputs have new numbers: what is not finished begins anew.
    void copy_erasures() {
        std::vector<StoredErasure> unfinished;
        copy("erasures", [&](const Statement& row) {
            auto erasure = read_erasure(row);
            if (erasure && erasure->erased_at == Instant{}) unfinished.push_back(*erasure);
        });
        Statement insert(into_, sql::insert(sql::erasures, "erasures"));
        for (StoredErasure& erasure : unfinished) {
            erasure.next = 1;
            write_erasure(insert, erasure);
        }
    }

    void write_meta(Instant now, std::uint32_t entropy) {
        const std::uint64_t epoch = std::max(make_epoch(now, entropy), old("epoch") + 1);
        meta_.set(key::notices_base, static_cast<std::int64_t>(old("notices_base")));
        meta_.set(key::epoch, static_cast<std::int64_t>(epoch));
        meta_.set(key::new_epoch, 1);
        // Most commits say their time with their last input alone (stored_engine_time()), and that
        // may be what is damaged: time would begin again before decisions that were made, and what
        // was waited for would be waited for once more.
        if (never_set_back()) engine_time_ = std::max(engine_time_, latest_);
        const Instant stored = from_unix_ms(static_cast<std::int64_t>(old("engine_time")));
        meta_.set(key::engine_time, to_unix_ms(std::max(stored, engine_time_)));
    }

    /// Whether later dates are of later commits. A clock that was wrong and then set back leaves
    /// rows from the future, and time must not go on from there: what was heard since would seem
    /// years old.
    [[nodiscard]] bool never_set_back() const {
        const auto jumps = static_cast<std::size_t>(old(std::string(key::clock_jumps)));
        if (!meta_complete_ || jumps >= ClockJumps::remembered) return false;
        for (std::size_t jump = 0; jump < jumps; ++jump) {
            const std::string name = "clock_jump_" + std::to_string(jump);
            if (old(name + "_to") < old(name + "_from")) return false;
        }
        return true;
    }

    [[nodiscard]] std::uint64_t old(const std::string& name) const {
        const auto found = old_meta_.find(name);
        return found == old_meta_.end() ? 0 : static_cast<std::uint64_t>(found->second);
    }

    Database& from_;
    Database& into_;
    Meta meta_;
    std::map<std::string, std::int64_t> old_meta_;
    std::map<std::string, Checkpoint> checkpoints_;
    bool meta_complete_ = false;
    Instant engine_time_{};
    Instant latest_{};  ///< of commits that decisions and events tell of
    std::vector<std::string> notes_;
};

}  // namespace

std::uint64_t make_epoch(Instant now, std::uint32_t entropy) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    return (static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0)) << 20U) |
           (entropy & 0xfffffU);
}

void start_epoch(Database& db, std::uint64_t epoch) {
    Meta meta(db);
    meta.set(key::epoch, static_cast<std::int64_t>(std::max<std::uint64_t>(epoch, 1)));
}

std::vector<std::string> salvage(Database& from, Database& into, Instant now,
                                 std::uint32_t entropy) {
    return Rescue(from, into).run(now, entropy);
}

}  // namespace anju::store
