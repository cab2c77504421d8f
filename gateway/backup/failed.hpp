// What files of a restore end with. Private to this module.
#pragma once

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace anju::backup {

/// With the reason that errno has at the moment.
[[nodiscard]] inline Error failed(const char* what, const std::filesystem::path& file) {
    return Error{std::string(what) + ": " + std::strerror(errno), file.string(),
                 "check rights and disk; run as root on a box"};
}

}  // namespace anju::backup
