#include "core/model/household.hpp"

#include <algorithm>

namespace anju {

using namespace std::chrono_literals;

Rhythm default_rhythm(SensorKind kind) {
    switch (kind) {
        case SensorKind::water_meter:
        case SensorKind::bed:
            return {1h, 1h};
        case SensorKind::smoke:
        case SensorKind::door:
        case SensorKind::motion:
        case SensorKind::gas:
        case SensorKind::water_leak:
        case SensorKind::sos:
            break;
    }
    // Battery sensors check in a few times a day; 10 h makes them stale after 25 h, the limit
    // Zigbee2MQTT uses for passive devices.
    return {10h, 10h};
}

const Resident* presumed_resident(const Household& household) {
    if (household.residents.empty()) return nullptr;
    const auto found = std::ranges::find_if(household.residents, is_active);
    return found == household.residents.end() ? &household.residents.front() : &*found;
}

Duration stale_after(const Device& device) {
    const Rhythm usual = default_rhythm(device.kind);
    const Duration sample = device.sample_every > 0ms ? device.sample_every : usual.sample_every;
    const Duration deliver =
        device.deliver_every > 0ms ? device.deliver_every : usual.deliver_every;
    return std::max<Duration>(sample + deliver * 3 / 2, 30min);
}

}  // namespace anju
