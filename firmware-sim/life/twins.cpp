// Habits fitted to single recorded homes by `bench_life --fit`, which reads the recordings that
// recorded.cpp names and cites. A twin lives like the people of that home, as far as its sensors
// could tell: water homes are fitted in litres, gaps, uses, nights and hours, homes with motion and
// door sensors in gaps, busy hours, nights and door passages. Nothing else in them is meant.
#include <string>
#include <vector>

#include "firmware-sim/life/recorded.hpp"
#include "firmware-sim/life/residents.hpp"

namespace anju::sim::life {

namespace {

Habits daiad_p1_00248e83() {
    Habits h;
    h.wake_min = 428;
    h.wake_spread_min = 27;
    h.weekend_later_min = 125;
    h.bed_min = 1297;
    h.bed_spread_min = 87;
    h.night_visits_pm = 1619;
    h.nap_pm = 22;
    h.lunch_min = 725;
    h.dinner_min = 1252;
    h.toilet_pm = 537;
    h.flush_ml = 7652;
    h.tap_ml = 2763;
    h.morning_pm = 249;
    h.meals_pm = 140;
    h.cook_ml = 4277;
    h.bath_ml = 58110;
    h.bath_pm = 515;
    h.laundry_ml = 82306;
    h.laundry_pm = 202;
    h.day_swing_pm = 294;
    h.visits_pm = 0;
    h.uses_pm = {5500, 5500, 74,  10,  10,   10,  10, 10,  993, 659, 194,  10,
                 93,   112,  338, 477, 1100, 361, 22, 670, 130, 610, 5500, 5500};
    h.outings = {{{552, 56, 54, 820, 80, 448},
                  {841, 87, 710, 39, 234, 283},
                  {1125, 81, 226, 859, 300, 310}}};
    return h;
}

Habits daiad_p1_1bfb53a5() {
    Habits h;
    h.wake_min = 496;
    h.wake_spread_min = 10;
    h.weekend_later_min = 80;
    h.bed_min = 1265;
    h.bed_spread_min = 13;
    h.night_visits_pm = 689;
    h.nap_pm = 408;
    h.lunch_min = 699;
    h.dinner_min = 1255;
    h.toilet_pm = 843;
    h.flush_ml = 7775;
    h.tap_ml = 8064;
    h.morning_pm = 378;
    h.meals_pm = 0;
    h.cook_ml = 8793;
    h.bath_ml = 79454;
    h.bath_pm = 1000;
    h.laundry_ml = 115625;
    h.laundry_pm = 519;
    h.day_swing_pm = 18;
    h.visits_pm = 0;
    h.overnight_pm = 73;
    h.uses_pm = {757, 5500, 5500, 21,  37,  10,  10,  18,  21, 170,  399,  184,
                 171, 331,  481,  311, 343, 417, 311, 548, 10, 5500, 5500, 1687};
    h.outings = {{{400, 94, 58, 474, 93, 162},
                  {1020, 95, 28, 31, 248, 318},
                  {1141, 150, 1000, 404, 252, 318}}};
    return h;
}

Habits daiad_p1_1c71ebe5() {
    Habits h;
    h.wake_min = 426;
    h.wake_spread_min = 49;
    h.weekend_later_min = 19;
    h.bed_min = 1296;
    h.bed_spread_min = 20;
    h.night_visits_pm = 1365;
    h.nap_pm = 189;
    h.lunch_min = 660;
    h.dinner_min = 1055;
    h.toilet_pm = 303;
    h.flush_ml = 3177;
    h.tap_ml = 975;
    h.morning_pm = 716;
    h.meals_pm = 328;
    h.cook_ml = 6534;
    h.bath_ml = 43520;
    h.bath_pm = 674;
    h.laundry_ml = 44632;
    h.laundry_pm = 244;
    h.day_swing_pm = 789;
    h.visits_pm = 0;
    h.overnight_pm = 9;
    h.uses_pm = {4419, 4605, 1517, 172, 1432, 3015, 81,  107,  500, 1445, 610,  334,
                 681,  1040, 809,  687, 763,  571,  529, 1115, 306, 295,  2510, 4188};
    h.outings = {{{512, 99, 511, 108, 66, 429},
                  {971, 72, 127, 59, 33, 157},
                  {1250, 111, 727, 390, 92, 133}}};
    return h;
}

Habits daiad_p1_890930db() {
    Habits h;
    h.wake_min = 455;
    h.weekend_later_min = 2;
    h.bed_min = 1385;
    h.bed_spread_min = 88;
    h.night_visits_pm = 2125;
    h.nap_pm = 404;
    h.lunch_min = 660;
    h.dinner_min = 1081;
    h.toilet_pm = 684;
    h.flush_ml = 12652;
    h.tap_ml = 4798;
    h.morning_pm = 343;
    h.meals_pm = 369;
    h.cook_ml = 14211;
    h.bath_ml = 26417;
    h.bath_pm = 416;
    h.laundry_ml = 43948;
    h.laundry_pm = 345;
    h.day_swing_pm = 880;
    h.visits_pm = 0;
    h.uses_pm = {5500, 5500, 1086, 736, 397, 47, 21,  345,  39,   736,  871,  13,
                 926,  1136, 631,  380, 497, 10, 820, 1171, 2055, 1032, 5500, 5500};
    h.outings = {{{527, 51, 1000, 392, 10, 636},
                  {795, 80, 0, 364, 36, 229},
                  {1088, 112, 359, 542, 32, 541}}};
    return h;
}

Habits daiad_p1_f7d6557e() {
    Habits h;
    h.wake_spread_min = 45;
    h.weekend_later_min = 59;
    h.bed_min = 1251;
    h.bed_spread_min = 105;
    h.night_visits_pm = 685;
    h.nap_pm = 708;
    h.dinner_min = 1250;
    h.toilet_pm = 819;
    h.flush_ml = 7071;
    h.tap_ml = 666;
    h.morning_pm = 861;
    h.meals_pm = 570;
    h.cook_ml = 3566;
    h.bath_ml = 30926;
    h.bath_pm = 949;
    h.laundry_ml = 62515;
    h.laundry_pm = 226;
    h.day_swing_pm = 0;
    h.visits_pm = 0;
    h.uses_pm = {772, 10,  2349, 41,  473, 5500, 19,  82, 39, 183,  565,  10,
                 23,  435, 151,  251, 317, 91,   563, 19, 10, 4199, 5500, 4627};
    h.outings = {{{585, 38, 357, 508, 180, 190},
                  {835, 54, 115, 0, 128, 433},
                  {1146, 95, 329, 24, 195, 205}}};
    return h;
}

Habits weusedto_hourly() {
    Habits h;
    h.wake_min = 529;
    h.weekend_later_min = 50;
    h.bed_min = 1236;
    h.bed_spread_min = 27;
    h.night_visits_pm = 852;
    h.nap_pm = 242;
    h.lunch_min = 660;
    h.dinner_min = 1098;
    h.toilet_pm = 408;
    h.flush_ml = 9571;
    h.tap_ml = 2687;
    h.morning_pm = 620;
    h.meals_pm = 60;
    h.cook_ml = 3280;
    h.bath_ml = 42812;
    h.bath_pm = 455;
    h.laundry_ml = 54301;
    h.laundry_pm = 318;
    h.day_swing_pm = 252;
    h.visits_pm = 0;
    h.overnight_pm = 132;
    h.uses_pm = {5500, 5500, 10,  10,  10,  10,  10,  5500, 129, 44,   171,  14,
                 359,  375,  132, 116, 280, 286, 509, 10,   10,  5500, 5500, 5500};
    h.outings = {
        {{594, 21, 313, 416, 10, 443}, {868, 31, 431, 0, 10, 136}, {1226, 62, 409, 1000, 76, 258}}};
    return h;
}

Habits homeassist_home1() {
    Habits h;
    h.wake_min = 412;
    h.wake_spread_min = 58;
    h.weekend_later_min = 65;
    h.bed_min = 1386;
    h.bed_spread_min = 82;
    h.night_visits_pm = 3215;
    h.nap_pm = 538;
    h.lunch_min = 660;
    h.dinner_min = 1196;
    h.morning_pm = 999;
    h.meals_pm = 647;
    h.day_swing_pm = 950;
    h.moves_pm = 1020;
    h.door_step_pm = 3700;
    h.visits_pm = 2152;
    h.uses_pm = {2990, 367, 3758, 5500, 5500, 5500, 43, 631,  2237, 5500, 5500, 399,
                 492,  254, 48,   18,   111,  10,   10, 5500, 5500, 5226, 4196, 4042};
    h.outings = {{{510, 94, 607, 426, 133, 157},
                  {820, 27, 877, 568, 10, 453},
                  {1209, 150, 769, 736, 142, 152}}};
    return h;
}

Habits kasteren_A() {
    Habits h;
    h.wake_min = 527;
    h.wake_spread_min = 10;
    h.weekend_later_min = 21;
    h.bed_min = 1239;
    h.bed_spread_min = 120;
    h.night_visits_pm = 1526;
    h.nap_pm = 0;
    h.lunch_min = 680;
    h.dinner_min = 1214;
    h.morning_pm = 895;
    h.meals_pm = 245;
    h.day_swing_pm = 0;
    h.moves_pm = 0;
    h.door_step_pm = 1058;
    h.visits_pm = 0;
    h.overnight_pm = 155;
    h.uses_pm = {5500, 10, 10, 5500, 10, 4752, 5500, 59, 36,   10,   10,   16,
                 10,   12, 10, 10,   10, 10,   16,   15, 5500, 5500, 5500, 5500};
    h.outings = {{{598, 46, 760, 987, 294, 607},
                  {1018, 150, 126, 506, 300, 417},
                  {1082, 76, 518, 998, 203, 356}}};
    return h;
}

Habits mit_S1() {
    Habits h;
    h.wake_min = 412;
    h.wake_spread_min = 58;
    h.weekend_later_min = 154;
    h.bed_min = 1257;
    h.bed_spread_min = 50;
    h.night_visits_pm = 453;
    h.nap_pm = 236;
    h.lunch_min = 696;
    h.dinner_min = 1243;
    h.morning_pm = 962;
    h.meals_pm = 250;
    h.day_swing_pm = 639;
    h.moves_pm = 1327;
    h.door_step_pm = 2843;
    h.visits_pm = 286;
    h.overnight_pm = 77;
    h.uses_pm = {5500, 14, 10, 10, 40,   10,   16, 11, 10, 10,   10,   10,
                 10,   38, 10, 10, 4517, 2150, 19, 32, 13, 5500, 5500, 5500};
    h.outings = {{{524, 56, 760, 871, 135, 321},
                  {786, 82, 537, 86, 237, 247},
                  {1034, 77, 611, 418, 229, 354}}};
    return h;
}

Habits ordonez_B() {
    Habits h;
    h.wake_min = 570;
    h.wake_spread_min = 27;
    h.weekend_later_min = 14;
    h.bed_min = 1299;
    h.bed_spread_min = 49;
    h.night_visits_pm = 2246;
    h.nap_pm = 19;
    h.lunch_min = 660;
    h.dinner_min = 1126;
    h.morning_pm = 914;
    h.meals_pm = 599;
    h.day_swing_pm = 639;
    h.moves_pm = 1801;
    h.door_step_pm = 767;
    h.visits_pm = 930;
    h.overnight_pm = 20;
    h.uses_pm = {5500, 5500, 10,   10,   10, 10, 10, 10, 10, 76,  1227, 12,
                 10,   234,  5500, 2851, 28, 10, 10, 44, 81, 133, 5500, 5500};
    h.outings = {{{611, 20, 330, 708, 105, 303},
                  {827, 135, 517, 605, 276, 442},
                  {1089, 71, 556, 890, 271, 424}}};
    return h;
}

}  // namespace

std::span<const Resident> twins() {
    static const std::vector<Resident> all = [] {
        std::vector<Resident> out;
        const Habits habits[] = {daiad_p1_00248e83(), daiad_p1_1bfb53a5(), daiad_p1_1c71ebe5(),
                                 daiad_p1_890930db(), daiad_p1_f7d6557e(), weusedto_hourly(),
                                 homeassist_home1(),  kasteren_A(),        mit_S1(),
                                 ordonez_B()};
        for (std::size_t i = 0; i < std::size(habits); ++i) {
            const Recorded& home = recorded_homes()[i];
            out.push_back(
                {std::string(home.name), "实录家庭的孪生", "twin of a recorded home", habits[i]});
        }
        return out;
    }();
    return all;
}

}  // namespace anju::sim::life
