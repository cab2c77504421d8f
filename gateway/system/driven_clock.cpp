#include "system/driven_clock.hpp"

#include <algorithm>
#include <cmath>

namespace anju::system {
namespace {

constexpr double fastest = 100'000;
/// Longest span that is computed with; beyond it a double no longer counts milliseconds.
constexpr double longest_ms = 1e15;

}  // namespace

DrivenClock::DrivenClock(Instant start, SteadyNow steady)
    : steady_(std::move(steady)), base_(start), since_(steady_()), floor_(start) {}

Instant DrivenClock::at(SteadyTime now) const {
    const std::chrono::duration<double, std::milli> real = now - since_;
    const double passed = std::clamp(real.count() * rate_, 0.0, longest_ms);
    return std::max(floor_, base_ + Duration{static_cast<std::int64_t>(passed)});
}

void DrivenClock::set(Instant to, double rate, Backwards backwards) {
    const std::lock_guard lock(mutex_);
    const SteadyTime now = steady_();
    floor_ = backwards == Backwards::hold ? at(now) : to;
    base_ = to;
    since_ = now;
    rate_ = std::isnan(rate) ? 0 : std::clamp(rate, 0.0, fastest);
    was_set_ = true;
}

void DrivenClock::set(Instant to, double rate, Duration set_by) {
    bool was_changed = false;
    {
        const std::lock_guard lock(mutex_);
        was_changed = set_by_.value_or(set_by) != set_by;
        set_by_ = set_by;
    }
    set(to, rate, was_changed ? Backwards::allow : Backwards::hold);
}

bool DrivenClock::was_set() const {
    const std::lock_guard lock(mutex_);
    return was_set_;
}

ClockReading DrivenClock::read() const {
    const std::lock_guard lock(mutex_);
    const SteadyTime now = steady_();
    return {at(now), now, ClockState::driven, set_by_};
}

std::chrono::nanoseconds DrivenClock::until(Instant target) const {
    using std::chrono::nanoseconds;
    const std::lock_guard lock(mutex_);
    const SteadyTime now = steady_();
    if (target <= at(now)) return nanoseconds::zero();
    if (rate_ <= 0) return nanoseconds::max();
    // From the base, not from what it shows: while it holds still, the base is behind.
    const double ms = static_cast<double>((target - base_).count()) / rate_;
    if (ms >= longest_ms / 1'000) return nanoseconds::max();
    const auto real = nanoseconds{static_cast<std::int64_t>(std::ceil(ms * 1e6))};
    return std::max(real - (now - since_), nanoseconds{1});
}

}  // namespace anju::system
