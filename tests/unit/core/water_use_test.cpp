// Water that does not stop, and more of it than is usual: what one meter, one home shows.
#include "core/detect/water_use.hpp"
#include "core/codec/archive.hpp"
#include "core/detect/arithmetic.hpp"
#include "core/detect/water_high.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

using detect::WaterFlow;
using detect::WaterHigh;
using Form = WaterFlow::Form;

constexpr Duration china = 8h;

/// Intervals of `every` with `ml` in each; gives the end of the last one.
Instant feed(WaterFlow& flow, Instant from, Instant until, Duration every, std::int64_t ml) {
    for (; from + every <= until; from += every) {
        flow.observe({.from = from, .to = from + every, .ml = ml});
    }
    return from;
}

Form form(const WaterFlow& flow) {
    const auto found = flow.found(china);
    return found ? found->form : Form::none;
}

template <class T>
T saved_and_read(const T& value) {
    std::string bytes;
    codec::Writer{bytes}(value);
    T read;
    codec::Reader reader(bytes, codec::newest);
    reader(read);
    EXPECT_TRUE(reader.finished());
    return read;
}

/// Days of one meter that is read every six hours, from a local midnight on.
class Days {
public:
    explicit Days(WaterHigh& high) : high_(high) {}

    void quarter(std::int64_t ml, std::size_t meters = 1) {
        const detect::WaterInterval interval{.from = at, .to = at + 6h, .ml = ml};
        if (high_.ends_before(interval)) high_.end_day(meters);
        high_.observe(interval, china);
        at += 6h;
    }
    void day(std::int64_t ml) {
        for (int i = 0; i < 4; ++i) quarter(ml / 4);
    }
    /// 80, 100, 120 L, and so on.
    void usual(int count) {
        for (int i = 0; i < count; ++i) day(80'000 + i % 3 * 20'000);
    }

    Instant at = morning - 8h;

private:
    WaterHigh& high_;
};

}  // namespace

