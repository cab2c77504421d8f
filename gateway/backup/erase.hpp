// Factory reset: nothing of a box is left on it.
#pragma once

#include <cstddef>
#include <filesystem>

#include "backup/backup.hpp"

namespace anju::backup {

/// What of a box lies outside the three folders of its Places.
struct Outside {
    std::filesystem::path broker_config;     ///< the broker's main file: names a broker that runs
    std::filesystem::path broker_listeners;  ///< ours, and what says that the broker is this box's
    std::filesystem::path broker_database;   ///< messages that sensors left with it
    std::filesystem::path cache;
    std::filesystem::path updates;  ///< what was fetched, and how it went
};
/// Where Debian has them, below `root`.
[[nodiscard]] Outside outside_below(const std::filesystem::path& root);

/// Overwrites and deletes every file of the stores, of the configuration and of the broker's
/// folder; the three folders stay, empty, and must be called "anju". So are the others of
/// `outside`; the broker's database only where the broker has our listeners, and refused while it
/// runs, which would write it anew. anju.toml goes last, so that it can be called again when it was
/// interrupted. Refused, before anything is erased, while something is mounted below one of them.
/// Returns how many files. The gateway must not run. What flash has copied elsewhere
/// is out of reach.
[[nodiscard]] result<std::size_t> erase_box(const Places& places, const Outside& outside);

}  // namespace anju::backup
