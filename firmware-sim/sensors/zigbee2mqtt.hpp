// Zigbee2MQTT as seen from the broker: what it keeps there (its state, its devices, who is
// reachable), state messages that repeat every property the bridge remembers, and what it says
// once more when it starts. https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/reading.hpp"
#include "firmware-sim/sensors/envelopes.hpp"

namespace anju::sim {

/// Pure: returns messages, sends none. Not thread-safe.
class Zigbee2Mqtt {
public:
    enum class LastSeen : std::uint8_t { none, iso_8601, epoch };
    struct Options {
        std::string base = "zigbee2mqtt";
        /// Availability as plain "online" instead of {"state":"online"}, as before version 2.
        bool legacy_availability = false;
        LastSeen last_seen = LastSeen::none;  ///< as the bridge comes
        /// Device option `retain`: the broker keeps the last state of each device.
        bool retain_states = false;
    };

    Zigbee2Mqtt() = default;
    explicit Zigbee2Mqtt(Options options) : options_(std::move(options)) {}

    /// `battery_pct` 0: mains.
    void add(std::string_view friendly_name, SensorKind kind, int battery_pct);
    [[nodiscard]] bool empty() const { return devices_.empty(); }

    /// bridge/state, bridge/info, bridge/devices and the availability of every device, retained;
    /// nothing when no device was added.
    [[nodiscard]] std::vector<Publication> announce() const;

    /// What follows from new readings of a device that was added. Readings that are marked as a
    /// test set `test` as long as it lasts. ReadingKind::online gives a message of its own.
    [[nodiscard]] std::vector<Publication> report(std::string_view friendly_name,
                                                  const std::vector<Reading>& readings);

    /// The will that the broker publishes when the bridge is gone.
    [[nodiscard]] std::vector<Publication> stop() const;

    /// A start: announce(), then the last state of each device out of the bridge's database
    /// (cache_state_send_on_startup): the same values, without an action, with the old last_seen,
    /// and not retained. It is as old as it is; nothing has happened.
    [[nodiscard]] std::vector<Publication> start() const;

    void set_link_quality(std::string_view friendly_name, int lqi);

private:
    struct Known {
        SensorKind kind{};
        std::map<std::string, std::string> properties;  ///< name to JSON value
        Instant heard{};                                ///< epoch 0: never
        bool online = true;
    };

    [[nodiscard]] Publication availability(std::string_view name, bool online) const;
    [[nodiscard]] Publication state(std::string_view name, const Known& known,
                                    std::string_view action) const;

    Options options_{};
    std::map<std::string, Known, std::less<>> devices_;  ///< by friendly name
};

}  // namespace anju::sim
