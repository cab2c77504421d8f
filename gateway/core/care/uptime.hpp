// How much of a span a device could be relied on, from the changes of its health alone. What it was
// before the first change follows from that change: whoever becomes ok was not, and the other way
// round. Pure; one object a device.
#pragma once

#include <cstdint>

#include "core/decision.hpp"

namespace anju::care {

class Uptime {
public:
    /// Of [from, to); `now` is its health at `to`, used when it never changed.
    Uptime(Instant from, Instant to) : from_(from), to_(to), since_(from) {}

    /// It is known of up to then only.
    void until(Instant to) { to_ = to; }
    /// Changes in the order of time; those at or after `to` say only what was before them.
    void changed(Instant at, DeviceHealth to) {
        const bool relied_on = to == DeviceHealth::ok;
        if (!known_) good_ = !relied_on;
        known_ = true;
        if (at >= to_) return;
        const Instant when = at < from_ ? from_ : at;
        if (good_) up_ += when - since_;
        since_ = when;
        good_ = relied_on;
    }
    /// Time of `from` to `to` in which it could be relied on; `now`: its health at present.
    [[nodiscard]] Duration up(DeviceHealth now) const {
        const bool good = known_ ? good_ : now == DeviceHealth::ok;
        return up_ + (good ? to_ - since_ : Duration{});
    }

private:
    Instant from_;
    Instant to_;
    Instant since_;
    Duration up_{};
    bool known_ = false;
    bool good_ = false;
};

}  // namespace anju::care
