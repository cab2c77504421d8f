#include "store/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

namespace anju::store {

namespace fs = std::filesystem;

fs::path wal_of(const fs::path& database) {
    return fs::path(database) += "-wal";
}

fs::path shm_of(const fs::path& database) {
    return fs::path(database) += "-shm";
}

void close_folder_to_others(const fs::path& folder) {
    struct ::stat now{};
    if (::stat(folder.c_str(), &now) != 0 || (now.st_mode & S_ISVTX) != 0) return;
    if ((now.st_mode & 0027U) != 0) ::chmod(folder.c_str(), now.st_mode & 0750U);
}

void close_to_others(const fs::path& file) {
    struct ::stat now{};
    if (::stat(file.c_str(), &now) != 0) return;
    if ((now.st_mode & 0137U) != 0) ::chmod(file.c_str(), now.st_mode & 0640U);
}

void create_private(const fs::path& file) {
    // Never opened when it exists: closing it would release SQLite's locks of this process.
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

std::uint64_t size_of(const fs::path& file) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(file, failed);
    return failed ? 0 : size;
}

std::uint64_t free_bytes(const fs::path& folder) {
    std::error_code failed;
    const fs::space_info space = fs::space(folder, failed);
    return failed ? 0 : space.available;
}

}  // namespace anju::store
