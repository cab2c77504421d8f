#include "fit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "firmware-sim/life/observe.hpp"

namespace anju::bench {

namespace {

using sim::Random;
using sim::life::Habits;
using sim::life::Outing;

constexpr int fit_days = 430;

struct Knob {
    std::function<int&(Habits&)> of;
    int low;
    int high;
    int step;
};

template <class Member>
Knob knob(Member member, int low, int high, int step) {
    return {[member](Habits& habits) -> int& { return habits.*member; }, low, high, step};
}

Knob outing(std::size_t which, int Outing::* member, int low, int high, int step) {
    return {[=](Habits& habits) -> int& { return habits.outings[which].*member; }, low, high, step};
}

std::vector<Knob> knobs(bool meter) {
    std::vector<Knob> out{
        knob(&Habits::wake_min, 240, 660, 40),        knob(&Habits::wake_spread_min, 10, 120, 20),
        knob(&Habits::weekend_later_min, 0, 180, 30), knob(&Habits::bed_min, 1170, 1640, 50),
        knob(&Habits::bed_spread_min, 10, 120, 20),   knob(&Habits::night_visits_pm, 0, 4000, 250),
        knob(&Habits::nap_pm, 0, 900, 200),           knob(&Habits::morning_pm, 100, 1000, 150),
        knob(&Habits::meals_pm, 0, 1000, 200),        knob(&Habits::lunch_min, 660, 930, 40),
        knob(&Habits::dinner_min, 1020, 1290, 40),    knob(&Habits::day_swing_pm, 0, 950, 150),
        knob(&Habits::overnight_pm, 0, 250, 15),
    };
    for (std::size_t i = 0; i < 3; ++i) {
        const int first = std::array{360, 690, 960}[i];
        out.push_back(outing(i, &Outing::at_min, first, first + 330, 40));
        out.push_back(outing(i, &Outing::spread_min, 10, 150, 25));
        out.push_back(outing(i, &Outing::workdays_pm, 0, 1000, 150));
        out.push_back(outing(i, &Outing::weekends_pm, 0, 1000, 150));
        out.push_back(outing(i, &Outing::shortest_min, 10, 300, 60));
        out.push_back(outing(i, &Outing::longest_min, 30, 720, 90));
    }
    if (meter) {
        out.push_back(knob(&Habits::toilet_pm, 50, 900, 120));
        out.push_back(knob(&Habits::flush_ml, 2000, 15000, 1200));
        out.push_back(knob(&Habits::tap_ml, 200, 12000, 800));
        out.push_back(knob(&Habits::cook_ml, 500, 25000, 1500));
        out.push_back(knob(&Habits::bath_ml, 5000, 140000, 9000));
        out.push_back(knob(&Habits::bath_pm, 0, 1000, 150));
        out.push_back(knob(&Habits::laundry_pm, 0, 700, 80));
        out.push_back(knob(&Habits::laundry_ml, 20000, 350000, 9000));
    } else {
        out.push_back(knob(&Habits::moves_pm, 0, 5500, 500));
        out.push_back(knob(&Habits::door_step_pm, 0, 5000, 400));
        out.push_back(knob(&Habits::visits_pm, 0, 2500, 250));
    }
    return out;
}

MeasuredHome live(const Habits& habits, const MeasuredHome& like) {
    constexpr std::uint64_t seed = 5;
    const auto lived = like.meter
                           ? sim::life::observe_by_meter(habits, seed, fit_days, like.lost_pm)
                           : sim::life::observe_by_signs(habits, seed, fit_days);
    return {"", lived.statistics, lived.passages, like.meter, like.lost_pm};
}

double off(double simulated, double recorded, double weight) {
    const double ratio = std::log((simulated + 0.05) / (recorded + 0.05));
    return weight * ratio * ratio;
}

/// Brings the hours closer to the recorded ones.
void follow_profile(Habits& habits, const MeasuredHome& simulated, const MeasuredHome& recorded) {
    for (std::size_t h = 0; h < habits.uses_pm.size(); ++h) {
        const double ratio =
            (recorded.statistics.profile[h] + 0.02) / (simulated.statistics.profile[h] + 0.02);
        const double by = std::clamp(ratio, 0.7, 1.4);
        habits.uses_pm[h] = std::clamp(static_cast<int>(habits.uses_pm[h] * by), 10, 5500);
    }
}

struct Found {
    Habits habits;
    double apart;
};

Habits start(bool meter) {
    Habits out;
    out.uses_pm.fill(700);
    out.outings = {{{540, 60, 400, 400, 30, 120},
                    {840, 60, 300, 300, 30, 120},
                    {1080, 60, 200, 200, 30, 120}}};
    if (meter) out.visits_pm = 0;
    return out;
}

void vary(Habits& habits, const std::vector<Knob>& all, Random& random) {
    for (auto changes = random.between(1, 3); changes > 0; --changes) {
        const auto which = random.between(0, static_cast<std::int64_t>(all.size()) - 1);
        const Knob& one = all[static_cast<std::size_t>(which)];
        int& value = one.of(habits);
        // Now and then a leap, out of a hollow that is not the deepest.
        const int step = random.chance(150) ? one.step * 4 : one.step;
        value += static_cast<int>(random.between(-step, step));
        value = std::clamp(value, one.low, one.high);
    }
    for (Outing& each : habits.outings) {
        each.longest_min = std::max(each.longest_min, each.shortest_min + 10);
    }
}

Found search(const MeasuredHome& recorded, int rounds, std::uint64_t seed) {
    Random random{seed};
    const auto all = knobs(recorded.meter);
    Habits best = start(recorded.meter);
    auto lived = live(best, recorded);
    auto apart = distance(lived, recorded);
    for (int round = 0; round < rounds; ++round) {
        Habits tried = best;
        if (round % 6 == 0) {
            follow_profile(tried, lived, recorded);
        } else {
            vary(tried, all, random);
        }
        const auto now = live(tried, recorded);
        const auto apart_now = distance(now, recorded);
        if (apart_now >= apart) continue;
        best = tried;
        lived = now;
        apart = apart_now;
    }
    return {best, apart};
}

}  // namespace

double distance(const MeasuredHome& simulated, const MeasuredHome& recorded) {
    const auto& have = simulated.statistics;
    const auto& want = recorded.statistics;
    double sum = off(have.p90_gap_h, want.p90_gap_h, 6) + off(have.uses_a_day, want.uses_a_day, 6) +
                 off(have.night_uses, want.night_uses, 3) + off(have.p99_gap_h, want.p99_gap_h, 1);
    if (recorded.meter) {
        sum += off(have.litres_a_day, want.litres_a_day, 6) +
               off(have.median_use_l, want.median_use_l, 0.5) +
               off(have.p90_use_l, want.p90_use_l, 0.5);
    } else {
        sum += off(simulated.passages, recorded.passages, 4);
    }
    for (std::size_t h = 0; h < want.profile.size(); ++h) {
        const double apart = have.profile[h] - want.profile[h];
        sum += 0.7 * apart * apart;
    }
    return sum;
}

Habits fit(const MeasuredHome& recorded, const FitOptions& options) {
    Found best = search(recorded, options.rounds, 1);
    for (std::uint64_t seed = 2; seed <= options.starts; ++seed) {
        const Found found = search(recorded, options.rounds, seed);
        if (found.apart < best.apart) best = found;
    }
    return best.habits;
}

}  // namespace anju::bench
