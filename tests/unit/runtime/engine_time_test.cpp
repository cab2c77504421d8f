// The engine's time under every way a cheap box's clock can be wrong.
#include "runtime/engine_time.hpp"

#include <gtest/gtest.h>

namespace anju {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon = from_unix_ms(1'772'424'000'000);

/// A machine whose two clocks can be moved apart.
struct Machine {
    ClockReading now{noon, SteadyTime{100s}, ClockState::synchronised};

    void pass(Duration real) {
        now.wall += real;
        now.steady += real;
    }
    void set_wall(Duration by) { now.wall += by; }
};

TEST(EngineTime, FollowsTheWallOnAHealthyBox) {
    Machine machine;
    EngineTime time;
    for (int i = 0; i < 5; ++i) {
        const auto tick = time.tick(machine.now);
        EXPECT_FALSE(tick.step);
        EXPECT_EQ(tick.now, machine.now.wall);
        EXPECT_EQ(time.last(), machine.now.wall);
        machine.pass(3h);
    }
}

TEST(EngineTime, HoldsStillWhenTheClockIsNudgedBackAndGoesOnFromThere) {
    Machine machine;
    EngineTime time;
    static_cast<void>(time.tick(machine.now));
    machine.set_wall(-8s);
    for (int second = 1; second <= 8; ++second) {
        machine.pass(1s);
        const auto tick = time.tick(machine.now);
        EXPECT_FALSE(tick.step) << second;
        EXPECT_EQ(tick.now, noon) << second;
    }
    machine.pass(1s);
    EXPECT_EQ(time.tick(machine.now).now, noon + 1s);
}

TEST(EngineTime, AbsorbsASmallNudgeForward) {
    Machine machine;
    EngineTime time;
    static_cast<void>(time.tick(machine.now));
    machine.pass(1s);
    machine.set_wall(10s);
    const auto tick = time.tick(machine.now);
    EXPECT_FALSE(tick.step) << "10 s are still a nudge";
    EXPECT_EQ(tick.now, noon + 11s);
}

TEST(EngineTime, StepsWithAClockThatIsSetForward) {
    Machine machine;
    EngineTime time;
    static_cast<void>(time.tick(machine.now));
    machine.pass(5s);
    machine.set_wall(24h * 365);
    const auto tick = time.tick(machine.now);
    ASSERT_TRUE(tick.step);
    EXPECT_EQ(*tick.step, 24h * 365) << "the 5 s that did pass are not part of the step";
    EXPECT_EQ(tick.now, machine.now.wall);
    machine.pass(1s);
    EXPECT_FALSE(time.tick(machine.now).step) << "stepped twice for one jump";
}

TEST(EngineTime, StepsWithAClockThatIsSetBack) {
    Machine machine;
    EngineTime time;
    static_cast<void>(time.tick(machine.now));
    machine.pass(5s);
    machine.set_wall(-1h);
    const auto tick = time.tick(machine.now);
    ASSERT_TRUE(tick.step);
    EXPECT_EQ(*tick.step, -1h);
    EXPECT_EQ(tick.now, noon + 5s - 1h);
    EXPECT_EQ(time.last(), tick.now);
}

TEST(EngineTime, StepsWhenSmallNudgesBackAddUp) {
    Machine machine;
    EngineTime time;
    static_cast<void>(time.tick(machine.now));
    machine.set_wall(-8s);
    EXPECT_FALSE(time.tick(machine.now).step);
    machine.set_wall(-8s);
    const auto tick = time.tick(machine.now);
    ASSERT_TRUE(tick.step) << "held still for ever";
    EXPECT_EQ(*tick.step, -16s);
    EXPECT_EQ(tick.now, machine.now.wall);
}

TEST(EngineTime, KeepsElapsedTimeOverAStep) {
    Machine machine;
    EngineTime time;
    const Instant last_water = time.tick(machine.now).now;
    machine.pass(20min);
    machine.set_wall(-30min);
    const auto tick = time.tick(machine.now);
    ASSERT_TRUE(tick.step);
    EXPECT_EQ(tick.now - (last_water + *tick.step), 20min);
}

TEST(EngineTime, CountsTheTimeItWasDownWhenTheClockSaysSo) {
    Machine machine;
    EngineTime time;
    time.resume(noon - 6h);
    const auto tick = time.tick(machine.now);
    EXPECT_FALSE(tick.step);
    EXPECT_EQ(tick.now, noon);
}

TEST(EngineTime, AssumesNoElapsedTimeAfterAStartInThePast) {
    Machine machine;
    machine.now.wall = Instant{};
    machine.now.state = ClockState::unsynchronised;
    EngineTime time;
    time.resume(noon);
    const auto tick = time.tick(machine.now);
    ASSERT_TRUE(tick.step);
    EXPECT_EQ(noon + *tick.step, Instant{});
    EXPECT_EQ(tick.now, Instant{});

    machine.pass(40s);
    EXPECT_FALSE(time.tick(machine.now).step);
    machine.now.wall = noon + 2h;  // NTP has answered
    const auto synchronised = time.tick(machine.now);
    ASSERT_TRUE(synchronised.step);
    EXPECT_EQ(synchronised.now, noon + 2h);
    EXPECT_EQ(synchronised.now - (noon + *tick.step + *synchronised.step), 40s)
        << "only what has really been lived through counts";
}

TEST(EngineTime, WaitsWhenARestartFindsTheClockALittleBehind) {
    Machine machine;
    EngineTime time;
    time.resume(noon + 9s);
    const auto tick = time.tick(machine.now);
    EXPECT_FALSE(tick.step);
    EXPECT_EQ(tick.now, noon + 9s);
}

TEST(EngineTime, TakesTheFirstTimeOfANewStoreAsItIs) {
    for (const Instant start : {Instant{}, noon}) {
        EngineTime time;
        time.resume(Instant{});
        const auto tick = time.tick({start, SteadyTime{5s}, ClockState::synchronised});
        EXPECT_FALSE(tick.step);
        EXPECT_EQ(tick.now, start);
    }
}

TEST(EngineTime, NeverStepsWithADrivenClock) {
    Machine machine;
    machine.now.state = ClockState::driven;
    EngineTime time;
    time.resume(noon - 1h);
    static_cast<void>(time.tick(machine.now));
    machine.now.wall += 24h;
    EXPECT_FALSE(time.tick(machine.now).step) << "a compressed day is a day";
    EXPECT_EQ(time.last(), noon + 24h);
    machine.now.wall -= 5h;
    const auto back = time.tick(machine.now);
    EXPECT_FALSE(back.step);
    EXPECT_EQ(back.now, noon + 24h) << "went back";
}

TEST(EngineTime, NeverGoesBackWithoutAStepWhateverTheClockDoes) {
    std::uint32_t state = 1;
    const auto next = [&state] { return state = state * 1664525U + 1013904223U; };
    Machine machine;
    EngineTime time;
    Instant last = time.tick(machine.now).now;
    for (int i = 0; i < 20'000; ++i) {
        machine.pass(Duration{next() % 20'000U});
        if (next() % 3 == 0) machine.set_wall(Duration{next() % 40'000U} - 20s);
        const auto tick = time.tick(machine.now);
        if (tick.step) {
            EXPECT_EQ(tick.now, machine.now.wall);
            EXPECT_GT(std::chrono::abs(*tick.step), EngineTime::tolerance);
        } else {
            ASSERT_GE(tick.now, last);
        }
        ASSERT_GE(tick.now, machine.now.wall);
        ASSERT_LE(tick.now - machine.now.wall, EngineTime::tolerance);
        last = tick.now;
    }
}

TEST(EngineTime, StepsADrivenClockBySoMuchAsItWasSetAndLetsTheRestPass) {
    Machine machine;
    machine.now.state = ClockState::driven;
    EngineTime time;
    static_cast<void>(time.tick(machine.now));  // not heard yet
    machine.now.set_by = 5h;                    // of an earlier life of the gateway
    EXPECT_FALSE(time.tick(machine.now).step);
    machine.now.set_by = 5h + 400 * 24h;
    machine.set_wall(400 * 24h + 10min);
    auto tick = time.tick(machine.now);
    EXPECT_EQ(tick.step, Duration{400 * 24h});
    EXPECT_EQ(tick.now, noon + 400 * 24h + 10min);
    machine.now.set_by = 3h;
    machine.set_wall(-400 * 24h - 2h);
    tick = time.tick(machine.now);
    EXPECT_EQ(tick.step, Duration{-400 * 24h - 2h});
    EXPECT_EQ(tick.now, noon + 10min - 2h);
    EXPECT_FALSE(time.tick(machine.now).step) << "once";
}

}  // namespace
}  // namespace anju
