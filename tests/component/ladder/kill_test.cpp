// The ladder in a process that is killed at any moment: everybody is told, nobody twice, in time.
#include <gtest/gtest.h>

#include "tests/component/ladder/trial.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

TEST(KilledLadder, TellsTheSamePeopleWhicheverMomentOfAFireItDiesAt) {
    const Trials fire = kill_at_every_moment(cut_short(incident_of(4, Matter::fire), 7min), 13);
    EXPECT_EQ(fire.wrong, "");
    EXPECT_LT(fire.latest, 1s);
    EXPECT_GE(fire.calls, 5U) << "four rungs, and that it is over";
    EXPECT_GT(fire.kills, 50U);
    EXPECT_GT(fire.repeated, 0U) << "no kill came between a message and its answer";
}

TEST(KilledLadder, OfManyIncidentsTellsTheSamePeopleHoweverOftenItDies) {
    const Trials many = kill_at_random(1, 30);
    EXPECT_EQ(many.wrong, "");
    EXPECT_LT(many.latest, 1s);
    EXPECT_GT(many.kills, 40U);
    EXPECT_GT(many.calls, 150U);
}

TEST(KilledLadder, WhatFellDueWhileItWasDeadFollowsAtOnceInOrderAndOnce) {
    const Trials many = kill_for_a_while(1, 30);
    EXPECT_EQ(many.wrong, "");
    EXPECT_LT(many.latest, 1s) << "without the time it was dead";
    EXPECT_GT(many.kills, 40U);
    EXPECT_GT(many.delayed, 10U);
}

}  // namespace
}  // namespace anju::test
