#include "drivers/zigbee2mqtt/state_message.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <utility>

#include "drivers/event_time.hpp"
#include "drivers/json.hpp"
#include "drivers/units.hpp"
#include "drivers/zigbee2mqtt/description.hpp"
#include "drivers/zigbee2mqtt/words.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 16;
constexpr std::size_t max_problems = 16;
constexpr std::size_t max_shown_bytes = 40;
constexpr std::size_t max_reserved = 8;

/// A meter of several in one device, and what it says.
struct Part {
    std::string_view name;
    std::vector<Reading> readings;
};

/// Reads one message; a value object of one call.
class StateReader {
public:
    StateReader(const Message& message, const Sender& sender, Directory& directory)
        : message_(message), sender_(sender), directory_(directory) {}

    void read(const json::object& state) {
        readings.reserve(std::min(state.size(), max_reserved));
        read_last_seen(state);
        for (const auto& member : state) read_member(member.key(), member.value());
        finish(state);
    }

    std::vector<Reading> readings;
    std::vector<Part> parts;
    std::vector<Problem> problems;
    std::optional<int> lqi;

private:
    void read_last_seen(const json::object& state) {
        const json::value* seen = state.if_contains("last_seen");
        if (seen == nullptr || seen->is_null()) return;
        std::optional<std::int64_t> ms;
        const Scalar value = scalar(*seen);
        if (const auto* text = std::get_if<std::string_view>(&value)) ms = parse_iso8601(*text);
        if (const double* number = std::get_if<double>(&value)) {
            if (*number >= 0 && *number < 9e15) ms = static_cast<std::int64_t>(*number);
        }
        if (ms) {
            time_ = event_time(*ms);
        } else {
            problem("time_unreadable", "last_seen", *seen,
                    "expected ISO 8601 with a zone, or milliseconds since 1970");
        }
    }

    void read_member(std::string_view name, const json::value& value) {
        const Property* described = nullptr;
        if (sender_.description != nullptr) {
            for (const Property& item : sender_.description->properties) {
                if (item.name == name) described = &item;
            }
        }
        const Rule rule = described != nullptr ? described->rule : usual_rule(name);
        if (value.is_null()) return;
        switch (rule.form) {
            case Form::nothing:
                if (name == "linkquality") read_lqi(value);
                break;
            case Form::state:
            case Form::word:
                read_state(rule, described, name, value);
                break;
            case Form::percent:
                if (const auto number = read_number(name, value, 100)) {
                    add_level(rule.kind, static_cast<std::int64_t>(*number));  // 14.9 % is 14 %
                }
                break;
            case Form::millivolts:
                read_voltage(described, name, value);
                break;
            case Form::action:
            case Form::help_button:
                read_action(rule.form, name, value);
                break;
            case Form::test:
                test_ = sense(rule, described, scalar(value)) == Sense::on;
                break;
            case Form::volume:
            case Form::flow:
                read_water(rule, described, name, value);
                break;
        }
    }

    void read_lqi(const json::value& value) {
        const Scalar read = scalar(value);
        const double* number = std::get_if<double>(&read);
        if (number != nullptr && *number >= 0 && *number <= 255) lqi = static_cast<int>(*number);
    }

    void read_state(const Rule& rule, const Property* described, std::string_view name,
                    const json::value& value) {
        const bool nested = value.is_object() || value.is_array();
        const Sense said = nested ? Sense::wrong : sense(rule, described, scalar(value));
        if (said == Sense::wrong) {
            problem("value_unknown", name, value,
                    rule.form == Form::word ? "expected a word for on or off"
                                            : "expected true or false");
        } else if (said != Sense::not_known) {
            const bool on = said == Sense::on;
            if (rule.kind == ReadingKind::sos) {
                button_ = button_.value_or(false) || on;
            } else {
                add_level(rule.kind, on ? 1 : 0);
            }
        }
    }

