#include "drivers/zigbee2mqtt/meaning.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "drivers/units.hpp"
#include "drivers/zigbee2mqtt/models.hpp"
#include "drivers/zigbee2mqtt/words.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

using K = ReadingKind;

constexpr std::size_t max_word_bytes = 64;

constexpr std::string_view waterers[] = {"irrigat", "sprinkl", "garden", "watering",
                                         "hose",    "valve",   "faucet", "timer"};
/// Of heat and gas meters: their `volume` and `flow` are not tap water.
constexpr std::string_view other_media[] = {"gas", "heat", "boiler", "pump", "pool"};

struct Detector {
    std::string_view word;
    K kind;
};
constexpr Detector detectors[] = {
    {"smoke", K::smoke},
    {"carbon monoxide", K::carbon_monoxide},
    {" co ", K::carbon_monoxide},
    {"heat", K::alive},  // conflicts with each of the others
    {"gas", K::gas},
    {"leak", K::water_leak},
    {"flood", K::water_leak},
    {"motion sensor", K::motion},
    {"motion detector", K::motion},
    {"vibration", K::vibration},
    {"panic", K::sos},
    {"sos", K::sos},
};

/// A copy to keep; long texts are no switch positions.
Property::Value keep(const Scalar& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag;
    if (const double* number = std::get_if<double>(&value)) {
        if (std::isfinite(*number)) return *number;
    }
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        if (text->size() <= max_word_bytes) return std::string(*text);
    }
    return std::monostate{};
}

Rule rule_of(K kind, Form form) {
    return {kind, form, false};
}

/// Values of a binary as `on` and `off` say; not kept where the words say the same anyway.
void read_values(const Expose& expose, Property& out) {
    Scalar on = expose.on;
    Scalar off = expose.off;
    const bool* on_flag = std::get_if<bool>(&on);
    const bool* off_flag = std::get_if<bool>(&off);
    if (on_flag != nullptr && off.index() == 0) off = !*on_flag;
    if (off_flag != nullptr && on.index() == 0) on = !*off_flag;
    if (on == off) return;  // both missing, or no sense in it
    if (sense_by_rule(out.rule, on) == Sense::on && sense_by_rule(out.rule, off) == Sense::off) {
        return;
    }
    out.on = keep(on);
    out.off = keep(off);
}

/// An enum is a state when it has a word for on and one for off.
bool has_both_words(const Expose& expose, K kind) {
    bool on = false;
    bool off = false;
    for (const std::string_view word : expose.values) {
        const Sense said = sense_of_word(kind, word);
        on = on || said == Sense::on;
        off = off || said == Sense::off;
    }
    return on && off;
}

/// Words for a door hold whichever of them the bridge happens to call "on".
bool are_words(K kind, const Scalar& on, const Scalar& off) {
    const auto* first = std::get_if<std::string_view>(&on);
    const auto* second = std::get_if<std::string_view>(&off);
    if (first == nullptr || second == nullptr) return false;
    const Sense left = sense_of_word(kind, *first);
    const Sense right = sense_of_word(kind, *second);
    return (left == Sense::on && right == Sense::off) || (left == Sense::off && right == Sense::on);
}

/// Settings bear the names of states often enough. Hazards keep theirs when they are plain, since
/// an unheard alarm is worse; somebody who only set `occupancy` is not a sign of life.
bool is_setting(const Expose& expose) {
    if (!expose.settable) return false;
    switch (expose.subject.kind) {
        case K::smoke:
        case K::gas:
        case K::carbon_monoxide:
        case K::water_leak:
        case K::contact_open:
        case K::battery_low:
            // What sets a "fire_alarm" or a "tamper" is a siren and not a detector.
            return !expose.subject.plain || expose.type != "binary" ||
                   expose.name.find("alarm") != std::string_view::npos;
        default:
            return true;
    }
}

void read_state(const Expose& expose, K kind, Property& out) {
    if (is_setting(expose)) return;
    if (expose.type == "binary") {
        out.rule = rule_of(kind, Form::state);
        read_values(expose, out);
    } else if (expose.type == "enum" && has_both_words(expose, kind)) {
        out.rule = rule_of(kind, Form::state);
    }
}

