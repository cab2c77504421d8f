// What was measured of the recorded homes that the life model is fitted to: numbers, not
// recordings.
#pragma once

#include <span>
#include <string_view>

namespace anju::sim::life {

struct Recorded {
    std::string_view name;
    std::string_view source;  ///< and licence
    bool meter{};             ///< an hourly register of whole litres; else signs of life
    int lost_pm{};            ///< readings that never arrived
    double litres_a_day{};
    double p90_gap_h{};
    double uses_a_day{};
    double night_uses{};
    double passages_a_day{};  ///< of the door; 0 without one
};

/// In the order of twins(). Measured as statistics.hpp says.
[[nodiscard]] std::span<const Recorded> recorded_homes();

}  // namespace anju::sim::life
