// Days as people count them, where the care week and the holidays live. A Date is no Instant: when
// the clock is set, a Monday stays the Monday it was.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/instant.hpp"

namespace anju {

/// A day of the proleptic Gregorian calendar, without a time zone: days since 1970-01-01.
struct Date {
    std::int32_t days{};

    friend constexpr bool operator==(const Date&, const Date&) = default;
    friend constexpr auto operator<=>(const Date&, const Date&) = default;
    friend constexpr Date operator+(Date date, int by) { return {date.days + by}; }
    friend constexpr Date operator-(Date date, int by) { return {date.days - by}; }
    friend constexpr int operator-(Date later, Date earlier) { return later.days - earlier.days; }
};

[[nodiscard]] Date make_date(int year, unsigned month, unsigned day);

/// 0 = Monday … 6 = Sunday (ISO 8601 order).
[[nodiscard]] int weekday(Date date);
/// The Monday of the care week `date` is in.
[[nodiscard]] Date monday_of(Date date);
[[nodiscard]] int year_of(Date date);

/// The local day and the time elapsed since its midnight. China has had one offset and no summer
/// time since 1991, so a local day has 24 h.
[[nodiscard]] Date date_of(Instant at, Duration utc_offset);
[[nodiscard]] Duration time_of_day(Instant at, Duration utc_offset);
[[nodiscard]] Instant instant_at(Date date, Duration time_of_day, Duration utc_offset);

/// "2026-02-16"; parse_date() takes exactly that, and only days that exist.
[[nodiscard]] std::string to_text(Date date);
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

}  // namespace anju
