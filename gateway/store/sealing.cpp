#include "store/sealing.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "store/meta.hpp"
#include "store/quarantine.hpp"
#include "store/rows.hpp"

namespace anju::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t rows_at_once = 500;
constexpr std::size_t bytes_at_once = 1'000'000;
constexpr int frames_before_checkpoint = 4'000;

vault::KeyId key_in(Meta& meta, std::string_view key) {
    return static_cast<vault::KeyId>(meta.get_or(key, 0));
}

Error missing_key(vault::KeyId wanted, const vault::Keys* keys, const fs::path& where) {
    const std::string number = vault::text_of(wanted);
    if (keys == nullptr) {
        return {"names and addresses in here are sealed with key " + number +
                    ", and no key is configured",
                where.string(),
                "set [store] seal_key_file to the file of that key; a backup holds it"
                " (anjuctl backup take-key)"};
    }
    std::string held;
    for (const vault::KeyId id : keys->ids())
        held += (held.empty() ? "" : ", ") + vault::text_of(id);
    return {"names and addresses in here are sealed with key " + number + ", the key file holds " +
                held,
            where.string(), "put that key back; a backup holds it (anjuctl backup take-key)"};
}

std::optional<vault::KeyId> read_mark(const fs::path& file) {
    std::ifstream in(file);
    std::string text;
    if (!(in >> text)) return std::nullopt;
    vault::KeyId id = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), id, 16);
    if (wrong != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return id;
}

/// On the disk before anything is sealed.
void write_mark(const Files& files, vault::KeyId id) {
    const fs::path file = files.seal_mark();
    if (read_mark(file) == id) return;
    const std::string line = vault::text_of(id) + "\n";
    const fs::path part = fs::path(file) += ".new";
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    const bool written =
        descriptor >= 0 &&
        ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!written) throw SqliteError(SQLITE_IOERR_WRITE, reason, "cannot write the mark of sealing");
    fs::rename(part, file);
    sync_folder(files.folder);
}

struct Value {
    bool number{};
    std::int64_t integer{};
    std::string bytes;
};
struct Row {
    std::int64_t rowid{};
    std::vector<Value> columns;  ///< without the checksum
    bool changed = false;
};

class Sealer {
public:
    Sealer(Database& db, const SealedTable& what)
        : db_(db),
          what_(what),
          fields_(db.personal().of(what.table.name)),
          values_(what.table.count - (what.checksum ? 1 : 0)),
          rows_(db, "SELECT " + std::string(what.table.columns) + ", rowid FROM " +
                        std::string(what.table.name) + " WHERE rowid > ?1 ORDER BY rowid LIMIT " +
                        std::to_string(rows_at_once)),
          update_(db, update_text()) {}

    void run() {
        std::int64_t after = 0;
        for (bool more = true; more;) {
            std::vector<Row> rows = read(after, more);
            if (rows.empty()) break;
            after = rows.back().rowid;
            std::erase_if(rows, [](const Row& row) { return !row.changed; });
            if (rows.empty()) continue;
            Atomic atomic(db_);
            for (const Row& row : rows) write(row);
            atomic.commit();
            if (db_.wal_frames() > frames_before_checkpoint) {
                static_cast<void>(db_.checkpoint(true));
            }
        }
    }

private:
    [[nodiscard]] std::string update_text() const {
        std::string out = "UPDATE " + std::string(what_.table.name) + " SET ";
        int parameter = 2;
        for (const PersonalField& field : fields_) {
            out += (parameter == 2 ? "" : ", ") + std::string(field.name) + " = ?" +
                   std::to_string(parameter);
            ++parameter;
        }
        if (what_.checksum) out += ", crc = ?" + std::to_string(parameter);
        return out + " WHERE rowid = ?1";
    }

    std::vector<Row> read(std::int64_t after, bool& more) {
        std::vector<Row> out;
        std::size_t bytes = 0;
        rows_.bind(1, after);
        more = false;
        while (rows_.step()) {
            out.push_back(read_row());
            for (const Value& value : out.back().columns) bytes += value.bytes.size();
            more = out.size() == rows_at_once || bytes > bytes_at_once;
            if (more) break;
        }
        rows_.reset();
        return out;
    }

