// The tables of the store and how older ones become today's.
#pragma once

#include <span>

#include "base/result.hpp"
#include "store/database.hpp"

namespace anju::store {

/// One step from version `to` - 1 to version `to`. Steps are never edited once released.
struct Migration {
    int to;
    const char* sql;
};

/// All steps, ascending, from the empty database to schema_version().
[[nodiscard]] std::span<const Migration> migrations();
[[nodiscard]] int schema_version();

/// Marks a database as ours in its header ("Anju").
inline constexpr std::int64_t application_id = 0x416e6a75;

/// Brings the database to the last of `steps`, each step in a transaction of its own together
/// with the version number, so that an interruption leaves a version that exists. An Error when
/// the database is newer than the last step; it is not touched then.
[[nodiscard]] result<void> migrate(Database& db, std::span<const Migration> steps);

}  // namespace anju::store
