// Single numbers of the store, sealed like every other row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/journal.hpp"
#include "store/statement.hpp"

namespace anju::store {

namespace key {
inline constexpr std::string_view schema = "schema";  ///< a sealed copy of PRAGMA user_version
/// The oldest version whose program may open the store (schema.hpp); unset: `schema`
inline constexpr std::string_view readable_from = "readable_from";
inline constexpr std::string_view epoch = "epoch";
inline constexpr std::string_view engine_time = "engine_time";    ///< Unix ms: stored_engine_time()
inline constexpr std::string_view journal_base = "journal_base";  ///< inputs up to here are gone
inline constexpr std::string_view notices_base = "notices_base";  ///< ids up to here were given out
/// Bulk events up to here were dropped unacknowledged to make room; how many, of this epoch.
inline constexpr std::string_view bulk_dropped_through = "bulk_dropped_through";
inline constexpr std::string_view bulk_dropped = "bulk_dropped";
inline constexpr std::string_view clock_jumps = "clock_jumps";  ///< see clock_jumps.hpp
/// 1: deleted content has been overwritten ever since the file was made or last rewritten
inline constexpr std::string_view overwrites = "overwrites";
/// Numbers of keys, see sealing.hpp; 0: none
inline constexpr std::string_view sealed_with = "sealed_with";
inline constexpr std::string_view sealing_with = "sealing_with";
/// 1: rows in `salvaged` wait for the first commit after a rebuild
inline constexpr std::string_view new_epoch = "new_epoch";
[[nodiscard]] std::string acknowledged_through(Lane lane);
}  // namespace key

class Meta {
public:
    explicit Meta(Database& db);
    /// nullopt: never set. Throws SqliteError(SQLITE_CORRUPT) when the seal is broken.
    [[nodiscard]] std::optional<std::int64_t> get(std::string_view key);
    [[nodiscard]] std::int64_t get_or(std::string_view key, std::int64_t otherwise) {
        return get(key).value_or(otherwise);
    }
    void set(std::string_view key, std::int64_t value);

private:
    Statement get_;
    Statement set_;
};

[[nodiscard]] std::string_view outbox_table(Lane lane);

}  // namespace anju::store
