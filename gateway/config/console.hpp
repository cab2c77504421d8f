// [console]: the web app for the people who work with Anju. Needs [http].
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace anju::config {

struct Console {
    std::filesystem::path assets_dir = "/usr/share/anju/console";    ///< the built web app
    std::chrono::seconds session_idle = std::chrono::hours{12};      ///< logged out after so long
    std::chrono::seconds session_max = std::chrono::hours{24 * 30};  ///< and after so long anyway
    std::uint64_t max_bytes = 250'000'000;  ///< of console.db: beyond, the oldest audit goes
};

}  // namespace anju::config
