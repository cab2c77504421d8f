#include "firmware-sim/waiter.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <system_error>

namespace anju::sim {

namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Waiter::Waiter() : wake_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)), signal_fd_(-1) {
    if (wake_fd_ < 0) fail("eventfd");
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGINT);
    ::sigaddset(&signals, SIGTERM);
    if (::pthread_sigmask(SIG_BLOCK, &signals, nullptr) != 0) fail("pthread_sigmask");
    signal_fd_ = ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (signal_fd_ < 0) fail("signalfd");
}

Waiter::~Waiter() {
    ::close(wake_fd_);
    ::close(signal_fd_);
}

void Waiter::wake() noexcept {
    const std::uint64_t one = 1;
    // Fails only when the counter is full, and then the wait ends anyway.
    [[maybe_unused]] const auto written = ::write(wake_fd_, &one, sizeof one);
}

void Waiter::wait(std::optional<SteadyTime> until) {
    timespec left{};
    if (until) {
        const auto span = std::max(*until - std::chrono::steady_clock::now(),
                                   std::chrono::steady_clock::duration{0});
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(span);
        left.tv_sec = static_cast<time_t>(seconds.count());
        left.tv_nsec = static_cast<long>((span - seconds).count());
    }
    pollfd fds[2] = {{wake_fd_, POLLIN, 0}, {signal_fd_, POLLIN, 0}};
    if (::ppoll(fds, 2, until ? &left : nullptr, nullptr) <= 0) return;
    std::uint64_t count = 0;
    [[maybe_unused]] const auto drained = ::read(wake_fd_, &count, sizeof count);
    signalfd_siginfo info{};
    if (::read(signal_fd_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        stopping_ = true;
    }
}

}  // namespace anju::sim
