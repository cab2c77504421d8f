// What is learned of the next sign of life, and how much a little is believed.
#include "core/detect/rhythm.hpp"

#include "core/codec/archive.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

using detect::LocalMoment;
using detect::Rhythm;

LocalMoment at_hour(int hour, bool weekend = false) {
    return {.clock = hour * 1h + 15min, .weekend = weekend};
}

/// `hours` of silence that had lasted an hour, in parts of five minutes, with so many signs.
void live(Rhythm& rhythm, const LocalMoment& when, int hours, int signs, double share = 1) {
    for (int part = 0; part < hours * 12; ++part) {
        rhythm.learn(70min, when, 5min,
                     part * signs / (hours * 12) != (part + 1) * signs / (hours * 12), share);
    }
}

}  // namespace

TEST(Rhythm, LearnsHowSoonTheNextSignComes) {
    Rhythm rhythm(detect::moments);
    live(rhythm, at_hour(14), 100, 400);
    EXPECT_NEAR(rhythm.rate(70min, at_hour(14)), 4, 0.4);
    EXPECT_NEAR(rhythm.surprise(70min, at_hour(14), 5min), 4.0 / 12, 0.04);
    EXPECT_NEAR(rhythm.hours_counted(), 100, 0.1);
}

TEST(Rhythm, LearnsTheChanceOfAnHourThatAMeterTellsOf) {
    Rhythm rhythm(detect::hours);
    for (int day = 0; day < 400; ++day) rhythm.learn(3h, at_hour(10), 1h, day % 4 == 0);
    EXPECT_NEAR(rhythm.rate(3h, at_hour(10)), 0.25, 0.02);
    EXPECT_NEAR(rhythm.surprise(3h, at_hour(10), 1h), 0.288, 0.03) << "-log(3/4)";
}

TEST(Rhythm, BelievesWhatIsUsualOfPeopleUntilMuchWasCounted) {
    Rhythm rhythm(detect::moments);
    const double usual = rhythm.rate(70min, at_hour(14));
    EXPECT_FALSE(rhythm.taught());
    live(rhythm, at_hour(14), 1, 6);
    EXPECT_TRUE(rhythm.taught());
    EXPECT_GT(rhythm.rate(70min, at_hour(14)), usual);
    EXPECT_LT(rhythm.rate(70min, at_hour(14)), 6 * 0.95) << "one hour is not believed alone";
}

TEST(Rhythm, TellsNeighboursLessTheFurtherTheyAre) {
    Rhythm rhythm(detect::moments);
    const Rhythm untaught(detect::moments);
    live(rhythm, at_hour(14), 20, 160);
    const auto gain = [&](Duration elapsed, int hour) {
        return rhythm.rate(elapsed, at_hour(hour)) / untaught.rate(elapsed, at_hour(hour));
    };
    EXPECT_GT(gain(70min, 14), gain(70min, 15));
    EXPECT_GT(gain(70min, 15), gain(70min, 18));
    EXPECT_GT(gain(70min, 14), gain(160min, 14));
    EXPECT_DOUBLE_EQ(gain(70min, 4), 1);
}

TEST(Rhythm, TakesTheDayForACircle) {
    Rhythm rhythm(detect::moments);
    const Rhythm untaught(detect::moments);
    live(rhythm, {.clock = 24h - 5min, .weekend = false}, 20, 100);
    const LocalMoment past_midnight{.clock = 5min, .weekend = false};
    EXPECT_GT(rhythm.rate(70min, past_midnight), 2 * untaught.rate(70min, past_midnight));
}

