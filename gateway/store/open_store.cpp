#include "store/open_store.hpp"

#include <sqlite3.h>

#include <optional>
#include <system_error>
#include <utility>

#include "store/integrity.hpp"
#include "store/meta.hpp"
#include "store/quarantine.hpp"
#include "store/salvage.hpp"
#include "store/schema.hpp"
#include "store/sealing.hpp"

namespace anju::store {

namespace fs = std::filesystem;

namespace {

const char* pragma_of(Durability durability) {
    switch (durability) {
        case Durability::normal:
            return "PRAGMA synchronous=NORMAL";
        case Durability::off:
            return "PRAGMA synchronous=OFF";
        default:
            return "PRAGMA synchronous=FULL";
    }
}

/// What only an empty file takes. A commit writes whole pages, and most commits are one message of
/// one sensor: small pages are what makes a card last. Measured in docs/figures.md.
constexpr const char* shape_of_file = "PRAGMA page_size=2048; PRAGMA auto_vacuum=INCREMENTAL";

/// Settings that are no part of the file, except the first.
void settle(Database& db, const Options& options) {
    // On a file that has it SQLite would write it once more, at every start, and need room for it.
    if (db.number("PRAGMA page_count") == 0) db.execute(shape_of_file);
    Statement mode(db, "PRAGMA journal_mode=WAL");
    mode.step();
    if (mode.bytes(0) != "wal") throw SqliteError(SQLITE_CANTOPEN, 0, "no write-ahead log here");
    mode.reset();
    db.execute(pragma_of(options.durability));
    // What is deleted is overwritten: nobody can tell later which of it somebody will want gone.
    db.execute("PRAGMA secure_delete=ON");
    db.execute("PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY");
}

class Opening {
public:
    Opening(const Options& options, const Files& files, Instant now, std::uint32_t entropy)
        : options_(options),
          files_(files),
          now_(now),
          entropy_(entropy),
          teller_(options.progress, files.database()) {}

    result<OpenedStore> run() {
        if (auto known = check_mark(files_, options_.keys.get()); !known) return known.error();
        finish_interrupted_rebuild();
        if (auto store = try_open()) return std::move(*store);
        rebuild();
        if (auto store = try_open()) return std::move(*store);
        return Error{"the rebuilt store is damaged as well: " + damage_, files_.folder.string(),
                     "check the disk, or use another one"};
    }

private:
    /// nullopt: damaged, see damage_.
    std::optional<result<OpenedStore>> try_open() {
        try {
            const bool existed = size_of(files_.database()) > 0;
            auto db = std::make_unique<Database>(
                Database::Options{files_.database(), Database::Mode::create, options_.vfs});
            if (const auto fit = check_version(*db, migrations()); !fit) return fit.error();
            teller_.begin(existed && db->number("PRAGMA user_version") < schema_version()
                              ? Work::migrating
                              : Work::checking);
            const ProgressTeller::Watch watch(teller_, *db);
            settle(*db, options_);
            if (const auto migrated = migrate(*db, migrations()); !migrated) {
                return migrated.error();
            }
            prepare_fresh(*db);
            if (auto known = guard(*db, options_.keys, personal_fields()); !known) {
                db->leave_wal_on_close();
                return known.error();
            }
            if (existed) {
                teller_.begin(Work::checking);
                if (auto damage =
                        find_damage(*db, options_.checked_at_open, [this] { teller_.got_on(); })) {
                    damage_ = *damage;
                    db->leave_wal_on_close();
                    return std::nullopt;
                }
            }
            seal_at_start(*db, sealed_tables(), files_, !existed, notes_, {}, &teller_);
            sync_folder(files_.folder);
            return OpenedStore{std::move(db), std::move(notes_)};
        } catch (const SqliteError& error) {
            if (!error.damage()) throw;
            damage_ = error.what();
            return std::nullopt;
        }
    }

    void prepare_fresh(Database& db) {
        Meta meta(db);
        // Of a newer program that this one may go on after, the number stays. Stores of old carry
        // none where the power went between a step and its seal.
        const auto sealed = meta.get_or(key::schema, 0);
        if (meta.get(key::epoch) && sealed >= schema_version()) return;
        if (!meta.get(key::epoch) && db.number("SELECT count(*) FROM journal") > 0) {
            throw SqliteError(SQLITE_CORRUPT, 0, "the epoch is missing");
        }
        Atomic atomic(db);
        if (!meta.get(key::epoch)) meta.set(key::overwrites, 1);
        if (!meta.get(key::epoch)) start_epoch(db, make_epoch(now_, entropy_));
        if (sealed < schema_version()) meta.set(key::schema, schema_version());
        atomic.commit();
    }

