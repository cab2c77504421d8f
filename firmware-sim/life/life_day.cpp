// How an ordinary day is filled: outings, people who come, meals and washing, the many small uses
// in between, and the night.
#include <algorithm>

#include "firmware-sim/life/chance.hpp"
#include "firmware-sim/life/life.hpp"

namespace anju::sim::life {

using namespace std::chrono_literals;

void Life::draw_outings(Random& random) {
    if (away_day_ || ill_days_ > 0) return;
    const bool off = kind_.weekend || kind_.festival != Festival::none;
    auto free_from = wake_ + 25min;
    for (const Outing& outing : habits_.outings) {
        if (!random.chance(slower(off ? outing.weekends_pm : outing.workdays_pm))) continue;
        const auto from = minutes(hump(outing.at_min, outing.spread_min, random));
        // Most are shorter than the middle, a few much longer.
        const auto spare = outing.longest_min - outing.shortest_min;
        const auto share = random.between(0, 1000);
        const auto lasts = minutes(outing.shortest_min + spare * share / 1000 * share / 1000);
        if (from < free_from) continue;
        outs_.push_back({from, from + lasts});
        add(from, Deed::go_out);
        add(from + lasts, Deed::come_home);
        // One draw a statement: which argument is worked out first differs between processors.
        const auto drunk = about(habits_.tap_ml, random);
        add(from + lasts + minutes(random.between(2, 8)), Deed::drink, drunk);
        free_from = from + lasts + 20min;
        bed_ = std::max(bed_, free_from + 20min);
    }
}

void Life::draw_people(Random& random) {
    if (away_day_) return;
    const auto stays = [&](Duration from, Duration lasts, Deed comes, Deed leaves) {
        if (!at_home(from, from + lasts) || from <= wake_ || from + lasts > bed_) return;
        add(from, comes);
        const auto drunk = about(habits_.tap_ml, random);
        add(from + minutes(random.between(4, 12)), Deed::drink, drunk);
        add(from + lasts, leaves);
    };
    const auto weekday = std::chrono::weekday{date_}.iso_encoding();
    if (static_cast<int>(weekday) <= habits_.helper_days) {
        const auto from = std::max(wake_ + 10min, minutes(hump(habits_.helper_at_min, 25, random)));
        const auto lasts = minutes(about(habits_.helper_min, random));
        if (at_home(from, from + lasts)) {
            add(from + lasts / 3, Deed::cook, about(habits_.cook_ml, random));
            add(from + lasts / 2, Deed::drink, about(3 * habits_.tap_ml, random));
        }
        stays(from, lasts, Deed::helper_comes, Deed::helper_leaves);
    }
    auto visits = habits_.visits_pm;
    if (kind_.weekend) visits = visits * 3 / 2;
    if (kind_.festival != Festival::none) visits += habits_.festival_guests_pm;
    for (int i = count_of(visits, random); i > 0; --i) {
        const auto lasts = minutes(random.between(15, 120));
        const auto from = minutes(random.between(9 * 60 + 30, 18 * 60 + 30));
        stays(from, lasts, Deed::visitor_comes, Deed::visitor_leaves);
    }
    for (int i = count_of(slower(habits_.door_step_pm), random); i > 0; --i) {
        const auto at = minutes(random.between(8 * 60, 20 * 60 + 30));
        if (at > wake_ && at < bed_ && at_home(at)) add(at, Deed::door_step);
    }
}

void Life::draw_fixed(Random& random) {
    add(wake_, Deed::get_up, random.chance(habits_.morning_pm) ? habits_.flush_ml : 0);
    if (random.chance(habits_.morning_pm)) {
        const auto washed = about(3 * habits_.tap_ml, random);
        add(wake_ + minutes(random.between(5, 12)), Deed::wash, washed);
    }
    const auto meal = [&](Duration at) {
        if (at <= wake_ || at >= bed_ || !at_home(at) || !random.chance(habits_.meals_pm)) return;
        add(at, Deed::cook, about(habits_.cook_ml, random));
        const auto dishes = at + minutes(random.between(25, 50));
        if (at_home(dishes)) add(dishes, Deed::drink, about(2 * habits_.tap_ml, random));
    };
    meal(wake_ + minutes(random.between(18, 40)));
    meal(minutes(hump(habits_.lunch_min, 30, random)));
    meal(minutes(hump(habits_.dinner_min, 30, random)));

    const auto nap_at = minutes(hump(habits_.nap_at_min, 25, random));
    if (at_home(nap_at) && nap_at > wake_ && random.chance(more(habits_.nap_pm))) {
        auto lasts = minutes(about(habits_.nap_min, random));
        for (const Absence& out : outs_) {
            if (out.from > nap_at) lasts = std::min(lasts, out.from - nap_at - 10min);
        }
        if (lasts > 10min) {
            add(nap_at, Deed::nap);
            add(nap_at + lasts, Deed::nap_ends);
        }
    }

    const auto late = bed_ - minutes(random.between(25, 50));
    const auto bath_at =
        habits_.bath_at_min > 0 ? minutes(hump(habits_.bath_at_min, 30, random)) : late;
    if (at_home(bath_at) && bath_at > wake_ && bath_at < bed_ &&
        random.chance(habits_.bath_pm * (1000 + kind_.warmth / 2) / 1000)) {
        const auto water = about(habits_.bath_ml, random);
        add(bath_at, Deed::evening_wash, water, Duration{water * 8});
    } else if (at_home(late) && random.chance(habits_.morning_pm)) {
        add(late, Deed::evening_wash, about(2 * habits_.tap_ml, random));
    }
    add(bed_, Deed::go_to_bed, random.chance(habits_.morning_pm) ? habits_.flush_ml : 0);

    if (!random.chance(habits_.laundry_pm)) return;
    // A machine fills three times.
    auto fill_at = wake_ + minutes(random.between(40, 200));
    for (int fill = 0; fill < 3 && at_home(fill_at); ++fill) {
        const auto water = about(habits_.laundry_ml / 3, random);
        add(fill_at, Deed::laundry, water, 3min);
        fill_at += minutes(random.between(14, 22));
    }
}

void Life::draw_small(Random& random) {
    constexpr auto step = 10min;
    constexpr Room rooms[] = {Room::living,  Room::living,   Room::living, Room::kitchen,
                              Room::kitchen, Room::bathroom, Room::hall,   Room::bedroom};
    const int busy = ill_days_ > 0 ? mood_pm_ / 2 : mood_pm_;
    Duration nap_from{};
    Duration nap_to{};
    for (const Act& act : day_.acts) {
        if (act.deed == Deed::nap) nap_from = act.at;
        if (act.deed == Deed::nap_ends) nap_to = act.at;
    }
    for (auto at = wake_ + step; at < bed_; at += step) {
        if (!at_home(at) || (at >= nap_from && at < nap_to)) continue;
        const auto when = at + Duration{random.between(0, 9 * 60'000)};
        if (when >= bed_ || !at_home(when)) continue;
        const auto hour = static_cast<std::size_t>(when / 1h) % 24;
        // Six steps an hour, in millionths of a chance each.
        const auto use = std::int64_t{slower(habits_.uses_pm[hour])} * busy / 6;
        const auto move = std::int64_t{slower(habits_.moves_pm)} * busy / 6;
        const auto draw = random.between(0, 999'999);
        if (draw < use) {
            if (random.chance(habits_.toilet_pm)) {
                add(when, Deed::toilet, habits_.flush_ml);
            } else {
                add(when, Deed::drink, about(habits_.tap_ml, random));
            }
        } else if (draw < use + move) {
            add(when, Deed::move, rooms[static_cast<std::size_t>(random.between(0, 7))]);
        }
    }
}

void Life::draw_nights(Random& random) {
    auto visits = more(habits_.night_visits_pm);
    if (bad_night_) visits *= 3;
    const auto asleep = (next_wake_ - bed_) / 1min;
    for (int i = count_of(visits, random); i > 0; --i) {
        const auto at = bed_ + minutes(random.between(30, std::max<std::int64_t>(31, asleep - 20)));
        add(at, Deed::night_toilet, habits_.flush_ml);
    }
}

}  // namespace anju::sim::life
