// Which households are checkpointed when.
#include "runtime/checkpointer.hpp"

#include <gtest/gtest.h>

namespace anju {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon = from_unix_ms(1'800'000'000'000);
const SteadyTime start{};
const HouseholdId a{"a"};
const HouseholdId b{"b"};

Checkpointer make(std::size_t at_once = 32) {
    return Checkpointer({.every = 5min, .base_every = 24h, .at_once = at_once});
}

TEST(Checkpointer, WritesAChangedHouseholdOnceAfterTheInterval) {
    Checkpointer checkpointer = make();
    checkpointer.written(a, true, noon);
    checkpointer.changed(a, start);
    checkpointer.changed(a, start + 1min);
    EXPECT_TRUE(checkpointer.due(start + 5min - 1ms, noon).empty());
    const auto due = checkpointer.due(start + 5min, noon);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].household, a);
    EXPECT_FALSE(due[0].base);
    checkpointer.written(a, false, noon);
    EXPECT_TRUE(checkpointer.due(start + 30min, noon).empty()) << "nothing changed since";
}

TEST(Checkpointer, MakesABaseEveryDayEvenOfAHomeThatIsSilent) {
    Checkpointer checkpointer = make();
    checkpointer.written(a, true, noon);
    EXPECT_TRUE(checkpointer.due(start, noon + 24h - 1ms).empty());
    const auto due = checkpointer.due(start, noon + 24h);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_TRUE(due[0].base);
    checkpointer.written(a, true, noon + 24h);
    EXPECT_TRUE(checkpointer.due(start, noon + 25h).empty());
}

TEST(Checkpointer, NeverHandsOutMoreThanItsLimit) {
    Checkpointer checkpointer = make(10);
    for (int i = 0; i < 100; ++i) {
        const HouseholdId id{std::to_string(i)};
        checkpointer.written(id, true, noon);
        checkpointer.changed(id, start);
    }
    std::size_t all = 0;
    for (int round = 0; round < 10; ++round) {
        const auto due = checkpointer.due(start + 5min, noon);
        EXPECT_EQ(due.size(), 10U);
        for (const auto& one : due) checkpointer.written(one.household, one.base, noon);
        all += due.size();
    }
    EXPECT_EQ(all, 100U);
}

TEST(Checkpointer, GivesAllChangedHouseholdsAtAStopAndForgetsTheRemoved) {
    Checkpointer checkpointer = make();
    checkpointer.written(a, true, noon);
    checkpointer.written(b, true, noon);
    checkpointer.changed(a, start);
    checkpointer.changed(b, start);
    checkpointer.forget(b);
    const auto all = checkpointer.all_changed();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].household, a);
}

}  // namespace
}  // namespace anju
