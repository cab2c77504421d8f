// rtl_433 names its fields alike in all decoders where it can (docs/DATA_FORMAT.md, "Common device
// data"): battery_ok is 1 or 0, or a part of 1; tamper is 1 or 0. Beyond them only what a decoder's
// own words leave no doubt about is listed here; the same bit of one radio protocol is a door's
// contact in one housing and a smoke chamber in the next.
#include "drivers/rtl_433/fields.hpp"

#include <algorithm>
#include <iterator>

#include "drivers/json.hpp"

namespace anju::drivers::rtl_433 {
namespace {

namespace json = boost::json;
using K = ReadingKind;

struct Rule {
    std::string_view model;
    std::string_view field;
    K kind;
};

constexpr Rule rules[] = {
    {"Kerui-Security", "opened", K::contact_open},
    {"Kerui-Security", "motion", K::motion},
    {"Kerui-Security", "water", K::water_leak},
    {"Govee-Water", "detect_wet", K::water_leak},
};

/// Nothing is missed in a message of these that only tells of the battery.
bool is_understood(const json::object& said, std::string_view model, const Statement& statement) {
    return statement.measures() || said.if_contains("contact_open") != nullptr ||
           std::any_of(std::begin(rules), std::end(rules),
                       [&](const Rule& rule) { return rule.model == model; });
}

bool is_on(const json::object& said, std::string_view field) {
    const json::value* value = said.if_contains(field);
    return value != nullptr && (scalar(*value) == Scalar{1.0} || scalar(*value) == Scalar{true});
}

/// `contact_open` is the loop of the terminals, `reed_open` that of the built-in reed; `state`
/// tells of the first. Where only the reed is open, the device alone knows which of them is in use.
void read_contact(const json::object& said, Statement& statement) {
    const json::value* contact = said.if_contains("contact_open");
    if (contact == nullptr) return;
    const std::string_view word = text_member(said, "state");
    const bool open = is_on(said, "contact_open");
    const bool contradicts = (word == "open" && !open) || (word == "closed" && open);
    if (contradicts || (!open && is_on(said, "reed_open"))) {
        statement.problem("value_ambiguous", "contact_open",
                          "contact_open disagrees with state or reed_open: set a profile for this "
                          "device that names the one in use");
        return;
    }
    statement.flag(K::contact_open, "contact_open", *contact);
}

/// 1 and 0 are verdicts; a part of 1 is a charge, whose verdict is not ours.
void read_battery(const json::object& said, Statement& statement) {
    if (const json::value* ok = said.if_contains("battery_ok")) {
        const Scalar value = scalar(*ok);
        const double* number = std::get_if<double>(&value);
        if (number == nullptr || !(*number > 0 && *number < 1)) {
            statement.flag(K::battery_low, "battery_ok", *ok, true);
        }
    }
    if (const json::value* mv = said.if_contains("battery_mV")) {
        statement.voltage("battery_mV", *mv, 1);
    }
    if (const json::value* volts = said.if_contains("battery_V")) {
        statement.voltage("battery_V", *volts, 1000);
    }
}

}  // namespace

void read_fields(const json::object& said, std::string_view model, DriverState& state,
                 Statement& statement) {
    read_battery(said, statement);
    if (const json::value* tamper = said.if_contains("tamper")) {
        statement.flag(K::tamper, "tamper", *tamper);
    }
    read_contact(said, statement);
    for (const Rule& rule : rules) {
        if (rule.model != model) continue;
        if (const json::value* value = said.if_contains(rule.field)) {
            statement.flag(rule.kind, rule.field, *value);
        }
    }
    if (model == "Govee-Water" && text_member(said, "event") == "Water Leak") {
        statement.level(K::water_leak, 1);
    }
    if (statement.has_profile(state) || !is_understood(said, model, statement)) {
        const json::value fields = said;
        statement.read_fields(fields, state, "model");
    }
}

}  // namespace anju::drivers::rtl_433
