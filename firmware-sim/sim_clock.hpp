// Simulated time as a function of the machine's steady clock.
#pragma once

#include <chrono>

#include "core/model/instant.hpp"

namespace anju::sim {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Runs `rate` simulated seconds a real second from an anchor. Not thread-safe.
class SimClock {
public:
    /// `rate` > 0.
    SimClock(Instant start, double rate, SteadyTime now) : at_(start), steady_(now), rate_(rate) {}

    [[nodiscard]] double rate() const { return rate_; }

    [[nodiscard]] Instant read(SteadyTime now) const {
        const std::chrono::duration<double, std::milli> real = now - steady_;
        return at_ + Duration{static_cast<Duration::rep>(real.count() * rate_)};
    }

    /// The real moment at which `at` is reached, rounded up; not before the anchor.
    [[nodiscard]] SteadyTime when(Instant at) const {
        if (at <= at_) return steady_;
        const double ms = static_cast<double>((at - at_).count() + 1) / rate_;
        // A century ahead is as good as never and does not overflow.
        const std::chrono::duration<double, std::milli> real{ms < 3e12 ? ms : 3e12};
        return steady_ + std::chrono::ceil<std::chrono::steady_clock::duration>(real);
    }

    /// From `now` on another rate; time neither jumps nor stops.
    void set_rate(double rate, SteadyTime now) {
        at_ = read(now);
        steady_ = now;
        rate_ = rate;
    }

private:
    Instant at_;
    SteadyTime steady_;
    double rate_;
};

}  // namespace anju::sim
