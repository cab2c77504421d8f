#include "store/debt.hpp"

#include <gtest/gtest.h>

#include "tests/component/store/samples.hpp"

namespace anju::store {
namespace {

using namespace std::chrono_literals;
using test::noon;

/// Events 1..count, one a minute.
ReadLane lane(std::uint64_t count, std::uint64_t through) {
    ReadLane out;
    out.through = through;
    for (std::uint64_t seq = 1; seq <= count; ++seq) {
        out.events[seq] = noon + std::chrono::minutes{seq};
    }
    return out;
}

TEST(Debt, IsNothingWhenEverythingWasAcknowledged) {
    EXPECT_EQ(owed_since(lane(5, 5)), Instant::max());
    EXPECT_EQ(owed_since(ReadLane{}), Instant::max());
}

TEST(Debt, BeginsWithTheOldestUnacknowledgedEvent) {
    EXPECT_EQ(owed_since(lane(5, 3)), noon + 4min);
    ReadLane single = lane(5, 1);
    single.ranges[2] = 3;
    EXPECT_EQ(owed_since(single), noon + 4min);
}

TEST(Debt, ReachesBackToTheLastReadableEventBeforeAHole) {
    ReadLane hole = lane(6, 2);
    hole.complete = false;
    hole.events.erase(3);
    EXPECT_EQ(owed_since(hole), noon + 2min);
}

TEST(Debt, IsEverythingWhenNothingOfTheLaneIsReadable) {
    ReadLane lost;
    lost.complete = false;
    EXPECT_EQ(owed_since(lost), Instant::min());
}

TEST(Debt, CoversEventsThatMayHaveFollowedTheLastReadableOne) {
    ReadLane cut = lane(5, 5);
    cut.complete = false;
    EXPECT_EQ(owed_since(cut), noon + 5min);
}

TEST(Debt, GivesOpenAlertsFirstAndNothingTwice) {
    Debt debt(noon + 1min, 100);
    debt.add(StoredDecision{1, "home", 1, noon, noon, "home-1", "old open"});
    debt.add(StoredDecision{2, "home", 2, noon, noon + 1min, "home-2", "recent"});
    debt.add(StoredAlert{"home-1", AlertState::open, noon, "old open"});
    debt.add(StoredAlert{"home-2", AlertState::open, noon, "recent"});
    debt.add(StoredAlert{"home-3", AlertState::closed, noon, "over"});
    EXPECT_EQ(debt.bytes(), (std::vector<std::string>{"old open", "recent"}));
}

}  // namespace
}  // namespace anju::store
