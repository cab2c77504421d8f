#include "firmware-sim/homes/person.hpp"

#include <algorithm>

namespace anju::sim {

namespace {

constexpr std::int64_t litre = 1000;

Duration minutes_of(std::int64_t count) {
    return std::chrono::minutes{count};
}

}  // namespace

std::vector<Act> plan_day(const Routine& routine, Random random) {
    std::vector<Act> day;
    const auto spread = std::chrono::duration_cast<std::chrono::minutes>(routine.spread).count();
    const auto near = [&](Duration at) { return at + minutes_of(random.between(-spread, spread)); };
    const auto add = [&](Duration at, Deed deed, std::int64_t low_l, std::int64_t high_l) {
        day.push_back({at,
                       deed,
                       random.between(low_l * litre, high_l * litre),
                       life::describe(deed).room,
                       {}});
        return at;
    };

    if (random.chance(600)) {
        add(minutes_of(random.between(60, 4 * 60)), Deed::night_toilet, 5, 6);
    }
    const auto up = add(near(routine.wake), Deed::get_up, 5, 6);
    add(up + minutes_of(random.between(5, 12)), Deed::wash, 6, 10);
    add(up + minutes_of(random.between(20, 35)), Deed::cook, 3, 6);

    auto away_until = Duration{0};
    auto away_from = Duration{0};
    if (routine.outing_lasts > Duration{0}) {
        away_from = add(near(routine.outing), Deed::go_out, 0, 0);
        away_until = away_from + routine.outing_lasts + minutes_of(random.between(0, spread));
        add(away_until, Deed::come_home, 0, 0);
        add(away_until + minutes_of(random.between(3, 9)), Deed::wash, 2, 4);
    }
    const auto lunch = add(near(routine.lunch), Deed::cook, 6, 10);
    const auto dinner = add(near(routine.dinner), Deed::cook, 6, 10);
    const auto bed = near(routine.bed);
    add(bed - minutes_of(random.between(25, 50)), Deed::evening_wash, 14, 30);
    add(bed, Deed::go_to_bed, 5, 6);

    // Between the meals something every hour or two: a drink, the toilet.
    for (auto at = up + minutes_of(70); at < bed - minutes_of(60);
         at += minutes_of(random.between(45, 110))) {
        const bool away = at >= away_from && at <= away_until;
        const bool busy = at >= lunch && at <= lunch + minutes_of(20);
        const bool eats = at >= dinner && at <= dinner + minutes_of(20);
        if (away || busy || eats) continue;
        if (random.chance(500)) {
            add(at, Deed::toilet, 5, 6);
        } else {
            add(at, Deed::drink, 1, 2);
        }
    }
    std::stable_sort(day.begin(), day.end(),
                     [](const Act& left, const Act& right) { return left.at < right.at; });
    return day;
}

}  // namespace anju::sim