void read_contact(const Expose& expose, Property& out) {
    constexpr K kind = K::contact_open;
    if (is_setting(expose)) return;
    if (expose.type == "enum") {
        if (has_both_words(expose, kind)) out.rule = rule_of(kind, Form::word);
    } else if (expose.type != "binary") {
        return;
    } else if (are_words(kind, expose.on, expose.off)) {
        out.rule = rule_of(kind, Form::word);
    } else if (expose.subject.alarm) {
        out.rule = rule_of(kind, Form::state);
        read_values(expose, out);
    } else if (const auto closed = true_is_closed(expose.text);
               closed && !std::holds_alternative<std::string_view>(expose.on)) {
        out.rule = {kind, Form::state, *closed};
    } else if (expose.subject.topic == Topic::contact) {
        out.rule = {kind, Form::state, true};
        read_values(expose, out);
    }
}

/// The one thing that the device detects, by its description; nullopt: several or none.
std::optional<K> detected_by(const About& about) {
    constexpr std::string_view others[] = {"siren", "charger", "keypad",     "relay", "switch",
                                           "plug",  "valve",   "thermostat", "lock",  "controller"};
    if (about.says_any(others)) return std::nullopt;
    About padded;  // " co " is a word, not a part of "control"
    padded.text = " " + about.text + " ";
    std::replace_if(
        padded.text.begin(), padded.text.end(),
        [](char c) { return c == '/' || c == '&' || c == ',' || c == '+' || c == '-'; }, ' ');
    std::optional<K> found;
    for (const Detector& one : detectors) {
        if (!padded.says(one.word)) continue;
        if (found && *found != one.kind) return std::nullopt;
        found = one.kind;
    }
    return found;
}

void read_battery(const Expose& expose, Property& out) {
    if (expose.settable) return;
    if (expose.type == "enum" || expose.type == "binary") {
        const bool words = expose.type == "enum" ? has_both_words(expose, K::battery_low)
                                                 : are_words(K::battery_low, expose.on, expose.off);
        if (words) out.rule = rule_of(K::battery_low, Form::word);
    } else if (expose.type == "numeric") {
        const bool percent = expose.unit == "%" || (expose.unit.empty() && expose.subject.plain &&
                                                    expose.name == "battery");
        if (percent && expose.max <= 100) {
            out.rule = rule_of(K::battery_pct, Form::percent);
        } else if (expose.unit == "mV" || expose.unit == "V") {
            out.rule = rule_of(K::battery_mv, Form::millivolts);
            out.unit = expose.unit;
        }
    }
}

/// Of the mains or of a battery?
void read_voltage(const Expose& expose, const About& about, Property& out) {
    if (expose.settable || expose.type != "numeric") return;
    if (expose.unit != "mV" && expose.unit != "V") return;
    const bool by_name = expose.name.find("battery") != std::string_view::npos;
    // Converters give the mains in V, and a battery in mV or, seldom, in V.
    const bool by_unit =
        expose.unit == "mV" && (about.battery || (!about.electrical && expose.endpoint.empty()));
    const bool of_battery = about.battery && !about.electrical;
    if (!by_name && !by_unit && !of_battery) return;
    out.rule = rule_of(K::battery_mv, Form::millivolts);
    out.unit = expose.unit;
}

/// Litres of today or of one watering, whatever the name says.
bool of_a_period(std::string_view text) {
    constexpr std::string_view periods[] = {
        "today",  "daily",    "per day",   "this month", "last month", "monthly", "this week",
        "weekly", "per hour", "last hour", "irrigat",    "watering",   "session"};
    About about;
    about.text = lower_case(text);
    return about.says_any(periods);
}

/// Litres of one watering are no register; a meter with a valve in it is a meter.
bool waters_plants(const About& about) {
    return about.says_any(waterers) && !about.says("meter");
}

bool meters_water(const About& about) {
    return about.says("water") && !about.says_any(other_media) &&
           (about.says("meter") || about.says("counter"));
}

void read_register(const Expose& expose, const About& about, K kind, Property& out) {
    if (expose.type != "numeric" || waters_plants(about) || of_a_period(expose.text)) return;
    const bool neutral = expose.subject.topic == Topic::neutral_register;
    if (neutral && (expose.settable || about.water_meter || !meters_water(about))) return;
    const bool known = millilitres_in(expose.unit).has_value();
    if (!known && (neutral || !expose.unit.empty())) return;
    out.rule = rule_of(kind, Form::volume);  // without a unit each message says so in a problem
    out.unit = expose.unit;
}