TEST(Rhythm, ForgetsHalfInItsHalfLifeAndAllInTheEnd) {
    Rhythm rhythm(detect::moments);
    const double usual = rhythm.rate(70min, at_hour(14));
    live(rhythm, at_hour(14), 100, 800);
    rhythm.fade(static_cast<double>(Rhythm::half_life / 24h));
    EXPECT_NEAR(rhythm.hours_counted(), 50, 0.1);
    EXPECT_NEAR(rhythm.rate(70min, at_hour(14)), 8, 1) << "fewer counts of the same";
    rhythm.fade(3'000);
    EXPECT_NEAR(rhythm.rate(70min, at_hour(14)), usual, 0.001);
    rhythm.fade(1e6);
    EXPECT_DOUBLE_EQ(rhythm.rate(70min, at_hour(14)), usual);
}

TEST(Rhythm, KnowsWorkingDaysFromWeekends) {
    Rhythm rhythm(detect::moments);
    for (int week = 0; week < 12; ++week) {
        live(rhythm, at_hour(9), 10, 10);
        live(rhythm, at_hour(9, true), 4, 16);
    }
    const double working = rhythm.rate(70min, at_hour(9));
    EXPECT_GT(rhythm.rate(70min, at_hour(9, true)), 1.5 * working);
    EXPECT_LT(working, 1.7);
}

TEST(Rhythm, CountsTimeInWhichOnlyAPartWasHeardAsThatPart) {
    Rhythm rhythm(detect::moments);
    live(rhythm, at_hour(14), 200, 400, 0.5);
    EXPECT_NEAR(rhythm.rate(70min, at_hour(14)), 4, 0.4);
}

TEST(Rhythm, KeepsItsRatesWithinReasonWhateverItIsTaught) {
    Rhythm rhythm(detect::moments);
    live(rhythm, at_hour(3), 3'000, 0);
    for (int i = 0; i < 5'000; ++i) rhythm.learn(2min, at_hour(12), 1ms, true);
    rhythm.learn(-1h, at_hour(25), 0ms, false, 0);
    for (int hour = 0; hour < 24; ++hour) {
        for (const Duration elapsed : {0min, 2min, 70min, 100'000min}) {
            const double rate = rhythm.rate(elapsed, at_hour(hour));
            EXPECT_GE(rate, detect::moments.least);
            EXPECT_LE(rate, detect::moments.most);
        }
    }
}

TEST(Rhythm, SurvivesTablesOfAnotherSize) {
    for (const std::size_t exposed : {0U, 3U, 1'008U, 5'000U}) {
        for (const std::size_t ended : {0U, 3U, 1'008U, 5'000U}) {
            std::string bytes;
            codec::Writer{bytes}(std::vector<float>(exposed, 1), std::vector<float>(ended, 1),
                                 std::array<float, 48>{}, std::array<float, 48>{});
            Rhythm rhythm(detect::moments);
            codec::Reader reader(bytes, codec::newest);
            reader(rhythm);
            ASSERT_TRUE(reader.finished());
            EXPECT_GT(rhythm.rate(70min, at_hour(14)), 0);
            live(rhythm, at_hour(14), 1, 2);
            rhythm.fade(1);
            EXPECT_TRUE(rhythm.taught());
        }
    }
}

TEST(Rhythm, AnswersAsIfItHadNeverBeenAskedBefore) {
    for (const detect::RhythmForm* form : {&detect::moments, &detect::hours}) {
        Rhythm asked(*form);
        const auto differs_from_a_fresh_one = [&] {
            std::string bytes;
            codec::Writer{bytes}(asked);
            Rhythm fresh(*form);
            codec::Reader reader(bytes, codec::newest);
            reader(fresh);
            int different = 0;
            for (int minute = 0; minute < 2'000; minute += 7) {
                const LocalMoment when{.clock = (minute * 13 % 1'440) * 1min, .weekend = false};
                const Duration elapsed = minute * 1min;
                if (asked.rate(elapsed, when) != fresh.rate(elapsed, when)) ++different;
            }
            return different;
        };
        for (int round = 0; round < 6; ++round) {
            for (int n = 0; n < 40; ++n) {
                const LocalMoment when{.clock = (n * 37 + round) % 24 * 1h, .weekend = n % 7 > 4};
                asked.learn(n * 25min, when, 5min, n % 3 == 0);
                if (n % 5 != 0) continue;
                EXPECT_EQ(differs_from_a_fresh_one(), 0) << "after learning";
            }
            asked.fade(30);
            EXPECT_EQ(differs_from_a_fresh_one(), 0) << "after fading";
        }
        Rhythm another(*form);
        live(another, at_hour(14), 50, 300);
        std::string bytes;
        codec::Writer{bytes}(another);
        codec::Reader reader(bytes, codec::newest);
        reader(asked);
        EXPECT_EQ(differs_from_a_fresh_one(), 0) << "after another was read into it";
    }
}

TEST(LocalMoment, KnowsTheHourAndTheDayOfChina) {
    const auto saturday = detect::local_moment(morning, 8h);
    EXPECT_EQ(saturday.clock, 8h);
    EXPECT_TRUE(saturday.weekend);
    EXPECT_FALSE(detect::local_moment(morning - 8h - 1ms, 8h).weekend) << "Friday night";
    EXPECT_TRUE(detect::local_moment(morning + 40h - 1ms, 8h).weekend);
    EXPECT_FALSE(detect::local_moment(morning + 40h, 8h).weekend) << "Monday";
}

}  // namespace anju::test
