// Damaged stores are set aside, not deleted: somebody may want to know why, or get more out of
// them than salvage.cpp can.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/model/instant.hpp"
#include "store/files.hpp"

namespace anju::store {

inline constexpr std::size_t quarantines_kept = 3;

/// "0007-20250131T235959Z": the number orders them even when the clock was wrong.
[[nodiscard]] std::string quarantine_name(const Files& files, Instant now);

/// Moves database, WAL and index into the folder `name` of the quarantine, and deletes all but
/// the newest quarantines. Interrupted, it can be called again. Throws filesystem_error.
void quarantine(const Files& files, const std::string& name);
/// The same with another database of the same folder.
void quarantine(const Files& files, const std::filesystem::path& database, const std::string& name);

/// Deletes the oldest quarantine; false when there is none. For a disk that is full.
bool drop_oldest_quarantine(const Files& files);
/// Deletes what older states of the store there are in the data folder: quarantines and backups.
/// For an erasure, and for a disk that is full.
void drop_copies(const Files& files);

}  // namespace anju::store
