// Room on the disk.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.hpp"

namespace anju::system {

struct DiskSpace {
    std::uint64_t total_bytes{};
    std::uint64_t free_bytes{};  ///< for this user
    std::uint64_t free_files{};  ///< inodes; 0 on file systems that do not count them
    bool read_only{};
};

/// Of the file system `path` is on.
[[nodiscard]] result<DiskSpace> disk_space(const std::filesystem::path& path);

}  // namespace anju::system
