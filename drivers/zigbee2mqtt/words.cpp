#include "drivers/zigbee2mqtt/words.hpp"

#include <algorithm>
#include <span>

namespace anju::drivers::zigbee2mqtt {
namespace {

using K = ReadingKind;
using List = std::span<const std::string_view>;

struct Words {
    K kind;
    List on;
    List off;
};

constexpr std::string_view smoke_on[] = {
    "on",   "alarm",    "alarming", "fire_alarm",     "smoke_alarm",   "smoke",
    "fire", "detected", "true",     "smoke_detected", "fire_detected", "active"};
constexpr std::string_view gas_on[] = {"on",   "alarm",        "alarming",      "gas_alarm",
                                       "gas",  "leak",         "gas_leak",      "detected",
                                       "true", "gas_detected", "leak_detected", "active"};
constexpr std::string_view co_on[] = {"on",       "alarm", "alarming",    "co_alarm", "co_leak",
                                      "detected", "true",  "co_detected", "active"};
constexpr std::string_view leak_on[] = {"on",      "alarm",         "alarming",       "leak",
                                        "leaking", "leakage",       "water_leak",     "detected",
                                        "wet",     "flood",         "leak_alarm",     "water_alarm",
                                        "true",    "leak_detected", "water_detected", "leaked",
                                        "flooded", "active"};
constexpr std::string_view alarm_on[] = {"on",     "alarm",     "alarming", "detected", "tampered",
                                         "tamper", "triggered", "true",     "active"};
constexpr std::string_view sos_on[] = {"on",    "alarm",   "sos",       "emergency",
                                       "panic", "pressed", "triggered", "true"};
constexpr std::string_view hazard_off[] = {
    "off",   "normal",   "none",         "clear",        "cleared",      "ok",
    "safe",  "dry",      "not_detected", "no_alarm",     "undetected",   "no_leak",
    "idle",  "false",    "inactive",     "no_smoke",     "no_fire",      "no_gas",
    "no_co", "no_water", "no_tamper",    "no_vibration", "not_tampered", "not_leaking"};
constexpr std::string_view contact_on[] = {"open",      "opened",       "tilted", "ajar",
                                           "half_open", "contact_open", "tilt"};
constexpr std::string_view contact_off[] = {"closed", "close", "shut", "contact_closed"};
constexpr std::string_view motion_on[] = {"on",
                                          "presence",
                                          "present",
                                          "occupied",
                                          "occupancy",
                                          "motion",
                                          "move",
                                          "moving",
                                          "movement",
                                          "somebody",
                                          "someone",
                                          "detected",
                                          "large",
                                          "small",
                                          "static",
                                          "large_movement",
                                          "small_movement",
                                          "motion_detected",
                                          "pir",
                                          "medium",
                                          "huge",
                                          "near",
                                          "far",
                                          "true",
                                          "active",
                                          "presence_detected",
                                          "occupancy_detected"};
constexpr std::string_view motion_off[] = {
    "off",          "none",        "clear",        "vacant", "unoccupied", "nobody",
    "no_one",       "absent",      "absence",      "empty",  "no_motion",  "no_presence",
    "not_detected", "no_movement", "no_occupancy", "false",  "inactive",   "idle"};
constexpr std::string_view vibration_on[] = {"on",       "vibration", "vibrating", "vibrate",
                                             "shake",    "shock",     "drop",      "tilt",
                                             "detected", "alarm",     "true",      "active"};
constexpr std::string_view low_on[] = {"on",       "low",   "low_battery", "very_low",
                                       "critical", "empty", "true"};
constexpr std::string_view low_off[] = {"off",    "medium", "middle", "mid", "high",
                                        "normal", "full",   "good",   "ok",  "false"};
constexpr std::string_view fault_on[] = {
    "on",          "fault",       "failure",    "error",       "serious_fault", "sensor_fault",
    "probe_fault", "power_fault", "comm_fault", "radar_fault", "true"};
constexpr std::string_view fault_off[] = {"off",      "none",     "normal", "ok",
                                          "no_fault", "no_error", "clear",  "false"};
constexpr std::string_view undecided[] = {"",
                                          "unknown",
                                          "undefined",
                                          "detecting",
                                          "preheat",
                                          "preheating",
                                          "warming_up",
                                          "initializing",
                                          "testing",
                                          "error_unspecified",
                                          "error_jammed",
                                          "error_forced_open",
                                          "silenced",
                                          "charging",
                                          "charged",
                                          "not_charging",
                                          "discharging",
                                          "peaceful",
                                          "muted",
                                          "mute",
                                          "silence",
                                          "silent",
                                          "test",
                                          "self_test"};

constexpr Words words[] = {
    {K::smoke, smoke_on, hazard_off},
    {K::gas, gas_on, hazard_off},
    {K::carbon_monoxide, co_on, hazard_off},
    {K::water_leak, leak_on, hazard_off},
    {K::sos, sos_on, hazard_off},
    {K::tamper, alarm_on, hazard_off},
    {K::vibration, vibration_on, hazard_off},
    {K::contact_open, contact_on, contact_off},
    {K::motion, motion_on, motion_off},
    {K::battery_low, low_on, low_off},
    {K::fault, fault_on, fault_off},
    {K::alive, alarm_on, hazard_off},  // of Form::test
};

bool contains(List list, std::string_view word) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view item) { return same_word(item, word); });
}

