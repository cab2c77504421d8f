#include "drivers/cloud/members.hpp"

#include <algorithm>
#include <charconv>

#include "core/model/reading.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::cloud {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 16;
constexpr std::size_t most_id_characters = 64;
constexpr EventTime unreadable{{}, quality::clock_replaced};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::int64_t> integer(const json::value& value) {
    if (value.is_int64()) return value.get_int64();
    if (!value.is_string()) return std::nullopt;
    const std::string_view text = value.get_string();
    std::int64_t out = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// "20260301T001407Z", the basic format of ISO 8601.
std::optional<std::int64_t> parse_basic_iso8601(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    std::string full;
    full.append(text, 0, 4).append("-").append(text, 4, 2).append("-").append(text, 6, 5);
    full.append(":").append(text, 11, 2).append(":").append(text, 13, 3);
    return parse_iso8601(full);
}

}  // namespace

DecodeError envelope_error(const char* code, std::string text) {
    DecodeError error;
    error.stage = DecodeStage::envelope;
    error.code = code;
    error.text = std::move(text);
    return error;
}

boost::system::result<json::value, DecodeError> parse_envelope(const Message& message,
                                                               std::size_t max_bytes,
                                                               json::storage_ptr storage) {
    if (message.payload.size() > max_bytes) {
        return envelope_error("payload_too_large",
                              "message of " + std::to_string(message.payload.size()) +
                                  " bytes, at most " + std::to_string(max_bytes) + " are taken");
    }
    auto parsed = parse_json(message.payload, max_depth, std::move(storage));
    if (!parsed) {
        DecodeError error = parsed.error();
        error.stage = DecodeStage::envelope;
        return error;
    }
    if (!parsed->is_object() && !parsed->is_array()) {
        return envelope_error("not_an_object", "expected a JSON object");
    }
    return parsed;
}

const json::object* object_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_object() ? &value->get_object() : nullptr;
}

std::string id_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return {};
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_uint64()) return std::to_string(value->get_uint64());
    if (!value->is_string()) return {};
    const std::string_view text = value->get_string();
    const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
    if (!printable || text.size() > most_id_characters) return {};
    if (text == "undefined" || text == "null") return {};
    return std::string(text);
}

std::string imei_member(const json::object& object, std::string_view name) {
    std::string id = id_member(object, name);
    if (id.size() < 14 || id.size() > 17 || !std::ranges::all_of(id, is_digit)) return {};
    return id;
}

std::optional<std::int64_t> integer_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? std::nullopt : integer(*value);
}

EventTime time_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return {};
    std::optional<std::int64_t> ms = integer(*value);
    if (!ms && value->is_string()) {
        const std::string_view text = value->get_string();
        if (text.empty()) return {};
        ms = parse_basic_iso8601(text);
        if (!ms) ms = parse_iso8601(text);
    }
    return ms ? event_time(*ms) : unreadable;
}

}  // namespace anju::drivers::cloud
