// A simulated life is the same for the same seed, holds together, and tells the truth of itself.
#include "firmware-sim/life/life.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "firmware-sim/life/residents.hpp"
#include "firmware-sim/life/sampling.hpp"
#include "firmware-sim/life/truth.hpp"

namespace anju::sim::life {
namespace {

using namespace std::chrono_literals;

constexpr Date first = std::chrono::year{2026} / 1 / 1;

std::vector<Day> live(const Habits& habits, std::uint64_t seed, int days) {
    Life life(habits, first, seed);
    std::vector<Day> out;
    for (int i = 0; i < days; ++i) out.push_back(life.next_day());
    return out;
}

std::string text_of(const std::vector<Day>& days) {
    std::string out;
    for (const Day& day : days) out += truth_rows(day, TruthForm::csv, true);
    return out;
}

std::size_t count(const std::vector<Day>& days, Deed deed) {
    std::size_t out = 0;
    for (const Day& day : days) {
        out += static_cast<std::size_t>(std::count_if(
            day.acts.begin(), day.acts.end(), [&](const Act& act) { return act.deed == deed; }));
    }
    return out;
}

/// Eventful: everything that is rare happens every few weeks.
Habits eventful() {
    Habits habits = find_resident("helped")->habits;
    habits.falls_pm_year = 12'000;
    habits.illness_pm_year = 12'000;
    habits.trips_pm_year = 8'000;
    habits.overnight_pm = 60;
    habits.festival_trip_pm = 1000;
    return habits;
}

TEST(Life, IsTheSameForTheSameSeedAndAnotherForAnother) {
    for (const Resident& kind : kinds()) {
        const auto once = text_of(live(kind.habits, 7, 60));
        EXPECT_EQ(once, text_of(live(kind.habits, 7, 60))) << kind.name;
        EXPECT_NE(once, text_of(live(kind.habits, 8, 60))) << kind.name;
    }
}

TEST(Life, NeverGoesBackInTimeWithinADayOrFromOneToTheNext) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Instant before = midnight(first);
        for (const Day& day : live(eventful(), seed, 365)) {
            for (const Act& act : day.acts) {
                const auto at = midnight(day.date) + act.at;
                ASSERT_GE(at, before) << "seed " << seed << " " << iso_text(at);
                before = at;
            }
        }
    }
}

TEST(Life, DoesNothingAtHomeWhileThePersonIsAwayOrOnTheFloor) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Where where = Where::in_bed;
        for (const Day& day : live(eventful(), seed, 365)) {
            EXPECT_EQ(day.before, where);
            std::size_t next = 0;
            for (const Act& act : day.acts) {
                const bool changes = next < day.truth.size() && day.truth[next].at == act.at &&
                                     day.truth[next].because == act.deed;
                if (changes) where = day.truth[next++].where;
                if (changes || act.deed == Deed::go_out) continue;
                ASSERT_TRUE(where == Where::at_home || where == Where::in_bed)
                    << "seed " << seed << ": " << name_of(act.deed) << " while " << name_of(where)
                    << " at " << iso_text(midnight(day.date) + act.at);
            }
            EXPECT_EQ(next, day.truth.size()) << "a truth without an act";
        }
    }
}

TEST(Life, LeavesThroughTheDoorAsOftenAsItComesHome) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto days = live(eventful(), seed, 365);
        const auto left = count(days, Deed::go_out) + count(days, Deed::leaves_for_long) +
                          count(days, Deed::taken_to_hospital);
        const auto came = count(days, Deed::come_home);
        EXPECT_LE(came, left) << "seed " << seed;
        EXPECT_LE(left, came + 1) << "seed " << seed;
        EXPECT_GT(left, 30U) << "seed " << seed;
    }
}

TEST(Life, FindsEverybodyWhoFellAndTellsWhenTheFallBegan) {
    std::size_t falls = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        std::optional<Instant> fell;
        for (const Day& day : live(eventful(), seed, 365)) {
            for (const Truth& truth : day.truth) {
                const auto at = midnight(day.date) + truth.at;
                if (truth.because == Deed::fall) fell = at;
                if (truth.because != Deed::found) continue;
                ASSERT_TRUE(fell);
                EXPECT_GE(at - *fell, 40min);
                EXPECT_LE(at - *fell, 48h);
                fell.reset();
                ++falls;
            }
        }
    }
    EXPECT_GT(falls, 30U);
}