    Row read_row() {
        if (what_.checksum && !intact(rows_, what_.table.name, what_.table.count)) {
            throw SqliteError(SQLITE_CORRUPT, 0,
                              "a damaged row in " + std::string(what_.table.name));
        }
        Row row;
        row.rowid = rows_.integer(what_.table.count);
        for (int column = 0; column < values_; ++column) {
            Value value{rows_.is_integer(column), 0, {}};
            if (value.number) value.integer = rows_.integer(column);
            if (!value.number) value.bytes = rows_.bytes(column);
            row.columns.push_back(std::move(value));
        }
        const RowIdentity identity = identity_of(rows_, fields_);
        for (const PersonalField& field : fields_) {
            row.changed |=
                seal(row.columns[static_cast<std::size_t>(field.column)].bytes, field, identity);
        }
        return row;
    }

    bool seal(std::string& stored, const PersonalField& field, const RowIdentity& identity) {
        if (field.stays_open != nullptr && field.stays_open(stored)) return false;
        const Personal& personal = db_.personal();
        auto plain = opened(personal, field, identity, stored);
        if (plain && vault::sealed_by(stored, field.form) == personal.keys->current()) return false;
        stored = personal.keys->seal(plain ? *plain : stored, identity.place(field), field.form);
        return true;
    }

    void write(const Row& row) {
        Seal checksum(what_.table.name);
        for (const Value& value : row.columns) {
            if (value.number) {
                checksum.add(value.integer);
            } else {
                checksum.add(value.bytes);
            }
        }
        update_.bind(1, row.rowid);
        int parameter = 2;
        for (const PersonalField& field : fields_) {
            const std::string& bytes = row.columns[static_cast<std::size_t>(field.column)].bytes;
            if (field.form == vault::Form::text) {
                update_.bind_text(parameter++, bytes);
            } else {
                update_.bind_blob(parameter++, bytes);
            }
        }
        if (what_.checksum) update_.bind(parameter, checksum.value());
        update_.run();
    }

    Database& db_;
    const SealedTable& what_;
    std::span<const PersonalField> fields_;
    int values_;
    Statement rows_;
    Statement update_;
};

void say(Database& db, SealedWith what) {
    Meta meta(db);
    Atomic atomic(db);
    meta.set(key::sealed_with, what.all);
    meta.set(key::sealing_with, what.begun);
    atomic.commit();
}

/// Somebody who looks at the database for a moment, as `anjuctl seal status` does, is waited for.
constexpr std::chrono::seconds patience_with_readers{5};

/// False: there is no room, here or for temporary files, or somebody reads. On disk and not in
/// memory: what is written aside is sealed, and a store may be larger than the memory of its box.
bool rewrite(Database& db, const Files& files) {
    if (free_bytes(files.folder) < 2 * size_of(db.file())) return false;
    bool written = true;
    try {
        db.execute("PRAGMA temp_store=FILE; VACUUM");
    } catch (const SqliteError& error) {
        if (error.damage()) throw;
        written = false;  // what is there is as it was, and sealed
    }
    db.execute("PRAGMA temp_store=MEMORY");
    if (!written) return false;
    try {
        return db.checkpoint(true, patience_with_readers).complete &&
               size_of(wal_of(db.file())) == 0;
    } catch (const SqliteError& error) {
        if (!error.disk_full()) throw;
        return false;
    }
}

/// Rows are sealed or not, or with the one key or the other, as long as the database does not say
/// that all of them are. What comes now is sealed with a key of which it says that it is needed, or
/// lies open where it says of none.
void go_on_as_it_is(Database& db) {
    const Personal& personal = db.personal();
    const SealedWith now = sealed_with(db);
    const vault::KeyId needed = now.begun != 0 ? now.begun : now.all;
    if (needed == 0) {
        db.guard({});
    } else {
        db.guard({personal.keys->sealing_with(needed), personal.fields, now.all != 0});
    }
    try {
        static_cast<void>(db.checkpoint(true));  // the log may have taken what room there was
    } catch (const SqliteError& error) {
        if (!error.disk_full()) throw;
    }
}

}  // namespace

