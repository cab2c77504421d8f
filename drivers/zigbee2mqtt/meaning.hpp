// What one entry of a description's `exposes` says: its name, type, unit, values and access
// together, and what sort of device it belongs to. A number called `gas` is a meter or a
// concentration, a switch called `vibration` is a setting, litres on an irrigation valve are those
// of one watering. What is not certain is not read.
// https://www.zigbee2mqtt.io/guide/usage/exposes.html
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/json.hpp"
#include "drivers/zigbee2mqtt/properties.hpp"
#include "drivers/zigbee2mqtt/subject.hpp"

namespace anju::drivers::zigbee2mqtt {

/// Views into the description.
struct Expose {
    std::string_view name;      ///< without the endpoint; the property where it is missing
    std::string_view property;  ///< key in the state message
    std::string_view endpoint;
    std::string_view type;
    std::string_view unit;
    std::string_view text;  ///< for people
    bool published = true;  ///< access bit 0
    bool settable = false;  ///< access bit 1, or of category "config"
    bool calls = false;     ///< an action one of whose values calls for help
    double max = 0;         ///< value_max; 0: not said
    Scalar on = {};
    Scalar off = {};
    std::vector<std::string_view> values = {};  ///< of an enum
    Subject subject = {};                       ///< of `name`
};

/// What the device is, for names that alone do not tell.
struct About {
    std::string_view vendor;
    std::string_view model;
    std::string text;                      ///< the definition's description in lower case
    bool battery = false;                  ///< says something about a battery
    bool electrical = false;               ///< measures power, current or energy, or the mains
    bool water_meter = false;              ///< has a register that is water by its name
    std::vector<ReadingKind> states = {};  ///< that it publishes under names of their own

    [[nodiscard]] bool says(std::string_view word) const {
        return text.find(word) != std::string::npos;
    }
    [[nodiscard]] bool says_any(std::span<const std::string_view> words) const;
};

/// ASCII letters only.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Form::nothing when no reading may be made of it. `part` is left empty.
[[nodiscard]] Property meaning(const Expose& expose, const About& about);

/// Of a boolean contact by its text, "closed (= true) or open (= false)": true when true is
/// closed, false when true is open, nullopt when the text does not say it beyond doubt.
[[nodiscard]] std::optional<bool> true_is_closed(std::string_view text);

}  // namespace anju::drivers::zigbee2mqtt
