// Which Zigbee2MQTT properties are readings, and which of their values mean what.
//
// Names and usual values are those of zigbee-herdsman-converters' exposes. Where the bridge's
// own description of a device says otherwise (value_on, value_off, type), the description wins;
// it is kept as an Override only then, which is why a directory of hundreds of devices is small.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/model/reading.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::zigbee2mqtt {

enum class Form : std::uint8_t {
    state,       ///< true or false, or one of a few words
    percent,     ///< 0..100
    millivolts,  ///< 0..60 000
    action,      ///< a word that is an event
    test,        ///< true: hazards in the same message come from the test button
};

struct PropertyRule {
    std::string_view property;
    ReadingKind kind;  ///< without meaning for Form::test
    Form form = Form::state;
    bool inverted = false;  ///< true means 0: `contact` is true while the door is closed
};

/// nullptr: no reading is made of this property. "occupancy_2" is read as "occupancy" unless it
/// has a rule of its own.
[[nodiscard]] const PropertyRule* find_rule(std::string_view property);
[[nodiscard]] std::span<const PropertyRule> all_rules();

/// What the bridge describes differently from the rule.
struct Override {
    using Value = std::variant<std::monostate, bool, double, std::string>;
    std::string property;
    const PropertyRule* rule = nullptr;  ///< nullptr: not a reading on this device
    Value on;                            ///< monostate: as the rule says
    Value off;

    friend bool operator==(const Override&, const Override&) = default;
};

enum class Sense : std::uint8_t {
    on,
    off,
    not_known,  ///< the device says so itself: no reading, no problem
    wrong,      ///< of no known meaning
};

/// What `value` says by this rule, `exception` first where there is one.
[[nodiscard]] Sense sense(const PropertyRule& rule, const Override* exception, const Scalar& value);

/// True when described values need no override: they mean what the rule says anyway, or they are
/// words for a door, which hold whichever of them the bridge happens to call "on".
[[nodiscard]] bool speaks_for_itself(const PropertyRule& rule, const Scalar& on, const Scalar& off);

/// True for `action` values that call for help.
[[nodiscard]] bool is_call_for_help(std::string_view action);

}  // namespace anju::drivers::zigbee2mqtt
