#include "drivers/zigbee2mqtt/zigbee2mqtt.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "drivers/json.hpp"
#include "drivers/state.hpp"
#include "drivers/topic.hpp"
#include "drivers/zigbee2mqtt/description.hpp"
#include "drivers/zigbee2mqtt/directory.hpp"
#include "drivers/zigbee2mqtt/state_message.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

constexpr std::string_view availability_suffix = "/availability";

std::string_view base_of(const Message& message) {
    return message.base.empty() ? default_base : message.base;
}

DecodeError envelope_error(const char* code, std::string text) {
    DecodeError error;
    error.stage = DecodeStage::envelope;
    error.code = code;
    error.text = std::move(text);
    return error;
}

Sender sender_of(const Message& message, std::string_view name, const Directory& directory) {
    Sender sender;
    sender.description = directory.find(base_of(message), name);
    std::string ieee = sender.description != nullptr ? sender.description->ieee : normal_ieee(name);
    if (ieee.empty()) {
        sender.address = std::string(message.address_prefix) + std::string(name);
    } else {
        if (normal_ieee(name) != ieee) {
            sender.alias = std::string(message.address_prefix) + std::string(name);
        }
        sender.address = std::move(ieee);
    }
    return sender;
}

/// Requests to the bridge, and copies of what the state says anyway.
bool is_ignored(std::string_view rest) {
    for (const std::string_view verb : {"/set", "/get"}) {
        if (rest.ends_with(verb)) return true;
        const auto slash = rest.rfind('/');  // {name}/set/{property}
        if (slash != std::string_view::npos && rest.substr(0, slash).ends_with(verb)) return true;
    }
    return rest.ends_with("/action");
}

/// 1 online, 0 offline, nullopt neither.
std::optional<std::int64_t> read_availability(std::string_view payload) {
    std::string_view word = payload;
    unsigned char buffer[1024];
    boost::json::monotonic_resource memory(buffer);
    const auto parsed = parse_json(payload, 4, &memory);
    if (parsed && parsed->is_object()) word = text_member(parsed->get_object(), "state");
    if (parsed && parsed->is_string()) word = parsed->get_string();
    if (word == "online") return 1;
    if (word == "offline") return 0;
    return std::nullopt;
}

DecodeResult decode_availability(const Message& message, Sender sender) {
    const auto online = read_availability(message.payload);
    if (!online) {
        DecodeError error;
        error.code = "availability_unknown";
        error.text = R"(expected {"state":"online"} or {"state":"offline"})";
        error.address = std::move(sender.address);
        error.alias = std::move(sender.alias);
        return error;
    }
    std::vector<Decoded> out(1);
    out.front().address = std::move(sender.address);
    out.front().alias = std::move(sender.alias);
    if (sender.description != nullptr) out.front().model = sender.description->model;
    const std::uint16_t quality = message.retained ? quality::retained : std::uint16_t{0};
    out.front().readings.push_back({ReadingKind::online, quality, *online, {}});
    return out;
}

DecodeResult decode_descriptions(const Message& message, Directory& directory) {
    auto read = parse_descriptions(message.payload);
    if (!read) return read.error();
    std::vector<Problem> problems = std::move(read->problems);
    if (read->devices.empty()) {
        // A coordinator without devices, or a list gone wrong: names we know are kept, since
        // forgetting them would blind every device that is registered by its address.
        std::vector<Decoded> none;
        if (!problems.empty()) none.emplace_back().problems = std::move(problems);
        return none;
    }
    const std::size_t refused = directory.replace(base_of(message), std::move(read->devices));
    if (refused > 0) {
        problems.push_back({"too_many_devices", "", 0,
                            std::to_string(refused) +
                                " descriptions do not fit; these devices keep their friendly "
                                "names and usual values"});
    }
    std::vector<Decoded> out;
    if (!problems.empty()) out.emplace_back().problems = std::move(problems);
    return out;
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    const auto rest = below(base_of(message), message.topic);
    if (!rest || rest->empty()) {
        return envelope_error("topic_malformed",
                              "expected " + std::string(base_of(message)) + "/{friendly_name}");
    }
    if (message.payload.size() > max_payload(message)) {
        return envelope_error("payload_too_large",
                              std::to_string(message.payload.size()) +
                                  " bytes: expected <= " + std::to_string(max_payload(message)));
    }
    if (message.payload.empty()) return std::vector<Decoded>{};  // clears a retained message
    Directory& directory = state.zigbee2mqtt();
    if (*rest == "bridge/devices") return decode_descriptions(message, directory);
    if (*rest == "bridge" || rest->starts_with("bridge/")) return std::vector<Decoded>{};
    std::string_view name = *rest;
    const bool availability = name.ends_with(availability_suffix);
    if (availability) name.remove_suffix(availability_suffix.size());
    if (name.empty() || name.size() > max_name_bytes) {
        return envelope_error("topic_malformed", "the friendly name must have 1..256 bytes");
    }
    Sender sender = sender_of(message, name, directory);
    if (availability) return decode_availability(message, std::move(sender));
    if (sender.description == nullptr && is_ignored(name)) return std::vector<Decoded>{};
    return decode_state(message, std::move(sender), directory);
}

std::size_t max_payload(const Message& message) {
    return below(base_of(message), message.topic) == "bridge/devices" ? max_description_bytes
                                                                      : max_payload_bytes;
}

}  // namespace anju::drivers::zigbee2mqtt
