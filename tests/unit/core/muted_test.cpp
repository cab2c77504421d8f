// A sensor that lives and sees nothing any more.
#include "core/detect/muted.hpp"

#include "support.hpp"

namespace anju::test {
namespace {

using detect::BusyPeriods;
using detect::MutedWatch;

/// A home in which something is noticed every quarter of an hour by day.
struct Home {
    Instant now = morning;
    BusyPeriods busy;
    MutedWatch kitchen;

    void day(bool kitchen_sees) {
        for (int i = 0; i < 60; ++i) {
            busy.noticed(now);
            if (kitchen_sees && i % 10 == 0) kitchen.spoke(now, busy.count());
            now += 15min;
        }
        now += 9h;
    }
    bool judge() { return kitchen.judge(now, busy.count()); }
};

}  // namespace

TEST(BusyPeriods, CountsTenMinutesOnceHoweverMuchHappensInThem) {
    BusyPeriods busy;
    for (int i = 0; i < 60; ++i) busy.noticed(morning + i * 10s);
    EXPECT_EQ(busy.count(), 1U);
    busy.noticed(morning + 10min);
    EXPECT_EQ(busy.count(), 2U);
    busy.noticed(morning + 3min);
    EXPECT_EQ(busy.count(), 2U) << "told late";
}

TEST(Muted, IsToldWhenTheOthersGoOnForTwoDaysAndItIsKnownWell) {
    Home home;
    for (int i = 0; i < 25; ++i) home.day(true);
    EXPECT_FALSE(home.judge());
    home.day(false);
    EXPECT_TRUE(home.kitchen.doubted(home.busy.count())) << "missed 60 busy periods";
    EXPECT_FALSE(home.judge()) << "a day is not enough";
    home.day(false);
    home.day(false);
    EXPECT_TRUE(home.judge());
    EXPECT_FALSE(home.judge()) << "once";
    EXPECT_TRUE(home.kitchen.muted());
    EXPECT_TRUE(home.kitchen.spoke(home.now, home.busy.count())) << "it was";
    EXPECT_FALSE(home.kitchen.muted());
}

TEST(Muted, IsNeverSaidOfASensorThatIsNew) {
    Home home;
    for (int i = 0; i < 5; ++i) home.day(true);
    for (int i = 0; i < 10; ++i) home.day(false);
    EXPECT_FALSE(home.judge());
}

TEST(Muted, KnowsASensorThatOftenMissesMuch) {
    Home home;
    for (int i = 0; i < 20; ++i) {
        home.day(true);
        home.day(false);
        home.day(false);
    }
    home.day(false);
    home.day(false);
    EXPECT_FALSE(home.judge()) << "it has missed as much before";
}

TEST(Muted, IsNotSaidInASilentHome) {
    Home home;
    for (int i = 0; i < 25; ++i) home.day(true);
    home.now += 24h * 30;
    EXPECT_FALSE(home.judge());
    EXPECT_FALSE(home.kitchen.doubted(home.busy.count()));
}

TEST(Muted, KeepsTheNewestWordWhenAnOlderOneComesLate) {
    MutedWatch watch;
    watch.spoke(morning, 1);
    watch.spoke(morning - 3h, 1);
    EXPECT_EQ(watch.last(), morning);
}

}  // namespace anju::test
