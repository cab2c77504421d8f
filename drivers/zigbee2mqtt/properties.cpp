#include "drivers/zigbee2mqtt/properties.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace anju::drivers::zigbee2mqtt {
namespace {

using K = ReadingKind;

// Left out on purpose, although their names suggest otherwise: `moving` (blinds and tilt), settings
// (`fall_detection`, `water_leak_buzzer`, `self_test`), `rainwater`, `alarm_active` (chargers).
// Carbon monoxide counts as gas: there is no kind of its own, and what has to happen is the same.
constexpr PropertyRule rules[] = {
    {"smoke", K::smoke},
    {"smoke_state", K::smoke},
    {"gas", K::gas},
    {"gas_state", K::gas},
    {"carbon_monoxide", K::gas},
    {"water_leak", K::water_leak},
    {"water_leak_alarm_1", K::water_leak},
    {"water_leak_alarm_2", K::water_leak},
    {"active_water_leak", K::water_leak},
    {"water_warning", K::water_leak},
    {"water_sensor", K::water_leak},
    {"contact", K::contact_open, Form::state, true},
    {"contact_alarm_1", K::contact_open},
    {"contact_alarm_2", K::contact_open},
    {"opening_state", K::contact_open},
    {"door_state", K::contact_open},
    {"dry_contact", K::contact_open, Form::state, true},
    {"occupancy", K::motion},
    {"occupancy_in", K::motion},
    {"occupancy_out", K::motion},
    {"occupancy_alarm_1", K::motion},
    {"occupancy_alarm_2", K::motion},
    {"presence", K::motion},
    {"presence_state", K::motion},
    {"motion", K::motion},
    {"motion_state", K::motion},
    {"motion_status", K::motion},
    {"human_motion_state", K::motion},
    {"sos", K::sos},
    {"action", K::sos, Form::action},
    {"tamper", K::tamper},
    {"battery", K::battery_pct, Form::percent},
    {"battery_low", K::battery_low},
    {"battery_state", K::battery_low},
    {"battery_level", K::battery_low},
    {"voltage", K::battery_mv, Form::millivolts},
    {"test", K::alive, Form::test},
};

struct Words {
    K kind;
    std::span<const std::string_view> on;
    std::span<const std::string_view> off;
};

constexpr std::string_view hazard_on[] = {"on", "alarm", "fire_alarm", "detected", "true"};
constexpr std::string_view hazard_off[] = {"off", "normal", "none", "clear", "ok", "false"};
constexpr std::string_view contact_on[] = {"open", "opened", "tilted", "contact_open"};
constexpr std::string_view contact_off[] = {"closed", "close", "contact_closed"};
constexpr std::string_view motion_on[] = {"on",    "presence", "occupied", "motion", "move",
                                          "large", "small",    "static",   "true"};
constexpr std::string_view motion_off[] = {"off", "none", "clear", "vacant", "false"};
constexpr std::string_view low_on[] = {"on", "low", "true"};
constexpr std::string_view low_off[] = {"off",    "medium", "middle", "high",
                                        "normal", "full",   "false"};
constexpr std::string_view undecided[] = {"unknown", "detecting", ""};

constexpr Words words[] = {
    {K::smoke, hazard_on, hazard_off},      {K::gas, hazard_on, hazard_off},
    {K::water_leak, hazard_on, hazard_off}, {K::sos, hazard_on, hazard_off},
    {K::tamper, hazard_on, hazard_off},     {K::contact_open, contact_on, contact_off},
    {K::motion, motion_on, motion_off},     {K::battery_low, low_on, low_off},
};

/// Equal but for the case of ASCII letters.
bool same_word(std::string_view left, std::string_view right) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

bool contains(std::span<const std::string_view> list, std::string_view word) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view item) { return same_word(item, word); });
}

Sense sense_word(K kind, std::string_view word) {
    if (contains(undecided, word)) return Sense::not_known;
    for (const Words& entry : words) {
        if (entry.kind != kind) continue;
        if (contains(entry.on, word)) return Sense::on;
        if (contains(entry.off, word)) return Sense::off;
    }
    return Sense::wrong;
}

/// What the rule alone makes of the value.
Sense sense_usual(const PropertyRule& rule, const Scalar& value) {
    if (const bool* flag = std::get_if<bool>(&value)) {
        return *flag != rule.inverted ? Sense::on : Sense::off;
    }
    if (const auto* word = std::get_if<std::string_view>(&value)) {
        return sense_word(rule.kind, *word);
    }
    return std::holds_alternative<std::monostate>(value) ? Sense::not_known : Sense::wrong;
}

bool equal(const Override::Value& described, const Scalar& value) {
    if (const bool* flag = std::get_if<bool>(&described)) return value == Scalar{*flag};
    if (const double* number = std::get_if<double>(&described)) return value == Scalar{*number};
    if (const auto* text = std::get_if<std::string>(&described)) {
        return value == Scalar{std::string_view{*text}};
    }
    return false;
}

const PropertyRule* find_exactly(std::string_view property) {
    const auto* at =
        std::find_if(std::begin(rules), std::end(rules),
                     [&](const PropertyRule& rule) { return rule.property == property; });
    return at == std::end(rules) ? nullptr : at;
}

}  // namespace

std::span<const PropertyRule> all_rules() {
    return rules;
}

const PropertyRule* find_rule(std::string_view property) {
    if (const auto* rule = find_exactly(property)) return rule;
    const auto last = property.find_last_not_of("0123456789");
    if (last == std::string_view::npos || last + 1 == property.size() || property[last] != '_') {
        return nullptr;
    }
    return find_exactly(property.substr(0, last));
}

Sense sense(const PropertyRule& rule, const Override* exception, const Scalar& value) {
    if (exception != nullptr) {
        if (equal(exception->on, value)) return Sense::on;
        if (equal(exception->off, value)) return Sense::off;
    }
    return sense_usual(rule, value);
}

bool speaks_for_itself(const PropertyRule& rule, const Scalar& on, const Scalar& off) {
    const Sense first = sense_usual(rule, on);
    const Sense second = sense_usual(rule, off);
    const bool door_words = rule.kind == ReadingKind::contact_open &&
                            std::holds_alternative<std::string_view>(on) &&
                            std::holds_alternative<std::string_view>(off);
    return (first == Sense::on && second == Sense::off) ||
           (door_words && first == Sense::off && second == Sense::on);
}

bool is_call_for_help(std::string_view action) {
    constexpr std::string_view calls[] = {"emergency", "panic", "sos"};
    return contains(calls, action);
}

}  // namespace anju::drivers::zigbee2mqtt
