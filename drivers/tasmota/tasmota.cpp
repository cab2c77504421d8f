#include "drivers/tasmota/tasmota.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "drivers/json.hpp"
#include "drivers/statement.hpp"
#include "drivers/tasmota/topic.hpp"
#include "drivers/tasmota/zigbee.hpp"

namespace anju::drivers::tasmota {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 16;
constexpr std::string_view driver_name = "tasmota";
/// Say how the values are written or when, nothing about the world.
constexpr std::string_view about_the_message[] = {"Time", "TempUnit", "PressureUnit", "SpeedUnit"};

DecodeResult read_last_will(const Message& message, const Topic& topic) {
    Statement statement(driver_name, message, topic.device);
    if (message.payload != "Online" && message.payload != "Offline") {
        DecodeError error;
        error.code = "availability_unknown";
        error.text = "expected Online or Offline";
        error.address = topic.device;
        return error;
    }
    statement.level(ReadingKind::online, message.payload == "Online" ? 1 : 0);
    std::vector<Decoded> out;
    out.push_back(std::move(statement).finish());
    return out;
}

/// "POWER" or "POWER3": plain text, "ON" or "OFF".
bool is_power(std::string_view what) {
    if (!what.starts_with("POWER")) return false;
    what.remove_prefix(5);
    return std::all_of(what.begin(), what.end(), [](char c) { return c >= '0' && c <= '9'; });
}

EventTime time_of(const json::object& said) {
    const auto ms = parse_iso8601(text_member(said, "Time"));
    return ms ? event_time(*ms) : EventTime{};
}

/// {"Action":"ON"} as "ON", so that a profile has one form to read.
void flatten_actions(json::object& fields) {
    for (auto& member : fields) {
        if (!member.value().is_object() || member.value().get_object().size() != 1) continue;
        const json::value* action = member.value().get_object().if_contains("Action");
        if (action == nullptr || !action->is_string()) continue;
        json::value word = *action;
        member.value() = std::move(word);
    }
}

void read_signal(const json::object& said, Statement& statement) {
    const json::value* wifi = said.if_contains("Wifi");
    if (wifi == nullptr || !wifi->is_object()) return;
    const json::value* signal = wifi->get_object().if_contains("Signal");
    if (signal != nullptr) statement.signal_dbm(*signal);
}

/// The object a profile may read: the message itself, or the answer inside it.
json::object fields_of(json::object&& said) {
    json::value* inner = said.if_contains("StatusSNS");
    json::object fields =
        inner != nullptr && inner->is_object() ? std::move(inner->get_object()) : std::move(said);
    for (const std::string_view name : about_the_message) fields.erase(name);
    flatten_actions(fields);
    return fields;
}

bool carries_values(std::string_view what) {
    return what == "SENSOR" || what == "STATE" || what == "RESULT" || what == "STATUS8" ||
           what == "STATUS10" || what == "ZbReceived" || what.starts_with("SWITCH");
}

std::vector<Decoded> one(Statement statement) {
    std::vector<Statement> list;
    list.push_back(std::move(statement));
    return finish(std::move(list));
}

std::vector<Decoded> read_values(const Message& message, const Topic& topic, json::object said,
                                 DriverState& state) {
    Statement statement(driver_name, message, topic.device);
    statement.happened(time_of(said));
    read_signal(said, statement);
    const json::value fields = fields_of(std::move(said));
    const bool sensor = topic.what == "SENSOR";
    if (!fields.get_object().empty() && (sensor || statement.has_profile(state))) {
        statement.read_fields(fields, state, fields.get_object().begin()->key());
    }
    return one(std::move(statement));
}

std::vector<Decoded> read_power(const Message& message, const Topic& topic, DriverState& state) {
    Statement statement(driver_name, message, topic.device);
    if (statement.has_profile(state)) {
        const json::value fields{{topic.what, message.payload}};
        statement.read_fields(fields, state, topic.what);
    }
    return one(std::move(statement));
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    const auto topic = parse_topic(message.topic);
    if (!topic) {
        return envelope_error("topic_malformed",
                              "expected tele/{device}/SENSOR, or the same in the order of the "
                              "device's FullTopic");
    }
    if (message.payload.size() > max_payload(message)) {
        return envelope_error("payload_too_large",
                              std::to_string(message.payload.size()) + " bytes: expected <= 8192");
    }
    if (topic->command || message.payload.empty()) return std::vector<Decoded>{};
    if (topic->what == "LWT") return read_last_will(message, *topic);
    if (is_power(topic->what)) return read_power(message, *topic, state);
    if (!carries_values(topic->what)) return one(Statement(driver_name, message, topic->device));

    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    auto said = parse_object(message.payload, max_depth, &memory, topic->device);
    if (!said) return said.error();
    if (topic->what == "ZbReceived") {
        return read_zigbee(message, topic->device, *said, time_of(*said), state);
    }
    if (const json::value* received = said->if_contains("ZbReceived")) {
        if (received->is_object()) {
            return read_zigbee(message, topic->device, received->get_object(), time_of(*said),
                               state);
        }
    }
    return read_values(message, *topic, std::move(*said), state);
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "Tasmota firmware",
         "online; with a profile what Switch1, POWER or COUNTER.C1 stand for",
         "a profile per device is needed: a contact input does not say what hangs on it"},
        {"", "Zigbee devices behind Zigbee2Tasmota",
         "smoke, carbon_monoxide, water_leak, contact_open, motion, vibration, sos, tamper, fault, "
         "battery_low, battery_pct, battery_mv",
         "IAS zone devices whose type the bridge knows; give each a name (ZbName), its short "
         "address changes when it joins anew"},
    };
}

}  // namespace anju::drivers::tasmota
