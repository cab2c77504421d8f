#include "firmware-sim/net/fault.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/net/fault_queue.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr FaultQueue::Time start{};

TEST(FaultText, ReadsAStepWithItsTimes) {
    const auto step = parse_fault_step("after 30s stall up for 2m");
    ASSERT_TRUE(step) << step.error().text();
    EXPECT_EQ(step->after, 30s);
    EXPECT_EQ(step->fault, (Fault{.kind = Fault::Kind::stall, .direction = Direction::up}));
    EXPECT_EQ(step->duration, 120s);
    EXPECT_EQ(parse_fault_step("after 30s stall 2m")->duration, 120s) << "'for' may be left out";
}

TEST(FaultText, WritesAFaultAsItReadsIt) {
    for (const std::string text :
         {"heal", "cut", "refuse", "stall", "half-open up", "late down",
          "slow down 2000B/s latency 300ms jitter 100ms", "slow latency 5ms"}) {
        const auto step = parse_fault_step(text);
        ASSERT_TRUE(step) << step.error().text();
        EXPECT_EQ(fault_text(step->fault), text);
    }
}

TEST(FaultText, RefusesWhatItDoesNotUnderstandAndSaysWhere) {
    for (const auto* text :
         {"", "after", "after 3 stall", "after -1s cut", "stal", "stall sideways", "stall for",
          "slow", "slow 0B/s", "slow latency", "cut 5s", "cut up", "stall 5s 6s",
          "after 99999999999h cut", "after 99999999999999999999s cut"}) {
        EXPECT_FALSE(parse_fault_step(text)) << text;
    }
    const auto schedule = parse_fault_schedule("# a night\n\nafter 1s cut\nafter 1s ctu\n");
    ASSERT_FALSE(schedule);
    EXPECT_NE(schedule.error().text().find("line 4"), std::string::npos) << schedule.error().text();
}

TEST(FaultText, ReadsAScheduleWithoutItsCommentsAndEmptyLines) {
    const auto schedule = parse_fault_schedule("# a night\r\n\n  after 1s cut\nrefuse 5s");
    ASSERT_TRUE(schedule) << schedule.error().text();
    ASSERT_EQ(schedule->size(), 2U);
    EXPECT_EQ(schedule->back().duration, 5s);
}

TEST(FaultQueue, HasNoMoreRoomThanItsLimit) {
    FaultQueue queue(10, {.mode = FaultQueue::Mode::hold});
    EXPECT_TRUE(queue.put("1234567", start, 0));
    EXPECT_EQ(queue.room(), 3U);
    EXPECT_TRUE(queue.put("890", start, 0));
    EXPECT_EQ(queue.room(), 0U);
    EXPECT_FALSE(queue.due()) << "it is held";
}

TEST(FaultQueue, ReadsNothingWhileItStallsAndGoesOnWhereItWas) {
    FaultQueue queue(10, {});
    queue.put("ab", start, 0);
    queue.apply({.kind = Fault::Kind::stall});
    EXPECT_EQ(queue.room(), 0U);
    EXPECT_FALSE(queue.due());
    queue.apply({.kind = Fault::Kind::heal});
    ASSERT_TRUE(queue.due());
    EXPECT_EQ(queue.begin_write(), "ab");
    queue.written(2, start);
    EXPECT_EQ(queue.room(), 10U);
}

TEST(FaultQueue, KeepsTheOrderWhateverTheJitter) {
    FaultQueue queue(100, {.latency = 100ms, .jitter = 50ms});
    queue.put("a", start, 50);
    queue.put("b", start + 1ms, 0);
    EXPECT_EQ(queue.due(), start + 150ms);
    EXPECT_EQ(queue.begin_write(), "a");
    queue.written(1, start + 150ms);
    EXPECT_EQ(queue.due(), start + 150ms) << "b may not overtake a";
}

TEST(FaultQueue, SpendsNoMoreThanItsBytesASecond) {
    FaultQueue queue(10'000, {.bytes_per_second = 1000});
    queue.put(std::string(1000, 'x'), start, 0);
    auto now = start;
    std::size_t sent = 0;
    while (const auto due = queue.due()) {
        now = std::max(now, *due);
        const auto size = queue.begin_write().size();
        sent += size;
        queue.written(size, now);
    }
    EXPECT_EQ(sent, 1000U);
    EXPECT_EQ(now, start + 950ms) << "twenty pieces, the last after nineteen twentieths";
}

TEST(FaultQueue, NeverComesBackFromTheDead) {
    FaultQueue queue(10, {});
    queue.put("ab", start, 0);
    queue.apply({.kind = Fault::Kind::half_open});
    EXPECT_EQ(queue.buffered(), 0U);
    EXPECT_FALSE(queue.put("cd", start, 0));
    queue.apply({.kind = Fault::Kind::heal});
    EXPECT_EQ(queue.mode(), FaultQueue::Mode::swallow);
}

}  // namespace
}  // namespace anju::sim