    void rebuild() {
        notes_.push_back("the store was damaged: " + damage_);
        teller_.begin(Work::rebuilding);
        remove_database(files_.rebuilt());
        {
            Database fresh({files_.rebuilt(), Database::Mode::create, options_.vfs});
            const ProgressTeller::Watch watch(teller_, fresh);
            fresh.execute(shape_of_file);
            fresh.execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON");
            migrate(fresh, migrations()).value();
            Meta(fresh).set(key::overwrites, 1);
            fresh.guard({options_.keys, personal_fields(), false});
            rescue(fresh);
        }
        sync_folder(files_.folder);
        const std::string name = quarantine_name(files_, now_);
        quarantine(files_, name);
        notes_.push_back("it was moved to " + (files_.quarantine() / name).string());
        fs::rename(files_.rebuilt(), files_.database());
        sync_folder(files_.folder);
    }

    void rescue(Database& fresh) {
        try {
            Database damaged({files_.database(), Database::Mode::read_write, options_.vfs});
            const ProgressTeller::Watch watch(teller_, damaged);
            damaged.leave_wal_on_close();
            // Fields are copied as they lie; what opens the copy brings all of it under the key.
            const SealedWith sealed = sealing_of(damaged);
            damaged.guard({options_.keys, personal_fields(), sealed.all != 0});
            Meta(fresh).set(key::sealed_with, sealed.all);
            Meta(fresh).set(key::sealing_with, sealed.begun);
            for (std::string& note : salvage(damaged, fresh, now_, entropy_)) {
                notes_.push_back(std::move(note));
            }
        } catch (const SqliteError& error) {
            if (!error.damage()) throw;
            notes_.push_back(std::string("nothing could be saved: ") + error.what());
            start_epoch(fresh, make_epoch(now_, entropy_));
            Meta(fresh).set(key::new_epoch, 1);
        }
    }

    /// What is not known any more counts as begun: fields may lie open then, and are sealed.
    [[nodiscard]] SealedWith sealing_of(Database& damaged) const {
        try {
            return sealed_with(damaged);
        } catch (const SqliteError& error) {
            if (!error.damage()) throw;
            return {0, options_.keys ? options_.keys->current() : 0};
        }
    }

    /// See quarantine(): a rebuilt store without a database beside it only has to be put in
    /// place; with one, its making was interrupted and it is made again if need be.
    void finish_interrupted_rebuild() {
        if (!fs::exists(files_.rebuilt())) return;
        if (fs::exists(files_.database())) {
            remove_database(files_.rebuilt());
            return;
        }
        quarantine(files_, quarantine_name(files_, now_));
        fs::rename(files_.rebuilt(), files_.database());
        sync_folder(files_.folder);
        notes_.emplace_back("an interrupted rebuild of the store was completed");
    }

    static void remove_database(const fs::path& database) {
        for (const fs::path& file :
             {database, wal_of(database), shm_of(database), fs::path(database) += "-journal"}) {
            fs::remove(file);
        }
    }

    const Options& options_;
    const Files& files_;
    Instant now_;
    std::uint32_t entropy_;
    ProgressTeller teller_;
    std::string damage_;
    std::vector<std::string> notes_;
};

}  // namespace

result<OpenedStore> open_store(const Options& options, const Files& files, Ballast& ballast,
                               Instant now, std::uint32_t entropy) {
    std::vector<std::string> given_up;
    for (bool last = false;;) {
        try {
            auto opened = Opening(options, files, now, entropy).run();
            if (opened) {
                opened->notes.insert(opened->notes.end(), given_up.begin(), given_up.end());
            }
            return opened;
        } catch (const SqliteError& error) {
            if (!error.disk_full() || last) {
                return error.to_error("cannot open the store", files.database());
            }
        } catch (const fs::filesystem_error& error) {
            return Error{"cannot open the store: " + error.code().message(), error.path1().string(),
                         "check that this user may write in the folder"};
        }
        const bool had_ballast = ballast.present() && ballast.bytes() > 0;
        ballast.give_up();
        if (had_ballast) continue;
        last = true;  // unless something goes
        for (const GivenUp& copy : give_up_copy(files)) {
            last = !copy.failed.empty();
            given_up.push_back(text_of(copy));
        }
    }
}

}  // namespace anju::store
