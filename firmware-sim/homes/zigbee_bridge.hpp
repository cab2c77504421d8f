// Zigbee2MQTT as seen from the broker: a retained list of devices, retained availability, and
// state messages that repeat every property the bridge remembers, not only what changed.
// https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/model/reading.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

struct BridgeMessage {
    std::string topic;
    std::string payload;
    bool retain{};
};

/// Pure: returns messages, sends none. Not thread-safe.
class ZigbeeBridge {
public:
    explicit ZigbeeBridge(std::string base = "zigbee2mqtt") : base_(std::move(base)) {}

    void add(const SimDevice& device);

    /// bridge/state, bridge/devices and the availability of every device; nothing when no
    /// device was added.
    [[nodiscard]] std::vector<BridgeMessage> announce() const;

    /// The message that follows from new readings of `device`, which must have been added.
    [[nodiscard]] std::vector<BridgeMessage> report(const Device& device,
                                                    const std::vector<Reading>& readings);

private:
    struct Known {
        SensorKind kind{};
        std::string ieee;
        std::map<std::string, std::string> properties;  ///< name to JSON value
    };

    std::string base_;
    std::map<std::string, Known> devices_;  ///< by friendly name
};

}  // namespace anju::sim
