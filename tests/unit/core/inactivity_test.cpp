// The silence of one home, told by sensors that speak at the moment, by a meter, or by both.
#include "core/detect/inactivity.hpp"

#include <cmath>
#include <random>

#include "core/codec/archive.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

using detect::Inactivity;
using detect::Listening;

/// 2025-11-24, a Monday, 00:00 in China.
constexpr Instant monday = morning + 40h;
constexpr Duration china = 8h;
const Listening sensors{.utc_offset = china, .share = 1};
const Listening meter_only{.utc_offset = china, .by_the_hour = true};
const Listening both{.utc_offset = china, .share = 1, .by_the_hour = true};
const Listening nobody{.utc_offset = china, .share = 1, .counts = false};
const Listening deaf{.utc_offset = china};

std::string bytes_of(const Inactivity& silence) {
    std::string bytes;
    codec::Writer{bytes}(silence);
    return bytes;
}

Inactivity begun(Instant at) {
    Inactivity silence;
    silence.sign(at, false, sensors, nullptr);
    return silence;
}

/// Up at seven, to bed at eleven, heard every quarter of an hour: a constant person.
Inactivity taught(int days = 60) {
    std::mt19937_64 random(3);
    Inactivity silence;
    for (int day = -days; day < 0; ++day) {
        for (Instant at = monday + day * 24h + 7h; at < monday + day * 24h + 23h;
             at += Duration{1 + static_cast<std::int64_t>(random() % 1'800'000)}) {
            silence.tick(at, sensors);
            silence.sign(at, false, sensors, nullptr);
            (void)silence.fade(at);
        }
    }
    return silence;
}

}  // namespace

TEST(Inactivity, IsTheIntegralOfTheLikelihoodsAndTheTimeToWait) {
    const detect::Rhythm usual(detect::moments);
    const Instant since = monday + 9h + 2min;
    Inactivity silence = begun(since);
    const Instant now = monday + 11h + 30min;
    silence.tick(now, sensors);

    const auto surprise = [&](Instant from, Instant to) {
        return usual.surprise(from - since, detect::local_moment(from + (to - from) / 2, china),
                              to - from);
    };
    // By seconds, each with its share of the surprise of its five minutes.
    double r = 0;
    double ahead = 0;
    for (Instant to = now; to > since;) {
        const Instant from = std::max(since, to - (to == monday + 9h + 5min ? 3min : 5min));
        const double all = surprise(from, to);
        const auto seconds = static_cast<int>((to - from) / 1s);
        for (int s = 0; s < seconds; ++s) r += std::exp(ahead + (s + 0.5) / seconds * all) / 3600;
        ahead += all;
        to = from;
    }
    double wait = 14;
    double gained = 0;
    for (Duration h = 15min; h <= 2h; h += 15min) {
        gained += surprise(now + h - 15min, now + h);
        wait = std::min(wait, std::chrono::duration<double, std::ratio<3600>>(h).count() /
                                  (1 - std::exp(-gained)));
    }
    ASSERT_TRUE(silence.score());
    EXPECT_NEAR(*silence.score(), std::log(r) + std::log(wait), 1e-3);
}

TEST(Inactivity, ScoresASilentNoonAboveASilentNight) {
    Inactivity noon = taught();
    Inactivity night = noon;
    noon.sign(monday + 10h, false, sensors, nullptr);
    night.sign(monday + 23h, false, sensors, nullptr);
    noon.tick(monday + 14h, sensors);
    night.tick(monday + 27h, sensors);
    ASSERT_TRUE(noon.score());
    EXPECT_GT(*noon.score(), night.score().value_or(0) + 3);
    night.tick(monday + 36h, sensors);
    EXPECT_GT(night.score().value_or(0), 10) << "long past getting up";
}

