// What a person living alone does on a day, and what sensors could notice of it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "firmware-sim/random.hpp"
#include "firmware-sim/scenario.hpp"

namespace anju::sim {

enum class Deed {
    get_up,
    wash,
    cook,
    drink,
    toilet,
    go_out,
    come_home,
    evening_wash,
    go_to_bed,
    night_toilet,
};

struct Act {
    Duration at{};  ///< since local midnight
    Deed deed{};
    std::int64_t water_ml{};
};

/// A day's acts in order of time, the same for the same arguments.
[[nodiscard]] std::vector<Act> plan_day(const Routine& routine, Random random);

struct DeedText {
    std::string_view room;  ///< where movement is seen: "bathroom", "kitchen", "living", "hall"
    std::string_view zh;
    std::string_view en;
    bool uses_door;
    bool told;  ///< worth a line of the story
};
[[nodiscard]] const DeedText& describe(Deed deed);

}  // namespace anju::sim
