#include "store/files.hpp"

#include <fcntl.h>
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
