#include "system/system_clock.hpp"

#include <sys/timex.h>

#include <algorithm>

namespace anju::system {
namespace {

Instant wall_now() {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

ClockState kernel_state() {
    timex query{};  // modes 0: only asks
    const int state = ntp_adjtime(&query);
    const bool synchronised = state >= 0 && state != TIME_ERROR && (query.status & STA_UNSYNC) == 0;
    return synchronised ? ClockState::synchronised : ClockState::unsynchronised;
}

}  // namespace

ClockReading SystemClock::read() const {
    return {wall_now(), std::chrono::steady_clock::now(), kernel_state()};
}

std::chrono::nanoseconds SystemClock::until(Instant at) const {
    return std::max<std::chrono::nanoseconds>(at - wall_now(), std::chrono::nanoseconds::zero());
}

}  // namespace anju::system