TEST(Life, TravelsAtSpringFestivalWhenThePersonDoes) {
    auto habits = find_resident("homebody")->habits;
    habits.festival_trip_pm = 1000;
    const auto festival = spring_festival(std::chrono::year{2026}).value();
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto days = live(habits, seed, 90);
        const auto at = static_cast<std::size_t>((festival - first).count());
        EXPECT_TRUE(days[at].acts.empty()) << "seed " << seed << " was to be away";
        EXPECT_EQ(days[at].before, Where::travelling);
        EXPECT_FALSE(days[at + 30].acts.empty()) << "seed " << seed << " was to be back";
    }
}

TEST(Life, SlowsDownOverTheYearsOfADecline) {
    auto habits = find_resident("homebody")->habits;
    const auto steady = live(habits, 3, 3 * 365);
    habits.decline_pm_year = 150;
    auto days = live(habits, 3, 3 * 365);
    const auto last_year = [](const std::vector<Day>& all, Deed deed) {
        return count({all.end() - 365, all.end()}, deed);
    };
    EXPECT_LT(last_year(days, Deed::go_out), last_year(steady, Deed::go_out) * 9 / 10);
    EXPECT_LT(last_year(days, Deed::move), last_year(steady, Deed::move) * 9 / 10);
    EXPECT_GT(last_year(days, Deed::night_toilet), last_year(steady, Deed::night_toilet));
}

TEST(Life, BathesMoreInSummerThanInWinter) {
    std::size_t summer = 0;
    std::size_t winter = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        for (const Day& day : live(find_resident("homebody")->habits, seed, 365)) {
            const std::chrono::year_month_day date{day.date};
            for (const Act& act : day.acts) {
                if (act.deed != Deed::evening_wash || act.water_ml < 8000) continue;
                if (date.month() == std::chrono::July) ++summer;
                if (date.month() == std::chrono::January) ++winter;
            }
        }
    }
    EXPECT_GT(summer, winter * 2);
}

TEST(Life, LetsAHelperComeOnTheDaysAgreed) {
    for (const Day& day : live(find_resident("helped")->habits, 4, 120)) {
        const bool weekday = std::chrono::weekday{day.date}.iso_encoding() <= 5;
        if (!weekday) {
            EXPECT_EQ(count({day}, Deed::helper_comes), 0U);
        }
        EXPECT_EQ(count({day}, Deed::helper_comes), count({day}, Deed::helper_leaves));
    }
}

TEST(Life, GivesEveryPersonOfAKindHoursAndThriftOfTheirOwn) {
    const auto& kind = find_resident("outgoing")->habits;
    const auto one = person_of(kind, 1);
    EXPECT_EQ(one.wake_min, person_of(kind, 1).wake_min);
    EXPECT_NE(one.tap_ml, person_of(kind, 2).tap_ml);
    EXPECT_NE(one.uses_pm, person_of(kind, 2).uses_pm);
    EXPECT_EQ(find_resident("nobody"), nullptr);
}

TEST(LifeCalendar, KnowsFestivalsWeekendsAndSeasons) {
    using namespace std::chrono;
    EXPECT_EQ(kind_of(2026y / 2 / 17).festival, Festival::spring_festival);
    EXPECT_EQ(kind_of(2026y / 2 / 16).festival, Festival::spring_festival) << "New Year's Eve";
    EXPECT_EQ(kind_of(2026y / 2 / 24).festival, Festival::none);
    EXPECT_EQ(kind_of(2026y / 6 / 19).festival, Festival::dragon_boat);
    EXPECT_EQ(kind_of(2026y / 10 / 1).festival, Festival::national_day);
    EXPECT_TRUE(kind_of(2026y / 11 / 28).weekend);
    EXPECT_FALSE(kind_of(2026y / 11 / 27).weekend);
    EXPECT_EQ(kind_of(2026y / 1 / 15).warmth, -1000);
    EXPECT_GT(kind_of(2026y / 7 / 16).warmth, 980);
    EXPECT_EQ(kind_of(2031y / 1 / 23).festival, Festival::none) << "never guessed";
    EXPECT_EQ(spring_festival(2031y), std::nullopt);
}

}  // namespace
}  // namespace anju::sim::life