void read_flow(const Expose& expose, const About& about, Property& out) {
    if (expose.type != "numeric" || expose.settable) return;
    const bool water = about.water_meter || expose.name.find("water") != std::string_view::npos ||
                       (about.says("water") && !about.says_any(other_media));
    if (!water || !to_millilitres_per_hour(0, expose.unit)) return;
    out.rule = rule_of(K::water_flow_mlh, Form::flow);
    out.unit = expose.unit;
}

void read_alarm(const Expose& expose, const About& about, Property& out) {
    const auto kind = detected_by(about);
    if (!kind || *kind == K::alive || expose.settable || expose.type != "binary") return;
    // Beside the state itself an alarm is the siren, which also sounds for a test.
    if (std::find(about.states.begin(), about.states.end(), *kind) != about.states.end()) return;
    // A leak detector may have two probes; elsewhere the second alarm is anybody's guess.
    if (expose.subject.second && *kind != K::water_leak) return;
    out.rule = rule_of(*kind, Form::state);
    read_values(expose, out);
}

/// "leak" of a device that is described as a gas detector and never mentions water.
bool leaks_gas(const About& about) {
    return about.says("gas") && !about.says("water") && !about.says("flood");
}

void read_by_topic(const Expose& expose, const About& about, Property& out) {
    const bool words = expose.type == "enum" || expose.type == "text";
    switch (expose.subject.topic) {
        case Topic::none:
            return;
        case Topic::state:
            return read_state(expose, expose.subject.kind, out);
        case Topic::contact:
        case Topic::other_contact:
            return read_contact(expose, out);
        case Topic::water:
            if ((about.says("leak") || about.says("flood")) && !expose.settable) {
                read_state(expose, K::water_leak, out);
            }
            return;
        case Topic::leak:
            return read_state(expose, leaks_gas(about) ? K::gas : K::water_leak, out);
        case Topic::alarm:
            return read_alarm(expose, about, out);
        case Topic::action:
            if (!words || expose.settable) return;
            out.rule = rule_of(K::sos, expose.calls ? Form::help_button : Form::action);
            return;
        case Topic::test:
            // One that can be set stays true when nobody resets it, and would mark a real alarm.
            if (expose.type == "binary" && !expose.settable) {
                out.rule = rule_of(K::alive, Form::test);
                read_values(expose, out);
            }
            return;
        case Topic::battery:
            return read_battery(expose, out);
        case Topic::voltage:
            return read_voltage(expose, about, out);
        case Topic::register_:
        case Topic::neutral_register:
            return read_register(expose, about, K::water_total_ml, out);
        case Topic::reverse_register:
            return read_register(expose, about, K::water_reverse_ml, out);
        case Topic::flow:
            return read_flow(expose, about, out);
    }
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool About::says_any(std::span<const std::string_view> words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return says(word); });
}

std::optional<bool> true_is_closed(std::string_view text) {
    enum Part { open, closed, yes, no };
    std::array<Part, 4> parts{};
    std::size_t count = 0;
    while (!text.empty()) {
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
        const auto end = static_cast<std::size_t>(
            std::find_if_not(text.begin(), text.end(), letter) - text.begin());
        const std::string_view word = text.substr(0, end);
        std::optional<Part> part;
        if (same_word(word, "open") || same_word(word, "opened")) part = open;
        if (same_word(word, "closed")) part = closed;
        if (same_word(word, "true")) part = yes;
        if (same_word(word, "false")) part = no;
        if (part && count == parts.size()) return std::nullopt;
        if (part) parts[count++] = *part;
        text.remove_prefix(std::min(std::max<std::size_t>(end, 1), text.size()));
    }
    if (count != 4) return std::nullopt;
    for (std::size_t at : {0U, 2U}) {  // each pair a word and a truth, either first
        if (parts[at] > closed) std::swap(parts[at], parts[at + 1]);
    }
    if (parts == std::array{closed, yes, open, no} || parts == std::array{open, no, closed, yes}) {
        return true;
    }
    if (parts == std::array{open, yes, closed, no} || parts == std::array{closed, no, open, yes}) {
        return false;
    }
    return std::nullopt;
}

Property meaning(const Expose& expose, const About& about) {
    Property out;
    out.name = std::string(expose.property);
    if (!expose.published) return out;
    if (const auto* exception = find_exception(about.vendor, about.model, expose.property)) {
        out.rule = exception->rule;
        if (out.rule.form == Form::state) read_values(expose, out);
        return out;
    }
    read_by_topic(expose, about, out);
    return out;
}

}  // namespace anju::drivers::zigbee2mqtt
