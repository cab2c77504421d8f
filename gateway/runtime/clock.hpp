// The port to time. Nobody else asks the system what time it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/model/instant.hpp"

namespace anju {

/// Numbers equal those of anju.v1.ClockState.
enum class ClockState : std::uint8_t { synchronised = 1, unsynchronised = 2, driven = 3 };

/// Monotone time of the machine, for timeouts of links; unrelated to the date.
using SteadyTime = std::chrono::steady_clock::time_point;

struct ClockReading {
    Instant wall{};
    SteadyTime steady{};
    ClockState state = ClockState::unsynchronised;
    /// Of a driven clock that was heard: how far it has been set, all in all, by whoever drives it.
    /// A change is a clock that was set, and no time that passed.
    std::optional<Duration> set_by = {};
};

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual ClockReading read() const = 0;  ///< any thread
    /// Real time until `at` would be reached if nobody touches the clock; zero when passed. A
    /// driven clock answers in real time too.
    [[nodiscard]] virtual std::chrono::nanoseconds until(Instant at) const = 0;
};

}  // namespace anju
