// What the properties of a Zigbee2MQTT device are to Anju: which of them are readings, in which
// form they come and what turns them into numbers.
//
// Two sources. The bridge's description of a device (bridge/devices) is the truth; meaning.hpp
// reads it. Before it has come only those properties are read whose name alone cannot mislead:
// usual_rule(). A description is kept only where it says something else than usual_rule(), which
// is why a directory of hundreds of devices is small.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/model/reading.hpp"

namespace anju::drivers::zigbee2mqtt {

/// Saved as a number; never renumber.
enum class Form : std::uint8_t {
    nothing = 0,      ///< not a reading
    state = 1,        ///< true or false, or a word
    word = 2,         ///< a word; which of true and false is which is not known
    percent = 3,      ///< 0..100
    millivolts = 4,   ///< of a battery; Property::unit mV or V
    action = 5,       ///< a word that is an event
    test = 6,         ///< true: hazards in the same message come from the test button
    volume = 7,       ///< a register; Property::unit is a unit of volume
    flow = 8,         ///< Property::unit is a unit of flow
    help_button = 9,  ///< an action of a device one of whose actions calls for help
};
inline constexpr Form last_form = Form::help_button;

struct Rule {
    ReadingKind kind = ReadingKind::alive;  ///< without meaning for Form::nothing and Form::test
    Form form = Form::nothing;
    bool inverted = false;  ///< true means 0: `contact` is true while the door is closed

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// What a name says without a description. "occupancy_2" is read as "occupancy" unless it has a
/// rule of its own. Form::nothing: no reading.
[[nodiscard]] Rule usual_rule(std::string_view property);

/// A property that its device's description makes different from usual_rule().
struct Property {
    using Value = std::variant<std::monostate, bool, double, std::string>;
    std::string name = {};
    Rule rule = {};
    Value on = {};          ///< monostate: as the words say
    Value off = {};         ///< monostate: as the words say
    std::string unit = {};  ///< of numbers
    std::string part = {};  ///< which of the meters in one device; empty: the device itself

    friend bool operator==(const Property&, const Property&) = default;
};

}  // namespace anju::drivers::zigbee2mqtt
