#include "core/detect/routine.hpp"

#include <cmath>
#include <random>

#include "support.hpp"

namespace anju::test {
namespace {

using detect::Routine;
using detect::RoutineChange;
using detect::RoutineFeature;
using detect::RoutineSigns;

constexpr Duration china = 8h;
/// Monday 2025-11-24, 00:00 in China.
constexpr Instant monday{std::chrono::sys_days{std::chrono::year{2025} / 11 / 24} - china};

struct Habits {
    Duration wake = 7h + 20min;
    int nights = 1;
    std::int64_t water_ml = 90'000;
    int outings = 4;
};

/// One day of a home, `midnight` local.
void live(Routine& routine, Instant midnight, const Habits& day) {
    for (const Duration after : {0min, 30min, 70min, 180min}) {
        routine.sign(midnight + day.wake + after, china);
    }
    routine.drawn(day.water_ml, midnight + 12h, china);
    for (int i = 0; i < day.outings; ++i) routine.passed(midnight + 9h + i * 40min, china);
    for (int i = 0; i < day.nights; ++i) routine.sign(midnight + 23h + i * 50min, china);
}

/// Lives from day `from` to before day `to`, and looks when it is due.
template <class HabitsOf>
std::vector<std::pair<int, RoutineChange>> live(Routine& routine, int from, int to,
                                                HabitsOf habits) {
    std::vector<std::pair<int, RoutineChange>> told;
    for (int day = from; day < to; ++day) {
        const Instant midnight = monday + day * 24h;
        const auto look = [&](Instant now) {
            if (!routine.due() || *routine.due() > now) return;
            const Instant due = *routine.due();
            routine.turn_week(due, china);
            if (const auto change = routine.change(due)) {
                routine.told(due);
                told.emplace_back(day, *change);
            }
        };
        look(midnight + 9h);
        live(routine, midnight, habits(day));
    }
    return told;
}

const auto steady = [](int) { return Habits{}; };

detect::RoutineDay closed(std::initializer_list<Duration> signs) {
    RoutineSigns day;
    for (const Duration at : signs) day.sign(at - RoutineSigns::begins);
    return day.close();
}

}  // namespace

TEST(RoutineDay, BeginsWithTheFirstSignThatIsFollowedByAnother) {
    EXPECT_EQ(closed({4h + 12min, 4h + 16min, 7h + 20min, 7h + 55min}).values[0], 7 * 60 + 25)
        << "a visit in the night leaves signs of minutes";
    EXPECT_EQ(closed({6h + 1min, 7h + 1min}).values[0], 6 * 60 + 5) << "an hourly register";
    EXPECT_EQ(closed({5h, 7h, 9h}).complete, 0) << "nobody was up";
    EXPECT_EQ(closed({}).complete, 0);
}

TEST(RoutineDay, CountsVisitsInTheNightApart) {
    const auto day = closed({4h + 5min, 4h + 9min, 7h, 7h + 30min, 22h + 50min, 23h + 1min,
                             23h + 4min, 25h, 25h + 12min, 26h + 30min});
    EXPECT_EQ(day.values[1], 4) << "04:05, 23:01, 01:00 to 01:12, 02:30";
}

TEST(RoutineDay, CountsUsesOfTheDoorApartAndWaterTogether) {
    RoutineSigns day;
    for (const Duration at : std::initializer_list<Duration>{8h, 8h + 30min})
        day.sign(at - RoutineSigns::begins);
    for (const Duration at : std::initializer_list<Duration>{9h, 9h + 1min, 9h + 20min, 15h}) {
        day.passed(at - RoutineSigns::begins);
    }
    day.drawn(1'234);
    day.drawn(8'000);
    day.spoil(bit(RoutineFeature::night_visits));
    EXPECT_EQ(day.close().values[2], 92);
    EXPECT_EQ(day.close().values[3], 3);
    EXPECT_EQ(day.close().complete, 0b1101);
}

TEST(RoutineDay, IsTheSameInWhateverOrderItsSignsCome) {
    EXPECT_EQ(closed({8h, 7h, 23h + 30min, 7h + 30min, 7h}).values,
              closed({7h, 7h + 30min, 8h, 23h + 30min}).values);
}

TEST(Routine, LooksOnMondayMorningAfterTheFirstSign) {
    Routine routine;
    EXPECT_FALSE(routine.due());
    routine.sign(monday + 30h, china);
    EXPECT_EQ(routine.due(), monday + 7 * 24h + 9h);
    routine.turn_week(monday + 7 * 24h + 9h, china);
    EXPECT_EQ(routine.due(), monday + 14 * 24h + 9h);
}

TEST(Routine, SaysWhatChangedAndByHowMuch) {
    Routine routine;
    const auto told = live(routine, 0, 100, [](int day) {
        return Habits{.wake = day < 70 ? 7h + 20min : 9h + 20min};
    });
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].second.feature, RoutineFeature::wake_time);
    EXPECT_EQ(told[0].second.usual, Duration(7h + 30min).count()) << "07:25, told to 10 min";
    EXPECT_GE(told[0].second.recent, Duration(8h + 10min).count());
    EXPECT_LE(told[0].first, 91) << "within three weeks";
    EXPECT_EQ(told[0].second.until - told[0].second.since, 14 * 24h);
}

TEST(Routine, TellsOfEachFeature) {
    const auto only = [](const Habits& after) {
        Routine routine;
        const auto told =
            live(routine, 0, 100, [&](int day) { return day < 70 ? Habits{} : after; });
        return told.size() == 1 ? name(told[0].second.feature) : "not once";
    };
    EXPECT_EQ(only({.nights = 3}), "night_visits");
    EXPECT_EQ(only({.water_ml = 45'000}), "water_per_day");
    EXPECT_EQ(only({.outings = 0}), "outings");
}

TEST(Routine, SaysNothingOfALifeLikeAClockThatMovesALittle) {
    Routine routine;
    EXPECT_THAT(live(routine, 0, 200,
                     [](int day) {
                         return Habits{.wake = day < 100 ? 7h + 20min : 7h + 50min,
                                       .water_ml = day < 100 ? 90'000 : 75'000};
                     }),
                IsEmpty());
}

TEST(Routine, WaitsForFourWeeksOfPastAndTenRecentDays) {
    Routine early;
    EXPECT_THAT(live(early, 0, 42, [](int day) { return Habits{.wake = day < 27 ? 7h : 11h}; }),
                IsEmpty());
    Routine holes;
    live(holes, 0, 70, steady);
    EXPECT_THAT(live(holes, 70, 100,
                     [&](int day) {
                         const Instant noon = monday + day * 24h + 12h;
                         if (day % 7 < 3) holes.spoil(0b1111, noon, noon, china);
                         return Habits{.wake = 9h + 20min};
                     }),
                IsEmpty());
    EXPECT_EQ(holes.view().features[0].recent_days, 8U);
}

TEST(Routine, DoesNotCountDaysOfASilentSensor) {
    Routine routine;
    live(routine, 0, 70, steady);
    const auto water = detect::features_told_by(device(meter, SensorKind::water_meter));
    routine.blind(water, monday + 70 * 24h, china);
    EXPECT_THAT(live(routine, 70, 100, [](int) { return Habits{.water_ml = 0}; }), IsEmpty());
    const auto view = routine.view();
    EXPECT_EQ(view.features[2].recent_days, 0U);
    EXPECT_EQ(view.features[2].usual, 90'000);
    EXPECT_EQ(view.features[3].recent_days, 14U) << "the door was heard";
    EXPECT_EQ(view.features[3].recent, 4'000);
}

TEST(Routine, TakesBackDaysThatTurnOutToBeUnknown) {
    Routine routine;
    live(routine, 0, 70, steady);
    routine.spoil(0b1111, monday + 66 * 24h + 12h, monday + 69 * 24h + 12h, china);
    EXPECT_EQ(routine.view().features[0].recent_days, 12U) << "days 66 and 67 were closed";
}

TEST(Routine, TellsAtMostOneChangeInFourWeeks) {
    Routine routine;
    const auto told = live(routine, 0, 400, [](int day) {
        return Habits{.wake = 6h + (day / 30) % 5 * 2h, .outings = day / 25 % 2 * 6};
    });
    ASSERT_GE(told.size(), 3U);
    for (std::size_t i = 1; i < told.size(); ++i) {
        EXPECT_GE(told[i].first - told[i - 1].first, 28);
    }
}

TEST(Routine, TakesWhatItToldForTheRoutineFromThenOn) {
    Routine routine;
    const auto told = live(routine, 0, 300, [](int day) {
        return Habits{.wake = day < 70 ? 7h + 20min : 9h + 20min};
    });
    EXPECT_THAT(told, SizeIs(1));
    EXPECT_GE(routine.view().features[0].usual, Duration(9h).count());
}

TEST(Routine, ForgetsWhatOtherSensorsTold) {
    Routine routine;
    live(routine, 0, 70, steady);
    routine.forget(bit(RoutineFeature::water_per_day));
    const auto view = routine.view();
    EXPECT_EQ(view.features[2].days, 0U);
    EXPECT_EQ(view.features[2].recent_days, 0U);
    EXPECT_GT(view.features[0].days, 28U);
}

/// Lives that stay what they are, in which a day resembles the day before (r = 0.3).
class StationaryLife {
public:
    explicit StationaryLife(std::uint64_t seed) : random_(seed) {}

    Habits next() {
        for (double& state : states_) {
            state = 0.3 * state + std::sqrt(1 - 0.3 * 0.3) * normal_(random_);
        }
        const auto count = [](double x) { return std::max(0, static_cast<int>(std::lround(x))); };
        return {.wake = 7h + 20min + std::chrono::minutes{std::lround(45 * states_[0])},
                .nights = std::min(5, count(1.5 + 1.2 * states_[1])),
                .water_ml = std::lround(90'000 * std::exp(0.45 * states_[2])),
                .outings = count(4 + 2 * states_[3])};
    }

private:
    std::mt19937_64 random_;
    std::normal_distribution<double> normal_;
    std::array<double, 4> states_{};
};

TEST(RoutineSimulation, GivesAtMostOneFalseAlertAYear) {
    constexpr int homes = 50;
    constexpr int weeks = 200;
    std::size_t told = 0;
    for (int home = 0; home < homes; ++home) {
        StationaryLife life(static_cast<std::uint64_t>(home) + 1);
        Routine routine;
        told += live(routine, 0, 7 * weeks, [&](int) { return life.next(); }).size();
    }
    const double years = homes * weeks / 52.18;
    RecordProperty("false_alerts_a_year_milli", static_cast<int>(1000 * double(told) / years));
    EXPECT_LE(static_cast<double>(told), years);
    EXPECT_GE(told, 10U) << "a threshold that nothing reaches finds nothing";
}

TEST(RoutineSimulation, FindsAWakeTimeTwoHoursLaterWithinThreeWeeks) {
    constexpr int homes = 100;
    int found = 0;
    for (int home = 0; home < homes; ++home) {
        StationaryLife life(static_cast<std::uint64_t>(home) + 1'000);
        Routine routine;
        live(routine, 0, 90 + home % 7, [&](int) { return life.next(); });
        const int from = 90 + home % 7;
        const auto told = live(routine, from, from + 22, [&](int) {
            Habits day = life.next();
            day.wake += 2h;
            return day;
        });
        for (const auto& [day, change] : told) {
            if (change.feature == RoutineFeature::wake_time && change.recent > change.usual) {
                ++found;
            }
        }
    }
    EXPECT_GE(found, 95) << "of 100 whose mornings vary by 45 min";
}

}  // namespace anju::test
