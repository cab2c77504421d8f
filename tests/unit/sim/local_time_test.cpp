// Times as people write them.
#include "firmware-sim/local_time.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/sim_clock.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

TEST(LocalTime, ReadsAnInstantWithAndWithoutZone) {
    const auto six = parse_instant("2026-03-02T06:00+08:00");
    ASSERT_TRUE(six);
    EXPECT_EQ(to_unix_ms(*six), 1772402400000);
    EXPECT_EQ(parse_instant("2026-03-02T06:00"), six);
    EXPECT_EQ(parse_instant("2026-03-01T22:00:00Z"), six);
    EXPECT_EQ(parse_instant("2026-03-01T17:00-05:00"), six);
}

TEST(LocalTime, RefusesWhatIsNoInstant) {
    for (const auto* text : {"", "2026-02-30T06:00", "2026-03-02", "2026-03-02T24:00",
                             "2026-03-02T06:00+8", "2026-03-02T06:00 ", "26-03-02T06:00"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
}

TEST(LocalTime, ReadsDurationsAndWritesThemBack) {
    EXPECT_EQ(parse_duration("1d2h30m"), Duration{26h + 30min});
    EXPECT_EQ(parse_duration("90s"), Duration{90s});
    for (const auto* text : {"", "h", "5", "1m1h", "-1h", "1x", "1h1h"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
    for (const Duration duration : {Duration{1h}, Duration{90s}, Duration{24h}, Duration{26h}}) {
        EXPECT_EQ(parse_duration(format_duration(duration)), duration);
    }
}

TEST(LocalTime, FindsLocalMidnight) {
    const auto early = *parse_instant("2026-03-02T00:30");
    EXPECT_EQ(local_midnight(early), early - 30min);
    EXPECT_EQ(format_local(early), "03-02 00:30:00");
}

TEST(SimClock, RunsAtItsRateAndDoesNotJumpWhenTheRateChanges) {
    const SteadyTime begin{100s};
    SimClock clock(from_unix_ms(0), 1200, begin);
    EXPECT_EQ(clock.read(begin + 1s), from_unix_ms(1'200'000));
    clock.set_rate(1, begin + 1s);
    EXPECT_EQ(clock.read(begin + 1s), from_unix_ms(1'200'000));
    EXPECT_EQ(clock.read(begin + 2s), from_unix_ms(1'201'000));
}

TEST(SimClock, HasReachedAnInstantAtTheMomentItNames) {
    const SteadyTime begin{100s};
    for (const double rate : {0.5, 1.0, 7.0, 1200.0, 99'999.0}) {
        const SimClock clock(from_unix_ms(1'000), rate, begin);
        for (const std::int64_t ms : {1'000, 1'001, 5'003, 86'400'000}) {
            EXPECT_GE(clock.read(clock.when(from_unix_ms(ms))), from_unix_ms(ms)) << rate;
        }
    }
}

}  // namespace
}  // namespace anju::sim
