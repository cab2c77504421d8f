// Why the tables look as they do:
// - Rowid tables throughout, because a damaged one can be read past the damage by rowid.
// - One outbox table a lane, so that its rowid is the sequence number and alarms do not share
//   pages with bulk.
// - What the district has acknowledged is a prefix (meta) plus ranges, not a flag on each row:
//   acknowledging 200,000 events is one row written, and sealed rows never change.
// - A notice is rewritten with each result: there are few, and each is small.
// - Decisions are not unique by (household, number): a household that was removed and comes back
//   starts to count anew, and that must never stop a commit.
#include "store/schema.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>

#include "store/meta.hpp"

namespace anju::store {

namespace {

constexpr Migration steps_of_the_store[] = {
    {1, R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL, crc INTEGER NOT NULL) STRICT;

CREATE TABLE journal(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, household TEXT NOT NULL,
  bytes BLOB NOT NULL, crc INTEGER NOT NULL) STRICT;

CREATE TABLE decisions(id INTEGER PRIMARY KEY, household TEXT NOT NULL, number INTEGER NOT NULL,
  at INTEGER NOT NULL, recorded INTEGER NOT NULL, alert TEXT NOT NULL, bytes BLOB NOT NULL, crc INTEGER NOT NULL) STRICT;
CREATE INDEX decisions_by_household ON decisions(household);
CREATE INDEX decisions_by_alert ON decisions(alert) WHERE alert <> '';
CREATE INDEX decisions_without_alert ON decisions(at) WHERE alert = '';

CREATE TABLE alerts(id TEXT PRIMARY KEY, household TEXT NOT NULL, kind INTEGER NOT NULL,
  priority INTEGER NOT NULL, state INTEGER NOT NULL, raised_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL, bytes BLOB NOT NULL, crc INTEGER NOT NULL) STRICT;
CREATE INDEX alerts_by_time ON alerts(raised_at);
CREATE INDEX alerts_not_closed ON alerts(raised_at) WHERE state < 8;
CREATE INDEX alerts_closed ON alerts(changed_at) WHERE state >= 8;

CREATE TABLE outbox_alarm(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, bytes BLOB NOT NULL,
  crc INTEGER NOT NULL) STRICT;
CREATE TABLE outbox_bulk(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, bytes BLOB NOT NULL,
  crc INTEGER NOT NULL) STRICT;
CREATE TABLE acknowledged(lane INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  crc INTEGER NOT NULL, PRIMARY KEY(lane, first)) STRICT;

CREATE TABLE checkpoints(household TEXT NOT NULL, seq INTEGER NOT NULL, base INTEGER NOT NULL,
  at INTEGER NOT NULL, bytes BLOB NOT NULL, crc INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX checkpoints_by_household ON checkpoints(household, base, seq);
CREATE INDEX checkpoints_by_seq ON checkpoints(seq);
CREATE INDEX bases_by_time ON checkpoints(at) WHERE base = 1;

CREATE TABLE commands(id TEXT PRIMARY KEY, at INTEGER NOT NULL, status INTEGER NOT NULL,
  text TEXT NOT NULL, crc INTEGER NOT NULL) STRICT;
CREATE INDEX commands_by_time ON commands(at);

CREATE TABLE rejected(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, topic TEXT NOT NULL,
  payload BLOB NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL, crc INTEGER NOT NULL) STRICT;

CREATE TABLE driver_state(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL,
  crc INTEGER NOT NULL) STRICT;
CREATE TABLE salvaged(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL, crc INTEGER NOT NULL) STRICT;
)sql"},
    // What people are told of. `household` and kind are inside `bytes`: nobody asks by them.
    {2, R"sql(
CREATE TABLE notices(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, state INTEGER NOT NULL,
  subject TEXT NOT NULL, bytes BLOB NOT NULL, crc INTEGER NOT NULL) STRICT;
CREATE INDEX notices_by_subject ON notices(subject) WHERE subject <> '';
CREATE INDEX notices_not_final ON notices(id) WHERE state <= 2;
CREATE INDEX notices_final ON notices(at) WHERE state > 2;
)sql"},
    // What residents consented to, for as long as the store lives, and what was erased because they
    // did not: a row of `erasures` says how far that has come (see eraser.hpp).
    {3, R"sql(
CREATE TABLE consents(id INTEGER PRIMARY KEY, household TEXT NOT NULL, bytes BLOB NOT NULL,
  crc INTEGER NOT NULL) STRICT;
CREATE TABLE erasures(id INTEGER PRIMARY KEY, household TEXT NOT NULL, resident TEXT NOT NULL,
  kind INTEGER NOT NULL, devices TEXT NOT NULL, addresses TEXT NOT NULL,
  wanted_at INTEGER NOT NULL, next INTEGER NOT NULL, last INTEGER NOT NULL,
  readings INTEGER NOT NULL, snapshots INTEGER NOT NULL, messages INTEGER NOT NULL,
  erased_at INTEGER NOT NULL, crc INTEGER NOT NULL) STRICT;
)sql"},
    // Fields may be sealed (sealing.hpp), which a program from before would take for content.
    {4, ""},
};

}  // namespace

std::span<const Migration> migrations() {
    return steps_of_the_store;
}

int schema_version() {
    return migrations().back().to;
}

int readable_from(std::span<const Migration> steps) {
    int out = 0;
    for (const Migration& step : steps) {
        out = std::max(out, step.readable_from == 0 ? step.to : step.readable_from);
    }
    return out;
}

result<void> check_version(Database& db, std::span<const Migration> steps) {
    const std::int64_t found = db.number("PRAGMA user_version");
    const int newest = steps.empty() ? 0 : steps.back().to;
    if (found <= newest) return {};
    Meta meta(db);
    const auto sealed = meta.get(key::schema);
    if (!sealed || *sealed <= newest) {
        throw SqliteError(SQLITE_CORRUPT, 0, "the version in the header is not the sealed one");
    }
    const std::int64_t from = meta.get_or(key::readable_from, *sealed);
    if (from <= newest) return {};
    db.leave_wal_on_close();
    return Error{"it was written by a newer program: it has version " + std::to_string(*sealed) +
                     " and wants a program that knows " + std::to_string(from) +
                     ", this one knows up to " + std::to_string(newest) + "; nothing was changed",
                 db.file().string(),
                 "install the newer program again, or move this folder aside to start afresh"};
}

result<void> migrate(Database& db, std::span<const Migration> steps) {
    if (const auto fit = check_version(db, steps); !fit) return fit.error();
    const std::int64_t found = db.number("PRAGMA user_version");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Migration& step = steps[i];
        if (step.to <= found) continue;
        Atomic atomic(db);
        db.execute(step.sql);
        db.execute(("PRAGMA user_version=" + std::to_string(step.to)).c_str());
        db.execute(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
        // In the same transaction: a version without its seal would be taken for damage by the
        // program that comes back after an update that failed.
        if (db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") > 0) {
            Meta meta(db);
            meta.set(key::schema, step.to);
            meta.set(key::readable_from, readable_from(steps.first(i + 1)));
        }
        atomic.commit();
    }
    return {};
}

}  // namespace anju::store
