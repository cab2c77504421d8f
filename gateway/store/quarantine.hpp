// Damaged stores are set aside, not deleted: somebody may want to know why, or get more out of
// them than salvage.cpp can.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/model/instant.hpp"
#include "store/files.hpp"

namespace anju::store {

inline constexpr std::size_t quarantines_kept = 3;

/// "0007-20250131T235959Z": the number orders them even when the clock was wrong.
[[nodiscard]] std::string quarantine_name(const Files& files, Instant now);

/// Called before a change of the disk, with what is done. For tests, which end there.
using Step = std::function<void(const char* what)>;

/// Moves database, WAL and index into the folder `name` of the quarantine, and deletes all but
/// the newest quarantines. Interrupted, it can be called again. Throws filesystem_error.
void quarantine(const Files& files, const std::string& name);
/// The same with another database of the same folder.
void quarantine(const Files& files, const std::filesystem::path& database, const std::string& name,
                const Step& step = {});

/// Deletes the oldest quarantine; false when there is none, or it stays.
bool drop_oldest_quarantine(const Files& files);

/// Older states of the store in the data folder, in the order in which a full disk gives them up:
/// backups that were never finished, quarantines and then backups, each the oldest first. A
/// quarantine only explains, a backup makes a box again: the newest, which was read back and
/// compared before it got its name, goes last of all.
[[nodiscard]] std::vector<std::filesystem::path> copies(const Files& files);

/// What became of one of them.
struct GivenUp {
    std::filesystem::path copy;
    std::string failed;  ///< why it is still there; empty: it is gone
};
/// For the log and the notes of an opening.
[[nodiscard]] std::string text_of(const GivenUp& what);
/// Deletes the first of copies() that can be deleted; those that could not stand before it. Nothing
/// is deleted when the last one has `failed`, or when there is none.
[[nodiscard]] std::vector<GivenUp> give_up_copy(const Files& files);

/// Deletes all of them, and what a restore that was interrupted has left; those that stay, with the
/// reason. For an erasure.
[[nodiscard]] std::vector<GivenUp> drop_copies(const Files& files);

}  // namespace anju::store
