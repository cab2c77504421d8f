#include "firmware-sim/life/calendar.hpp"

namespace anju::sim::life {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

struct MonthDay {
    unsigned month;
    unsigned day;
};
struct LunarYear {
    MonthDay spring_festival;
    MonthDay dragon_boat;
    MonthDay mid_autumn;
};

constexpr int first_year = 2015;
// First day of the first, fifth of the fifth, fifteenth of the eighth lunar month.
constexpr LunarYear lunar_years[] = {
    {{2, 19}, {6, 20}, {9, 27}},  // 2015
    {{2, 8}, {6, 9}, {9, 15}},    // 2016
    {{1, 28}, {5, 30}, {10, 4}},  // 2017
    {{2, 16}, {6, 18}, {9, 24}},  // 2018
    {{2, 5}, {6, 7}, {9, 13}},    // 2019
    {{1, 25}, {6, 25}, {10, 1}},  // 2020
    {{2, 12}, {6, 14}, {9, 21}},  // 2021
    {{2, 1}, {6, 3}, {9, 10}},    // 2022
    {{1, 22}, {6, 22}, {9, 29}},  // 2023
    {{2, 10}, {6, 10}, {9, 17}},  // 2024
    {{1, 29}, {5, 31}, {10, 6}},  // 2025
    {{2, 17}, {6, 19}, {9, 25}},  // 2026
    {{2, 6}, {6, 9}, {9, 15}},    // 2027
    {{1, 26}, {5, 28}, {10, 3}},  // 2028
    {{2, 13}, {6, 16}, {9, 22}},  // 2029
    {{2, 3}, {6, 5}, {9, 12}},    // 2030
};

Date date(year in, MonthDay when) {
    return Date{year_month_day{in, month{when.month}, day{when.day}}};
}

const LunarYear* lunar(year in) {
    const int index = static_cast<int>(in) - first_year;
    if (index < 0 || index >= static_cast<int>(std::size(lunar_years))) return nullptr;
    return &lunar_years[index];
}

Festival festival_of(Date at, year in) {
    const auto within = [&](MonthDay first, int count) {
        const Date begin = date(in, first);
        return at >= begin && at < begin + days{count};
    };
    if (within({4, 4}, 2)) return Festival::qingming;
    if (within({5, 1}, 3)) return Festival::labour_day;
    if (const auto* table = lunar(in)) {
        const Date begin = date(in, table->spring_festival) - days{1};
        if (at >= begin && at < begin + days{7}) return Festival::spring_festival;
        if (within(table->dragon_boat, 1)) return Festival::dragon_boat;
        if (within(table->mid_autumn, 1)) return Festival::mid_autumn;
    }
    return within({10, 1}, 7) ? Festival::national_day : Festival::none;
}

}  // namespace

DayKind kind_of(Date at) {
    const year_month_day civil{at};
    const std::chrono::weekday weekday{at};
    DayKind out;
    out.weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
    out.festival = festival_of(at, civil.year());
    // A triangle is close enough to a year's temperature, and the same on every machine.
    const auto since_winter = (at - date(civil.year(), {1, 15})).count();
    const auto day = static_cast<int>((since_winter + 365) % 365);
    out.warmth = day <= 182 ? -1000 + 2000 * day / 182 : 1000 - 2000 * (day - 182) / 183;
    return out;
}

std::optional<Date> spring_festival(year in) {
    const auto* table = lunar(in);
    return table == nullptr ? std::nullopt : std::optional{date(in, table->spring_festival)};
}

}  // namespace anju::sim::life
