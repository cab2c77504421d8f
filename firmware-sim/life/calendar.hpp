// What kind of day it is: weekday, season, and China's public holidays as far as they change how
// people who live alone spend them. Days off around them that are decided year by year are not
// modelled.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace anju::sim::life {

/// A day of the local calendar.
using Date = std::chrono::sys_days;

enum class Festival : std::uint8_t {
    none,
    spring_festival,  ///< the week from New Year's Eve on
    qingming,
    labour_day,
    dragon_boat,
    mid_autumn,
    national_day,
};

struct DayKind {
    bool weekend{};  ///< Saturday or Sunday
    Festival festival = Festival::none;
    int warmth = 0;  ///< -1000 in mid January to +1000 in mid July
};

[[nodiscard]] DayKind kind_of(Date day);

/// The first day of the lunar year that begins in this year; nullopt outside 2015 to 2030, for
/// which no lunar festival is known: such years have none.
[[nodiscard]] std::optional<Date> spring_festival(std::chrono::year year);

}  // namespace anju::sim::life
