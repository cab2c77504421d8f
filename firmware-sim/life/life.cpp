#include "firmware-sim/life/life.hpp"

#include <algorithm>

#include "firmware-sim/life/chance.hpp"

namespace anju::sim::life {

namespace {

using namespace std::chrono_literals;
using std::chrono::days;

/// Nobody who was away comes back, and nobody is found, earlier in the day.
constexpr Duration earliest_return = 6h;

}  // namespace

std::string_view name_of(Where where) {
    constexpr std::string_view names[] = {"in_bed",     "at_home",  "out",
                                          "travelling", "hospital", "on_the_floor"};
    return names[static_cast<std::size_t>(where)];
}

Life::Life(const Habits& habits, Date first, std::uint64_t seed)
    : habits_(habits), date_(first), seed_(seed), first_(first) {
    Random random{derive_seed(seed_, "first morning")};
    next_wake_ = draw_wake(first, random) + 24h;
}

const Day& Life::next_day() {
    Random random{seed_ ^ static_cast<std::uint64_t>(date_.time_since_epoch().count()) *
                              0x9e3779b97f4a7c15ULL};
    kind_ = kind_of(date_);
    day_.date = date_;
    day_.before = where_;
    day_.acts.clear();
    day_.truth.clear();
    outs_.clear();
    decline_pm_ =
        static_cast<int>(habits_.decline_pm_year * (date_ - first_).count() / 365) + setbacks_pm_;
    decline_pm_ = std::min(decline_pm_, 700);
    wake_ = next_wake_ - 24h;
    mood_pm_ = static_cast<int>(hump(1000 + (mood_pm_ - 1000) / 3, habits_.day_swing_pm, random));
    bad_night_ = random.chance(more(habits_.bad_night_pm));
    draw_spells(random);
    bed_ = std::max(wake_ + 8h, minutes(hump(habits_.bed_min, habits_.bed_spread_min, random)));
    next_wake_ = draw_wake(date_ + days{1}, random) + 24h;
    if (bad_night_) next_wake_ += minutes(random.between(0, 70));
    draw_outings(random);
    bed_ = std::min(bed_, next_wake_ - 3h);
    draw_people(random);
    draw_fixed(random);
    draw_small(random);
    draw_nights(random);
    draw_fall(random);
    carve();
    note();
    if (ill_days_ > 0) --ill_days_;
    date_ += days{1};
    return day_;
}

Duration Life::draw_wake(Date date, Random& random) const {
    const auto kind = kind_of(date);
    auto at = hump(habits_.wake_min, habits_.wake_spread_min, random);
    if (kind.weekend || kind.festival != Festival::none) at += habits_.weekend_later_min;
    at -= kind.warmth / 70;  // the sun: a quarter of an hour either way
    return minutes(std::clamp<std::int64_t>(at, 3 * 60, 13 * 60));
}

void Life::draw_spells(Random& random) {
    std::erase_if(spells_, [&](const Spell& spell) { return spell.to_day < date_; });
    away_day_ = spell_on(date_) || spell_on(date_ + days{1});
    if (away_day_) return;
    const auto travel = [&](std::int64_t nights) {
        spells_.push_back({date_, wake_ + minutes(random.between(50, 240)), date_ + days{nights},
                           minutes(random.between(11 * 60, 19 * 60)), Deed::leaves_for_long,
                           Deed::come_home, Where::travelling});
        away_day_ = true;
    };
    const auto year = std::chrono::year_month_day{date_ + days{10}}.year();
    if (const auto festival = spring_festival(year); festival && habits_.festival_trip_pm > 0) {
        Random of_year{derive_seed(seed_, "spring") + static_cast<std::uint64_t>(int{year})};
        const bool goes = of_year.chance(habits_.festival_trip_pm);
        const auto leaves = *festival - days{of_year.between(1, 6)};
        if (goes && date_ == leaves) return travel(of_year.between(6, 16));
    }
    if (random.between(0, 364'999) < habits_.trips_pm_year) {
        return travel(random.between(2, std::max(2, habits_.trip_days)));
    }
    if (random.chance(habits_.overnight_pm)) {
        spells_.push_back({date_, minutes(random.between(14 * 60, 18 * 60 + 30)), date_ + days{1},
                           minutes(random.between(9 * 60, 20 * 60)), Deed::go_out, Deed::come_home,
                           Where::out});
        away_day_ = true;
        return;
    }
    if (ill_days_ > 0 || random.between(0, 364'999) >= more(habits_.illness_pm_year)) return;
    ill_days_ = static_cast<int>(random.between(2, 7));
    if (!random.chance(habits_.hospital_pm)) return;
    spells_.push_back({date_, std::max(wake_ + 1h, minutes(random.between(9 * 60, 17 * 60))),
                       date_ + days{random.between(3, 12)},
                       minutes(random.between(10 * 60, 16 * 60)), Deed::taken_to_hospital,
                       Deed::come_home, Where::hospital});
    away_day_ = true;
}

/// The person falls where some act of this day would have been, and lies until found.
void Life::draw_fall(Random& random) {
    const bool falls = random.between(0, 364'999) < more(habits_.falls_pm_year);
    if (!falls || away_day_ || day_.acts.empty()) return;
    const auto last = static_cast<std::int64_t>(day_.acts.size()) - 1;
    const auto at = day_.acts[static_cast<std::size_t>(random.between(0, last))].at + 40s;
    if (!at_home(at)) return;
    auto found = at + minutes(random.between(40, 36 * 60));
    const auto hour = found % Duration{24h};
    if (hour < earliest_return + 1h) found += earliest_return + 1h - hour;
    if (hour > 22h) found += 33h - hour;
    const auto found_day = date_ + std::chrono::floor<days>(found);
    const auto found_at = found % Duration{24h};
    spells_.push_back(
        {date_, at, found_day, found_at, Deed::fall, Deed::found, Where::on_the_floor});
    spells_.push_back({found_day, found_at + 25min, found_day + days{random.between(4, 16)},
                       minutes(random.between(10 * 60, 16 * 60)), Deed::taken_to_hospital,
                       Deed::come_home, Where::hospital});
    setbacks_pm_ += 80;
}

bool Life::spell_on(Date date) const {
    return std::any_of(spells_.begin(), spells_.end(), [&](const Spell& spell) {
        return date >= spell.from_day && date <= spell.to_day;
    });
}

bool Life::at_home(Duration at) const {
    return at_home(at, at);
}

bool Life::at_home(Duration from, Duration to) const {
    return std::none_of(outs_.begin(), outs_.end(),
                        [&](const Absence& out) { return to >= out.from && from < out.to; });
}

void Life::add(Duration at, Deed deed, std::int64_t water_ml, Duration runs) {
    // A tap gives six litres a minute.
    if (runs == Duration{0}) runs = Duration{water_ml * 10};
    day_.acts.push_back({at, deed, water_ml, describe(deed).room, runs});
}

void Life::add(Duration at, Deed deed, Room room) {
    day_.acts.push_back({at, deed, 0, room, {}});
}

int Life::slower(int value) const {
    return value * (1000 - decline_pm_) / 1000;
}

int Life::more(int value) const {
    return value * (1000 + 2 * decline_pm_) / 1000;
}

/// Takes out what falls into a spell, and puts in how the spell begins and ends.
void Life::carve() {
    for (const Spell& spell : spells_) {
        if (date_ < spell.from_day || date_ > spell.to_day) continue;
        const auto from = spell.from_day - date_ + spell.from;
        const auto to = spell.to_day - date_ + spell.to;
        // Nobody gets up in a home that is empty: the next day begins before anybody comes back.
        if (spell.to_day > date_) next_wake_ = std::max(24h + earliest_return, from + 1min);
        std::erase_if(day_.acts, [&](const Act& act) { return act.at >= from && act.at <= to; });
        if (spell.from_day == date_) add(from, spell.begins);
        if (spell.to_day != date_) continue;
        add(to, spell.ends);
        if (spell.ends == Deed::come_home) add(to + 2min, Deed::drink, habits_.tap_ml);
    }
    std::erase_if(day_.acts, [&](const Act& act) { return act.at >= next_wake_; });
    std::stable_sort(day_.acts.begin(), day_.acts.end(),
                     [](const Act& left, const Act& right) { return left.at < right.at; });
}

void Life::note() {
    for (const Act& act : day_.acts) {
        auto where = where_;
        switch (act.deed) {
            case Deed::get_up:
            case Deed::come_home:
            case Deed::nap_ends:
            case Deed::found:
                where = Where::at_home;
                break;
            case Deed::go_to_bed:
            case Deed::nap:
                where = Where::in_bed;
                break;
            case Deed::go_out:
                where = Where::out;
                break;
            case Deed::leaves_for_long:
                where = Where::travelling;
                break;
            case Deed::taken_to_hospital:
                where = Where::hospital;
                break;
            case Deed::fall:
                where = Where::on_the_floor;
                break;
            case Deed::visitor_comes:
            case Deed::visitor_leaves:
            case Deed::helper_comes:
            case Deed::helper_leaves:
                break;
            default:
                continue;
        }
        where_ = where;
        day_.truth.push_back({act.at, where, act.deed});
    }
}

}  // namespace anju::sim::life
