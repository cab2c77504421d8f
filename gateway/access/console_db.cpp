#include "access/console_db.hpp"

#include <sqlite3.h>

#include <system_error>
#include <utility>

#include "access/personal.hpp"
#include "access/rows.hpp"
#include "access/secret.hpp"
#include "store/files.hpp"
#include "store/meta.hpp"
#include "store/placing.hpp"
#include "store/quarantine.hpp"
#include "store/schema.hpp"
#include "store/statement.hpp"

namespace anju::access {
namespace {

namespace fs = std::filesystem;

// Steps are never edited once released. Accounts are never deleted, so ids are never used twice.
constexpr store::Migration steps[] = {{1, R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL, crc INTEGER NOT NULL) STRICT;

CREATE TABLE accounts(id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE,
  shown TEXT NOT NULL, role INTEGER NOT NULL, scope TEXT NOT NULL, worker TEXT NOT NULL,
  disabled INTEGER NOT NULL, language INTEGER NOT NULL, must_change INTEGER NOT NULL,
  created INTEGER NOT NULL, last_login INTEGER NOT NULL, hash TEXT NOT NULL,
  crc INTEGER NOT NULL) STRICT;

CREATE TABLE sessions(key BLOB PRIMARY KEY, account INTEGER NOT NULL, created INTEGER NOT NULL,
  seen INTEGER NOT NULL, peer TEXT NOT NULL, crc INTEGER NOT NULL) STRICT;
CREATE INDEX sessions_by_account ON sessions(account, seen);

CREATE TABLE once(key BLOB PRIMARY KEY, account INTEGER NOT NULL, made INTEGER NOT NULL,
  until INTEGER NOT NULL, crc INTEGER NOT NULL) STRICT;

CREATE TABLE audit(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account INTEGER NOT NULL,
  name TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL,
  peer TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE INDEX audit_by_account ON audit(account, id);
CREATE INDEX audit_by_subject ON audit(subject, id);
CREATE TABLE audit_ends(what TEXT PRIMARY KEY, id INTEGER NOT NULL, hash BLOB NOT NULL,
  crc INTEGER NOT NULL) STRICT;
)sql"},
                                      // What passes leaves the chain of changes; what is there
                                      // stays in it as it was sealed.
                                      {2, R"sql(
ALTER TABLE audit ADD COLUMN passing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE audit SET place = id;
CREATE UNIQUE INDEX audit_by_place ON audit(passing, place);
)sql"},
                                      // Subjects are looked up by something else once they are
                                      // sealed.
                                      {3, R"sql(
ALTER TABLE audit ADD COLUMN sought TEXT NOT NULL DEFAULT '';
UPDATE audit SET sought = subject;
DROP INDEX audit_by_subject;
CREATE INDEX audit_by_sought ON audit(sought, id);
)sql"}};
constexpr int newest = steps[std::size(steps) - 1].to;

constexpr int wal_frames_before_checkpoint = 1000;

std::optional<std::string> find_damage(store::Database& db) {
    store::Statement check(db, "PRAGMA quick_check(1)");
    if (!check.step()) return "quick_check gave no answer";
    if (check.bytes(0) != "ok") return std::string(check.bytes(0));
    return broken_seals(db);
}

}  // namespace

class ConsoleDb::Opening {
public:
    Opening(const Options& options, Instant now)
        : options_(options),
          files_(options.data_dir),
          file_(options.data_dir / "console.db"),
          now_(now),
          teller_(options.progress, file_) {}

