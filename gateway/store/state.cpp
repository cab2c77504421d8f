#include "store/state.hpp"

#include <algorithm>
#include <string>

#include "store/rows.hpp"

namespace anju::store {

namespace {

std::uint64_t highest(Database& db, const std::string& column, std::string_view table) {
    const std::string sql = "SELECT max(" + column + ") FROM " + std::string(table);
    return static_cast<std::uint64_t>(db.number(sql.c_str()));
}

LaneBook load_lane(Database& db, Meta& meta, Lane lane) {
    const auto through =
        static_cast<std::uint64_t>(meta.get_or(key::acknowledged_through(lane), 0));
    LaneBook::Ranges ranges;
    Statement rows(db, "SELECT first, last FROM acknowledged WHERE lane = ?1");
    rows.bind(1, static_cast<std::int64_t>(lane));
    std::uint64_t head = std::max(through, highest(db, "seq", outbox_table(lane)));
    while (rows.step()) {
        const auto last = static_cast<std::uint64_t>(rows.integer(1));
        ranges.emplace(static_cast<std::uint64_t>(rows.integer(0)), last);
        head = std::max(head, last);
    }
    return LaneBook(head, through, ranges);
}

}  // namespace

Instant stored_engine_time(Database& db, Meta& meta) {
    const std::int64_t said = meta.get_or(key::engine_time, 0);
    Statement last(db, "SELECT at FROM journal ORDER BY seq DESC LIMIT 1");
    return from_unix_ms(last.step() ? std::max(said, last.integer(0)) : said);
}

State load_state(Database& db, Meta& meta) {
    State state;
    state.epoch = static_cast<std::uint64_t>(meta.get_or(key::epoch, 0));
    state.engine_time = stored_engine_time(db, meta);
    state.last_input = std::max(static_cast<std::uint64_t>(meta.get_or(key::journal_base, 0)),
                                highest(db, "seq", "journal"));
    state.last_decision = highest(db, "id", "decisions");
    state.last_rejected = highest(db, "id", "rejected");
    state.last_notice = std::max(static_cast<std::uint64_t>(meta.get_or(key::notices_base, 0)),
                                 highest(db, "id", "notices"));
    state.bulk_dropped_through =
        static_cast<std::uint64_t>(meta.get_or(key::bulk_dropped_through, 0));
    state.bulk_dropped = static_cast<std::uint64_t>(meta.get_or(key::bulk_dropped, 0));
    state.alerts = static_cast<std::uint64_t>(db.number("SELECT count(*) FROM alerts"));
    state.rejected = static_cast<std::uint64_t>(db.number("SELECT count(*) FROM rejected"));
    for (const Lane lane : all_lanes) state.lanes[lane] = load_lane(db, meta, lane);
    state.new_epoch = meta.get_or(key::new_epoch, 0) != 0;
    return state;
}

}  // namespace anju::store
