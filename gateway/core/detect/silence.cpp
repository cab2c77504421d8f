#include "core/detect/silence.hpp"

#include <algorithm>

namespace anju::detect {

bool protects(SensorKind kind) {
    return kind == SensorKind::smoke || kind == SensorKind::gas || kind == SensorKind::water_leak ||
           kind == SensorKind::sos;
}

bool speaks(DeviceHealth health) {
    return health == DeviceHealth::ok || health == DeviceHealth::faulty;
}

DeviceHealth DeviceSilence::judge(Instant now, SensorKind kind, Duration limit) {
    const bool given_up = unreachable() && now >= unreachable_since_ + unreachable_limit;
    const bool silent = now >= silent_since() + limit;
    if (given_up || (silent && protects(kind))) {
        health_ = DeviceHealth::offline;
    } else if (silent) {
        health_ = DeviceHealth::stale;
    } else {
        health_ = faulty_since_ == Instant{} ? DeviceHealth::ok : DeviceHealth::faulty;
    }
    return health_;
}

std::optional<Instant> DeviceSilence::deadline(Duration limit) const {
    const auto giving_up = unreachable_since_ + unreachable_limit;
    switch (health_) {
        case DeviceHealth::ok:
        case DeviceHealth::faulty: {
            const Instant silent = silent_since() + limit;
            return unreachable() ? std::min(silent, giving_up) : silent;
        }
        case DeviceHealth::stale:
            if (unreachable()) return giving_up;
            break;
        case DeviceHealth::offline:
            break;
    }
    return std::nullopt;
}

}  // namespace anju::detect
