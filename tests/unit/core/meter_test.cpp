// Sequences of registers, and the water they prove.
#include "core/detect/water_meter.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

using detect::MeterRegister;
using detect::WaterMeter;

constexpr std::int64_t L = 1'000;
constexpr std::int64_t m3 = 1'000'000;

/// A meter read every hour; keeps count of what it showed.
class Hourly {
public:
    explicit Hourly(Duration every = 1h) : every_(every) {}

    MeterRegister::Step reads(std::int64_t ml) {
        const auto step = meter.observe(ml, at_ += every_);
        total += step.drawn + step.drawn_earlier;
        if (step.new_start) ++starts;
        return step;
    }
    void read(std::initializer_list<std::int64_t> registers) {
        for (const std::int64_t ml : registers) (void)reads(ml);
    }
    [[nodiscard]] Instant now() const { return at_; }

    MeterRegister meter;
    std::int64_t total = 0;
    int starts = 0;

private:
    Duration every_;
    Instant at_ = morning;
};

}  // namespace

TEST(MeterRegister, ProvesNothingBeforeItsFirstRegister) {
    Hourly hourly;
    const auto step = hourly.reads(5 * m3);
    EXPECT_EQ(step.new_start, hourly.now());
    EXPECT_FALSE(step.changed);
    EXPECT_EQ(step.drawn, 0);
}