TEST(Inactivity, GivesTheSameWhetherItIsAskedInTimeOrLate) {
    std::mt19937_64 random(5);
    for (int round = 0; round < 20; ++round) {
        const Instant since = monday + Duration{random() % 86'400'000};
        Inactivity punctual = begun(since);
        Inactivity late = punctual;
        const Instant end = since + 3h + Duration{random() % 36'000'000};
        for (auto due = punctual.next_tick(); due && *due <= end; due = punctual.next_tick()) {
            punctual.tick(*due, sensors);
            if (random() % 7 == 0) late.tick(*due, sensors);
        }
        late.tick(punctual.told_until(), sensors);
        EXPECT_NEAR(late.score().value_or(0), punctual.score().value_or(0), 1e-4)
            << "but for what is kept in between as a float";
    }
}

TEST(Inactivity, IsDueAtRoundTimesAndNotForEver) {
    Inactivity silence;
    EXPECT_FALSE(silence.next_tick());
    silence.sign(monday + 9h + 2min, false, sensors, nullptr);
    EXPECT_EQ(silence.next_tick(), monday + 9h + 15min);
    silence.tick(monday + 9h + 15min, sensors);
    EXPECT_EQ(silence.next_tick(), monday + 9h + 20min);
    for (const Listening& any : {sensors, nobody, deaf}) {
        Inactivity one = silence;
        int asked = 0;
        for (auto due = one.next_tick(); due; due = one.next_tick()) {
            const Instant before = *due;
            one.tick(before, any);
            ASSERT_TRUE(!one.next_tick() || *one.next_tick() > before);
            ASSERT_LT(++asked, 600);
        }
        EXPECT_GE(one.told_until(), monday + 57h);
    }
}

TEST(Inactivity, TakesASignThatIsAHeadOfTimeOrLate) {
    Inactivity silence = begun(monday + 9h);
    EXPECT_TRUE(silence.sign(monday + 9h + 2min, false, sensors, nullptr));
    silence.tick(monday + 9h + 1min, sensors);
    EXPECT_EQ(silence.told_until(), monday + 9h + 2min) << "nothing is known of before it";
    EXPECT_FALSE(silence.sign(monday + 9h + 2min, false, sensors, nullptr));
    EXPECT_FALSE(silence.sign(monday + 8h, false, sensors, nullptr));
    silence.tick(monday + 12h, sensors);
    EXPECT_TRUE(silence.sign(monday + 11h, false, sensors, nullptr)) << "told an hour late";
    EXPECT_EQ(silence.since(), monday + 11h);
    EXPECT_EQ(silence.told_until(), monday + 11h);
}

TEST(Inactivity, HearsHoursWithoutWaterFromAMeter) {
    Inactivity silence = begun(monday + 8h);
    for (int hour = 8; hour < 14; ++hour) {
        silence.dry(monday + hour * 1h, monday + (hour + 1) * 1h, meter_only);
    }
    EXPECT_EQ(silence.told_until(), monday + 14h);
    ASSERT_TRUE(silence.score());
    Inactivity quarters = begun(monday + 8h);
    for (int quarter = 0; quarter < 24; ++quarter) {
        quarters.dry(monday + 8h + quarter * 15min, monday + 8h + (quarter + 1) * 15min,
                     meter_only);
    }
    EXPECT_NEAR(quarters.score().value_or(0), *silence.score(), 0.7) << "of 45 minutes each";
    silence.dry(monday + 12h, monday + 14h, meter_only);
    const std::string before = bytes_of(silence);
    silence.dry(monday + 9h, monday + 13h, meter_only);
    EXPECT_EQ(bytes_of(silence), before) << "another meter tells of the same hours";
}

TEST(Inactivity, ConcludesNothingFromAHoleButThatItWasSilent) {
    Inactivity silence = begun(monday + 8h);
    silence.dry(monday + 8h, monday + 18h, meter_only);
    EXPECT_FALSE(silence.score());
    EXPECT_EQ(silence.told_until(), monday + 18h);
    silence.dry(monday + 18h, monday + 19h, meter_only);
    Inactivity heard = begun(monday + 8h);
    for (int hour = 8; hour < 19; ++hour) {
        heard.dry(monday + hour * 1h, monday + (hour + 1) * 1h, meter_only);
    }
    EXPECT_LT(silence.score().value_or(0), heard.score().value_or(0));
}