SealedWith sealed_with(Database& db) {
    Meta meta(db);
    return {key_in(meta, key::sealed_with), key_in(meta, key::sealing_with)};
}

bool sealing_owed(Database& db, const vault::Keys* keys) {
    if (keys == nullptr) return false;
    const SealedWith is = sealed_with(db);
    return is.begun != 0 || is.all != keys->current();
}

result<SealedWith> look_at_sealing(const fs::path& database) {
    try {
        Database db({database, Database::Mode::read_only, {}});
        db.leave_wal_on_close();
        return sealed_with(db);
    } catch (const SqliteError& error) {
        return error.to_error("cannot read the database", database);
    }
}

result<void> guard(Database& db, std::shared_ptr<const vault::Keys> keys,
                   std::span<const PersonalField> fields) {
    const SealedWith now = sealed_with(db);
    for (const vault::KeyId id : {now.begun, now.all}) {
        if (id != 0 && (!keys || !keys->has(id))) return missing_key(id, keys.get(), db.file());
    }
    db.guard({std::move(keys), fields, now.all != 0});
    return {};
}

result<void> check_mark(const Files& files, const vault::Keys* keys) {
    std::error_code failed;
    if (!fs::exists(files.seal_mark(), failed)) return {};
    const auto id = read_mark(files.seal_mark());
    if (!id) {
        return Error{"does not say which key names and addresses are sealed with",
                     files.seal_mark().string(), "remove this file if the right key is configured"};
    }
    if (keys != nullptr && keys->has(*id)) return {};
    return missing_key(*id, keys, files.folder);
}

void seal_everything(Database& db, std::span<const SealedTable> tables, const Files& files,
                     bool fresh, std::vector<std::string>& notes,
                     const std::function<void()>& lookups, ProgressTeller* teller) {
    const Personal personal = db.personal();
    if (!personal.keys) return;
    const vault::KeyId key = personal.keys->current();
    const SealedWith before = sealed_with(db);
    if (before.all == key && before.begun == 0) return write_mark(files, key);
    if (fresh) {
        write_mark(files, key);
    } else {
        if (teller != nullptr) teller->begin(Work::sealing);
        // The database first: where there is no room for that, the folder asks for no key that
        // nothing is sealed with.
        say(db, {before.all, key});
        write_mark(files, key);
        for (const SealedTable& one : tables) {
            if (!personal.of(one.table.name).empty()) Sealer(db, one).run();
        }
        if (lookups) lookups();
        if (teller != nullptr) teller->begin(Work::rewriting);
        if (!rewrite(db, files)) {
            notes.push_back("names and addresses in " + db.file().filename().string() +
                            " are sealed, but their old places in the file are not overwritten "
                            "yet: that needs twice its room on the disk and nobody who reads it; "
                            "free the disk and restart");
            return;
        }
        if (before.all == 0) {
            while (drop_oldest_quarantine(files)) {}
            notes.push_back("names and addresses in " + db.file().filename().string() +
                            " are sealed from now on; what lay beside it in clear was deleted");
        } else {
            notes.push_back("names and addresses in " + db.file().filename().string() +
                            " are sealed with key " + vault::text_of(key) + " now");
        }
    }
    say(db, {key, 0});
    db.guard({personal.keys, personal.fields, true});
}

void seal_at_start(Database& db, std::span<const SealedTable> tables, const Files& files,
                   bool fresh, std::vector<std::string>& notes,
                   const std::function<void()>& lookups, ProgressTeller* teller) {
    try {
        return seal_everything(db, tables, files, fresh, notes, lookups, teller);
    } catch (const SqliteError& error) {
        // What is looked up may be the half of it under the one key and the half under the other.
        if (!error.disk_full() || (lookups && sealed_with(db).begun != 0)) throw;
    }
    const bool owed = sealing_owed(db, db.personal().keys.get());
    go_on_as_it_is(db);
    if (!owed) return;  // the mark alone is missing
    notes.push_back("names and addresses in " + db.file().filename().string() +
                    " are not all sealed: the disk is full; free the disk and restart");
}

}  // namespace anju::store
