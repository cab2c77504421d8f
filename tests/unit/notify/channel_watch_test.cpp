#include "notify/channel_watch.hpp"

#include <gtest/gtest.h>

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

class ChannelWatchTest : public testing::Test {
protected:
    bool fails(bool turned_away = false) {
        const auto change = watch.failed("no route", turned_away, now);
        if (change) last = *change;
        return change.has_value();
    }
    bool pass(Duration time) {
        now.wall += time;
        now.steady += time;
        const auto change = watch.step(now);
        if (change) last = *change;
        return change.has_value();
    }
    ClockReading now{from_unix_ms(1'800'000'000'000), SteadyTime{1h}, ClockState::synchronised};
    ChannelWatch watch;
    ChannelWatch::Change last;
};

TEST_F(ChannelWatchTest, FindsThatAChannelFailsAtTheFifthFailureInARow) {
    const Instant first = now.wall;
    for (int i = 0; i < 4; ++i) {
        EXPECT_FALSE(fails());
        pass(1min);
    }
    EXPECT_TRUE(fails());
    EXPECT_TRUE(last.failing);
    EXPECT_EQ(last.since, first);
    EXPECT_EQ(last.failures, 5U);
    EXPECT_EQ(last.cause, "no route");
    EXPECT_FALSE(fails()) << "said twice";
}

TEST_F(ChannelWatchTest, TakesASuccessInBetweenForAChannelThatWorks) {
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(fails());
        if (i % 4 == 3) watch.worked(now);
    }
}

TEST_F(ChannelWatchTest, BelievesAServiceThatTurnsItAwayTheFirstTime) {
    EXPECT_TRUE(fails(true));
    EXPECT_EQ(last.failures, 0U);
    EXPECT_EQ(last.since, now.wall);
}

TEST_F(ChannelWatchTest, WaitsForFiveMinutesWithoutAFailure) {
    EXPECT_TRUE(fails(true));
    EXPECT_FALSE(pass(24h)) << "nothing was tried";
    const Instant success = now.wall;
    watch.worked(now);
    EXPECT_FALSE(pass(4min));
    watch.worked(now);
    EXPECT_TRUE(pass(1min));
    EXPECT_FALSE(last.failing);
    EXPECT_EQ(last.since, success);
    EXPECT_FALSE(pass(1h));
    EXPECT_FALSE(watch.failing());
}

TEST_F(ChannelWatchTest, IsNotMovedByAChannelThatDropsEverySecondMessage) {
    EXPECT_TRUE(fails(true));
    for (int i = 0; i < 500; ++i) {
        watch.worked(now);
        EXPECT_FALSE(pass(4min));
        EXPECT_FALSE(fails());
    }
    EXPECT_TRUE(watch.failing());
}

TEST_F(ChannelWatchTest, GoesByTheTimeOfADrivenClock) {
    now.state = ClockState::driven;
    EXPECT_TRUE(fails(true));
    watch.worked(now);
    now.wall += 5min;
    EXPECT_TRUE(watch.step(now));
}

}  // namespace
}  // namespace anju::notify