TEST(Inactivity, HearsNothingOfTheTimeBeforeAMeterWasExchanged) {
    Inactivity silence = begun(monday + 8h);
    silence.unmetered(monday + 10h);
    const std::string before = bytes_of(silence);
    silence.dry(monday + 8h, monday + 10h, meter_only);
    EXPECT_EQ(bytes_of(silence), before);
    silence.dry(monday + 10h, monday + 11h, meter_only);
    EXPECT_EQ(silence.told_until(), monday + 11h);
}

TEST(Inactivity, AddsWhatAMeterSaysToWhatSensorsSay) {
    Inactivity without = begun(monday + 9h);
    Inactivity with = without;
    for (Instant at = monday + 9h + 5min; at <= monday + 12h; at += 5min) {
        without.tick(at, both);
        with.tick(at, both);
        if ((at - monday) % 1h == 0h) with.dry(at - 1h, at, both);
    }
    EXPECT_EQ(with.told_until(), without.told_until());
    with.tick(monday + 12h + 5min, both);
    without.tick(monday + 12h + 5min, both);
    EXPECT_GT(with.score().value_or(0), without.score().value_or(0));
}

TEST(Inactivity, NeitherCountsNorLearnsTimeInWhichThePersonWasOutOrNobodyListened) {
    for (const Listening& other : {nobody, deaf}) {
        Inactivity silence = taught();
        silence.sign(monday + 9h, false, sensors, nullptr);
        const Duration usual = silence.usual(monday + 9h, 0.95, sensors);
        const double threshold = silence.threshold(300, sensors);
        for (int day = 0; day < 20; ++day) {
            const Instant from = monday + day * 1h + 9h;
            for (Instant at = from + 5min; at < from + 55min; at += 5min) silence.tick(at, other);
            silence.tick(from + 57min, sensors);
            silence.sign(from + 1h, false, sensors, nullptr);
        }
        EXPECT_EQ(silence.usual(monday + 9h, 0.95, sensors), usual);
        EXPECT_EQ(silence.threshold(300, sensors), threshold);
    }
    Inactivity silence = begun(monday + 9h);
    silence.tick(monday + 12h, sensors);
    ASSERT_TRUE(silence.score());
    silence.tick(monday + 12h + 5min, deaf);
    EXPECT_FALSE(silence.score()) << "nothing is judged that is not heard";
    EXPECT_EQ(silence.told_until(), monday + 12h + 5min);
}

TEST(Inactivity, BeginsAnewAndDoesNotLearnFromTheRest) {
    Inactivity silence = taught();
    silence.sign(monday + 22h, false, sensors, nullptr);
    silence.tick(monday + 27h, sensors);
    silence.restart(monday + 27h, false);
    EXPECT_EQ(silence.since(), monday + 27h);
    EXPECT_FALSE(silence.score());
    const Duration usual = silence.usual(monday + 27h, 0.95, sensors);
    silence.tick(monday + 31h, sensors);
    silence.sign(monday + 31h, false, sensors, nullptr);
    EXPECT_EQ(silence.usual(monday + 27h, 0.95, sensors), usual)
        << "how long it was silent at three nobody knows";
}

