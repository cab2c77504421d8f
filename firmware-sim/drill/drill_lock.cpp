#include "firmware-sim/drill/drill_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace anju::sim {

DrillLock::DrillLock(const std::filesystem::path& control_socket)
    : fd_(::open(control_socket.has_parent_path() ? control_socket.parent_path().c_str() : ".",
                 O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      state_(State::unknown) {
    if (fd_ < 0) return;
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) {
        state_ = State::held;
    } else if (errno == EWOULDBLOCK) {
        state_ = State::taken;
    }
}

DrillLock::~DrillLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace anju::sim
