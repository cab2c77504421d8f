#include "core/model/date.hpp"

namespace anju {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day civil(Date date) {
    return year_month_day{sys_days{std::chrono::days{date.days}}};
}

/// The digits of `text` at [from, from + count) as a number; -1 when one is none.
int digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

Date make_date(int year, unsigned month, unsigned day) {
    const sys_days days =
        std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
    return {static_cast<std::int32_t>(days.time_since_epoch().count())};
}

int weekday(Date date) {
    const std::chrono::weekday day{sys_days{std::chrono::days{date.days}}};
    return static_cast<int>(day.iso_encoding()) - 1;
}

Date monday_of(Date date) {
    return date - weekday(date);
}

int year_of(Date date) {
    return static_cast<int>(civil(date).year());
}

Date date_of(Instant at, Duration utc_offset) {
    const auto days = std::chrono::floor<std::chrono::days>(at + utc_offset);
    return {static_cast<std::int32_t>(days.time_since_epoch().count())};
}

Duration time_of_day(Instant at, Duration utc_offset) {
    const Instant local = at + utc_offset;
    return local - std::chrono::floor<std::chrono::days>(local);
}

Instant instant_at(Date date, Duration time_of_day, Duration utc_offset) {
    return Instant{sys_days{std::chrono::days{date.days}}} + time_of_day - utc_offset;
}

std::string to_text(Date date) {
    const year_month_day day = civil(date);
    const auto padded = [](unsigned number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    std::string year = std::to_string(static_cast<int>(day.year()));
    while (year.size() < 4) year.insert(0, "0");
    return year + "-" + padded(static_cast<unsigned>(day.month())) + "-" +
           padded(static_cast<unsigned>(day.day()));
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    const year_month_day date{std::chrono::year{year},
                              std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

}  // namespace anju