TEST(Inactivity, SkipsAShortDeafnessAndForgetsInALongOne) {
    Inactivity through = begun(monday + 9h);
    through.tick(monday + 11h, sensors);
    Inactivity brief = through;
    Inactivity lengthy = through;
    brief.unheard(monday + 11h, monday + 11h + 10min, sensors);
    EXPECT_EQ(brief.since(), monday + 9h);
    EXPECT_EQ(brief.score(), through.score()) << "says nothing, takes nothing back";
    through.tick(monday + 11h + 30min, sensors);
    brief.tick(monday + 11h + 30min, sensors);
    EXPECT_LT(*brief.score(), *through.score());
    EXPECT_GT(*brief.score(), *through.score() - 0.5);
    lengthy.unheard(monday + 11h, monday + 11h + 30min, sensors);
    EXPECT_EQ(lengthy.since(), monday + 11h + 30min);
    EXPECT_FALSE(lengthy.score());

    Inactivity hourly = begun(monday + 8h);
    for (int hour = 8; hour < 14; ++hour) {
        hourly.dry(monday + hour * 1h, monday + (hour + 1) * 1h, meter_only);
    }
    const std::string before = bytes_of(hourly);
    hourly.unheard(monday + 14h + 20min, monday + 15h + 20min, meter_only);
    EXPECT_EQ(bytes_of(hourly), before) << "its register counts on";
}

TEST(Inactivity, SaysBeforehandHowLongItTakes) {
    Inactivity silence = taught();
    for (const Duration start : {9h, 13h, 22h}) {
        silence.sign(monday + start, false, sensors, nullptr);
        const double threshold = silence.threshold(1'000, sensors);
        const Duration expected = silence.delay(monday + start, threshold, sensors);
        while (silence.score().value_or(0) < threshold) silence.tick(*silence.next_tick(), sensors);
        EXPECT_EQ(silence.told_until() - silence.since(), expected);
        silence.restart(silence.told_until(), false);
    }
}

TEST(Inactivity, KnowsWhatIsUsualOfThisPerson) {
    const Inactivity silence = taught();
    const Duration half = silence.usual(monday + 10h, 0.5, sensors);
    const Duration most = silence.usual(monday + 10h, 0.95, sensors);
    EXPECT_LT(half, most);
    EXPECT_LE(half, 20min) << "pauses are half an hour at most, a quarter in the middle";
    EXPECT_GE(most, 25min);
    EXPECT_LE(most, 45min);
    EXPECT_GT(silence.usual(monday + 22h + 50min, 0.95, sensors), 7h) << "and the night is long";
    EXPECT_LE(silence.delay(monday + 10h, silence.threshold(300, sensors), sensors), 3h);
}

TEST(Inactivity, StaysFiniteInTheLongestSilenceOfTheBusiestPerson) {
    Inactivity silence;
    for (Instant at = monday - 24h * 30; at < monday; at += 1min) {
        silence.sign(at, false, both, nullptr);
    }
    for (auto due = silence.next_tick(); due; due = silence.next_tick()) {
        silence.tick(*due, both);
        silence.dry(*due - 1h, *due, both);
    }
    ASSERT_TRUE(silence.score());
    EXPECT_TRUE(std::isfinite(*silence.score()));
    silence.sign(monday + 24h * 400, false, both, nullptr);
    EXPECT_GT(silence.fade(monday + 24h * 400), 399);
    EXPECT_TRUE(std::isfinite(silence.threshold(300, both)));
    Inactivity read;
    const std::string bytes = bytes_of(silence);
    codec::Reader reader(bytes, codec::newest);
    reader(read);
    EXPECT_TRUE(reader.finished()) << "no number that cannot be kept";
    EXPECT_EQ(bytes_of(read), bytes);
}

TEST(LastHeard, LearnsThatTheBedroomIsFollowedBySilence) {
    detect::LastHeard bedroom;
    const detect::LocalMoment noon{.clock = 12h, .weekend = false};
    EXPECT_DOUBLE_EQ(bedroom.factor(40min, noon), 1);
    for (int i = 0; i < 40; ++i) bedroom.learn(40min, noon, 1, i % 4 == 0);
    EXPECT_NEAR(bedroom.factor(40min, noon), 15.0 / 45, 1e-6);
    EXPECT_DOUBLE_EQ(bedroom.factor(5min, noon), 1) << "of short silences nothing is learned";
    EXPECT_DOUBLE_EQ(bedroom.factor(40min, {.clock = 23h, .weekend = false}), 1);
    bedroom.fade(10'000);
    EXPECT_NEAR(bedroom.factor(40min, noon), 1, 1e-6);
}

}  // namespace anju::test
