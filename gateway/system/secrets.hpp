// Secrets and randomness.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace anju::system {

/// The first line of a password file, without its line end. Refused when others than owner and
/// group may read or write it, when it is not a regular file, is empty or longer than 4 KiB.
[[nodiscard]] result<std::string> read_secret(const std::filesystem::path& path);

/// `count` bytes nobody can guess, as lower-case hex digits (2 * count of them). Ends the
/// process if the kernel has none to give.
[[nodiscard]] std::string random_hex(std::size_t count);

}  // namespace anju::system
