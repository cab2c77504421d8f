#include "profiles.hpp"

#include "recorded/local_time.hpp"

namespace anju::bench {

const std::vector<Profile>& profiles() {
    const std::vector<RecordedHome> with_motion{
        {"homeassist_home1"},
        {"kasteren_A", 7, {"12_Front_door"}},
        {"mit_S1", 7},
        {"ordonez_B", 7},
    };
    // 58e154b1 is left out: it stood empty most of the time.
    const std::vector<RecordedHome> one_person{
        {"daiad_p1_00248e83"}, {"daiad_p1_1bfb53a5"}, {"daiad_p1_1c71ebe5"},
        {"daiad_p1_890930db"}, {"daiad_p1_f7d6557e"}, {"weusedto_hourly"},
    };
    const std::vector<RecordedHome> two_persons{
        {"daiad_p2_05be51c3"}, {"daiad_p2_219ffd09"}, {"daiad_p2_53b44244"}, {"daiad_p2_68777360"},
        {"daiad_p2_9f28c3a3"}, {"daiad_p2_b3718348"}, {"daiad_p2_c1c1001e"}, {"daiad_p2_e0bd8234"},
        {"daiad_p2_ecc1c94d"}, {"daiad_p2_fbc12cbd"},
    };
    using score::Absence;
    static const std::vector<Profile> all{
        {"motion + door", "motion_door", with_motion, Absence::door, false, false},
        {"water only", "water", one_person, Absence::none, true, true},
        {"water + door", "water_door", one_person, Absence::derived, true, false},
        {"two persons, water only", "two_persons", two_persons, Absence::none, true, false},
    };
    return all;
}

EmptyMonths empty_months() {
    return {.home = {"homeassist_home1_with_absence"},
            .from = recorded::parse_time("2017-03-31").value(),
            .to = recorded::parse_time("2017-05-31").value()};
}

}  // namespace anju::bench
