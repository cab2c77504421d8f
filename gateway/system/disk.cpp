#include "system/disk.hpp"

#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>

namespace anju::system {

result<DiskSpace> disk_space(const std::filesystem::path& path) {
    struct statvfs info{};
    if (statvfs(path.c_str(), &info) != 0) {
        return Error{std::string("cannot ask for the space on this disk: ") + std::strerror(errno),
                     path.string(), "check that the folder exists and may be entered"};
    }
    return DiskSpace{.total_bytes = static_cast<std::uint64_t>(info.f_blocks) * info.f_frsize,
                     .free_bytes = static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize,
                     .free_files = info.f_favail,
                     .read_only = (info.f_flag & ST_RDONLY) != 0};
}

}  // namespace anju::system
