// What incidents do to a home, as its sensors tell it.
#include <gtest/gtest.h>

#include <algorithm>

#include "firmware-sim/homes/home_model.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

/// A day of a home whose incident is `what`.
Output day_with(const std::string& what) {
    const auto scenario = parse_scenario(R"(name = "x"
title_zh = "测"
title_en = "t"
start = "2026-03-02T06:00"
lasts = "1d"
[[home]]
id = "a"
community = "c"
resident = "r"
person_zh = "甲"
person_en = "A"
device = [
  { name = "meter", kind = "water_meter", label = "m", sample_every = "1h" },
  { name = "door", kind = "door", label = "d", sample_every = "1h" },
  { name = "bath", kind = "motion", label = "b", room = "bathroom", sample_every = "1h" },
  { name = "living", kind = "motion", label = "l", room = "living", sample_every = "1h" },
]
incident = [)" + what + "]\n",
                                         "f");
    EXPECT_TRUE(scenario) << scenario.error().text();
    HomeModel model(scenario->homes[0], scenario->start, scenario->start + scenario->lasts, 7);
    Output out;
    model.advance(scenario->start + scenario->lasts, out);
    return out;
}

Instant clock_time(const char* text) {
    return *parse_instant(std::string("2026-03-0") + text);
}

std::size_t count(const Output& out, ReadingKind kind, std::int64_t value, Instant from,
                  Instant to) {
    std::size_t found = 0;
    for (const auto& emission : out.emissions) {
        for (const auto& reading : emission.readings) {
            found += reading.kind == kind && reading.value == value && reading.event_time >= from &&
                     reading.event_time < to;
        }
    }
    return found;
}

std::int64_t meter_at(const Output& out, Instant at) {
    std::int64_t last = 0;
    for (const auto& emission : out.emissions) {
        for (const auto& reading : emission.readings) {
            if (reading.kind == ReadingKind::water_total_ml && reading.event_time <= at)
                last = reading.value;
        }
    }
    return last;
}

TEST(HomeIncidents, SeeAFallInItsRoomAndNothingAfterIt) {
    const auto out = day_with(R"({ what = "fall", at = "13:00", room = "bathroom" })");
    EXPECT_EQ(count(out, ReadingKind::motion, 1, clock_time("2T13:00"), clock_time("2T13:01")), 1U);
    EXPECT_EQ(count(out, ReadingKind::motion, 1, clock_time("2T13:01"), clock_time("3T06:00")), 0U);
    EXPECT_EQ(
        count(out, ReadingKind::contact_open, 1, clock_time("2T13:00"), clock_time("3T06:00")), 0U);
}

TEST(HomeIncidents, OpenTheDoorForAJourneyAndForTheReturn) {
    const auto out = day_with(R"({ what = "travel", at = "13:00", lasts = "6h" })");
    EXPECT_EQ(
        count(out, ReadingKind::contact_open, 1, clock_time("2T13:00"), clock_time("2T13:01")), 1U);
    EXPECT_EQ(count(out, ReadingKind::motion, 1, clock_time("2T13:01"), clock_time("2T19:00")), 0U);
    EXPECT_EQ(
        count(out, ReadingKind::contact_open, 1, clock_time("2T19:00"), clock_time("2T19:01")), 1U);
}

TEST(HomeIncidents, OpenTheDoorForThoseWhoFetchSomebodyAndWhenTheyLeave) {
    const auto out = day_with(R"({ what = "hospital", at = "13:00" })");
    EXPECT_EQ(
        count(out, ReadingKind::contact_open, 1, clock_time("2T13:00"), clock_time("3T06:00")), 2U);
}

TEST(HomeIncidents, RunATapThroughTheMeterAndBack) {
    const auto out = day_with(
        R"({ what = "tap_running", at = "00:30", day = 2, lasts = "3h", litres_an_hour = 600 })");
    const auto plain = day_with("");
    const auto drawn = [](const Output& all) {
        return meter_at(all, clock_time("3T05:30")) - meter_at(all, clock_time("2T23:30"));
    };
    EXPECT_EQ(drawn(out) - drawn(plain), 1'800'000);
    const auto back =
        day_with(R"({ what = "backflow", at = "00:30", day = 2, lasts = "3h", litres = 90 })");
    EXPECT_EQ(drawn(back) - drawn(plain), -90'000);
}

TEST(HomeIncidents, BeginTheRegisterOfANewMeterAtNothing) {
    const auto out = day_with(R"({ what = "meter_replaced", at = "12:00" })");
    EXPECT_LT(meter_at(out, clock_time("3T05:00")), 1'000'000);
}

TEST(HomeIncidents, StampTheReadingsOfALostClock1970AndThenRightAgain) {
    const auto out =
        day_with(R"({ what = "clock_without_ntp", device = "door", at = "08:00", lasts = "4h" })");
    std::size_t lost = 0;
    for (const auto& emission : out.emissions) {
        if (emission.readings.front().event_time < Instant{} + 24h) {
            EXPECT_EQ(emission.device, 1U);
            ++lost;
        }
    }
    EXPECT_GE(lost, 4U) << "hourly, and what the door did";
    const auto& first = *std::ranges::find_if(out.emissions, &Emission::afresh);
    EXPECT_EQ(first.device, 1U) << "it lost the time by starting anew";
}

TEST(HomeIncidents, SayHowLongADeviceFloods) {
    const auto out =
        day_with(R"({ what = "burst", device = "bath", at = "08:00", lasts = "20s" })");
    ASSERT_EQ(out.floods.size(), 1U);
    EXPECT_EQ(out.floods[0].device, 2U);
    EXPECT_EQ(out.floods[0].per_second, 100);
    EXPECT_EQ(out.floods[0].until, clock_time("2T08:00:20"));
}

TEST(HomeIncidents, KeepAnIllPersonInBedButForTheBathroom) {
    const auto ill = day_with(R"({ what = "illness", at = "06:00" })");
    const auto well = day_with("");
    const auto from = clock_time("2T06:00");
    const auto to = clock_time("3T06:00");
    EXPECT_EQ(count(ill, ReadingKind::contact_open, 1, from, to), 0U);
    EXPECT_GT(count(ill, ReadingKind::motion, 1, from, to), 0U);
    EXPECT_LT(count(ill, ReadingKind::motion, 1, from, to),
              count(well, ReadingKind::motion, 1, from, to));
}

}  // namespace
}  // namespace anju::sim
