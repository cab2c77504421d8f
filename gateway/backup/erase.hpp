// Factory reset: nothing of a box is left on it.
#pragma once

#include <cstddef>

#include "backup/backup.hpp"

namespace anju::backup {

/// Overwrites and deletes every file of the stores, of the configuration and of the broker's
/// folder; the three folders stay, empty, and must be called "anju". anju.toml goes last, so that
/// it can be called again when it was interrupted. Returns how many files. The gateway must not
/// run. What flash has copied elsewhere is out of reach.
[[nodiscard]] result<std::size_t> erase_box(const Places& places);

}  // namespace anju::backup
