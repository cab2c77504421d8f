#include "store/ballast.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "store/files.hpp"

namespace anju::store {

Ballast::Ballast(std::filesystem::path file, std::uint64_t bytes)
    : file_(std::move(file)), bytes_(bytes), present_(bytes == 0 || size_of(file_) == bytes) {}

bool Ballast::restore() {
    if (present_) return true;
    if (bytes_ == 0) return present_ = true;
    const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return false;
    const bool reserved = ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes_)) == 0 &&
                          ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!reserved) {
        give_up();
        return false;
    }
    present_ = true;
    return true;
}

void Ballast::give_up() {
    std::error_code ignored;  // absent is what is asked for
    std::filesystem::remove(file_, ignored);
    present_ = false;
}

}  // namespace anju::store
