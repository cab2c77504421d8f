// The clock of the machine.
#pragma once

#include "runtime/clock.hpp"

namespace anju::system {

/// Wall time, steady time, and whether the kernel calls its clock disciplined (by NTP or PTP).
/// Without state; any thread.
class SystemClock final : public Clock {
public:
    [[nodiscard]] ClockReading read() const override;
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override;
};

}  // namespace anju::system
