#include "firmware-sim/life/recorded.hpp"

namespace anju::sim::life {

std::span<const Recorded> recorded_homes() {
    constexpr std::string_view daiad = "DAIAD, Alicante 2016-17, CC BY-SA 4.0";
    static constexpr Recorded all[] = {
        {"daiad_p1_00248e83", daiad, true, 252, 93.4, 7.2, 7.54, 1.31, 0},
        {"daiad_p1_1bfb53a5", daiad, true, 336, 163.8, 6.8, 5.38, 0.69, 0},
        {"daiad_p1_1c71ebe5", daiad, true, 13, 68.3, 5.0, 10.98, 1.05, 0},
        {"daiad_p1_890930db", daiad, true, 10, 207.4, 6.0, 10.92, 1.49, 0},
        {"daiad_p1_f7d6557e", daiad, true, 36, 83.9, 8.2, 7.00, 0.436, 0},
        {"weusedto_hourly", "WEUSEDTO, Naples 2019, CC BY 4.0", true, 59, 70.2, 9.8, 5.73, 0.51, 0},
        {"homeassist_home1", "Inria HomeAssist 2017, NicVolanschi/Allen", false, 0, 0, 2.39, 17.0,
         2.13, 9.51},
        {"kasteren_A", "van Kasteren 2008", false, 0, 0, 7.6, 6.1, 0.76, 2.66},
        {"mit_S1", "MIT PlaceLab 2003", false, 0, 0, 3.74, 11.1, 0.26, 4.02},
        {"ordonez_B", "Ordonez 2012 (UCI)", false, 0, 0, 3.60, 12.1, 1.42, 3.69},
    };
    return all;
}

}  // namespace anju::sim::life