TEST(MeterRegister, CountsOnlyWhatExceedsTheHighestRegister) {
    Hourly hourly;
    hourly.read({1'000 * L, 1'002 * L});
    EXPECT_EQ(hourly.reads(902 * L).drawn, 0) << "100 L back: pressed back into the pipe";
    EXPECT_EQ(hourly.reads(1'002 * L).drawn, 0) << "the same water once more";
    EXPECT_EQ(hourly.reads(1'003 * L).drawn, 1 * L);
    EXPECT_EQ(hourly.total, 3 * L);
    EXPECT_EQ(hourly.starts, 1);
}

TEST(MeterRegister, AHoleInTheDataLosesNoWater) {
    Hourly hourly(10 * 24h);
    hourly.read({100 * m3});
    EXPECT_EQ(hourly.reads(101 * m3).drawn, 1 * m3);
}

TEST(MeterRegister, AWildValueBetweenTwoGoodOnesNeitherLosesNorInventsWater) {
    for (const std::int64_t wild : {std::int64_t{0}, 1 * L, 400 * L, 600 * m3, 999'999 * m3,
                                    std::int64_t{1'000'000'000'000'000}, 501 * m3 ^ (1 << 27)}) {
        Hourly hourly;
        hourly.read({500 * m3, 500 * m3 + 20 * L});
        const Instant known = hourly.meter.known_until();
        const auto step = hourly.reads(wild);
        EXPECT_TRUE(step.doubted) << wild;
        EXPECT_EQ(hourly.meter.known_until(), known) << "a doubted register proves nothing";
        EXPECT_EQ(hourly.reads(500 * m3 + 50 * L).drawn, 30 * L) << wild;
        EXPECT_EQ(hourly.total, 50 * L) << wild;
        EXPECT_EQ(hourly.starts, 1) << wild;
        EXPECT_EQ(hourly.meter.changed(), 0U);
    }
}

TEST(MeterRegister, TwoDifferentWildValuesInARowAreForgottenAlike) {
    Hourly hourly;
    hourly.read({500 * m3, 7'000 * m3, 40 * m3, 500 * m3 + 5 * L});
    EXPECT_EQ(hourly.total, 5 * L);
    EXPECT_EQ(hourly.starts, 1);
}

TEST(MeterRegister, MuchWaterIsBelievedWhenTheNextRegisterBearsItOut) {
    Hourly hourly;
    hourly.read({500 * m3});
    EXPECT_TRUE(hourly.reads(501 * m3).doubted) << "a cubic metre in an hour";
    const Instant when = hourly.now();
    const auto step = hourly.reads(501 * m3 + 10 * L);
    EXPECT_EQ(step.drawn_earlier, 1 * m3);
    EXPECT_EQ(step.earlier, when) << "it is dated when it was seen first";
    EXPECT_EQ(step.drawn, 10 * L);
    EXPECT_FALSE(step.new_start);
}

TEST(MeterRegister, ABurstPipeIsFollowedOneRegisterBehind) {
    Hourly hourly;
    for (int hour = 0; hour <= 10; ++hour) (void)hourly.reads(500 * m3 + hour * 1'003'007);
    EXPECT_EQ(hourly.total, 9 * 1'003'007);
    EXPECT_EQ(hourly.meter.known_until(), hourly.now() - 1h);
    (void)hourly.reads(500 * m3 + 10 * 1'003'007);
    EXPECT_EQ(hourly.total, 10 * 1'003'007);
    EXPECT_EQ(hourly.starts, 1);
}

TEST(MeterRegister, MoreThanThePipeDeliversIsANewStartWhenTwoAgree) {
    Hourly hourly;
    hourly.read({500 * m3, 500 * m3 + 10 * L});
    EXPECT_TRUE(hourly.reads(511 * m3).doubted) << "5 m³/h for two hours are 10 m³";
    const Instant since = hourly.now();
    const auto step = hourly.reads(511 * m3 + 5 * L);
    EXPECT_EQ(step.new_start, since);
    EXPECT_TRUE(step.changed);
    EXPECT_EQ(step.drawn, 5 * L) << "what the new meter shows counts";
    EXPECT_EQ(hourly.total, 15 * L);
    EXPECT_EQ(hourly.meter.changed(), 1U);
    EXPECT_EQ(hourly.meter.changed_at(), since);
}

TEST(MeterRegister, AResetMeterStartsAnewAndIsToldOf) {
    Hourly hourly;
    hourly.read({500 * m3, 500 * m3, 0, 0, 3 * L});
    EXPECT_EQ(hourly.total, 3 * L);
    EXPECT_EQ(hourly.starts, 2);
    EXPECT_EQ(hourly.meter.changed(), 1U);
}

TEST(MeterRegister, AFirstRegisterThatWasWildIsNoChangedMeter) {
    Hourly hourly;
    hourly.read({0, 500 * m3, 500 * m3 + 2 * L});
    EXPECT_EQ(hourly.starts, 2);
    EXPECT_EQ(hourly.total, 2 * L);
    EXPECT_EQ(hourly.meter.changed(), 0U) << "a bridge that had not read the meter yet";
}

TEST(MeterRegister, WhatIsHeardTwiceIsOneMeasurement) {
    Hourly quick(16s);
    quick.read({500 * m3});
    EXPECT_TRUE(quick.reads(0).doubted);
    EXPECT_TRUE(quick.reads(0).doubted);
    EXPECT_TRUE(quick.reads(0).doubted);
    EXPECT_EQ(quick.starts, 1) << "a telegram repeated within a minute";
    quick.read({0, 0});
    EXPECT_EQ(quick.starts, 2);
}

TEST(MeterRegister, AStepThatWasTooHighIsTakenBack) {
    Hourly daily(24h);
    daily.read({500 * m3, 500 * m3 + 100 * L});
    EXPECT_EQ(daily.reads(500 * m3 + 900 * L).drawn, 800 * L) << "can be, in a day";
    EXPECT_TRUE(daily.reads(500 * m3 + 200 * L).doubted);
    EXPECT_EQ(daily.reads(500 * m3 + 300 * L).drawn_earlier, -700 * L);
    EXPECT_EQ(daily.total, 300 * L);
    EXPECT_EQ(daily.starts, 1);
}

TEST(MeterRegister, AWrapCountsBothWaysToTheEnd) {
    for (const std::int64_t end :
         {10'000 * m3, 100'000 * m3, std::int64_t{3'785'411'784}, std::int64_t{28'316'846'592},
          std::int64_t{1} << 32, (std::int64_t{1} << 32) * 100}) {
        Hourly hourly;
        hourly.read({end - 30'137, end - 20'137});
        EXPECT_TRUE(hourly.reads(4'863).doubted) << end;
        const auto step = hourly.reads(9'863);
        EXPECT_EQ(step.drawn_earlier, 25'000) << end;
        EXPECT_FALSE(step.new_start) << end;
        EXPECT_EQ(hourly.total, 40'000) << end;
        EXPECT_EQ(hourly.meter.changed(), 0U);
    }
}

TEST(MeterRegister, AWrapIsNotWhatBeginsFarFromZeroOrEndsFarFromTheTop) {
    for (const auto& [before, after] :
         {std::pair{9'970 * m3, 1 * L}, {9'999 * m3, 30 * m3}, {5'000 * m3, 1 * L}}) {
        Hourly monthly(30 * 24h);
        monthly.read({before, before, after, after});
        EXPECT_EQ(monthly.starts, 2) << before;
        EXPECT_EQ(monthly.total, 0) << before;
    }
    Hourly hourly;
    hourly.read({9'985 * m3, 9'985 * m3, 1 * L, 1 * L});
    EXPECT_EQ(hourly.starts, 2) << "15 m³ in an hour: a reset";
}

TEST(MeterRegister, SloshingAcrossTheEndOfTheRegisterIsNoUse) {
    Hourly hourly;
    hourly.read({9'999'995 * L, 9'999'999 * L, 2 * L, 3 * L});
    ASSERT_EQ(hourly.total, 8 * L);
    hourly.read({9'999'999 * L, 3 * L, 9'999'998 * L, 4 * L});
    EXPECT_EQ(hourly.total, 9 * L);
    EXPECT_EQ(hourly.starts, 1);
}

TEST(MeterRegister, LearnsTheStepInWhichItCounts) {
    for (const std::int64_t step : {std::int64_t{1}, std::int64_t{10}, 1 * L, 10 * L, 100 * L, 1 * m3}) {
        Hourly hourly;
        std::int64_t shown = 7'777 * m3;
        EXPECT_EQ(hourly.meter.resolution_ml(), 0);
        for (const std::int64_t steps : {0, 1, 0, 2, 3, 1, 1, 0}) {
            (void)hourly.reads(shown += steps * step);
        }
        EXPECT_EQ(hourly.meter.resolution_ml(), step);
        EXPECT_EQ(hourly.starts, 1) << step;
    }
}

TEST(MeterRegister, ACoarseMeterThatTremblesAtAStepDrawsNothing) {
    Hourly hourly;
    hourly.read({500 * m3, 501 * m3, 501 * m3, 502 * m3, 502 * m3, 503 * m3, 503 * m3, 504 * m3});
    ASSERT_EQ(hourly.meter.resolution_ml(), 1 * m3);
    const std::int64_t before = hourly.total;
    hourly.read({503 * m3, 504 * m3, 503 * m3, 504 * m3});
    EXPECT_EQ(hourly.total, before);
    EXPECT_EQ(hourly.reads(505 * m3).drawn, 1 * m3) << "one step of it is believed at once";
}

TEST(MeterRegister, WhatRanBackwardsIsTakenOffWhatFlowsForwardNext) {
    Hourly hourly;
    hourly.read({500 * m3});
    hourly.meter.observe_reverse(40 * L);
    EXPECT_EQ(hourly.reads(500 * m3 + 10 * L).drawn, 10 * L) << "the first one is a beginning";
    hourly.meter.observe_reverse(44 * L);
    EXPECT_EQ(hourly.reads(500 * m3 + 14 * L).drawn, 0) << "4 L to and fro";
    EXPECT_EQ(hourly.reads(500 * m3 + 15 * L).drawn, 1 * L);
}

TEST(MeterRegister, WhatRanBackwardsIsNotTakenOffTwice) {
    Hourly hourly;
    hourly.read({500 * m3, 500 * m3 + 10 * L});
    hourly.meter.observe_reverse(0);
    hourly.meter.observe_reverse(4 * L);
    hourly.read({500 * m3 + 6 * L});
    EXPECT_EQ(hourly.reads(500 * m3 + 12 * L).drawn, 2 * L) << "the main register ran back itself";
}

TEST(MeterRegister, AWildReverseRegisterHidesNoUse) {
    Hourly hourly;
    hourly.read({500 * m3});
    for (const std::int64_t reverse : {40 * L, 700'000 * m3, 40 * L}) {
        hourly.meter.observe_reverse(reverse);
    }
    EXPECT_EQ(hourly.reads(500 * m3 + 10 * L).drawn, 10 * L);
}

TEST(PipeDelivers, FiveCubicMetresAnHourAndNeverOverflows) {
    EXPECT_EQ(detect::pipe_delivers_ml(0ms), 5 * m3) << "an hour is granted";
    EXPECT_EQ(detect::pipe_delivers_ml(1h), 10 * m3);
    EXPECT_EQ(detect::pipe_delivers_ml(-5h), 5 * m3);
    EXPECT_GT(detect::pipe_delivers_ml(Duration::max() - 2h), 0);
}

TEST(WaterMeter, AddsUpAmounts) {
    WaterMeter m;
    const auto first = m.observe_used(3 * L, morning, false, 2h);
    EXPECT_EQ(first.new_start, morning);
    EXPECT_EQ(first.drawn, 3 * L);
    const auto none = m.observe_used(0, morning + 1h, false, 2h);
    EXPECT_FALSE(none.new_start);
    EXPECT_EQ(none.drawn, 0);
    EXPECT_EQ(m.known_until(), morning + 1h) << "nothing drawn, but it watched";
    EXPECT_EQ(m.observe_used(2 * L, morning + 2h, false, 2h).drawn, 2 * L);
}

TEST(WaterMeter, APauseBetweenAmountsIsANewStart) {
    WaterMeter m;
    (void)m.observe_used(3 * L, morning, false, 2h);
    EXPECT_FALSE(m.observe_used(0, morning + 2h, false, 2h).new_start);
    EXPECT_EQ(m.observe_used(0, morning + 5h, false, 2h).new_start, morning + 5h)
        << "a message that was lost may have told of water";
}

TEST(WaterMeter, ALateAmountIsWaterAllTheSame) {
    WaterMeter m;
    (void)m.observe_used(0, morning, false, 2h);
    (void)m.observe_used(0, morning + 1h, false, 2h);
    const auto late = m.observe_used(4 * L, morning + 30min, true, 2h);
    EXPECT_EQ(late.drawn, 4 * L);
    EXPECT_FALSE(late.new_start);
    EXPECT_EQ(m.known_until(), morning + 1h);
}

TEST(WaterMeter, AnAmountThatNoPipeDeliversIsNotWater) {
    WaterMeter m;
    (void)m.observe_used(0, morning, false, 2h);
    const auto wild = m.observe_used(11 * m3, morning + 1h, false, 2h);
    EXPECT_TRUE(wild.doubted);
    EXPECT_EQ(wild.drawn, 0);
    EXPECT_EQ(m.known_until(), morning);
}

TEST(WaterMeter, ARegisterTellsAllAndAmountsBesideItNothing) {
    WaterMeter m;
    (void)m.observe_total(500 * m3, morning);
    EXPECT_EQ(m.observe_used(5 * L, morning + 1h, false, 2h).drawn, 0);
    EXPECT_EQ(m.observe_total(500 * m3 + 5 * L, morning + 1h).drawn, 5 * L);
    EXPECT_EQ(m.observe_used(5 * L, morning + 4h, false, 2h).drawn, 5 * L)
        << "no register any more";
}

TEST(WaterMeter, AnOpenTapIsToldOnceUntilItStops) {
    WaterMeter m;
    EXPECT_FALSE(m.observe_flow(59'999)) << "a cistern that leaks";
    EXPECT_TRUE(m.observe_flow(60'000));
    EXPECT_FALSE(m.observe_flow(400'000));
    EXPECT_FALSE(m.observe_flow(0));
    EXPECT_FALSE(m.observe_flow(-400'000)) << "backwards";
    EXPECT_TRUE(m.observe_flow(400'000));
}

}  // namespace anju::test