    /// In 0..limit; a problem and nullopt for anything else.
    std::optional<double> read_number(std::string_view name, const json::value& value,
                                      std::int64_t limit) {
        if (!value.is_number()) {
            problem("wrong_type", name, value, "expected a number");
            return std::nullopt;
        }
        const double number = std::get<double>(scalar(value));
        if (!(number >= 0 && number <= static_cast<double>(limit))) {  // also false for NaN
            problem("value_out_of_range", name, value, "expected 0.." + std::to_string(limit));
            return std::nullopt;
        }
        return number;
    }

    void read_voltage(const Property* described, std::string_view name, const json::value& value) {
        const bool volts = described != nullptr && described->unit == "V";
        const auto number = read_number(name, value, volts ? 60 : 60'000);
        if (!number) return;
        const std::int64_t millivolts = std::llround(volts ? *number * 1000 : *number);
        if (described != nullptr) {
            add_level(ReadingKind::battery_mv, millivolts);
        } else {
            undescribed_mv_ = millivolts;
        }
    }

    void read_action(Form form, std::string_view name, const json::value& value) {
        if (!value.is_string()) {
            problem("wrong_type", name, value, "expected text");
        } else if (is_call_for_help(value.get_string())) {
            called_ = true;
        } else if (form == Form::help_button && is_all_well(value.get_string())) {
            well_ = true;
        }
    }

    void read_water(const Rule& rule, const Property* described, std::string_view name,
                    const json::value& value) {
        const std::string_view unit = described != nullptr ? described->unit : std::string_view{};
        if (!value.is_number()) {
            return problem("wrong_type", name, value, "expected a number");
        }
        if (unit.empty()) {
            return problem("unit_unknown", name, value,
                           "a volume without a unit is not guessed at; the bridge's description "
                           "must give one");
        }
        const double number = std::get<double>(scalar(value));
        const auto amount = rule.form == Form::volume ? to_millilitres(number, unit)
                                                      : to_millilitres_per_hour(number, unit);
        if (!amount) {
            return problem("value_out_of_range", name, value, "expected less than 1e9 m3");
        }
        if (described->part.empty()) {
            add_level(rule.kind, *amount);
        } else {
            add_to_part(described->part, {rule.kind, 0, *amount, {}});
        }
    }

    void add_to_part(std::string_view name, const Reading& reading) {
        for (Part& part : parts) {
            if (part.name == name) return part.readings.push_back(reading);
        }
        parts.push_back({name, {reading}});
    }

    /// Several properties of one kind: on when any is on; of two batteries the weaker counts.
    void add_level(ReadingKind kind, std::int64_t value) {
        for (Reading& reading : readings) {
            if (reading.kind != kind) continue;
            const bool number = kind == ReadingKind::battery_pct || kind == ReadingKind::battery_mv;
            reading.value =
                number ? std::min(reading.value, value) : std::max(reading.value, value);
            return;
        }
        readings.push_back({kind, 0, value, {}});
    }

    /// Without a description `voltage` may be that of the mains, in V. Beside a battery's charge
    /// a number of this size can only be the battery's, in mV.
    void judge_undescribed_voltage(const json::object& state) {
        if (!undescribed_mv_ || *undescribed_mv_ < 1000 || *undescribed_mv_ > 15'000) return;
        if (!state.contains("battery") && !state.contains("battery_low")) return;
        add_level(ReadingKind::battery_mv, *undescribed_mv_);
    }

    void finish(const json::object& state) {
        judge_undescribed_voltage(state);
        if (button_ && directory_.pressed(sender_.address, *button_)) called_ = true;
        if (called_) readings.push_back({ReadingKind::sos, 0, 1, {}});
        if (well_ && !called_) readings.push_back({ReadingKind::i_am_well, 0, 1, {}});
        if (readings.empty() && parts.empty() && !message_.retained) {
            readings.push_back({ReadingKind::alive, 0, 1, {}});
        }
        mark(readings);
        for (Part& part : parts) mark(part.readings);
    }

    void mark(std::vector<Reading>& list) const {
        for (Reading& reading : list) {
            reading.event_time = time_.at;
            reading.quality = time_.quality;
            if (message_.retained) reading.quality |= quality::retained;
            if (test_ && is_hazard(reading.kind)) reading.quality |= quality::test;
        }
    }

    static bool is_hazard(ReadingKind kind) {
        return kind == ReadingKind::smoke || kind == ReadingKind::gas ||
               kind == ReadingKind::carbon_monoxide || kind == ReadingKind::water_leak ||
               kind == ReadingKind::sos;
    }

    void problem(const char* code, std::string_view name, const json::value& value,
                 const std::string& expected) {
        if (problems.size() >= max_problems) return;
        std::string shown = json::serialize(value);
        if (shown.size() > max_shown_bytes) shown = shown.substr(0, max_shown_bytes) + "…";
        const auto at = message_.payload.find("\"" + std::string(name) + "\"");
        problems.push_back({code, std::string(name), at == std::string_view::npos ? 0 : at,
                            std::string(name) + " = " + shown + ": " + expected});
    }

    const Message& message_;
    const Sender& sender_;
    Directory& directory_;
    EventTime time_;
    bool test_ = false;
    bool called_ = false;
    bool well_ = false;
    std::optional<bool> button_;
    std::optional<std::int64_t> undescribed_mv_;
};

/// Each part under an address of its own: a friendly name cannot contain "#".
void add_parts(StateReader& reader, const Sender& sender, std::vector<Decoded>& out) {
    for (Part& part : reader.parts) {
        const std::string suffix = "#" + std::string(part.name);
        Decoded& decoded = out.emplace_back();
        decoded.address = sender.address + suffix;
        if (!sender.alias.empty()) decoded.alias = sender.alias + suffix;
        if (sender.description != nullptr) decoded.model = sender.description->model;
        decoded.readings = std::move(part.readings);
        decoded.lqi = reader.lqi;
    }
}

/// With `include_device_information` the bridge adds who it is to each message.
void identify(const json::object& state, Sender& sender) {
    const json::value* device = state.if_contains("device");
    if (device == nullptr || !device->is_object() || sender.description != nullptr) return;
    std::string ieee = normal_ieee(text_member(device->get_object(), "ieeeAddr"));
    if (ieee.empty()) ieee = normal_ieee(text_member(device->get_object(), "ieee_address"));
    if (ieee.empty() || ieee == sender.address) return;
    sender.alias = std::exchange(sender.address, std::move(ieee));
}

}  // namespace

DecodeResult decode_state(const Message& message, Sender sender, Directory& directory) {
    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    const auto refuse = [&](DecodeError error) {
        error.address = sender.address;
        error.alias = sender.alias;
        return error;
    };
    const auto parsed = parse_json(message.payload, max_depth, &memory);
    if (!parsed) return refuse(parsed.error());
    if (!parsed->is_object()) {
        DecodeError error;
        error.code = "not_an_object";
        error.text = "expected a JSON object; Zigbee2MQTT must be set to output: json";
        return refuse(std::move(error));
    }
    identify(parsed->get_object(), sender);
    StateReader reader(message, sender, directory);
    reader.read(parsed->get_object());
    std::vector<Decoded> out;
    add_parts(reader, sender, out);
    if (!reader.readings.empty() || !reader.problems.empty()) {
        Decoded& decoded = *out.emplace(out.begin());
        decoded.address = std::move(sender.address);
        decoded.readings = std::move(reader.readings);
        decoded.alias = std::move(sender.alias);
        decoded.problems = std::move(reader.problems);
        decoded.lqi = reader.lqi;
        if (sender.description != nullptr) decoded.model = sender.description->model;
    }
    return out;
}

}  // namespace anju::drivers::zigbee2mqtt