bool equal(const Property::Value& described, const Scalar& value) {
    if (const bool* flag = std::get_if<bool>(&described)) return value == Scalar{*flag};
    if (const double* number = std::get_if<double>(&described)) return value == Scalar{*number};
    if (const auto* text = std::get_if<std::string>(&described)) {
        return value == Scalar{std::string_view{*text}};
    }
    return false;
}

}  // namespace

bool same_word(std::string_view left, std::string_view right) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

Sense sense_of_word(ReadingKind kind, std::string_view word) {
    if (contains(undecided, word)) return Sense::not_known;
    for (const Words& entry : words) {
        if (entry.kind != kind) continue;
        if (contains(entry.on, word)) return Sense::on;
        if (contains(entry.off, word)) return Sense::off;
    }
    return Sense::wrong;
}

Sense sense_by_rule(const Rule& rule, const Scalar& value) {
    if (const bool* flag = std::get_if<bool>(&value)) {
        if (rule.form == Form::word) return Sense::wrong;
        return *flag != rule.inverted ? Sense::on : Sense::off;
    }
    if (const auto* word = std::get_if<std::string_view>(&value)) {
        return sense_of_word(rule.kind, *word);
    }
    return std::holds_alternative<std::monostate>(value) ? Sense::not_known : Sense::wrong;
}

namespace {

/// The device is said to use other values than these, and not so that "true" and "on" would mean
/// the same all the same. An alarm that says true instead of "ON" is heard, a door that says true
/// instead of "ON" is not: true is its closed.
bool speaks_otherwise(const Rule& rule, const Property& described, const Scalar& value) {
    if (described.on.index() == 0 || described.on.index() == value.index()) return false;
    const bool text = std::holds_alternative<std::string_view>(value);
    if (rule.kind == K::contact_open) return !text && value.index() != 0;
    const auto* word = std::get_if<std::string>(&described.on);
    const bool* flag = std::get_if<bool>(&described.on);
    const Sense usual = word != nullptr   ? sense_of_word(rule.kind, *word)
                        : flag != nullptr ? sense_by_rule(rule, *flag)
                                          : Sense::wrong;
    return usual == Sense::off && sense_by_rule(rule, value) != Sense::not_known;
}

/// One of the parts of `action` is one of those `wanted`, and none says that something ends.
bool says(std::string_view action, List wanted) {
    constexpr std::string_view ends[] = {"cancel", "cancelled", "off",   "clear",    "release",
                                         "stop",   "end",       "reset", "released", "test",
                                         "none",   "unlock",    "lock",  "disable",  "disabled",
                                         "disarm", "no",        "not"};
    bool said = false;
    while (!action.empty()) {
        const auto end = std::min(action.find_first_of("_ -"), action.size());
        const std::string_view word = action.substr(0, end);
        if (contains(ends, word)) return false;
        said = said || contains(wanted, word);
        action.remove_prefix(std::min(end + 1, action.size()));
    }
    return said;
}

}  // namespace

Sense sense(const Rule& rule, const Property* described, const Scalar& value) {
    if (described != nullptr && equal(described->on, value)) return Sense::on;
    if (described != nullptr && equal(described->off, value)) return Sense::off;
    if (described != nullptr && speaks_otherwise(rule, *described, value)) return Sense::wrong;
    return sense_by_rule(rule, value);
}

bool is_call_for_help(std::string_view action) {
    constexpr std::string_view calls[] = {"emergency", "panic", "sos", "help"};
    return says(action, calls);
}

bool is_all_well(std::string_view action) {
    constexpr std::string_view answers[] = {"double", "well", "ok"};
    return says(action, answers) && !is_call_for_help(action);
}

}  // namespace anju::drivers::zigbee2mqtt
