#include "access/throttle.hpp"

#include <gtest/gtest.h>

namespace anju::access {
namespace {

using namespace std::chrono_literals;

const SteadyTime start = SteadyTime{} + 100h;

/// Wrong passwords for `name` from `peer` as fast as they are let through, for `length`.
int tries(Throttle& throttle, const std::string& name, const std::string& peer, SteadyTime from,
          std::chrono::seconds length) {
    int let_through = 0;
    for (SteadyTime now = from; now < from + length;) {
        const auto wait = throttle.admit(name, peer, now);
        if (wait == 0s) {
            ++let_through;
            now += 1s;
        } else {
            now += wait;
        }
    }
    return let_through;
}

TEST(Throttle, LetsPeopleMistype) {
    Throttle throttle;
    for (int i = 0; i < 6; ++i) EXPECT_EQ(throttle.admit("lin", "10.0.0.1", start), 0s) << i;
    EXPECT_EQ(throttle.admit("lin", "10.0.0.1", start), 2s);
}

TEST(Throttle, LeavesAGuesserAFewTriesADayAndNobodyForEver) {
    Throttle throttle;
    const int in_a_day = tries(throttle, "lin", "10.0.0.1", start, 24h);
    EXPECT_GT(in_a_day, 24 * 3) << "locked out for longer than a quarter of an hour";
    EXPECT_LT(in_a_day, 24 * 4 + 20);
    EXPECT_LE(throttle.admit("lin", "10.0.0.1", start + 24h), 900s);
    EXPECT_EQ(throttle.admit("lin", "10.0.0.1", start + 24h + 901s), 0s);
}

TEST(Throttle, LetsTheOwnerInFromElsewhereWhileTheNameIsAttacked) {
    Throttle throttle;
    tries(throttle, "lin", "10.0.0.1", start, 1h);
    const SteadyTime now = start + 1h;
    EXPECT_GT(throttle.admit("lin", "10.0.0.1", now), 0s);
    EXPECT_EQ(throttle.admit("lin", "192.168.1.7", now), 0s) << "the first one was a slip";
    EXPECT_EQ(throttle.admit("lin", "192.168.1.7", now), 0s);
}

TEST(Throttle, IsNotReadByTheLoginsOfTheOwnerAsForgivenessForTheGuesser) {
    Throttle throttle;
    int let_through = 0;
    for (int hour = 0; hour < 24; ++hour) {
        let_through += tries(throttle, "lin", "10.0.0.1", start + hour * 1h, 1h);
        EXPECT_EQ(throttle.admit("lin", "192.168.1.7", start + (hour + 1) * 1h - 1s), 0s);
        throttle.succeeded("lin", "192.168.1.7");
    }
    EXPECT_LT(let_through, 24 * 4 + 30);
}

TEST(Throttle, DoesNotCountGoodLoginsOfAnOfficeBehindOneAddress) {
    Throttle throttle;
    for (int i = 0; i < 200; ++i) {
        const std::string name = "w" + std::to_string(i);
        EXPECT_EQ(throttle.admit(name, "10.0.0.1", start), 0s) << i;
        if (i % 2 == 0)
            throttle.succeeded(name, "10.0.0.1");
        else
            throttle.undecided(name, "10.0.0.1");
    }
    EXPECT_EQ(throttle.remembered(), 0U);
}

TEST(Throttle, IsNotPassedByTryingAllAtOnce) {
    Throttle throttle;
    int let_through = 0;
    for (int i = 0; i < 1000; ++i) let_through += throttle.admit("lin", "10.0.0.1", start) == 0s;
    EXPECT_EQ(let_through, 6);
}

TEST(Throttle, DoesNotGiveTenThousandAddressesTenThousandTries) {
    Throttle throttle;
    int let_through = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::string peer = "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250);
        const SteadyTime now = start + i * 90ms;  // a quarter of an hour for all of them
        if (throttle.admit("lin", peer, now) > 0s) continue;
        ++let_through;
    }
    EXPECT_LE(let_through, 25);
}

TEST(Throttle, SlowsAnAddressThatGoesThroughManyNames) {
    Throttle throttle;
    int let_through = 0;
    for (int i = 0; i < 3600; ++i) {
        const std::string name = "w" + std::to_string(i);
        if (throttle.admit(name, "10.0.0.1", start + i * 1s) > 0s) continue;
        ++let_through;
    }
    EXPECT_LE(let_through, 25);
    EXPECT_EQ(throttle.admitted(), static_cast<std::uint64_t>(let_through));
    EXPECT_EQ(throttle.turned_away(), static_cast<std::uint64_t>(3600 - let_through));
}

TEST(Throttle, CountsANameInWhateverCase) {
    Throttle throttle({.names = {.free = 0, .first = 60s}, .clean_tries = 0});
    EXPECT_EQ(throttle.admit("LIN", "10.0.0.1", start), 0s);
    EXPECT_GT(throttle.admit("lin", "10.0.0.2", start), 0s);
    EXPECT_EQ(throttle.admit("lu", "10.0.0.2", start), 0s);
}

TEST(Throttle, ForgetsAfterAQuietHour) {
    Throttle throttle;
    tries(throttle, "lin", "10.0.0.1", start, 4h);
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(throttle.admit("lin", "10.0.0.1", start + 6h), 0s) << i;
    }
}

TEST(Throttle, RemembersABoundedNumberWhateverIsTried) {
    Throttle throttle({.names = {.free = 0, .first = 60s, .keys = 50},
                       .peers = {.free = 0, .first = 60s, .keys = 50}});
    for (int i = 0; i < 1000; ++i) {
        const std::string text = std::to_string(i);
        static_cast<void>(throttle.admit(text, text, start));
        static_cast<void>(throttle.admit(text, "clean" + text, start));
    }
    EXPECT_LE(throttle.remembered(), 150U);
}

}  // namespace
}  // namespace anju::access
