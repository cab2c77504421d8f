#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "system/driven_clock.hpp"
#include "system/system_clock.hpp"

namespace anju::system {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr Instant morning = from_unix_ms(1'772'400'000'000);

struct Driven : testing::Test {
    SteadyTime steady{1000s};
    DrivenClock clock{morning, [this] { return steady; }};
};

TEST_F(Driven, StandsStillUntilItIsSet) {
    EXPECT_FALSE(clock.was_set());
    steady += 1h;
    EXPECT_EQ(clock.read().wall, morning);
    EXPECT_EQ(clock.read().state, ClockState::driven);
    EXPECT_EQ(clock.until(morning + 1ms), nanoseconds::max());
    EXPECT_EQ(clock.until(morning), 0ns);
}

TEST_F(Driven, GoesBackOnlyWhenItIsSaidToHaveBeenSet) {
    EXPECT_FALSE(clock.read().set_by);
    clock.set(morning + 2h, 0, 0h);
    clock.set(morning + 1h, 0, 0h);
    EXPECT_EQ(clock.read().wall, morning + 2h) << "a message that was late";
    clock.set(morning + 1h, 0, -1h);
    EXPECT_EQ(clock.read().wall, morning + 1h);
    EXPECT_EQ(clock.read().set_by, Duration{-1h});
}

TEST_F(Driven, RunsAsFastAsItIsTold) {
    clock.set(morning, 3600.0);
    EXPECT_TRUE(clock.was_set());
    steady += 500ms;
    EXPECT_EQ(clock.read().wall, morning + 30min);
    EXPECT_EQ(clock.until(morning + 1h), 500ms);
    EXPECT_EQ(clock.until(morning + 30min), 0ns);
    EXPECT_EQ(clock.read().steady, steady);
}

TEST_F(Driven, WakesWhenTheInstantIsReallyReached) {
    clock.set(morning, 7777.0);
    for (const Duration ahead : {1ms, 10ms, 12'345ms, 86'400'000ms}) {
        const Instant target = clock.read().wall + ahead;
        steady += clock.until(target);
        EXPECT_GE(clock.read().wall + 1ms, target) << ahead.count();
        steady += 1ms;
        EXPECT_EQ(clock.until(target), 0ns) << ahead.count();
    }
}

TEST_F(Driven, NeverGoesBackUnlessItIsToldTo) {
    clock.set(morning + 1h, 60.0);
    steady += 1s;
    clock.set(morning, 60.0);
    EXPECT_EQ(clock.read().wall, morning + 61min) << "went back";
    EXPECT_EQ(clock.until(morning + 62min), 62s) << "it waits until the time told catches up";
    steady += 61s;
    EXPECT_EQ(clock.read().wall, morning + 61min);
    steady += 1s;
    EXPECT_EQ(clock.read().wall, morning + 62min);
    clock.set(morning, 0.0, DrivenClock::Backwards::allow);
    EXPECT_EQ(clock.read().wall, morning);
}

TEST_F(Driven, FreezesAtRateZero) {
    clock.set(morning + 5s, 0.0);
    steady += 24h;
    EXPECT_EQ(clock.read().wall, morning + 5s);
    EXPECT_EQ(clock.until(morning + 6s), nanoseconds::max());
}

TEST_F(Driven, SurvivesRatesThatMakeNoSense) {
    for (const double rate : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
        clock.set(morning, rate);
        steady += 1h;
        EXPECT_EQ(clock.read().wall, morning);
    }
    clock.set(morning, std::numeric_limits<double>::infinity());
    steady += 1s;
    EXPECT_EQ(clock.read().wall, morning + 100'000s);
}

TEST(DrivenClock, CanBeSetWhileOthersRead) {
    DrivenClock clock{morning};
    std::thread driver([&clock] {
        for (int i = 0; i < 2'000; ++i) clock.set(morning + std::chrono::seconds{i}, 1000.0);
    });
    Instant last = morning;
    for (int i = 0; i < 2'000; ++i) {
        const Instant now = clock.read().wall;
        EXPECT_GE(now, last);
        last = now;
    }
    driver.join();
}

TEST(SystemClock, AgreesWithTheMachine) {
    const SystemClock clock;
    const auto before = std::chrono::system_clock::now();
    const ClockReading reading = clock.read();
    EXPECT_LE(std::chrono::abs(reading.wall - before), 5s);
    EXPECT_NE(reading.state, ClockState::driven);
    EXPECT_LE(clock.until(reading.wall + 1h), 1h);
    EXPECT_GT(clock.until(reading.wall + 1h), 59min);
    EXPECT_EQ(clock.until(reading.wall - 1h), 0ns);
}

}  // namespace
}  // namespace anju::system
