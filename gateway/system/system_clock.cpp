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

std::optional<std::uint64_t> clock_error_us() {
    timex query{};
    const int state = ntp_adjtime(&query);
    if (state < 0 || state == TIME_ERROR || (query.status & STA_UNSYNC) != 0) return std::nullopt;
    if (query.maxerror < 0) return std::nullopt;
    return static_cast<std::uint64_t>(query.maxerror);
}

}  // namespace anju::system
