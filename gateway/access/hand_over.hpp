// A copy of console.db that is to go on elsewhere, in the place of the original.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace anju::access {

/// Nobody is signed in there, and no link that was given out holds: whoever has the old board has
/// its sessions too. Accounts, passwords and the audit stay. Nobody else has the file open.
[[nodiscard]] result<void> hand_over(const std::filesystem::path& file);

}  // namespace anju::access
