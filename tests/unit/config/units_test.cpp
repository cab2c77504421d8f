#include "config/units.hpp"

#include <gtest/gtest.h>

#include <array>

#include "config/suggest.hpp"

namespace anju::config {
namespace {

using namespace std::chrono_literals;

TEST(Units, ReadsDurationsWithOneUnit) {
    EXPECT_EQ(parse_duration("250ms"), 250ms);
    EXPECT_EQ(parse_duration("90s"), 90s);
    EXPECT_EQ(parse_duration("30min"), 30min);
    EXPECT_EQ(parse_duration("24h"), 24h);
    EXPECT_EQ(parse_duration("7d"), 24h * 7);
    EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(Units, RefusesWhatIsNoDuration) {
    for (const char* const text : {"", "s", "5", "-5s", "1.5h", "5 min", "5m", "5minutes",
                                   "1h30min", "99999999999999999999s", "40000d", "+5s", "0x5s"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(Units, SpellsDurationsSoThatTheyCanBeReadAgain) {
    for (const Duration duration : {Duration{0ms}, Duration{1ms}, Duration{90s}, Duration{30min},
                                    Duration{24h}, Duration{36h}, Duration{24h * 400}}) {
        EXPECT_EQ(parse_duration(format_duration(duration)), duration);
    }
    EXPECT_EQ(format_duration(24h), "1d");
    EXPECT_EQ(format_duration(90s), "90s");
}

TEST(Units, ReadsSizes) {
    EXPECT_EQ(parse_size("16MB"), 16'000'000U);
    EXPECT_EQ(parse_size("2GiB"), 2ULL << 30U);
    EXPECT_EQ(parse_size("4096"), 4096U);
    EXPECT_FALSE(parse_size("16mb"));
    EXPECT_FALSE(parse_size("18446744073709551615KiB"));
}

TEST(Units, ReadsOffsetsFromUtc) {
    EXPECT_EQ(parse_utc_offset("+08:00"), 8h);
    EXPECT_EQ(parse_utc_offset("-03:30"), -(3h + 30min));
    for (const char* const text : {"8", "08:00", "+8:00", "+08:60", "+15:00", "+08:0x", "+-8:00"}) {
        EXPECT_FALSE(parse_utc_offset(text)) << text;
    }
    EXPECT_EQ(format_utc_offset(-(3h + 30min)), "-03:30");
}

TEST(Suggest, CountsASwapOfNeighboursAsOneMistake) {
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("kind", "kind"), 0U);
    EXPECT_EQ(edit_distance("kidn", "kind"), 1U);
    EXPECT_EQ(edit_distance("presets", "preset"), 1U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Suggest, NamesTheNearestAndNothingFarFetched) {
    constexpr std::array<std::string_view, 3> keys{"id", "data_dir", "utc_offset"};
    EXPECT_EQ(nearest("datadir", keys), "data_dir");
    EXPECT_EQ(nearest("gateway_id", keys), "id") << "one contains the other";
    EXPECT_FALSE(nearest("colour", keys));
    EXPECT_EQ(suggestion("colour", keys), "expected one of id, data_dir, utc_offset");
}

}  // namespace
}  // namespace anju::config
