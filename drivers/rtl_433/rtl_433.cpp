#include "drivers/rtl_433/rtl_433.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <cmath>
#include <utility>

#include "drivers/bytes.hpp"
#include "drivers/json.hpp"
#include "drivers/rtl_433/fields.hpp"
#include "drivers/statement.hpp"
#include "drivers/wmbus/wmbus.hpp"

namespace anju::drivers::rtl_433 {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 8;
constexpr std::size_t max_part_bytes = 64;
constexpr std::string_view telegram_model = "Wireless-MBus";

DecodeError refusal(const char* code, std::string text) {
    DecodeError error;
    error.code = code;
    error.text = std::move(text);
    return error;
}

/// The same once more field by field, or about the receiver.
bool is_left_alone(std::string_view topic) {
    return topic.find("/devices/") != std::string_view::npos || topic.ends_with("/states") ||
           topic.ends_with("/availability") || topic.ends_with("/log");
}

/// Seconds since 1970 as -M time:unix writes them, with or without a fraction.
std::optional<std::int64_t> parse_unix(std::string_view text) {
    double seconds = 0;
    const auto [end, failure] =
        std::from_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!(seconds >= 1e8 && seconds < 1e11)) return std::nullopt;
    return std::llround(seconds * 1000);
}

EventTime time_of(const json::object& said) {
    const json::value* time = said.if_contains("time");
    if (time == nullptr) return {};
    std::optional<std::int64_t> ms;
    const Scalar value = scalar(*time);
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        ms = parse_iso8601(*text);
        if (!ms) ms = parse_unix(*text);
    }
    if (const auto* seconds = std::get_if<double>(&value)) {
        if (*seconds >= 1e8 && *seconds < 1e11) ms = std::llround(*seconds * 1000);
    }
    return ms ? event_time(*ms) : EventTime{};
}

/// A number or a word that is part of the address; empty: there is none, or it is not usable.
std::string part_of_address(const json::object& said, std::string_view name) {
    const json::value* value = said.if_contains(name);
    if (value == nullptr) return {};
    if (value->is_string()) return std::string(std::string_view(value->get_string()));
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_uint64()) return std::to_string(value->get_uint64());
    return {};
}

boost::system::result<std::string, DecodeError> address_of(const json::object& said) {
    std::string out(text_member(said, "model"));
    if (out.empty()) return refusal("model_missing", "expected rtl_433's JSON with a model");
    std::size_t longest = out.size();
    for (const char* name : {"id", "channel"}) {
        const std::string part = part_of_address(said, name);
        longest = std::max(longest, part.size());
        if (!part.empty()) out += "-" + part;
    }
    if (longest > max_part_bytes) {
        return refusal("name_too_long", "model, id and channel: expected <= 64 bytes each");
    }
    return out;
}

/// Of what the receiver says only the bytes count: it does not decrypt, and names the meter as it
/// sees it.
DecodeResult read_telegram(const Message& message, const json::object& said, DriverState& state) {
    const std::string_view data = text_member(said, "data");
    if (data.empty()) return refusal("data_missing", "expected the telegram's bytes in data");
    std::vector<std::uint8_t> bytes;
    if (!from_hex(data, bytes)) return refusal("not_hex", "data: expected hexadecimal digits");
    auto result = wmbus::decode(
        {.topic = message.topic, .payload = data, .retained = message.retained}, state);
    if (!result) {
        DecodeError error = result.error();
        error.driver = "wmbus";
        const auto at = message.payload.find(data);
        error.at = at == std::string_view::npos ? 0 : at + std::min(error.at, data.size());
        return error;
    }
    const EventTime time = time_of(said);
    for (Decoded& decoded : *result) {
        decoded.driver = "wmbus";
        for (Reading& reading : decoded.readings) {
            if (reading.event_time == Instant{}) {
                reading.event_time = time.at;
                reading.quality |= time.quality;
            }
        }
    }
    return result;
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    if (message.payload.size() > max_payload(message)) {
        return envelope_error("payload_too_large",
                              std::to_string(message.payload.size()) + " bytes: expected <= 8192");
    }
    if (message.payload.empty() || is_left_alone(message.topic)) return std::vector<Decoded>{};
    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    const auto said = parse_object(message.payload, max_depth, &memory, {});
    if (!said) return said.error();
    const std::string_view model = text_member(*said, "model");
    if (model == telegram_model) return read_telegram(message, *said, state);
    auto address = address_of(*said);
    if (!address) return address.error();

    std::vector<Statement> statements;
    Statement& statement = statements.emplace_back("rtl_433", message, std::move(*address));
    statement.said().model = std::string(model);
    statement.happened(time_of(*said));
    read_fields(*said, model, state, statement);
    return finish(std::move(statements));
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "Wireless-MBus", "as the wmbus driver", "the telegram itself is read"},
        {"Honeywell, 2Gig", "Honeywell-Security", "contact_open, tamper, battery_low",
         "a motion or smoke sensor of this series needs a profile: its radio says contact_open "
         "too"},
        {"Kerui", "Kerui-Security", "contact_open, motion, water_leak, tamper, battery_low", ""},
        {"Govee", "Govee-Water", "water_leak, battery_low, battery_mv", ""},
        {"", "any other model", "tamper, battery_low, battery_mv; with a profile the rest",
         "water meters (ERT-SCM, SCMplus, IDM, Neptune-R900) need one: the unit of their count is "
         "not in the message"},
    };
}

}  // namespace anju::drivers::rtl_433
