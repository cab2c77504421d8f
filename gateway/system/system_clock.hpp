// The clock of the machine.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/clock.hpp"

namespace anju::system {

/// Wall time, steady time, and whether the kernel calls its clock disciplined (by NTP or PTP).
/// Without state; any thread.
class SystemClock final : public Clock {
public:
    [[nodiscard]] ClockReading read() const override;
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override;
};

/// How wrong the clock is at most, in microseconds, as the kernel estimates it (adjtimex(2),
/// maxerror); nullopt while nobody disciplines it. Any thread.
[[nodiscard]] std::optional<std::uint64_t> clock_error_us();

}  // namespace anju::system
