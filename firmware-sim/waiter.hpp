// The one place where a program of the simulator waits: for a wake(), for SIGINT or SIGTERM, or
// for a moment of the steady clock.
#pragma once

#include <optional>

#include "firmware-sim/sim_clock.hpp"

namespace anju::sim {

class Waiter {
public:
    /// Takes SIGINT and SIGTERM away from their default action, in this thread and in those it
    /// starts from now on: make it before any other thread. Throws std::system_error.
    Waiter();
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    void wake() noexcept;  ///< any thread; the next or current wait ends

    /// Returns at `until`, at a wake() or at a signal; without `until` only at the latter two.
    void wait(std::optional<SteadyTime> until);

    /// A signal asked the program to end. Seen by wait().
    [[nodiscard]] bool stopping() const { return stopping_; }

private:
    int wake_fd_;
    int signal_fd_;
    bool stopping_ = false;
};

}  // namespace anju::sim