    result<Opened> run() {
        // Of a restore that was interrupted: one that is here may not have been placed yet.
        if (store::look_at_placing(files_) != store::Placing::none) {
            return store::unfinished_restore(files_);
        }
        if (auto known = store::check_mark(files_, options_.keys.get()); !known) {
            return known.error();
        }
        if (auto opened = try_open()) return std::move(*opened);
        notes_.push_back("the console's database was damaged: " + damage_);
        const std::string name = store::quarantine_name(files_, now_);
        store::quarantine(files_, file_, name);
        notes_.push_back("it was moved to " + (files_.quarantine() / name).string() +
                         "; accounts have to be made again, beginning with the setup code");
        if (auto opened = try_open()) return std::move(*opened);
        return Error{"the new console database is damaged as well: " + damage_, file_.string(),
                     "check the disk"};
    }

private:
    std::optional<result<Opened>> try_open() {
        try {
            const bool existed = store::size_of(file_) > 0;
            std::unique_ptr<ConsoleDb> console(
                new ConsoleDb({file_, store::Database::Mode::create, options_.vfs}));
            store::Database& db = console->db_;
            if (const auto fit = store::check_version(db, steps); !fit) return fit.error();
            teller_.begin(store::Work::checking);
            const store::ProgressTeller::Watch watch(teller_, db);
            settle(db);
            if (const auto migrated = store::migrate(db, steps); !migrated) {
                return migrated.error();
            }
            // The same or, of a newer program that this one may go on after, a higher one stays.
            if (store::Meta meta(db); meta.get_or(store::key::schema, 0) < newest) {
                meta.set(store::key::schema, newest);
            }
            console->epoch_ = epoch_of(db);
            if (auto known = store::guard(db, options_.keys, console_fields()); !known) {
                db.leave_wal_on_close();
                return known.error();
            }
            if (existed) {
                if (auto damage = find_damage(db)) {
                    damage_ = std::move(*damage);
                    db.leave_wal_on_close();
                    return std::nullopt;
                }
            }
            store::seal_at_start(
                db, console_tables(), files_, !existed, notes_, [&db] { renew_lookups(db); },
                &teller_);
            store::sync_folder(options_.data_dir);
            return Opened{std::move(console), std::move(notes_)};
        } catch (const store::SqliteError& error) {
            if (!error.damage()) throw;
            damage_ = error.what();
            return std::nullopt;
        }
    }

    static std::int64_t epoch_of(store::Database& db) {
        store::Meta meta(db);
        if (const auto kept = meta.get(store::key::epoch)) return *kept;
        std::int64_t made = 0;
        for (const char byte : sha256(make_token()).substr(0, 7)) {
            made = made * 256 + static_cast<unsigned char>(byte);
        }
        meta.set(store::key::epoch, made);
        return made;
    }

    static void settle(store::Database& db) {
        store::Statement mode(db, "PRAGMA journal_mode=WAL");
        mode.step();
        if (mode.bytes(0) != "wal") {
            throw store::SqliteError(SQLITE_CANTOPEN, 0, "no write-ahead log here");
        }
        mode.reset();
        db.execute(
            "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON; "
            "PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY");
    }

    const Options& options_;
    store::Files files_;
    fs::path file_;
    Instant now_;
    store::ProgressTeller teller_;
    std::string damage_;
    std::vector<std::string> notes_;
};

std::span<const store::Migration> ConsoleDb::migrations() {
    return steps;
}

result<ConsoleDb::Opened> ConsoleDb::open(const Options& options, Instant now) {
    try {
        return Opening(options, now).run();
    } catch (const store::SqliteError& error) {
        return error.to_error("cannot open the console's database",
                              options.data_dir / "console.db");
    } catch (const fs::filesystem_error& error) {
        return Error{"cannot open the console's database: " + error.code().message(),
                     error.path1().string(), "check that this user may write in the folder"};
    }
}

std::uint64_t ConsoleDb::bytes() const {
    return store::size_of(db_.file()) + store::size_of(store::wal_of(db_.file()));
}

void ConsoleDb::damaged_row(const char* table) {
    throw store::SqliteError(SQLITE_CORRUPT, 0, std::string("damaged row in ") + table);
}

void ConsoleDb::end_sessions(const char* where, Ending why,
                             const std::function<void(store::Statement&)>& bind) {
    const std::string rest = std::string(" FROM sessions WHERE ") + where;
    store::Statement rows(db_, "SELECT key" + rest);
    bind(rows);
    while (rows.step()) ended_.emplace_back(rows.bytes(0), why);
    rows.reset();
    store::Statement gone(db_, "DELETE" + rest);
    bind(gone);
    gone.run();
}

void ConsoleDb::before_change() {
    if (wait_ == waits_) return;
    db_.execute(wait_ ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    waits_ = wait_;
}

void ConsoleDb::after_commit() {
    const std::int64_t changes = sqlite3_total_changes64(db_.handle());
    if (!wait_) {
        unsynced_.asked = true;
        unsynced_.written = unsynced_.written || changes != changes_;
    }
    changes_ = changes;
    for (const auto& [key, why] : std::exchange(ended_, {})) {
        if (tell_) tell_(key, why);
    }
    if (db_.wal_frames() < wal_frames_before_checkpoint) return;
    try {
        static_cast<void>(db_.checkpoint(false));
    } catch (const store::SqliteError&) {
        // What was committed is in the log; the next commit tries again.
    }
}

}  // namespace anju::access
