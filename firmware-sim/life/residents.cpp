#include "firmware-sim/life/residents.hpp"

#include <algorithm>

#include "firmware-sim/life/chance.hpp"

namespace anju::sim::life {

namespace {

/// Small uses by hour: more around the meals, less in the quiet of the afternoon.
std::array<int, 24> uses(int busy) {
    constexpr std::array<int, 24> shape{500,  500,  500,  500,  600, 800, 1200, 1300,
                                        1000, 800,  800,  1100, 900, 600, 600,  700,
                                        800,  1100, 1100, 900,  900, 900, 800,  600};
    std::array<int, 24> out{};
    for (std::size_t h = 0; h < out.size(); ++h) out[h] = shape[h] * busy / 1000;
    return out;
}

/// What the kinds have in common. Scaled so that their population has the recorded homes' litres,
/// gaps and uses in the quartiles.
Habits common() {
    Habits h;
    h.morning_pm = 620;
    h.meals_pm = 420;
    h.tap_ml = 1300;
    h.bath_ml = 70000;
    h.night_visits_pm = 1150;
    h.laundry_ml = 100000;
    h.laundry_pm = 220;
    return h;
}

Resident early_riser() {
    Habits h = common();
    h.wake_min = 320;
    h.wake_spread_min = 30;
    h.bed_min = 1240;
    h.uses_pm = uses(205);
    h.outings = {{{375, 25, 850, 850, 30, 90}, {930, 40, 300, 350, 25, 120}, {}}};
    h.festival_guests_pm = 500;
    return {"early_riser", "早起的人", "up at dawn, to the market first", h};
}

Resident late_riser() {
    Habits h = common();
    h.wake_min = 500;
    h.wake_spread_min = 55;
    h.bed_min = 1440;
    h.bed_spread_min = 60;
    h.lunch_min = 760;
    h.dinner_min = 1130;
    h.nap_pm = 200;
    h.night_visits_pm = 600;
    h.uses_pm = uses(225);
    h.outings = {{{640, 60, 500, 500, 30, 120}, {900, 70, 500, 550, 60, 300}, {}}};
    h.trips_pm_year = 1500;
    return {"late_riser", "晚起的人", "late to bed and late to rise", h};
}

Resident homebody() {
    Habits h = common();
    h.uses_pm = uses(260);
    h.outings = {{{560, 50, 550, 450, 20, 80}, {}, {}}};
    h.door_step_pm = 900;
    h.visits_pm = 200;
    h.festival_guests_pm = 600;
    return {"homebody", "居家型", "seldom leaves the home for long", h};
}

Resident outgoing() {
    Habits h = common();
    h.wake_min = 400;
    h.bed_min = 1330;
    h.uses_pm = uses(205);
    h.outings = {{{500, 40, 800, 750, 40, 180},
                  {860, 50, 750, 700, 60, 270},
                  {1150, 30, 500, 500, 30, 110}}};
    h.nap_pm = 300;
    h.overnight_pm = 8;
    h.trips_pm_year = 3000;
    h.trip_days = 8;
    h.festival_trip_pm = 500;
    return {"outgoing", "外向型", "out twice a day, and away at times", h};
}

Resident frail() {
    Habits h = common();
    h.wake_min = 400;
    h.bed_min = 1230;
    h.night_visits_pm = 1700;
    h.bad_night_pm = 150;
    h.nap_pm = 850;
    h.nap_min = 90;
    h.uses_pm = uses(180);
    h.bath_pm = 250;
    h.moves_pm = 2500;
    h.outings = {{{570, 50, 200, 200, 15, 45}, {}, {}}};
    h.door_step_pm = 300;
    h.visits_pm = 350;
    h.festival_guests_pm = 500;
    h.illness_pm_year = 1500;
    h.hospital_pm = 250;
    h.falls_pm_year = 250;
    h.decline_pm_year = 60;
    return {"frail", "体弱者", "slow, often up at night, seldom out", h};
}

Resident helped() {
    Habits h = frail().habits;
    h.uses_pm = uses(205);
    h.helper_days = 5;
    h.visits_pm = 900;
    h.bath_pm = 350;
    h.bath_at_min = 620;
    h.bath_ml = 30000;
    return {"helped", "有人照料", "a helper on working days, and many visitors", h};
}

}  // namespace

std::span<const Resident> kinds() {
    static const Resident all[] = {early_riser(), late_riser(), homebody(),
                                   outgoing(),    frail(),      helped()};
    return all;
}

const Resident* find_resident(std::string_view name) {
    for (const auto& set : {kinds(), twins()}) {
        for (const Resident& each : set) {
            if (each.name == name) return &each;
        }
    }
    return nullptr;
}

std::string kind_names() {
    std::string out;
    for (const Resident& each : kinds()) out.append(out.empty() ? "" : ", ").append(each.name);
    return out;
}

Habits person_of(const Habits& kind, std::uint64_t seed) {
    Random random{derive_seed(seed, "person")};
    Habits out = kind;
    const auto shift = [&](int& minutes, int spread) {
        minutes = static_cast<int>(hump(minutes, spread, random));
    };
    // From half to twice, as many above as below.
    const auto factor = [&](std::int64_t reach_pm) {
        const auto up = 1000 + random.between(0, reach_pm);
        return random.chance(500) ? up : 1'000'000 / up;
    };
    const auto scale = [](int& value, std::int64_t by_pm) {
        value = static_cast<int>(value * by_pm / 1000);
    };
    shift(out.wake_min, 45);
    shift(out.bed_min, 45);
    shift(out.lunch_min, 25);
    shift(out.dinner_min, 35);
    const auto thrift = factor(1100);
    for (int* water : {&out.tap_ml, &out.cook_ml, &out.bath_ml, &out.laundry_ml}) {
        scale(*water, thrift);
    }
    scale(out.laundry_pm, factor(1000));
    // Who saves water collects it, and lets the tap run for fewer things.
    const auto busy = factor(1200);
    for (int& uses : out.uses_pm) scale(uses, busy);
    scale(out.meals_pm, busy);
    scale(out.morning_pm, busy);
    scale(out.night_visits_pm, factor(900));
    scale(out.bath_pm, factor(600));
    const auto sociable = factor(500);
    for (Outing& outing : out.outings) {
        scale(outing.workdays_pm, sociable);
        scale(outing.weekends_pm, sociable);
        shift(outing.at_min, 30);
    }
    scale(out.door_step_pm, sociable);
    scale(out.visits_pm, factor(700));
    return out;
}

}  // namespace anju::sim::life
