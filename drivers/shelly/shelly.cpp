#include "drivers/shelly/shelly.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <cmath>
#include <utility>

#include "drivers/json.hpp"
#include "drivers/shelly/components.hpp"
#include "drivers/statement.hpp"

namespace anju::drivers::shelly {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 16;
constexpr std::size_t max_name_bytes = 256;
constexpr std::string_view rpc_suffix = "/events/rpc";
constexpr std::string_view online_suffix = "/online";
constexpr std::string_view status_level = "/status/";

DecodeResult read_online(const Message& message, std::string address) {
    if (message.payload != "true" && message.payload != "false") {
        DecodeError error;
        error.code = "availability_unknown";
        error.text = "expected true or false";
        error.address = std::move(address);
        return error;
    }
    std::vector<Statement> statements;
    statements.emplace_back(driver_name, message, std::move(address))
        .level(ReadingKind::online, message.payload == "true" ? 1 : 0);
    return finish(std::move(statements));
}

EventTime time_of(const json::object& params) {
    const json::value* ts = params.if_contains("ts");
    if (ts == nullptr || !ts->is_number()) return {};
    const double seconds = std::get<double>(scalar(*ts));
    if (!(seconds > 0 && seconds < 1e11)) return {};
    return event_time(std::llround(seconds * 1000));
}

DecodeResult read_rpc(const Message& message, const std::string& address, const json::object& frame,
                      DriverState& state) {
    const std::string_view method = text_member(frame, "method");
    if (!method.starts_with("Notify")) return std::vector<Decoded>{};  // an answer, a request
    const json::value* params = frame.if_contains("params");
    if (params == nullptr || !params->is_object()) {
        DecodeError error;
        error.code = "params_missing";
        error.text = std::string(method.substr(0, 40)) + ": expected an object params";
        error.address = address;
        return error;
    }
    const json::object& said = params->get_object();
    const std::string_view src = text_member(frame, "src");
    std::string alias = src != address && src.size() <= max_name_bytes ? std::string(src) : "";
    Reader reader(message, address, std::move(alias), time_of(said), state);
    if (method == "NotifyStatus" || method == "NotifyFullStatus") {
        reader.read_status(said, method == "NotifyFullStatus");
    } else if (method == "NotifyEvent") {
        const json::value* events = said.if_contains("events");
        if (events != nullptr && events->is_array()) reader.read_events(events->get_array());
    }
    return finish(std::move(reader.statements()));
}

DecodeResult read_component(const Message& message, std::string address, std::string_view component,
                            json::object status, DriverState& state) {
    Reader reader(message, std::move(address), {}, {}, state);
    json::object components;
    components[component] = std::move(status);
    reader.read_status(components, true);
    return finish(std::move(reader.statements()));
}

DecodeError unknown_topic() {
    return envelope_error("topic_malformed",
                          "expected {prefix}/events/rpc, {prefix}/status/{component} or "
                          "{prefix}/online");
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    const std::string_view topic = message.topic;
    const auto status = topic.rfind(status_level);
    std::size_t prefix = status;
    if (topic.ends_with(rpc_suffix)) prefix = topic.size() - rpc_suffix.size();
    if (topic.ends_with(online_suffix)) prefix = topic.size() - online_suffix.size();
    if (prefix == std::string_view::npos || prefix == 0 || prefix > max_name_bytes) {
        return unknown_topic();
    }
    if (message.payload.size() > max_payload(message)) {
        return envelope_error("payload_too_large",
                              std::to_string(message.payload.size()) +
                                  " bytes: expected <= " + std::to_string(max_payload(message)));
    }
    if (message.payload.empty()) return std::vector<Decoded>{};  // clears a retained message
    std::string address(topic.substr(0, prefix));
    if (topic.ends_with(online_suffix)) return read_online(message, std::move(address));

    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    auto said = parse_object(message.payload, max_depth, &memory, address);
    if (!said) return said.error();
    if (topic.ends_with(rpc_suffix)) return read_rpc(message, address, *said, state);
    const std::string_view component = topic.substr(status + status_level.size());
    if (component.empty() || component.find('/') != std::string_view::npos) return unknown_topic();
    return read_component(message, std::move(address), component, std::move(*said), state);
}

/// The full status of a device with many components is larger than other messages.
std::size_t max_payload(const Message& message) {
    return message.topic.ends_with(rpc_suffix) ? 4 * max_payload_bytes : max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"Shelly", "Plus Smoke", "smoke, fault, battery_pct, battery_mv, online", ""},
        {"Shelly", "Flood Gen4", "water_leak, fault, battery_pct, battery_mv, online", ""},
        {"Shelly", "Presence Gen4", "motion, online", "zones have addresses of their own"},
        {"Shelly", "BLU Door/Window, BLU Motion (by the BLU script of a gateway)",
         "contact_open, motion, battery_pct", "addressed by MAC"},
        {"Shelly", "devices with inputs, BLU sensors paired as bthomesensor",
         "what a profile says; online", "a profile per device is needed"},
    };
}

}  // namespace anju::drivers::shelly