TEST(WaterFlow, IsFoundAfterTwoHoursAndNotAnIntervalBefore) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 105min, 15min, 15'000);
    EXPECT_EQ(form(flow), Form::none);
    at = feed(flow, at, at + 15min, 15min, 15'000);
    ASSERT_EQ(form(flow), Form::continuous_flow);
    EXPECT_EQ(flow.found(china)->since, morning);
    EXPECT_EQ(flow.found(china)->until, morning + 2h);
    EXPECT_EQ(flow.found(china)->ml, 120'000);
}

TEST(WaterFlow, UseInEveryHalfHourIsOrdinaryLife) {
    WaterFlow flow;
    feed(flow, morning, morning + 10h, 15min, 14'000);
    EXPECT_EQ(form(flow), Form::none) << "less than an open tap gives";
}

TEST(WaterFlow, AMeterThatLooksEveryMinuteSeesThePauses) {
    for (const Duration pause : {3min, 4min}) {
        WaterFlow flow;
        Instant at = feed(flow, morning, morning + 1h, 1min, 100);
        at = feed(flow, at, at + pause, 1min, 0);
        feed(flow, at, morning + 2h, 1min, 100);
        EXPECT_EQ(form(flow), pause == 3min ? Form::continuous_flow : Form::none);
    }
}

TEST(WaterFlow, NeedsAMeterThatLooksEveryHalfHour) {
    for (const Duration every : {20min, 30min, 40min, 60min}) {
        WaterFlow flow;
        feed(flow, morning, morning + 6h, every, 600'000);
        EXPECT_EQ(form(flow), every <= 30min ? Form::continuous_flow : Form::none);
    }
}

TEST(WaterFlow, OfTheNightIsToldAtEight) {
    WaterFlow flow;
    const Instant evening = morning + 12h + 15min;
    Instant at = feed(flow, evening, morning + 24h - 15min, 15min, 20'000);
    EXPECT_EQ(form(flow), Form::none) << "at 22:15 and until 07:45";
    feed(flow, at, at + 15min, 15min, 20'000);
    ASSERT_EQ(form(flow), Form::continuous_flow);
    EXPECT_EQ(flow.found(china)->since, evening);
}

TEST(WaterFlow, IsToldOnceAndAgainAfterItHasEnded) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 2h, 15min, 20'000);
    flow.tell(*flow.found(china));
    at = feed(flow, at, at + 2h, 15min, 20'000);
    EXPECT_EQ(form(flow), Form::none);
    EXPECT_FALSE(flow.take_end());
    at = feed(flow, at, at + 15min, 15min, 0);
    EXPECT_TRUE(flow.take_end());
    EXPECT_FALSE(flow.take_end());
    feed(flow, at, at + 2h, 15min, 20'000);
    EXPECT_EQ(form(flow), Form::continuous_flow);
}

TEST(WaterFlow, AHoleBeginsItAnewAndEndsNothing) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 105min, 15min, 20'000);
    at = feed(flow, at + 15min, at + 2h, 15min, 20'000);
    EXPECT_EQ(form(flow), Form::none);
    at = feed(flow, at, at + 15min, 15min, 20'000);
    ASSERT_EQ(form(flow), Form::continuous_flow);
    flow.tell(*flow.found(china));
    flow.hole();
    at = feed(flow, at, at + 15min, 15min, 0);
    EXPECT_FALSE(flow.take_end()) << "it began in the hole";
    feed(flow, at, at + 15min, 15min, 0);
    EXPECT_TRUE(flow.take_end());
}

TEST(WaterFlow, ARegisterThatTakesBackWhatItShowedBeginsItAnew) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 105min, 15min, 20'000);
    at = feed(flow, at, at + 15min, 15min, -20'000);
    feed(flow, at, at + 105min, 15min, 20'000);
    EXPECT_EQ(form(flow), Form::none);
}

TEST(WaterLeak, IsFoundAfterADayWithoutADryHourAndNotAnHourBefore) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 23h, 1h, 1'000);
    EXPECT_EQ(form(flow), Form::none);
    EXPECT_EQ(flow.leak_ml_per_hour(at), 0);
    at = feed(flow, at, at + 1h, 1h, 30'000);
    ASSERT_EQ(form(flow), Form::leak);
    EXPECT_EQ(flow.found(china)->since, morning);
    EXPECT_EQ(flow.found(china)->ml, 53'000);
}

TEST(WaterLeak, IsRefutedByOneDryHour) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 12h, 1h, 1'000);
    at = feed(flow, at, at + 1h, 1h, 0);
    feed(flow, at, at + 23h, 1h, 1'000);
    EXPECT_EQ(form(flow), Form::none);
}

TEST(WaterLeak, ADripMayLeaveShortIntervalsDryButNoHour) {
    for (const int dry : {3, 4}) {
        WaterFlow flow;
        for (Instant at = morning; at < morning + 25h;) {
            at = feed(flow, at, at + 15min, 15min, 1'000);
            at = feed(flow, at, at + dry * 15min, 15min, 0);
        }
        EXPECT_EQ(form(flow), dry == 3 ? Form::leak : Form::none) << dry;
    }
}

TEST(WaterLeak, TakesTwoDaysOfTwoHoursAndLongerIntervalsTellNothing) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 46h, 2h, 1'000);
    EXPECT_EQ(form(flow), Form::none);
    feed(flow, at, at + 2h, 2h, 1'000);
    EXPECT_EQ(form(flow), Form::leak);

    WaterFlow slow;
    feed(slow, morning, morning + 240h, 150min, 50'000);
    EXPECT_EQ(form(slow), Form::none);
    WaterFlow holed;
    at = feed(holed, morning, morning + 23h, 1h, 1'000);
    at = feed(holed, at, at + 3h, 3h, 3'000);
    feed(holed, at, at + 23h, 1h, 1'000);
    EXPECT_EQ(form(holed), Form::none) << "an interval of three hours is a hole";
}

TEST(WaterLeak, IsNotClaimedOfACoarseMeter) {
    WaterFlow flow;
    const Instant at = feed(flow, morning, morning + 48h, 1h, 10'000);
    EXPECT_EQ(form(flow), Form::none);
    EXPECT_EQ(flow.leak_ml_per_hour(at), 0);
    feed(flow, at, at + 1h, 1h, 9'990);
    EXPECT_EQ(form(flow), Form::leak) << "it counts finer than it seemed";
    flow.meter_changed();
    feed(flow, at + 1h, at + 2h, 1h, 10'000);
    EXPECT_EQ(form(flow), Form::none);
}

TEST(WaterLeak, IsToldOnceAndAgainAfterAWeek) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 24h, 1h, 1'000);
    flow.tell(*flow.found(china));
    at = feed(flow, at, at + 48h, 1h, 1'000);
    EXPECT_EQ(form(flow), Form::none);
    EXPECT_TRUE(flow.told());
    at = feed(flow, at, at + 1h, 1h, 0);
    EXPECT_TRUE(flow.take_end());
    at = feed(flow, at, morning + 24h + 167h, 1h, 1'000);
    EXPECT_EQ(form(flow), Form::none) << "it comes and goes";
    feed(flow, at, at + 1h, 1h, 1'000);
    EXPECT_EQ(form(flow), Form::leak);
}

TEST(WaterLeak, GivesTheLeastOfAnHourOfItsLastDay) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 1h, 1h, 500);
    at = feed(flow, at, at + 22h, 30min, 1'000);
    at = feed(flow, at, at + 1h, 1h, 700);
    EXPECT_EQ(flow.leak_ml_per_hour(at), 500);
    at = feed(flow, at, at + 1h, 1h, 40'000);
    EXPECT_EQ(flow.leak_ml_per_hour(at), 700) << "the first hour is a day ago";
    EXPECT_EQ(flow.leak_ml_per_hour(at + 2h), 700);
    EXPECT_EQ(flow.leak_ml_per_hour(at + 2h + 2min), 0) << "nobody knows";
    flow.tell(*flow.found(china));
    EXPECT_EQ(flow.leak_ml_per_hour(at), 700) << "told or not";
    at = feed(flow, at, at + 1h, 1h, 0);
    EXPECT_EQ(flow.leak_ml_per_hour(at), 0);
}

TEST(WaterLeak, GoesOnAfterItWasSavedAndRead) {
    WaterFlow flow;
    Instant at = feed(flow, morning, morning + 23h + 30min, 30min, 1'000);
    WaterFlow read = saved_and_read(flow);
    feed(flow, at, at + 30min, 30min, 1'000);
    at = feed(read, at, at + 30min, 30min, 1'000);
    EXPECT_EQ(form(read), Form::leak);
    EXPECT_EQ(read.leak_ml_per_hour(at), 2'000);
    std::string one;
    std::string other;
    codec::Writer{one}(flow);
    codec::Writer{other}(read);
    EXPECT_EQ(one, other);
    EXPECT_LT(one.size(), 400U);
}

TEST(WaterHigh, IsFoundWhenADayExceedsWhatIsUnusualHere) {
    WaterHigh high;
    Days days(high);
    days.usual(30);
    days.quarter(300'000);
    EXPECT_FALSE(high.found(1)) << "unusual here, but worth no question anywhere";
    days.quarter(1'000);
    const auto found = high.found(1);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->since, morning - 8h + 30 * 24h);
    EXPECT_EQ(found->until, found->since + 12h);
    EXPECT_EQ(found->ml, 301'000);
    EXPECT_EQ(found->unusual_ml, WaterHigh::least_ml);
}

TEST(WaterHigh, KnowsNothingBeforeFourteenDays) {
    for (const int learned : {13, 14}) {
        WaterHigh high;
        Days days(high);
        days.usual(learned);
        days.day(2'000'000);
        EXPECT_EQ(high.found(1).has_value(), learned == 14);
    }
}

TEST(WaterHigh, IsToldOnceUntilAUsualDayHasPassed) {
    WaterHigh high;
    Days days(high);
    days.usual(30);
    days.day(900'000);
    ASSERT_TRUE(high.found(1));
    high.tell();
    EXPECT_FALSE(high.found(1));
    days.day(900'000);
    EXPECT_FALSE(high.found(1)) << "the same story";
    days.day(100'000);
    EXPECT_FALSE(high.take_end()) << "the day is not over";
    days.quarter(25'000);
    EXPECT_TRUE(high.take_end());
    EXPECT_FALSE(high.take_end());
    days.quarter(900'000);
    EXPECT_TRUE(high.found(1));
}

TEST(WaterHigh, OneBurstDoesNotMakeTheNextOneUsual) {
    WaterHigh high;
    Days days(high);
    days.usual(30);
    days.day(20'000'000);
    days.usual(1);
    days.day(600'000);
    EXPECT_TRUE(high.found(1));
}

TEST(WaterHigh, LearnsNeitherFromHolesNorFromAnEmptyHome) {
    WaterHigh high;
    Days days(high);
    for (int i = 0; i < 20; ++i) days.day(9'000);
    for (int i = 0; i < 20; ++i) {
        for (int quarter = 0; quarter < 3; ++quarter) days.quarter(30'000);
        days.at += 6h;
    }
    days.day(2'000'000);
    EXPECT_FALSE(high.found(1));
}

TEST(WaterHigh, ForgetsTheOpenDayWhenTheClockIsSet) {
    WaterHigh high;
    Days days(high);
    days.usual(30);
    days.quarter(900'000);
    high.hole();
    EXPECT_FALSE(high.found(1));
}

TEST(WaterHigh, AddsUpTwoMetersThoughOneTellsOfYesterday) {
    WaterHigh high;
    Days days(high);
    for (int i = 0; i < 20; ++i) {
        days.quarter(40'000, 2);
        high.observe({.from = days.at - 26h, .to = days.at - 2h, .ml = 100'000}, china);
        for (int quarter = 0; quarter < 3; ++quarter) days.quarter(40'000, 2);
    }
    days.quarter(700'000, 2);
    high.observe({.from = days.at - 26h, .to = days.at - 2h, .ml = 200'000}, china);
    ASSERT_TRUE(high.found(2));
    EXPECT_EQ(high.found(2)->ml, 900'000);
    EXPECT_LT(high.found(2)->unusual_ml, 500'000);
}

TEST(WaterHigh, AMeterThatIsReadOnceADayIsEnough) {
    WaterHigh high;
    Instant at = morning;
    const auto day = [&](std::int64_t ml) {
        const detect::WaterInterval interval{.from = at, .to = at + 24h, .ml = ml};
        if (high.ends_before(interval)) high.end_day(1);
        high.observe(interval, china);
        at += 24h;
    };
    for (int i = 0; i < 20; ++i) day(100'000 + i % 2 * 20'000);
    day(700'000);
    EXPECT_TRUE(high.found(1));
}

TEST(WaterHigh, DisturbsAHomeOfHeavyTailsHardlyMoreThanOnceInSixMonths) {
    WaterHigh high;
    Days days(high);
    std::uint64_t random = 1;
    int told = 0;
    constexpr int years = 40;
    for (int i = 0; i < years * 365; ++i) {
        random = random * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        const double share = (static_cast<double>(random >> 40U) + 1) / (1 << 24U);
        days.day(static_cast<std::int64_t>(-150'000 * detect::logarithm(share)));
        if (high.found(1)) {
            ++told;
            high.tell();
        }
    }
    EXPECT_LT(told, years * 3);
    EXPECT_GT(told, years / 2) << "or it would never tell";
}

TEST(WaterHigh, GoesOnAfterItWasSavedAndRead) {
    WaterHigh high;
    Days days(high);
    days.usual(30);
    days.quarter(290'000);
    WaterHigh read = saved_and_read(high);
    Days more(read);
    more.at = days.at;
    more.quarter(11'000);
    EXPECT_TRUE(read.found(1));
}

}  // namespace anju::test
