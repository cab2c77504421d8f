// How a database comes under a key: one that has lain open, or under another key, is sealed row by
// row when it is opened with one, in steps that a crash repeats at most.
//
// The order: the database and the folder's mark say that sealing has begun, so that from here on
// nothing opens it without the key; rows, some hundred a transaction; the file written anew and its
// log emptied, because pages that an earlier version freed may hold what was on them; copies in
// clear deleted; the database says that all of it is sealed. Interrupted, it begins again and
// passes over what is sealed already.
//
// Flash keeps pages that were overwritten where no program reaches them: a card that has held
// names in clear is not made clean by this. See docs/operations/sealing.md.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"
#include "store/database.hpp"
#include "store/files.hpp"
#include "store/integrity.hpp"
#include "store/progress.hpp"
#include "vault/keys.hpp"

namespace anju::store {

/// Which keys a database says that it is sealed with; 0 = none.
struct SealedWith {
    vault::KeyId all{};    ///< every personal field
    vault::KeyId begun{};  ///< and this one is taking its place; 0 = nothing has been begun
};
/// Throws SqliteError. The table meta must be there.
[[nodiscard]] SealedWith sealed_with(Database& db);

/// Something may lie open, or under another key, although there are `keys`; null: nothing is owed.
/// Throws SqliteError.
[[nodiscard]] bool sealing_owed(Database& db, const vault::Keys* keys);

/// sealed_with() of a file, which somebody else may be writing to; needs no key.
[[nodiscard]] result<SealedWith> look_at_sealing(const std::filesystem::path& database);

/// Lets `db` seal and open `fields` with `keys` (null: none). Refuses when the database is sealed
/// and the key is missing or another one; nothing has been changed then. Throws SqliteError.
[[nodiscard]] result<void> guard(Database& db, std::shared_ptr<const vault::Keys> keys,
                                 std::span<const PersonalField> fields);

/// The mark of a data folder, a file with the number of the newest key: a database that is damaged
/// cannot say any more that it was sealed, and must not be begun anew without its key.
[[nodiscard]] result<void> check_mark(const Files& files, const vault::Keys* keys);

/// What has personal fields; `checksum`: the last column is one, as in rows.hpp.
struct SealedTable {
    Table table;
    bool checksum = true;
};

/// Brings a guarded database under the current key, if it is not there yet. `tables`: its own.
/// `fresh`: it holds nothing yet. `lookups` is called when the rows are sealed, to make anew what
/// is looked up by, and again after a crash. Adds to `notes` what whoever runs the gateway should
/// know. Throws SqliteError, with SQLITE_CORRUPT for a damaged row; of a full disk, when some rows
/// may be sealed: the next call finds what has been begun and finishes it. Takes about a second
/// for 10,000 alerts, and then as long as writing the file takes, of which `teller` tells (null:
/// nobody is told).
void seal_everything(Database& db, std::span<const SealedTable> tables, const Files& files,
                     bool fresh, std::vector<std::string>& notes,
                     const std::function<void()>& lookups = {}, ProgressTeller* teller = nullptr);

/// The same for a start: of a full disk the database goes on as it is, under the key that it says,
/// and the notes tell; neither ballast nor copies are given up for it. Throws then only where
/// something is looked up and sealing has begun.
void seal_at_start(Database& db, std::span<const SealedTable> tables, const Files& files,
                   bool fresh, std::vector<std::string>& notes,
                   const std::function<void()>& lookups = {}, ProgressTeller* teller = nullptr);

/// Of anju.db.
[[nodiscard]] std::vector<SealedTable> sealed_tables();

class RowSealer;

/// What a start has left for want of room, or because somebody read: once an hour tried again
/// beside the gateway's work, in steps of some hundred rows. For anju.db. Writing the file anew is
/// one step: one of more than 16 MB has its rows sealed, and is owed the rest until the next start.
/// One thread, that of `db`.
class SealingLeft {
public:
    /// `db` and `files` must outlive it. `keys`: null where there are none. `room`: bytes that are
    /// free on the disk.
    SealingLeft(Database& db, const Files& files, std::shared_ptr<const vault::Keys> keys,
                std::function<std::uint64_t()> room);
    ~SealingLeft();
    SealingLeft(const SealingLeft&) = delete;
    SealingLeft& operator=(const SealingLeft&) = delete;

    /// True: there is more to do soon. Of a full disk the database goes on as in seal_at_start().
    /// Throws SqliteError, with SQLITE_CORRUPT for a damaged row.
    bool step(Instant now);

private:
    [[nodiscard]] bool go_on();

    Database& db_;
    const Files& files_;
    Personal whole_;
    std::function<std::uint64_t()> room_;
    std::vector<SealedTable> tables_;
    std::optional<Instant> tried_at_;
    bool under_way_ = false;
    bool rows_done_ = false;
    std::size_t next_ = 0;  ///< of tables_
    std::unique_ptr<RowSealer> rows_;
    vault::KeyId before_ = 0;
};

}  // namespace anju::store
