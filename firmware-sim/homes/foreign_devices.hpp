// The devices of a scenario that speak other protocols than Anju's own: what they publish, in
// order, until the broker has taken it. They do not repeat and are never answered.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "firmware-sim/homes/home_link.hpp"
#include "firmware-sim/homes/home_model.hpp"
#include "firmware-sim/sensors/foreign_sensor.hpp"
#include "firmware-sim/sensors/zigbee2mqtt.hpp"

namespace anju::sim {

/// Not thread-safe.
class ForeignDevices {
public:
    /// `device` is not native; its id must be new.
    void add(const SimDevice& device, std::uint64_t seed);

    /// What bridges keep on the broker.
    void announce();

    /// Queues what follows from `emission` of a device that was added.
    void report(const SimDevice& device, const Emission& emission);

    /// Publishes as far as the link takes it. False: it does not, and something is left.
    bool send(HomeLink& link);

    [[nodiscard]] bool idle() const { return queue_.empty(); }

private:
    void enqueue(Protocol protocol, std::vector<Publication> messages);

    Zigbee2Mqtt bridge_;
    std::map<std::string, ForeignSensor, std::less<>> sensors_;  ///< by device id
    /// As long as the broker is away; a scenario's homes say some messages a minute.
    std::deque<std::pair<Protocol, Publication>> queue_;
};

}  // namespace anju::sim
