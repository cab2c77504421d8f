// The tables of the store, how older ones become today's, and how a program goes on with one that a
// newer program has written.
//
// An update that does not do well is taken back (docs/operations/update.md), and what the newer
// program has committed meanwhile must be there for the older one. So a step says from which
// version on programs understand what it leaves. A step that only adds - a table, a column with a
// default that no seal covers - is understood by the version before it: `readable_from` = to - 1.
// One that changes what is there, as a new version of the codec does (core/codec/version.hpp), is
// not. Changing a format without closing the way back takes two releases: the first reads both
// forms and writes the old one, the second writes the new one. What an older program writes into a
// newer store lacks what the newer step added: that program's successor takes the default for it.
#pragma once

#include <span>

#include "base/result.hpp"
#include "store/database.hpp"

namespace anju::store {

/// One step from version `to` - 1 to version `to`. Steps are never edited once released.
struct Migration {
    int to;
    const char* sql;
    int readable_from = 0;  ///< oldest version whose program reads and writes the result; 0: `to`
};

/// The oldest version whose program may open what these steps leave.
[[nodiscard]] int readable_from(std::span<const Migration> steps);

/// All steps, ascending, from the empty database to schema_version().
[[nodiscard]] std::span<const Migration> migrations();
[[nodiscard]] int schema_version();

/// Marks a database as ours in its header ("Anju").
inline constexpr std::int64_t application_id = 0x416e6a75;

/// Whether a program that knows `steps` may go on with the database as it is. An Error when a newer
/// one has left what this one does not understand: not a byte of database or log is changed then,
/// nor by closing. Throws SqliteError(SQLITE_CORRUPT) when the version in the header is not the
/// sealed one: a flipped bit is no version of the future.
[[nodiscard]] result<void> check_version(Database& db, std::span<const Migration> steps);

/// Brings the database to the last of `steps`, each step in a transaction of its own together
/// with the version number and its sealed copy (where there is a table `meta`), so that an
/// interruption leaves a version that exists. A newer one stays as it is, if check_version()
/// agrees.
[[nodiscard]] result<void> migrate(Database& db, std::span<const Migration> steps);

}  // namespace anju::store
