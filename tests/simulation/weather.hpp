// How things are between the parts at this moment. Storms change it (storms.hpp), everybody reads
// it. In a calm all is well: nothing is lost, nothing is down, and whatever is owed has to be
// settled within the bounds that are written here.
#pragma once

#include <chrono>

#include "core/model/instant.hpp"

namespace anju::whole {

struct Weather {
    bool calm = true;
    Instant calm_since{};

    int radio_drop = 0;  ///< of 1000
    int radio_twice = 0;
    Duration radio_delay{50};  ///< at most
    int district_drop = 0;
    int district_twice = 0;
    Duration district_delay{60};
    bool home_down = false;      ///< the home broker cannot be reached
    bool district_down = false;  ///< the district broker cannot be reached
    bool disk_full = false;
    Duration platform_commit{20};
};

/// From the moment the way is clear, a box that died included: an alarm is on the box's disk.
inline constexpr Duration home_bound = std::chrono::seconds{60};
/// From the moment the way is clear or the event was committed: the platform has an alarm.
inline constexpr Duration alarm_bound = std::chrono::seconds{150};
/// The same for everything, whatever was waiting, holes filled.
inline constexpr Duration settled_bound = std::chrono::minutes{15};
/// A timer of the engine, while the box is up and hears.
inline constexpr Duration timer_bound = std::chrono::seconds{2};

}  // namespace anju::whole
