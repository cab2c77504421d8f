#include "drivers/event_time.hpp"

#include <chrono>

#include "core/model/reading.hpp"

namespace anju::drivers {
namespace {

constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t year_2020_ms = 1'577'836'800'000;
constexpr std::int64_t year_2100_ms = 4'102'444'800'000;

/// Cuts exactly `count` digits off the front of `text`.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool skip(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

/// ".123" as milliseconds; further digits are dropped.
std::optional<int> fraction(std::string_view& text) {
    if (!skip(text, '.')) return 0;
    int value = 0;
    int count = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        if (count++ < 3) value = value * 10 + (text.front() - '0');
    }
    if (count == 0) return std::nullopt;
    for (; count < 3; ++count) value *= 10;
    return value;
}

/// Offset from UTC in minutes; must use up `text`.
std::optional<int> zone(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    const bool minus = skip(text, '-');
    if (!minus && !skip(text, '+')) return std::nullopt;
    const auto hours = digits(text, 2);
    skip(text, ':');
    const auto minutes = digits(text, 2);
    if (!hours || !minutes || !text.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    return minus ? -offset : offset;
}

}  // namespace

EventTime event_time(std::int64_t unix_ms) {
    if (unix_ms == 0) return {};
    if (unix_ms < year_2020_ms || unix_ms >= year_2100_ms) return {{}, quality::clock_replaced};
    return {from_unix_ms(unix_ms), 0};
}

std::optional<std::int64_t> parse_iso8601(std::string_view text) {
    const auto year = digits(text, 4);
    if (!year || !skip(text, '-')) return std::nullopt;
    const auto month = digits(text, 2);
    if (!month || !skip(text, '-')) return std::nullopt;
    const auto day = digits(text, 2);
    if (!day || !(skip(text, 'T') || skip(text, ' '))) return std::nullopt;
    const auto hour = digits(text, 2);
    if (!hour || !skip(text, ':')) return std::nullopt;
    const auto minute = digits(text, 2);
    if (!minute || !skip(text, ':')) return std::nullopt;
    const auto second = digits(text, 2);
    const auto ms = fraction(text);
    const auto offset = zone(text);
    if (!second || !ms || !offset || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t minutes = days * 1440 + *hour * 60 + *minute - *offset;
    return minutes * ms_per_minute + *second * 1000 + *ms;
}

}  // namespace anju::drivers
