#include "drivers/event_time.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "core/model/reading.hpp"

namespace anju::drivers {
namespace {

TEST(EventTime, KeepsPlausibleTimesAndMarksTheOthers) {
    EXPECT_EQ(to_unix_ms(event_time(1'772'324'062'123).at), 1'772'324'062'123);
    EXPECT_EQ(event_time(1'772'324'062'123).quality, 0);
    EXPECT_EQ(event_time(0).quality, 0) << "no clock at all is not a wrong clock";
    for (const std::int64_t wrong :
         {std::int64_t{1}, std::int64_t{-1}, std::int64_t{1'577'836'799'999},
          std::int64_t{4'102'444'800'000}, std::numeric_limits<std::int64_t>::min(),
          std::numeric_limits<std::int64_t>::max()}) {
        EXPECT_EQ(to_unix_ms(event_time(wrong).at), 0) << wrong;
        EXPECT_EQ(event_time(wrong).quality, quality::clock_replaced) << wrong;
    }
    EXPECT_EQ(event_time(1'577'836'800'000).quality, 0) << "the first moment of 2020";
}

TEST(Iso8601, ReadsEveryZoneNotation) {
    constexpr std::int64_t moment = 1'772'324'062'000;
    EXPECT_EQ(parse_iso8601("2026-03-01T08:14:22+08:00"), moment);
    EXPECT_EQ(parse_iso8601("2026-03-01T08:14:22+0800"), moment);
    EXPECT_EQ(parse_iso8601("2026-03-01T00:14:22Z"), moment);
    EXPECT_EQ(parse_iso8601("2026-02-28T19:14:22-05:00"), moment);
    EXPECT_EQ(parse_iso8601("2026-03-01 00:14:22Z"), moment);
    EXPECT_EQ(parse_iso8601("2026-03-01T00:14:22.5Z"), moment + 500);
    EXPECT_EQ(parse_iso8601("2026-03-01T00:14:22.123456Z"), moment + 123);
    EXPECT_EQ(parse_iso8601("1970-01-01T00:00:00Z"), 0);
}

TEST(Iso8601, RefusesEverythingElse) {
    for (const char* text :
         {"", "N/A", "2026-03-01", "2026-03-01T08:14:22", "2026-02-30T08:14:22Z",
          "2026-13-01T08:14:22Z", "2026-03-01T24:14:22Z", "2026-03-01T08:60:22Z",
          "2026-03-01T08:14:22.Z", "2026-03-01T08:14:22+8:00", "2026-03-01T08:14:22+15:00",
          "2026-03-01T08:14:22Zx", "-026-03-01T08:14:22Z", "2026-3-1T08:14:22Z"}) {
        EXPECT_FALSE(parse_iso8601(text)) << text;
    }
}

}  // namespace
}  // namespace anju::drivers
