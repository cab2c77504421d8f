// A copy of a store that is to go on in the place of the original: on a new board, from a backup.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "core/model/instant.hpp"
#include "vault/keys.hpp"

namespace anju::store {

struct CopiedStore {
    std::uint64_t epoch{};       ///< of the original, or the new one after hand_over()
    Instant engine_time{};       ///< of its last commit
    std::uint64_t last_input{};  ///< 0 = none
    std::uint64_t owed{};        ///< decisions that will be told to the district again
};

/// Writes a copy of the database `from`, which somebody else may be writing to, as `into`, which
/// must not exist; its folder must be private. `into` holds one moment, is checked as a store is
/// at its opening, every row of it, and is on the disk on return. Takes as much room as `from`,
/// and the log of `from` grows meanwhile. Any thread; blocks for as long as reading and writing
/// take.
[[nodiscard]] result<CopiedStore> copy_store(const std::filesystem::path& from,
                                             const std::filesystem::path& into);
/// Whether a copy is whole: every row of it. One of an older version is brought up to date first;
/// refuses one of a newer version. With `keys` also whether each sealed field opens; one that is
/// sealed with another key is refused.
[[nodiscard]] result<void> check_copy(const std::filesystem::path& file,
                                      std::shared_ptr<const vault::Keys> keys = {});
/// As copy_store() for a database that is no store (console.db): SQLite's own check alone.
[[nodiscard]] result<void> copy_database(const std::filesystem::path& from,
                                         const std::filesystem::path& into);

/// Makes of the copy `file` one that may be run: migrated, checked, with an epoch that differs
/// from every one before, and with what the original had not been acknowledged turned into
/// decisions to be told again (Recovery::salvaged). Events themselves do not go over: the
/// original may have been acknowledged them since. Can be repeated. Refuses one of a newer
/// version, and one that is sealed with a key that is not among `keys`.
[[nodiscard]] result<CopiedStore> hand_over(const std::filesystem::path& file, Instant now,
                                            std::uint32_t entropy,
                                            std::shared_ptr<const vault::Keys> keys = {});

}  // namespace anju::store
