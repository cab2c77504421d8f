// The profiles that come with Anju: the files of builtin/, compiled in by embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace anju::drivers {

struct BuiltinProfile {
    std::string_view file;  ///< "milesight-ws301.toml"
    std::string_view text;
};

/// By file name.
[[nodiscard]] std::span<const BuiltinProfile> builtin_profiles();

}  // namespace anju::drivers
