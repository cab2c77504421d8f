// Erases what is in a folder, from one open folder to the next and never by path: root works here
// in what belongs to a service, and whoever has taken that over may exchange a folder for a link at
// any moment. See openat(2), unlinkat(2).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::backup {

/// An Error when another disk, folder or file is mounted anywhere below `folder`: what is on it may
/// be anybody's. Nothing is changed. A folder that is not there is fine, and one that is mounted
/// itself.
[[nodiscard]] result<void> nothing_mounted_below(const std::filesystem::path& folder);

/// Overwrites every file below `folder` with zeros, on the disk before its name goes, and deletes
/// all that is in there but `stays`, names in the folder itself. A link goes, and what it leads to
/// stays. Stops at what is mounted, and where something cannot be erased; can be called again.
/// Returns how many files.
[[nodiscard]] result<std::size_t> erase_folder(const std::filesystem::path& folder,
                                               const std::vector<std::string_view>& stays = {});

/// One file by descriptor: zeros to its end, on the disk. False: see errno.
[[nodiscard]] bool overwrite(int file);

}  // namespace anju::backup
