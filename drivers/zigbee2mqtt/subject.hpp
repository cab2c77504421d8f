// What the name of a property is about, without the words that only say which of several:
// "input_1_water_meter", "water_leak_left" and "channel_3_battery_low" are about a water meter, a
// leak and a weak battery. Names follow the habits of Zigbee2MQTT's converters; a word that is not
// known makes the whole name unknown, so that `motion_sensitivity` is not taken for motion.
#pragma once

#include <string>
#include <string_view>

#include "core/model/reading.hpp"

namespace anju::drivers::zigbee2mqtt {

enum class Topic : unsigned char {
    none,
    state,          ///< of the kind
    contact,        ///< boolean polarity by convention: true is closed
    other_contact,  ///< polarity only by words or by the description's text
    water,          ///< a leak if the device is a leak detector
    leak,           ///< of water, or of gas if the device is a gas detector
    alarm,          ///< of what the device detects; see alarm_number
    action,
    test,
    battery,  ///< percent, volts, or a word
    voltage,
    register_,         ///< of a water meter, whatever the device is called
    neutral_register,  ///< of a water meter, if the device is one
    reverse_register,
    flow,
};

struct Subject {
    Topic topic = Topic::none;
    ReadingKind kind = ReadingKind::alive;  ///< for Topic::state, leak and contacts
    /// The plain name of the state, as converters give it to the state and never to a setting.
    bool plain = false;
    /// The name speaks of an alarm: "on" is the alarm, whatever true means for the plain name.
    bool alarm = false;
    bool second = false;  ///< Topic::alarm: the second alarm of an IAS zone
};

[[nodiscard]] Subject subject_of(std::string_view name);

}  // namespace anju::drivers::zigbee2mqtt
