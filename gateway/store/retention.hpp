// What is deleted when, in steps small enough to stand between two messages.
//
// The journal is pruned from its start up to the oldest checkpoint that any household retains;
// a household has one from the transaction on that registers it. Replay starts a
// household at its oldest base and needs every input after it; recovery starts at the newest
// checkpoint, which is never older. So bases decide how long readings live: a base older than
// `keep_readings` goes as soon as its household has a newer one, and the inputs before go with
// it. One household without new checkpoints therefore holds all readings; the runtime renews
// the base of every household, also a silent one, once a day.
//
// Age is time that the clock has ticked, not the difference of two dates: see clock_jumps.hpp.
// A jump of the clock, forwards or backwards, ages nothing; rows dated in the future go when the
// jump that left them there is as old as they may become.
#pragma once

#include <cstdint>

#include "runtime/journal.hpp"
#include "store/clock_jumps.hpp"
#include "store/database.hpp"
#include "store/meta.hpp"
#include "store/options.hpp"
#include "store/state.hpp"

namespace anju::store {

class Retention {
public:
    Retention(Database& db, Meta& meta, const Options& options)
        : db_(db), meta_(meta), options_(options) {}

    /// One step of deleting what is past its time. True when there may be more.
    bool expire(const ClockJumps& clock, State& state);

    /// One step of deleting what is not past its time, because there is no room: the oldest
    /// bases and their readings, then acknowledged events, then rejected messages. Never
    /// unacknowledged events, never alerts. False when nothing of these is left.
    bool relieve(State& state);

    /// One step of dropping the oldest bulk events that the district has not acknowledged, down
    /// to the newest options.keep_bulk_events: the last resort of the size bound, for a gateway
    /// without a district must go on watching. The uplink sends a tombstone for each missing
    /// number. Never alarms. False when there are no more to drop.
    bool drop_unacknowledged_bulk(State& state);

    /// Returns up to 256 free pages to the file system; true when there may be more.
    bool shrink();

    /// Bytes in use: pages that are not free, and the WAL.
    [[nodiscard]] std::uint64_t used_bytes();

private:
    bool drop_bases(const char* condition, Expired when);
    bool prune_journal();
    bool drop_acknowledged(const State& state, Expired when);
    bool drop_decisions(Expired when, const char* of);
    bool drop_alerts(Expired when);
    bool drop_commands(Expired when);
    bool drop_rejected(Expired when);
    bool drop_notices(Expired when);
    void settle(State& state);
    bool run(const char* sql, Expired when, std::int64_t chunk);
    bool run(const char* sql, std::int64_t parameter, std::int64_t chunk);

    Database& db_;
    Meta& meta_;
    const Options& options_;
    std::uint64_t alerts_dropped_ = 0;    ///< in the running transaction
    std::uint64_t rejected_dropped_ = 0;  ///< likewise
};

}  // namespace anju::store
