// The recorded homes as the life model is measured by them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "firmware-sim/life/statistics.hpp"

namespace anju::bench {

struct MeasuredHome {
    std::string name;
    sim::life::Statistics statistics;
    double passages{};  ///< of the door, a day; 0 without a door
    bool meter{};       ///< else signs of life
    int lost_pm{};      ///< share of its readings that never arrived
};

/// The one-person homes with a water meter that were lived in, and those with door and other
/// sensors. `folder` holds the recordings.
[[nodiscard]] result<std::vector<MeasuredHome>> measured_homes(const std::filesystem::path& folder);

}  // namespace anju::bench
