// Whose message a Tasmota topic is. The device's own setting FullTopic orders the parts:
// "%prefix%/%topic%/" unless changed, "%topic%/%prefix%/" often, with further levels around them
// (Tasmota documentation, "MQTT", section "FullTopic").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anju::drivers::tasmota {

struct Topic {
    std::string device;     ///< all levels but the prefix and the last one: "leak1", "home/leak1"
    std::string_view what;  ///< the last level: "SENSOR", "LWT"
    bool command = false;   ///< below "cmnd": somebody speaks to the device
};

/// nullopt: none of "tele", "stat" and "cmnd" is a level of it, or the device's name is empty.
[[nodiscard]] std::optional<Topic> parse_topic(std::string_view topic);

}  // namespace anju::drivers::tasmota
