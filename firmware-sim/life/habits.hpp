// How one person lives: every number of the life model. Sets of them are in residents.cpp (kinds of
// residents) and twins.cpp (fitted to single recorded homes).
//
// "pm" is per mille: a chance in thousandths, or a mean count times a thousand.
#pragma once

#include <array>
#include <string>

namespace anju::sim::life {

/// A kind of outing, at most once a day, left out when it does not fit behind the one before.
struct Outing {
    int at_min = 0;      ///< leaves the home, minutes after midnight
    int spread_min = 0;  ///< earlier or later by at most this
    int workdays_pm = 0;
    int weekends_pm = 0;
    int shortest_min = 20;
    int longest_min = 60;
};

struct Habits {
    // Sleep. Spreads move each time by at most so much, small moves being likelier.
    int wake_min = 390;
    int wake_spread_min = 30;
    int weekend_later_min = 0;
    int bed_min = 1290;  ///< may be past midnight: 1500 is 01:00 of the next day
    int bed_spread_min = 35;
    int night_visits_pm = 900;  ///< to the bathroom, a night
    int bad_night_pm = 60;      ///< lies awake: three times the visits, gets up later
    int nap_pm = 500;
    int nap_at_min = 765;
    int nap_min = 60;  ///< mean
    int lunch_min = 690;
    int dinner_min = 1065;

    // Water at home.
    std::array<int, 24> uses_pm{};  ///< small uses in an hour that is spent awake at home
    int toilet_pm = 400;            ///< share of them that flushes
    int flush_ml = 6000;
    int tap_ml = 1200;     ///< mean of the other small uses
    int morning_pm = 900;  ///< chance that getting up takes water
    int meals_pm = 850;    ///< chance that a meal is cooked when at home for it
    int cook_ml = 5000;    ///< mean
    int bath_ml = 25000;   ///< mean
    int bath_pm = 500;     ///< a day, half as many in mid winter, by half more in mid summer
    int bath_at_min = 0;   ///< 0: before going to bed
    int laundry_ml = 45000;
    int laundry_pm = 200;    ///< a day
    int day_swing_pm = 250;  ///< how much busier or quieter a day is than another, at most
    int moves_pm = 4000;     ///< seen in some room without water, an hour awake at home

    // Door.
    std::array<Outing, 3> outings{};
    int door_step_pm = 600;  ///< a day
    int visits_pm = 150;     ///< a day
    int helper_days = 0;     ///< days a week on which a helper comes, from Monday on
    int helper_at_min = 570;
    int helper_min = 90;

    // Rarer things.
    int overnight_pm = 0;        ///< a day: stays away until the next morning or evening
    int trips_pm_year = 0;       ///< journeys a year
    int trip_days = 5;           ///< the longest
    int festival_trip_pm = 0;    ///< travels to the family at Spring Festival
    int festival_guests_pm = 0;  ///< has guests on a festival's day, when at home
    int illness_pm_year = 0;     ///< a few days in bed, a year
    int hospital_pm = 0;         ///< share of illnesses that end there
    int falls_pm_year = 0;       ///< falls after which the person cannot get up
    int decline_pm_year = 0;     ///< slows down, stays in and sleeps worse by so much a year
};

/// A named set of habits.
struct Resident {
    std::string name;  ///< "homebody"
    std::string zh;
    std::string en;
    Habits habits;
};

}  // namespace anju::sim::life
