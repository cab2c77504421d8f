#include "api/message_views.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "api/json_text.hpp"
#include "api/remedies.hpp"
#include "control/printable.hpp"
#include "core/model/names.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

/// What limits a reading, by name.
json::array qualities(const Reading& reading) {
    json::array out;
    const auto add = [&](std::uint16_t bit, const char* text) {
        if ((reading.quality & bit) != 0) out.push_back(text);
    };
    add(quality::retained, "retained");
    add(quality::test, "test");
    add(quality::clock_replaced, "clock_replaced");
    add(quality::late, "late");
    return out;
}

/// Whether people can read it, and see it as it is: sound UTF-8 without controls but line ends and
/// tabs, and without marks that turn the direction of writing.
bool is_text(std::string_view bytes) {
    std::string plain(bytes);
    std::erase_if(plain, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
    return control::printable(plain) == plain;
}

/// Without the beginning of a character that was cut off at the end.
std::string_view whole_characters(std::string_view bytes) {
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((byte & 0xc0U) == 0x80) continue;  // goes on; its first byte is further in front
        const bool cut =
            byte >= 0xc0 && control::first_glyph(bytes.substr(bytes.size() - back)).bytes == 0;
        return cut ? bytes.substr(0, bytes.size() - back) : bytes;
    }
    return bytes;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

void put_payload(json::object& out, const WatchedMessage& message) {
    const bool cut = !message.withheld && message.size > message.payload.size();
    const std::string_view readable =
        cut ? whole_characters(message.payload) : std::string_view(message.payload);
    const bool text = is_text(readable);
    out["cut"] = cut;
    out["withheld"] = message.withheld;
    out["payload_text"] = nullptr;
    out["payload_hex"] = nullptr;
    if (message.withheld) return;
    if (text) {
        out["payload_text"] = json::string(readable);
    } else {
        out["payload_hex"] = hex(message.payload);
    }
}

/// How much later than the newest of what it tells; null where the device did not say when.
json::value late_by(const WatchedMessage& message) {
    std::optional<Instant> newest;
    for (const Reading& reading : message.readings) {
        if (reading.event_time == Instant{}) continue;
        newest = std::max(newest.value_or(reading.event_time), reading.event_time);
    }
    if (!newest) return nullptr;
    return std::max(0.0, std::chrono::duration<double>(message.at - *newest).count());
}

json::object problem_view(const WatchedMessage::Problem& problem) {
    const text::Wording words = remedy(problem.code);
    return {{"code", control::printable(problem.code)},
            {"property", text_or_null(control::printable(problem.property))},
            {"byte", problem.at == 0 ? json::value(nullptr) : json::value(problem.at)},
            {"text", control::printable(problem.text)},
            {"remedy", json::string(words.zh)},
            {"remedy_en", json::string(words.en)}};
}

}  // namespace

json::object reading_view(const Reading& reading, const control::Render& render) {
    return {{"kind", json::string(name(reading.kind))},
            {"value", reading.value},
            {"quality", qualities(reading)},
            {"event_time", render.time(reading.event_time)}};
}

json::object message_view(const WatchedMessage& message, std::uint64_t id,
                          const std::string& profile, const control::Render& render) {
    json::array readings;
    for (const Reading& one : message.readings) readings.push_back(reading_view(one, render));
    json::array problems;
    for (const auto& one : message.problems) problems.push_back(problem_view(one));
    json::object out{{"id", std::to_string(id)},
                     {"at", render.time(message.at)},
                     {"topic", control::printable(message.topic)},
                     {"bytes", message.size},
                     {"driver", text_or_null(message.driver)},
                     {"profile", text_or_null(profile)},
                     {"fate", json::string(name(message.fate))},
                     {"answered", message.answered},
                     {"retained", message.retained},
                     {"redelivered", message.redelivered},
                     {"late_by_s", late_by(message)},
                     {"skipped", message.skipped},
                     {"readings", std::move(readings)},
                     {"problems", std::move(problems)}};
    put_payload(out, message);
    return out;
}

}  // namespace anju::api
