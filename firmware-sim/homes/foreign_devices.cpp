#include "firmware-sim/homes/foreign_devices.hpp"

namespace anju::sim {

namespace {

/// Beyond that the oldest goes: radio that nobody heard is gone as well.
constexpr std::size_t most_waiting = 100'000;

}  // namespace

void ForeignDevices::add(const SimDevice& device, std::uint64_t seed) {
    const auto& id = device.device.id.value;
    if (device.protocol == Protocol::zigbee2mqtt) {
        bridge_.add(id, device.device.kind, device.battery_pct);
    } else {
        sensors_.emplace(id, ForeignSensor(device.device, device.protocol, device.behaviour,
                                           derive_seed(seed, id)));
    }
}

void ForeignDevices::announce() {
    enqueue(Protocol::zigbee2mqtt, bridge_.announce());
}

void ForeignDevices::report(const SimDevice& device, const Emission& emission) {
    const auto& id = device.device.id.value;
    if (device.protocol == Protocol::zigbee2mqtt) {
        const auto messages = bridge_.report(id, emission.readings);
        for (unsigned copy = 0; copy < emission.copies; ++copy) enqueue(device.protocol, messages);
        return;
    }
    if (emission.afresh) enqueue(device.protocol, sensors_.at(id).reboot(emission.heard));
    enqueue(device.protocol,
            sensors_.at(id).report(emission.readings, emission.heard, emission.copies));
}

void ForeignDevices::enqueue(Protocol protocol, std::vector<Publication> messages) {
    for (auto& message : messages) queue_.emplace_back(protocol, std::move(message));
    while (queue_.size() > most_waiting) queue_.pop_front();
}

bool ForeignDevices::send(HomeLink& link) {
    while (!queue_.empty()) {
        const auto& [protocol, message] = queue_.front();
        if (!link.send_foreign(protocol, message)) return false;
        queue_.pop_front();
    }
    return true;
}

}  // namespace anju::sim
