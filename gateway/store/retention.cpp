#include "store/retention.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "store/files.hpp"
#include "store/statement.hpp"

namespace anju::store {

namespace {

constexpr std::int64_t chunk = 2'000;  // rows of one kind in one step
constexpr std::int64_t bases_at_once = 200;
constexpr std::int64_t alerts_at_once = 50;
constexpr Expired everything{std::numeric_limits<std::int64_t>::max(),
                             std::numeric_limits<std::int64_t>::max()};
constexpr std::int64_t spare_pages = 128;  // free pages that stay in the file

/// Word for word the conditions of the indexes (schema.cpp).
constexpr const char* of_homes =
    "alert = '' AND (household < 'community/' OR household >= 'community0')";
constexpr const char* of_communities =
    "alert = '' AND household >= 'community/' AND household < 'community0'";

bool all(Expired when) {
    return when.before == everything.before;
}

bool covers(Expired when, std::int64_t at) {
    return at < when.before || at > when.after;
}

}  // namespace

bool Retention::expire(const ClockJumps& clock, State& state) {
    alerts_dropped_ = rejected_dropped_ = 0;
    const Expired readings = clock.older_than(options_.keep_readings);
    const Expired alerts = clock.older_than(options_.keep_alerts);
    Atomic atomic(db_);
    // A base goes only when a newer one takes its place: without any, replay could not start.
    bool more = drop_bases("n.base = 1 AND n.seq > c.seq AND (c.at < ?1 OR c.at > ?2)", readings);
    more |= prune_journal();
    more |= drop_acknowledged(state, clock.older_than(options_.keep_acknowledged));
    more |= drop_decisions(readings, of_homes);
    more |= drop_decisions(alerts, of_communities);
    more |= drop_alerts(alerts);
    more |= drop_commands(alerts);
    more |= drop_rejected(readings);
    more |= drop_notices(alerts);
    atomic.commit();
    settle(state);
    return more;
}

bool Retention::relieve(State& state) {
    alerts_dropped_ = rejected_dropped_ = 0;
    Atomic atomic(db_);
    bool dropped = drop_bases("n.seq > c.seq AND (c.at < ?1 OR c.at > ?2)", everything);
    const std::int64_t base = meta_.get_or(key::journal_base, 0);
    prune_journal();
    dropped |= meta_.get_or(key::journal_base, 0) > base;
    dropped = dropped || drop_acknowledged(state, everything);
    dropped = dropped || drop_rejected(everything);
    atomic.commit();
    settle(state);
    return dropped;
}

bool Retention::drop_unacknowledged_bulk(State& state) {
    const LaneBook& book = state.lanes[Lane::bulk];
    if (book.head() <= options_.keep_bulk_events) return false;
    const std::uint64_t floor = book.head() - options_.keep_bulk_events;
    Statement rows(db_, "SELECT seq FROM outbox_bulk WHERE seq <= ?1 ORDER BY seq LIMIT ?2");
    rows.bind(1, static_cast<std::int64_t>(floor));
    rows.bind(2, chunk);
    std::uint64_t through = 0;
    std::uint64_t dropped = 0;
    Atomic atomic(db_);
    while (rows.step()) {
        through = static_cast<std::uint64_t>(rows.integer(0));
        if (!book.acknowledged(through)) ++dropped;
    }
    rows.reset();
    if (through == 0) return false;
    run("DELETE FROM outbox_bulk WHERE seq <= ?1", static_cast<std::int64_t>(through), 0);
    meta_.set(key::bulk_dropped_through, static_cast<std::int64_t>(through));
    meta_.set(key::bulk_dropped, static_cast<std::int64_t>(state.bulk_dropped + dropped));
    atomic.commit();
    state.bulk_dropped_through = through;
    state.bulk_dropped += dropped;
    return true;
}

void Retention::settle(State& state) {
    state.alerts -= alerts_dropped_;
    state.rejected -= rejected_dropped_;
}

bool Retention::run(const char* sql, Expired when, std::int64_t expected) {
    Statement statement(db_, sql);
    statement.bind(1, when.before);
    statement.bind(2, when.after);
    statement.run();
    return db_.changes() >= expected;
}

bool Retention::run(const char* sql, std::int64_t parameter, std::int64_t expected) {
    Statement statement(db_, sql);
    statement.bind(1, parameter);
    statement.run();
    return db_.changes() >= expected;
}

bool Retention::drop_bases(const char* condition, Expired when) {
    const std::string sql =
        "DELETE FROM checkpoints WHERE rowid IN (SELECT c.rowid FROM checkpoints c WHERE "
        "c.base = 1 AND EXISTS (SELECT 1 FROM checkpoints n WHERE n.household = c.household AND " +
        std::string(condition) + ") ORDER BY c.seq LIMIT " + std::to_string(bases_at_once) + ")";
    return run(sql.c_str(), when, 1);
}

bool Retention::prune_journal() {
    const std::int64_t oldest = db_.number("SELECT coalesce(min(seq), 0) FROM checkpoints");
    const auto floor = static_cast<std::uint64_t>(oldest);
    const auto base = static_cast<std::uint64_t>(meta_.get_or(key::journal_base, 0));
    const std::uint64_t through = std::min(floor, base + static_cast<std::uint64_t>(chunk));
    if (through <= base) return false;
    // The newest may be among them: it says when the last commit was.
    meta_.set(key::engine_time, to_unix_ms(stored_engine_time(db_, meta_)));
    run("DELETE FROM journal WHERE seq <= ?1", static_cast<std::int64_t>(through), 0);
    meta_.set(key::journal_base, static_cast<std::int64_t>(through));
    return through < floor;
}

bool Retention::drop_acknowledged(const State& state, Expired when) {
    bool more = false;
    for (const Lane lane : all_lanes) {
        const std::string table(outbox_table(lane));
        Statement rows(db_, "SELECT seq, at FROM " + table + " ORDER BY seq LIMIT ?1");
        rows.bind(1, chunk);
        std::int64_t through = 0;
        std::int64_t seen = 0;
        while (rows.step() && covers(when, rows.integer(1)) &&
               state.lanes[lane].acknowledged(static_cast<std::uint64_t>(rows.integer(0)))) {
            through = rows.integer(0);
            ++seen;
        }
        rows.reset();
        if (seen > 0) run(("DELETE FROM " + table + " WHERE seq <= ?1").c_str(), through, 0);
        more |= all(when) ? seen > 0 : seen == chunk;
    }
    return more;
}

bool Retention::drop_decisions(Expired when, const char* of) {
    // Those that a replay from the oldest base would produce again stay for the comparison.
    Statement first(db_, "SELECT at FROM journal ORDER BY seq LIMIT 1");
    if (first.step()) {
        if (first.integer(0) > when.after) when.after = first.integer(0);
        when.before = std::min(when.before, first.integer(0));
    }
    first.reset();
    const std::string sql = "DELETE FROM decisions WHERE id IN (SELECT id FROM decisions WHERE " +
                            std::string(of) + " AND (at < ?1 OR at > ?2) LIMIT 2000)";
    return run(sql.c_str(), when, chunk);
}

bool Retention::drop_alerts(Expired when) {
    run("DELETE FROM decisions WHERE alert <> '' AND alert IN "
        "(SELECT id FROM alerts WHERE state >= 8 AND (changed_at < ?1 OR changed_at > ?2) ORDER BY "
        "changed_at "
        "LIMIT 50)",
        when, 0);
    const bool more =
        run("DELETE FROM alerts WHERE id IN "
            "(SELECT id FROM alerts WHERE state >= 8 AND (changed_at < ?1 OR changed_at > ?2) "
            "ORDER BY changed_at LIMIT 50)",
            when, alerts_at_once);
    alerts_dropped_ = static_cast<std::uint64_t>(db_.changes());
    return more;
}

bool Retention::drop_commands(Expired when) {
    const std::int64_t rows = db_.number("SELECT count(*) FROM commands");
    const std::int64_t surplus = rows - static_cast<std::int64_t>(options_.commands_limit);
    if (surplus > 0) {
        run("DELETE FROM commands WHERE rowid IN "
            "(SELECT rowid FROM commands ORDER BY rowid LIMIT ?1)",
            std::min(surplus, chunk), 0);
    }
    return run("DELETE FROM commands WHERE rowid IN "
               "(SELECT rowid FROM commands WHERE at < ?1 OR at > ?2 LIMIT 2000)",
               when, chunk) ||
           surplus > chunk;
}

bool Retention::drop_rejected(Expired when) {
    const bool more =
        run("DELETE FROM rejected WHERE id IN "
            "(SELECT id FROM rejected WHERE at < ?1 OR at > ?2 ORDER BY id LIMIT 2000)",
            when, chunk);
    rejected_dropped_ = static_cast<std::uint64_t>(db_.changes());
    return all(when) ? rejected_dropped_ > 0 : more;
}

bool Retention::drop_notices(Expired when) {
    // Ids are never given out twice, also when the newest row goes.
    const std::int64_t last = db_.number("SELECT coalesce(max(id), 0) FROM notices");
    if (last > meta_.get_or(key::notices_base, 0)) meta_.set(key::notices_base, last);
    return run(
        "DELETE FROM notices WHERE id IN "
        "(SELECT id FROM notices WHERE state > 2 AND (at < ?1 OR at > ?2) LIMIT 2000)",
        when, chunk);
}

bool Retention::shrink() {
    const std::int64_t free = db_.number("PRAGMA freelist_count");
    if (free <= spare_pages) return false;
    db_.execute(("PRAGMA incremental_vacuum(" +
                 std::to_string(std::min<std::int64_t>(free - spare_pages, 512)) + ")")
                    .c_str());
    return free - spare_pages > 512;
}

std::uint64_t Retention::used_bytes() {
    const std::int64_t pages =
        db_.number("PRAGMA page_count") - db_.number("PRAGMA freelist_count");
    return static_cast<std::uint64_t>(pages * db_.number("PRAGMA page_size")) +
           size_of(wal_of(db_.file()));
}

}  // namespace anju::store
