// A clock that somebody else sets: for demonstrations that compress a day into a minute, and for
// tests that want time to stand still.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "runtime/clock.hpp"

namespace anju::system {

/// Any thread may read and set it. Between settings it runs `rate` times as fast as the steady
/// clock; at rate 0 it stands still.
class DrivenClock final : public Clock {
public:
    using SteadyNow = std::function<SteadyTime()>;
    enum class Backwards {
        hold,   ///< an earlier time is not taken: it waits at what it has shown until then
        allow,  ///< taken as said
    };

    /// Stands still at `start` until it is first set. `steady` is for tests.
    explicit DrivenClock(Instant start = {}, SteadyNow steady = &std::chrono::steady_clock::now);

    /// From now on the time is `at` and runs at `rate` (0 to 100000; others are cut to that).
    /// Monotone unless `backwards` says otherwise.
    void set(Instant at, double rate, Backwards backwards = Backwards::hold);
    /// The same, of a clock that was set by `set_by` in all: when that has changed, `at` is taken
    /// as said, earlier or later.
    void set(Instant at, double rate, Duration set_by);
    [[nodiscard]] bool was_set() const;

    /// state is always `driven`.
    [[nodiscard]] ClockReading read() const override;
    /// In real time; nanoseconds::max() while it stands still before `at`.
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override;

private:
    [[nodiscard]] Instant at(SteadyTime now) const;  ///< under the lock

    SteadyNow steady_;
    mutable std::mutex mutex_;
    Instant base_;
    SteadyTime since_;
    Instant floor_;  ///< never earlier than this
    double rate_ = 0;
    std::optional<Duration> set_by_;
    bool was_set_ = false;
};

}  // namespace anju::system
