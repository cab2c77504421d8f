#include "firmware-sim/local_time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace anju::sim {

namespace {

using namespace std::chrono;

/// Takes exactly `width` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    const auto digits = text.substr(0, width);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || stop != digits.data() + digits.size() || value < 0)
        return std::nullopt;
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char letter) {
    if (text.empty() || text.front() != letter) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Duration> take_zone(std::string_view& text) {
    if (text.empty()) return utc_offset;
    if (take(text, 'Z')) return Duration{0};
    const bool west = take(text, '-');
    if (!west && !take(text, '+')) return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *hour > 14 || *minute > 59) return std::nullopt;
    const Duration offset = hours{*hour} + minutes{*minute};
    return west ? -offset : offset;
}

constexpr std::array<std::pair<char, Duration>, 4> units{
    {{'d', hours{24}}, {'h', hours{1}}, {'m', minutes{1}}, {'s', seconds{1}}}};

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    const auto y = take_number(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto mo = take_number(text, 2);
    if (!mo || !take(text, '-')) return std::nullopt;
    const auto d = take_number(text, 2);
    if (!d || !(take(text, 'T') || take(text, ' '))) return std::nullopt;
    const auto h = take_number(text, 2);
    if (!h || !take(text, ':')) return std::nullopt;
    const auto mi = take_number(text, 2);
    if (!mi) return std::nullopt;
    int s = 0;
    if (take(text, ':')) {
        const auto taken = take_number(text, 2);
        if (!taken) return std::nullopt;
        s = *taken;
    }
    const auto zone = take_zone(text);
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)},
                              day{static_cast<unsigned>(*d)}};
    if (!zone || !text.empty() || !date.ok() || *h > 23 || *mi > 59 || s > 59) return std::nullopt;
    return Instant{sys_days{date}} + hours{*h} + minutes{*mi} + seconds{s} - *zone;
}

std::optional<Duration> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    Duration sum{};
    std::size_t unit = 0;
    while (!text.empty()) {
        std::int64_t value = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || value < 0 || value > 1'000'000'000) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        while (unit < units.size() && (text.empty() || units[unit].first != text.front())) ++unit;
        if (unit == units.size()) return std::nullopt;
        text.remove_prefix(1);
        sum += value * units[unit++].second;
    }
    return sum;
}

std::optional<Duration> parse_time_of_day(std::string_view text) {
    const auto h = take_number(text, 2);
    if (!h || !take(text, ':')) return std::nullopt;
    const auto mi = take_number(text, 2);
    if (!mi || !text.empty() || *mi > 59) return std::nullopt;
    const Duration since = hours{*h} + minutes{*mi};
    if (since > hours{24}) return std::nullopt;
    return since;
}

Instant local_midnight(Instant at) {
    return Instant{floor<days>(at + utc_offset)} - utc_offset;
}

std::string format_local(Instant at) {
    const auto local = at + utc_offset;
    const year_month_day date{floor<days>(local)};
    const hh_mm_ss time{floor<seconds>(local) - floor<days>(local)};
    return fmt::format("{:02}-{:02} {:02}:{:02}:{:02}", static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::string format_duration(Duration duration) {
    for (const auto& [letter, unit] : units) {
        if (duration >= unit && duration % unit == Duration{0}) {
            return fmt::format("{}{}", duration / unit, letter);
        }
    }
    return fmt::format("{}s", duration_cast<seconds>(duration).count());
}

}  // namespace anju::sim
