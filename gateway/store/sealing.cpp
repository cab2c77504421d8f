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

#include "base/log.hpp"
#include "store/meta.hpp"
#include "store/quarantine.hpp"
#include "store/row_sealer.hpp"
#include "store/rows.hpp"

namespace anju::store {
namespace {

namespace fs = std::filesystem;

// Beside the gateway's work. A file is written anew in one go, while nothing is committed: three
// times over, with its log, which for this one is 5 s on a card that takes 10 MB/s.
constexpr std::uint64_t largest_rewritten = 16'000'000;
constexpr std::uint64_t room_for_rows = 64'000'000;  // for the log, and some is left
constexpr std::uint64_t room_for_rewriting = 4;      // times the file: the copy and its log
constexpr Duration again_after = std::chrono::hours{1};

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
bool rewrite(Database& db, const Files& files, std::chrono::milliseconds patience) {
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
        return db.checkpoint(true, patience).complete && size_of(wal_of(db.file())) == 0;
    } catch (const SqliteError& error) {
        if (!error.disk_full()) throw;
        return false;
    }
}

/// Rows are sealed or not, or with the one key or the other, as long as the database does not say
/// that all of them are. What comes now is sealed with a key of which it says that it is needed, or
/// lies open where it says of none.
void go_on_as_it_is(Database& db, const Personal& whole) {
    const SealedWith now = sealed_with(db);
    const vault::KeyId needed = now.begun != 0 ? now.begun : now.all;
    if (needed == 0) {
        db.guard({});
    } else {
        db.guard({whole.keys->sealing_with(needed), whole.fields, now.all != 0});
    }
    try {
        static_cast<void>(db.checkpoint(true));  // the log may have taken what room there was
    } catch (const SqliteError& error) {
        if (!error.disk_full()) throw;
    }
}

/// The database first: where there is no room for that, the folder asks for no key that nothing is
/// sealed with.
void begin_sealing(Database& db, const Files& files, vault::KeyId all, vault::KeyId key) {
    say(db, {all, key});
    write_mark(files, key);
}

/// `before`: what all of it was sealed with. What is to be told of it.
std::string finish_sealing(Database& db, const Files& files, vault::KeyId before,
                           const Personal& whole) {
    const vault::KeyId key = whole.keys->current();
    if (before == 0) {
        while (drop_oldest_quarantine(files)) {}
    }
    say(db, {key, 0});
    db.guard({whole.keys, whole.fields, true});
    const std::string what = "names and addresses in " + db.file().filename().string();
    if (before != 0) return what + " are sealed with key " + vault::text_of(key) + " now";
    return what + " are sealed from now on; what lay beside it in clear was deleted";
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
        say(db, {key, 0});
        return db.guard({personal.keys, personal.fields, true});
    }
    if (teller != nullptr) teller->begin(Work::sealing);
    begin_sealing(db, files, before.all, key);
    for (const SealedTable& one : tables) {
        if (personal.of(one.table.name).empty()) continue;
        RowSealer rows(db, one);
        while (rows.step()) {}
    }
    if (lookups) lookups();
    if (teller != nullptr) teller->begin(Work::rewriting);
    if (rewrite(db, files, patience_with_readers)) {
        notes.push_back(finish_sealing(db, files, before.all, personal));
        return;
    }
    notes.push_back("names and addresses in " + db.file().filename().string() +
                    " are sealed, but their old places in the file are not overwritten yet: that "
                    "needs twice its room on the disk and nobody who reads it; free the disk and "
                    "restart");
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
    const Personal whole = db.personal();
    go_on_as_it_is(db, whole);
    const bool owed = sealing_owed(db, whole.keys.get());
    if (!owed) return;  // the mark alone is missing
    notes.push_back("names and addresses in " + db.file().filename().string() +
                    " are not all sealed: the disk is full; free the disk and restart");
}

SealingLeft::SealingLeft(Database& db, const Files& files, std::shared_ptr<const vault::Keys> keys,
                         std::function<std::uint64_t()> room)
    : db_(db),
      files_(files),
      whole_{std::move(keys), personal_fields(), false},
      room_(std::move(room)),
      tables_(sealed_tables()) {}
SealingLeft::~SealingLeft() = default;

bool SealingLeft::step(Instant now) {
    if (!whole_.keys) return false;
    if (!under_way_) {
        if (!tried_at_) tried_at_ = now;  // by the start
        if (now >= *tried_at_ && now - *tried_at_ < again_after) return false;
        tried_at_ = now;
        if (!sealing_owed(db_, whole_.keys.get())) return false;
        const std::uint64_t bytes = size_of(db_.file());
        const bool small = bytes <= largest_rewritten;
        if (room_() < (small ? room_for_rewriting * bytes : room_for_rows)) return false;
        if (!small && rows_done_) return false;
    }
    try {
        under_way_ = go_on();
    } catch (const SqliteError& error) {
        if (!error.disk_full()) throw;
        rows_.reset();
        under_way_ = false;
        go_on_as_it_is(db_, whole_);
    }
    return under_way_;
}

/// True: there is more to do.
bool SealingLeft::go_on() {
    if (!under_way_) {
        before_ = sealed_with(db_).all;
        next_ = 0;
        begin_sealing(db_, files_, before_, whole_.keys->current());
        db_.guard({whole_.keys, whole_.fields, before_ != 0});
        return true;
    }
    if (next_ < tables_.size()) {
        const SealedTable& table = tables_[next_];
        const bool personal = !whole_.of(table.table.name).empty();
        if (personal && !rows_) rows_ = std::make_unique<RowSealer>(db_, table);
        if (personal && rows_->step()) return true;
        rows_.reset();
        ++next_;
        return true;
    }
    rows_done_ = true;
    // Nobody is waited for here: in an hour, then.
    if (size_of(db_.file()) <= largest_rewritten && rewrite(db_, files_, {})) {
        log::info("sealed", {{"what", finish_sealing(db_, files_, before_, whole_)}});
    }
    return false;
}

std::vector<SealedTable> sealed_tables() {
    std::vector<SealedTable> out;
    for (const Table& table : tables()) out.push_back({table});
    return out;
}

}  // namespace anju::store
