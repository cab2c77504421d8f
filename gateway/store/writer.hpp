// Writes one transaction of the journal's port into the tables. Knows nothing of full disks,
// checkpoints or retention.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "runtime/journal.hpp"
#include "store/meta.hpp"
#include "store/state.hpp"
#include "store/statement.hpp"

namespace anju::store {

class Writer {
public:
    Writer(Database& db, Meta& meta, std::size_t rejected_limit);

    /// Commits `transaction` and brings `state` up to it. On SqliteError neither has changed.
    void write(const Transaction& transaction, State& state);

private:
    struct OfLane {
        OfLane(Database& db, Lane lane);
        Statement insert;
    };
    OfLane& of(Lane lane) { return lane == Lane::alarm ? alarm_ : bulk_; }

    void remove_households(const Transaction& transaction);
    void begin_erasures(const Transaction& transaction);
    void write_inputs(const Transaction& transaction, State& next);
    void write_decisions(const Transaction& transaction, State& next);
    void write_lanes(const Transaction& transaction, const Lanes& before, Lanes& after);
    void write_acknowledged(Lane lane, const LaneBook& before, const LaneBook& after);
    void write_checkpoints(const Transaction& transaction);
    void write_answers(const Transaction& transaction);
    void write_rejections(const Transaction& transaction, State& next);
    void write_driver_state(const Transaction& transaction);
    void write_notices(const Transaction& transaction, State& next);
    void end_new_epoch();

    Database& db_;
    Meta& meta_;
    std::size_t rejected_limit_;
    OfLane alarm_;
    OfLane bulk_;
    Statement journal_;
    Statement decision_;
    Statement alert_;
    Statement alert_known_;
    Statement range_insert_;
    Statement range_delete_;
    Statement checkpoint_insert_;
    Statement checkpoint_replace_;
    Statement checkpoints_of_;
    Statement checkpoint_remove_;
    Statement command_;
    Statement rejected_insert_;
    Statement rejected_trim_;
    Statement driver_state_;
    Statement notice_;
    Statement salvaged_clear_;
    Statement consent_;
    Statement erasure_;
};

/// What the caller got wrong, if anything: numbers that do not follow on, an unknown lane.
[[nodiscard]] result<void> check_numbers(const Transaction& transaction, const State& state);

}  // namespace anju::store
