// What the values of a property say: true and false, and the words that devices use instead.
#pragma once

#include <cstdint>
#include <string_view>

#include "drivers/json.hpp"
#include "drivers/zigbee2mqtt/properties.hpp"

namespace anju::drivers::zigbee2mqtt {

enum class Sense : std::uint8_t {
    on,
    off,
    not_known,  ///< the device says so itself: no reading, no problem
    wrong,      ///< of no known meaning
};

/// A word for a state of this kind, in any case of letters.
[[nodiscard]] Sense sense_of_word(ReadingKind kind, std::string_view word);

/// What `value` says by the rule alone.
[[nodiscard]] Sense sense_by_rule(const Rule& rule, const Scalar& value);

/// The described values first (null: none), then the rule.
[[nodiscard]] Sense sense(const Rule& rule, const Property* described, const Scalar& value);

/// Equal but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view left, std::string_view right);

/// True for `action` values that call for help: "emergency", "panic_2", "sos_single", and not for
/// those that end such a call.
[[nodiscard]] bool is_call_for_help(std::string_view action);

/// True for `action` values by which the second function of a help button says that no help is
/// needed: a double press ("double", "1_double"), "well", "ok". Of other buttons they say nothing.
[[nodiscard]] bool is_all_well(std::string_view action);

}  // namespace anju::drivers::zigbee2mqtt
