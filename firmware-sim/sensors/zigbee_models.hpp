// Which real device stands for a kind of sensor on the Zigbee network, and how the bridge
// describes it. https://www.zigbee2mqtt.io/supported-devices/
#pragma once

#include <string>
#include <string_view>

#include "core/model/household.hpp"

namespace anju::sim {

struct ZigbeeModel {
    SensorKind kind{};
    std::string_view model;
    std::string_view vendor;
    std::string_view description;
    std::string_view property;  ///< what it is there for; "action" of a button is an event
    bool on = true;             ///< JSON value of `property` that means what a reading's 1 means
    bool tamper = false;
    bool test = false;     ///< says `test` while its button is held
    bool voltage = false;  ///< reports the battery in mV as well
    bool battery = true;   ///< false: mains
    bool trouble = false;  ///< says `trouble` when it cannot do its work
};

/// nullptr: no device of this kind speaks Zigbee here.
[[nodiscard]] const ZigbeeModel* zigbee_model(SensorKind kind);

/// The IEEE address of the device behind a friendly name: "0x00158d…", stable.
[[nodiscard]] std::string zigbee_ieee(std::string_view friendly_name);

/// One entry of bridge/devices, JSON.
[[nodiscard]] std::string describe_zigbee(const ZigbeeModel& model, std::string_view friendly_name);

}  // namespace anju::sim
