#include "drivers/zigbee2mqtt/state_message.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <utility>

#include "drivers/event_time.hpp"
#include "drivers/json.hpp"
#include "drivers/zigbee2mqtt/description.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 16;
constexpr std::size_t max_problems = 16;
constexpr std::size_t max_shown_bytes = 40;

/// Reads one message; a value object of one call.
class StateReader {
public:
    StateReader(const Message& message, const Sender& sender, Directory& directory)
        : message_(message), sender_(sender), directory_(directory) {}

    void read(const json::object& state) {
        read_last_seen(state);
        for (const auto& member : state) read_member(member.key(), member.value());
        if (button_) read_button(*button_);
        finish();
    }

    std::vector<Reading> readings;
    std::vector<Problem> problems;

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

    void read_member(std::string_view property, const json::value& value) {
        const Override* exception = nullptr;
        const PropertyRule* rule = find_rule(property);
        if (sender_.description != nullptr) {
            for (const Override& item : sender_.description->overrides) {
                if (item.property != property) continue;
                exception = &item;
                rule = item.rule;
            }
        }
        if (rule == nullptr || value.is_null()) return;
        switch (rule->form) {
            case Form::state:
                read_state(*rule, exception, property, value);
                break;
            case Form::percent:
                read_number(*rule, property, value, 100);
                break;
            case Form::millivolts:
                read_number(*rule, property, value, 60'000);
                break;
            case Form::action:
                read_action(property, value);
                break;
            case Form::test:
                test_ = sense(*rule, exception, scalar(value)) == Sense::on;
                break;
        }
    }

    void read_state(const PropertyRule& rule, const Override* exception, std::string_view property,
                    const json::value& value) {
        const bool nested = value.is_object() || value.is_array();
        const Sense said = nested ? Sense::wrong : sense(rule, exception, scalar(value));
        if (said == Sense::wrong) {
            problem("value_unknown", property, value, "expected true or false");
        } else if (said != Sense::not_known) {
            const bool on = said == Sense::on;
            if (rule.kind == ReadingKind::sos) {
                button_ = button_.value_or(false) || on;
            } else {
                add_level(rule.kind, on ? 1 : 0);
            }
        }
    }

    void read_number(const PropertyRule& rule, std::string_view property, const json::value& value,
                     std::int64_t limit) {
        if (!value.is_number()) {
            problem("wrong_type", property, value, "expected a number");
            return;
        }
        const double number = std::get<double>(scalar(value));
        if (!(number >= 0 && number <= static_cast<double>(limit))) {  // also false for NaN
            problem("value_out_of_range", property, value, "expected 0.." + std::to_string(limit));
            return;
        }
        add_level(rule.kind, static_cast<std::int64_t>(number));  // 14.9 % is not yet 15 %
    }

    void read_action(std::string_view property, const json::value& value) {
        if (!value.is_string()) {
            problem("wrong_type", property, value, "expected text");
        } else if (is_call_for_help(value.get_string())) {
            called_ = true;
        }
    }

    void read_button(bool down) {
        const std::string key = sender_.address;
        if (directory_.pressed(key, down)) called_ = true;
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

    void finish() {
        if (called_) readings.push_back({ReadingKind::sos, 0, 1, {}});
        if (readings.empty() && !message_.retained) {
            readings.push_back({ReadingKind::alive, 0, 1, {}});
        }
        for (Reading& reading : readings) {
            reading.event_time = time_.at;
            reading.quality = time_.quality;
            if (message_.retained) reading.quality |= quality::retained;
            if (test_ && is_hazard(reading.kind)) reading.quality |= quality::test;
        }
    }

    static bool is_hazard(ReadingKind kind) {
        return kind == ReadingKind::smoke || kind == ReadingKind::gas ||
               kind == ReadingKind::water_leak || kind == ReadingKind::sos;
    }

    void problem(const char* code, std::string_view property, const json::value& value,
                 const std::string& expected) {
        if (problems.size() >= max_problems) return;
        std::string shown = json::serialize(value);
        if (shown.size() > max_shown_bytes) shown = shown.substr(0, max_shown_bytes) + "…";
        const auto at = message_.payload.find("\"" + std::string(property) + "\"");
        problems.push_back({code, std::string(property), at == std::string_view::npos ? 0 : at,
                            std::string(property) + " = " + shown + ": " + expected});
    }

    const Message& message_;
    const Sender& sender_;
    Directory& directory_;
    EventTime time_;
    bool test_ = false;
    bool called_ = false;
    std::optional<bool> button_;
};

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
    if (!reader.readings.empty() || !reader.problems.empty()) {
        Decoded& decoded = out.emplace_back();
        decoded.address = std::move(sender.address);
        decoded.readings = std::move(reader.readings);
        decoded.alias = std::move(sender.alias);
        decoded.problems = std::move(reader.problems);
    }
    return out;
}

}  // namespace anju::drivers::zigbee2mqtt
