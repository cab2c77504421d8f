// A clock that stands where a test put it.
#pragma once

#include "runtime/clock.hpp"

namespace anju::test {

class SetClock final : public Clock {
public:
    [[nodiscard]] ClockReading read() const override { return reading; }
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override {
        return at - reading.wall;
    }
    ClockReading reading{from_unix_ms(1'772'600'000'000), SteadyTime{} + std::chrono::hours{1},
                         ClockState::synchronised};
};

}  // namespace anju::test
