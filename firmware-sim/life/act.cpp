#include "firmware-sim/life/act.hpp"

#include <cstddef>

namespace anju::sim::life {

namespace {

struct Line {
    std::string_view name;
    DeedText text;
};

// In the order of Deed.
constexpr Line lines[] = {
    {"get_up", {Room::living, "起床", "gets up", false, true, true}},
    {"wash", {Room::bathroom, "洗漱", "washes", false, false, true}},
    {"cook", {Room::kitchen, "做饭", "cooks", false, true, true}},
    {"drink", {Room::kitchen, "喝水", "has a drink", false, false, true}},
    {"toilet", {Room::bathroom, "如厕", "uses the bathroom", false, false, true}},
    {"go_out", {Room::hall, "出门", "goes out", true, true, true}},
    {"come_home", {Room::hall, "回家", "comes home", true, true, true}},
    {"evening_wash", {Room::bathroom, "洗澡", "washes for the night", false, true, true}},
    {"go_to_bed", {Room::living, "睡觉", "goes to bed", false, true, true}},
    {"night_toilet", {Room::bathroom, "起夜", "gets up in the night", false, false, true}},
    {"move", {Room::living, "走动", "moves about", false, false, true}},
    {"laundry", {Room::bathroom, "洗衣", "does the laundry", false, false, true}},
    {"nap", {Room::bedroom, "午睡", "takes a nap", false, false, true}},
    {"nap_ends", {Room::bedroom, "午睡起来", "gets up from the nap", false, false, true}},
    {"door_step", {Room::hall, "到门口", "is at the door", true, false, true}},
    {"visitor_comes", {Room::hall, "来客人", "has a visitor", true, true, true}},
    {"visitor_leaves", {Room::hall, "客人离开", "says goodbye to the visitor", true, true, true}},
    {"helper_comes", {Room::hall, "护理员上门", "is visited by the helper", true, true, true}},
    {"helper_leaves", {Room::hall, "护理员离开", "is alone again", true, true, true}},
    {"leaves_for_long", {Room::hall, "出远门", "leaves for some days", true, true, true}},
    {"fall", {Room::living, "跌倒", "falls", false, true, false}},
    {"found", {Room::hall, "被人发现", "is found", true, true, true}},
    {"taken_to_hospital", {Room::hall, "送医", "is taken to hospital", true, true, true}},
};
static_assert(std::size(lines) == static_cast<std::size_t>(Deed::taken_to_hospital) + 1);

}  // namespace

const DeedText& describe(Deed deed) {
    return lines[static_cast<std::size_t>(deed)].text;
}

std::string_view name_of(Deed deed) {
    return lines[static_cast<std::size_t>(deed)].name;
}

std::string_view name_of(Room room) {
    constexpr std::string_view names[] = {"bedroom", "bathroom", "kitchen", "living", "hall"};
    return names[static_cast<std::size_t>(room)];
}

}  // namespace anju::sim::life
