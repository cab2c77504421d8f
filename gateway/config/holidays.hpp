// The file of public holidays and make-up working days: data that changes every year, so it is no
// part of the program. deploy/config/holidays-cn.toml shows the format.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace anju::config {

struct HolidayYear {
    int year{};
    std::string source;  ///< who announced it, for people
    std::size_t days_off{};
    std::size_t worked{};

    friend bool operator==(const HolidayYear&, const HolidayYear&) = default;
};

struct Holidays {
    WorkCalendar calendar;
    std::vector<HolidayYear> years;  ///< ascending
};

/// Every mistake at once: a worked day that is no weekend day, a span the wrong way round, a day
/// said twice, a day of another year, a year without any holiday.
[[nodiscard]] boost::system::result<Holidays, Errors> parse_holidays(std::string_view toml,
                                                                     std::string_view file_name);
/// The same from a file; one that is not there is an error too.
[[nodiscard]] boost::system::result<Holidays, Errors> load_holidays(
    const std::filesystem::path& path);

/// The years of the next `ahead` that have no data.
[[nodiscard]] std::vector<int> missing_years(const WorkCalendar& calendar, Date today, int ahead);

/// "2026-10-01", or "2026-10-01..2026-10-07": the first and the last day. nullopt: neither, the
/// wrong way round, or more than `longest` days.
[[nodiscard]] std::optional<std::pair<Date, Date>> parse_days(std::string_view text, int longest);

}  // namespace anju::config
