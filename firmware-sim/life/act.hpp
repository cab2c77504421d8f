// What a person does at home, and what sensors could notice of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/instant.hpp"

namespace anju::sim::life {

enum class Deed : std::uint8_t {
    get_up,
    wash,
    cook,
    drink,  ///< also rinses a cup or the hands
    toilet,
    go_out,
    come_home,
    evening_wash,
    go_to_bed,
    night_toilet,
    move,  ///< goes about the home without water; the room is in Act::room
    laundry,
    nap,
    nap_ends,
    door_step,  ///< out for minutes: rubbish, a parcel, a neighbour
    visitor_comes,
    visitor_leaves,
    helper_comes,
    helper_leaves,
    leaves_for_long,    ///< travels
    fall,               ///< lies on the floor from here on
    found,              ///< somebody opens the door and finds the person
    taken_to_hospital,  ///< leaves by the door, with others
};

enum class Room : std::uint8_t { bedroom, bathroom, kitchen, living, hall };

struct Act {
    Duration at{};  ///< since local midnight of the day it belongs to; may be 24 h and more
    Deed deed{};
    std::int64_t water_ml{};
    Room room = Room::living;  ///< where it is done, and movement is seen
    Duration runs{};           ///< how long the water runs
};

struct DeedText {
    Room room;  ///< where it is done, if it is always done there
    std::string_view zh;
    std::string_view en;
    bool uses_door;  ///< the entrance opens and closes once
    bool told;       ///< worth a line of the story
    bool moves;      ///< seen by a motion sensor in the room
};

[[nodiscard]] const DeedText& describe(Deed deed);
/// "bathroom", "bedroom", "hall", "kitchen", "living".
[[nodiscard]] std::string_view name_of(Room room);
/// The name of the enumerator: "night_toilet".
[[nodiscard]] std::string_view name_of(Deed deed);

}  // namespace anju::sim::life
