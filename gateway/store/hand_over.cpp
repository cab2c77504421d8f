#include "store/hand_over.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/debt.hpp"
#include "store/files.hpp"
#include "store/integrity.hpp"
#include "store/meta.hpp"
#include "store/rows.hpp"
#include "store/salvage.hpp"
#include "store/schema.hpp"
#include "store/sealing.hpp"
#include "store/state.hpp"

namespace anju::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t owed_decisions_limit = 10'000;

result<void> sync_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int failed = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!done) return Error{std::strerror(failed), file.string(), "look at the disk"};
    sync_folder(file.parent_path());
    return {};
}

result<void> vacuum_into(const fs::path& from, const fs::path& into) {
    // Made before SQLite makes it, for the sake of its mode.
    if (fs::exists(into)) return Error{"a copy of that name exists", into.string(), "remove it"};
    create_private(into);
    Database db({from, Database::Mode::read_only, {}});
    Statement vacuum(db, "VACUUM INTO ?1");
    vacuum.bind_text(1, into.native());
    vacuum.run();
    return sync_file(into);
}

template <class R, class Body>
R told(const char* what, const fs::path& file, Body body) {
    try {
        return body();
    } catch (const SqliteError& error) {
        return error.to_error(what, file);
    }
}

CopiedStore head_of(Database& db) {
    Meta meta(db);
    const State state = load_state(db, meta);
    return {state.epoch, state.engine_time, state.last_input, 0};
}

ReadLane read_lane(Database& db, Meta& meta, Lane lane) {
    ReadLane out;
    out.through = static_cast<std::uint64_t>(meta.get_or(key::acknowledged_through(lane), 0));
    Statement ranges(db, "SELECT first, last FROM acknowledged WHERE lane = ?1");
    ranges.bind(1, static_cast<std::int64_t>(lane));
    while (ranges.step()) {
        out.ranges[static_cast<std::uint64_t>(ranges.integer(0))] =
            static_cast<std::uint64_t>(ranges.integer(1));
    }
    Statement events(db, sql::select(sql::outbox, outbox_table(lane), "ORDER BY seq"));
    while (events.step()) {
        if (const auto event = read_event(events, lane)) out.events[event->seq] = event->at;
    }
    return out;
}

/// What the district may not have, as bytes of decisions; see Debt.
std::vector<std::string> debt_of(Database& db, Meta& meta) {
    Instant since = Instant::max();
    for (const Lane lane : all_lanes) {
        since = std::min(since, owed_since(read_lane(db, meta, lane)));
    }
    Debt debt(since, owed_decisions_limit);
    Statement alerts(db, sql::select(sql::alerts, "alerts", ""));
    while (alerts.step()) {
        if (const auto alert = read_alert(alerts)) debt.add(*alert);
    }
    Statement decisions(db, sql::select(sql::decisions, "decisions", "WHERE recorded >= ?1"));
    decisions.bind(1, to_unix_ms(since));
    while (decisions.step()) {
        if (const auto decision = read_decision(decisions)) debt.add(*decision);
    }
    return debt.bytes();
}

CopiedStore renew(Database& db, Instant now, std::uint32_t entropy) {
    Atomic atomic(db);
    Meta meta(db);
    const std::vector<std::string> owed = debt_of(db, meta);
    // What an earlier rebuild still owed stands before what is owed since.
    Statement insert(db, sql::insert(sql::salvaged, "salvaged"));
    std::int64_t id = db.number("SELECT max(id) FROM salvaged");
    for (const std::string& bytes : owed) {
        SealedRow(insert, "salvaged").integer(++id).blob(bytes).run();
    }
    for (const Lane lane : all_lanes) {
        db.execute(("DELETE FROM " + std::string(outbox_table(lane))).c_str());
        meta.set(key::acknowledged_through(lane), 0);
    }
    db.execute("DELETE FROM acknowledged");
    meta.set(key::bulk_dropped_through, 0);
    meta.set(key::bulk_dropped, 0);
    const auto old = static_cast<std::uint64_t>(meta.get_or(key::epoch, 0));
    meta.set(key::epoch, static_cast<std::int64_t>(std::max(make_epoch(now, entropy), old + 1)));
    meta.set(key::new_epoch, 1);
    atomic.commit();
    CopiedStore out = head_of(db);
    out.owed = static_cast<std::uint64_t>(id);
    return out;
}

}  // namespace

result<CopiedStore> copy_store(const fs::path& from, const fs::path& into) {
    return told<result<CopiedStore>>("cannot copy the store", from, [&]() -> result<CopiedStore> {
        if (const auto copied = vacuum_into(from, into); !copied) return copied.error();
        if (const auto whole = check_copy(into); !whole) return whole.error();
        Database db({into, Database::Mode::read_only, {}});
        return head_of(db);
    });
}

result<void> check_copy(const fs::path& file, std::shared_ptr<const vault::Keys> keys) {
    return told<result<void>>("cannot use the copy", file, [&]() -> result<void> {
        Database db({file, Database::Mode::read_write, {}});
        db.execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
        if (const auto migrated = migrate(db, migrations()); !migrated) return migrated.error();
        if (keys) {
            const auto known = guard(db, std::move(keys), personal_fields());
            if (!known) return known.error();
        }
        const auto damage = find_damage(db, std::numeric_limits<std::size_t>::max());
        if (!damage) return {};
        return Error{"the copy is damaged: " + *damage, file.string(),
                     "look at the store, `anjuctl doctor`, and at the disk; take another backup"};
    });
}

result<void> copy_database(const fs::path& from, const fs::path& into) {
    return told<result<void>>("cannot copy the database", from, [&]() -> result<void> {
        if (const auto copied = vacuum_into(from, into); !copied) return copied.error();
        Database db({into, Database::Mode::read_only, {}});
        Statement check(db, "PRAGMA integrity_check(1)");
        if (check.step() && check.bytes(0) == "ok") return {};
        return Error{"the copy is damaged", into.string(), "look at the disk"};
    });
}

result<CopiedStore> hand_over(const fs::path& file, Instant now, std::uint32_t entropy,
                              std::shared_ptr<const vault::Keys> keys) {
    if (const auto whole = check_copy(file, keys); !whole) return whole.error();
    return told<result<CopiedStore>>("cannot use the copy", file, [&]() -> result<CopiedStore> {
        Database db({file, Database::Mode::read_write, {}});
        db.execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
        const auto known = guard(db, std::move(keys), personal_fields());
        if (!known) return known.error();
        return renew(db, now, entropy);
    });
}

}  // namespace anju::store
