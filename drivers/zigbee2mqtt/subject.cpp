#include "drivers/zigbee2mqtt/subject.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace anju::drivers::zigbee2mqtt {
namespace {

using K = ReadingKind;
using List = std::span<const std::string_view>;

/// Which of several: "left", "l2", "channel_3".
constexpr std::string_view places[] = {"channel", "input", "zone", "region", "area",  "probe",
                                       "port",    "line",  "left", "right",  "top",   "bottom",
                                       "center",  "front", "back", "inner",  "outer", "upper",
                                       "lower",   "in",    "out",  "near",   "far"};
constexpr std::string_view numbered[] = {"l",     "ep",    "ch",     "in",   "p",
                                         "s",     "zone",  "region", "area", "channel",
                                         "input", "probe", "sensor"};

/// What may stand around the name of a state without changing it.
constexpr std::string_view fillers[] = {"state", "status", "detected", "sensor", "active"};
constexpr std::string_view motion_fillers[] = {"human", "pir", "radar",  "mmwave",
                                               "or",    "and", "static", "microwave"};

struct Phrase {
    std::string_view words;
    Topic topic;
    K kind = K::alive;
};

constexpr Phrase phrases[] = {
    {"smoke", Topic::state, K::smoke},
    {"fire_alarm", Topic::state, K::smoke},
    {"gas", Topic::state, K::gas},
    {"gas_leak", Topic::state, K::gas},
    {"combustible_gas", Topic::state, K::gas},
    {"carbon_monoxide", Topic::state, K::carbon_monoxide},
    {"co", Topic::state, K::carbon_monoxide},
    {"water_leak", Topic::state, K::water_leak},
    {"water_leakage", Topic::state, K::water_leak},
    {"leak", Topic::leak, K::water_leak},
    {"leakage", Topic::leak, K::water_leak},
    {"flood", Topic::state, K::water_leak},
    {"occupancy", Topic::state, K::motion},
    {"presence", Topic::state, K::motion},
    {"motion", Topic::state, K::motion},
    {"pir", Topic::state, K::motion},
    {"vibration", Topic::state, K::vibration},
    {"sos", Topic::state, K::sos},
    {"panic", Topic::state, K::sos},
    {"emergency", Topic::state, K::sos},
    {"tamper", Topic::state, K::tamper},
    {"fault", Topic::state, K::fault},
    {"trouble", Topic::state, K::fault},  // ZCL 8.2.2.2.1.3, zone status bit 6
    {"battery_low", Topic::state, K::battery_low},
    {"low_battery", Topic::state, K::battery_low},
    {"contact", Topic::contact, K::contact_open},
    {"door_contact", Topic::other_contact, K::contact_open},
    {"window_contact", Topic::other_contact, K::contact_open},
    {"garage_door_contact", Topic::other_contact, K::contact_open},
    {"dry_contact", Topic::other_contact, K::contact_open},
    {"opening", Topic::other_contact, K::contact_open},
    {"door", Topic::other_contact, K::contact_open},
    {"water", Topic::water, K::water_leak},
    {"watersensor", Topic::water, K::water_leak},
    {"battery", Topic::battery},
    {"battery2", Topic::battery},
    {"battery_percent", Topic::battery},
    {"battery_percentage", Topic::battery},
    {"battery_level", Topic::battery},
    {"battery_remaining", Topic::battery},
    {"battery_percentage_remaining", Topic::battery},
    {"smoke_battery", Topic::battery},
    {"voltage", Topic::voltage},
    {"battery_voltage", Topic::voltage},
    {"water_consumed", Topic::register_},
    {"total_water_consumed", Topic::register_},
    {"water_meter", Topic::register_},
    {"water_total", Topic::register_},
    {"total_water", Topic::register_},
    {"total_water_consumption", Topic::register_},
    {"volume", Topic::neutral_register},
    {"total_volume", Topic::neutral_register},
    {"total_flow", Topic::neutral_register},
    {"total_consumption", Topic::neutral_register},
    {"water_consumption", Topic::neutral_register},
    {"reverse_water_consumed", Topic::reverse_register},
    {"flow", Topic::flow},
    {"flow_rate", Topic::flow},
    {"water_flow", Topic::flow},
    {"water_flow_rate", Topic::flow},
    {"current_flow", Topic::flow},
    {"current_flow_rate", Topic::flow},
    {"instantaneous_flow", Topic::flow},
    {"instantaneous_flow_rate", Topic::flow},
};

bool contains(List list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_number(std::string_view word) {
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "l1", "ep2"; not "co2".
bool is_numbered_place(std::string_view word) {
    const auto digits = word.find_first_of("0123456789");
    return digits != std::string_view::npos && contains(numbered, word.substr(0, digits)) &&
           is_number(word.substr(digits));
}

struct Words {
    std::array<std::string_view, 12> list;
    std::size_t count = 0;
    bool too_many = false;

    void add(std::string_view word) {
        if (count == list.size()) {
            too_many = true;
        } else {
            list[count++] = word;
        }
    }
    /// Joined by "_", those left out for which `drop` holds.
    template <class Drop>
    [[nodiscard]] std::string join(Drop drop) const {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) {
            if (drop(list[i])) continue;
            if (!out.empty()) out += '_';
            out += list[i];
        }
        return out;
    }
};

Words words_of(std::string_view name) {
    Words out;
    while (!name.empty()) {
        const auto end = std::min(name.find('_'), name.size());
        if (end > 0) out.add(name.substr(0, end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return out;
}

const Phrase* find(std::string_view words) {
    const auto* at = std::find_if(std::begin(phrases), std::end(phrases),
                                  [&](const Phrase& phrase) { return phrase.words == words; });
    return at == std::end(phrases) ? nullptr : at;
}

Subject from(const Phrase& phrase, bool plain, bool alarm) {
    Subject out{phrase.topic, phrase.kind, plain, alarm, false};
    // With anything around it the polarity of a contact is a guess: `contact_state`.
    if (phrase.topic == Topic::contact && !plain && !alarm) out.topic = Topic::other_contact;
    return out;
}

bool takes_fillers(const Phrase& phrase) {
    return phrase.topic == Topic::state || phrase.topic == Topic::contact ||
           phrase.topic == Topic::other_contact || phrase.topic == Topic::water ||
           phrase.topic == Topic::leak || phrase.topic == Topic::battery;
}

/// "alarm", "alarm_1", "alarm_2": the alarms of an IAS zone.
Subject zone_alarm(std::string_view name) {
    Subject out{Topic::alarm};
    if (name == "alarm" || name == "alarm_1") return out;
    out.second = true;
    return name == "alarm_2" ? out : Subject{};
}

}  // namespace

Subject subject_of(std::string_view name) {
    if (name == "action") return {Topic::action};
    if (name == "test") return {Topic::test};
    const Words words = words_of(name);
    if (words.too_many) return {};
    if (const Phrase* exact = find(name)) return from(*exact, true, false);
    const auto place = [](std::string_view word) {
        return contains(places, word) || is_number(word) || is_numbered_place(word);
    };
    const std::string without_place = words.join(place);
    if (const Phrase* phrase = find(without_place)) return from(*phrase, true, false);
    if (without_place == "alarm") return zone_alarm(name);
    const bool alarm = contains({words.list.data(), words.count}, "alarm");
    const auto filler = [&](std::string_view word) {
        return place(word) || contains(fillers, word) || word == "alarm";
    };
    const Phrase* phrase = find(words.join(filler));
    if (phrase == nullptr) {
        phrase = find(words.join(
            [&](std::string_view word) { return filler(word) || contains(motion_fillers, word); }));
        if (phrase == nullptr || phrase->kind != K::motion) return {};
    }
    return takes_fillers(*phrase) ? from(*phrase, false, alarm) : Subject{};
}

}  // namespace anju::drivers::zigbee2mqtt
