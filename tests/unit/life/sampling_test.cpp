// What a meter and other sensors would say of a life, and the numbers taken from it.
#include "firmware-sim/life/sampling.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/life/statistics.hpp"

namespace anju::sim::life {
namespace {

using namespace std::chrono_literals;

constexpr Date first = std::chrono::year{2026} / 3 / 2;

Act draw(Duration at, std::int64_t water_ml, Duration runs = 1s) {
    return {at, Deed::drink, water_ml, Room::kitchen, runs};
}

TEST(LifeMeter, CountsWholePulsesAndKeepsTheRestForTheNext) {
    Meter meter({.every = 1h, .pulse_ml = 1000, .offset = 0min}, first);
    meter.add({.date = first,
               .before = {},
               .acts = {draw(10min, 600), draw(70min, 600), draw(250min, 100)},
               .truth = {}});
    ASSERT_EQ(meter.rows().size(), 5U);
    const std::int64_t want[] = {0, 0, 1000, 0, 0};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(meter.rows()[i].litres_milli, want[i]) << i;
    EXPECT_EQ(meter.rows()[1].at, midnight(first) + 1h);
}

TEST(LifeMeter, SharesWhatRunsAcrossAReadingBetweenTheTwo) {
    Meter meter({.every = 1h, .pulse_ml = 1, .offset = 0min}, first);
    meter.add({.date = first,
               .before = {},
               .acts = {draw(58min, 40'000, 8min), draw(121min, 1)},
               .truth = {}});
    ASSERT_EQ(meter.rows().size(), 3U);
    EXPECT_EQ(meter.rows()[1].litres_milli, 10'000);
    EXPECT_EQ(meter.rows()[2].litres_milli, 30'000);
}

TEST(LifeMeter, LosesBundlesButNoLitres) {
    Meter whole({.offset = 0min}, first);
    Meter holed({.offset = 0min, .lost_pm = 300, .seed = 5}, first);
    Day day{.date = first, .before = {}, .acts = {}, .truth = {}};
    for (int i = 0; i < 240; ++i) day.acts.push_back(draw(i * 1h + 5min, 2000));
    for (Meter* meter : {&whole, &holed}) meter->add(day);
    std::int64_t total = 0;
    for (const MeterRow& row : holed.rows()) total += row.litres_milli;
    EXPECT_LT(holed.rows().size(), whole.rows().size() - 20);
    EXPECT_EQ(total % 2000, 0);
    EXPECT_EQ(total / 2000, (holed.rows().back().at - midnight(first)) / 1h);
}

TEST(LifeEvents, AreRowsOfARecordingInOrderOfTime) {
    Day day{.date = first, .before = {}, .acts = {}, .truth = {}};
    day.acts.push_back({6h, Deed::get_up, 0, Room::living, {}});
    day.acts.push_back({7h, Deed::go_out, 0, Room::hall, {}});
    EXPECT_EQ(event_rows(day, {.motion = true, .door = true, .bed = true}),
              "2026-03-02T05:59:40,bed,pressure,0\n"
              "2026-03-02T06:00:00,living,motion,1\n"
              "2026-03-02T06:00:30,living,motion,0\n"
              "2026-03-02T07:00:00,hall,motion,1\n"
              "2026-03-02T07:00:00,entrance,door,1\n"
              "2026-03-02T07:00:08,entrance,door,0\n"
              "2026-03-02T07:00:30,hall,motion,0\n");
    EXPECT_EQ(event_rows(day, {.motion = false, .door = false, .bed = false}), "");
}

TEST(LifeStatistics, CountReadingsThatCountedSomethingAndTheTimeBetween) {
    std::vector<MeterRow> rows;
    // Two litres at 02:30 and at 08:30 of each of ten days.
    for (int hour = 0; hour <= 240; ++hour) {
        const int of_day = hour % 24;
        rows.push_back(
            {midnight(first) + std::chrono::hours{hour}, of_day == 3 || of_day == 9 ? 2000 : 0});
    }
    const auto measured = measure_meter(rows);
    EXPECT_DOUBLE_EQ(measured.days, 10);
    EXPECT_DOUBLE_EQ(measured.litres_a_day, 4);
    EXPECT_DOUBLE_EQ(measured.uses_a_day, 2);
    EXPECT_DOUBLE_EQ(measured.night_uses, 1);
    EXPECT_DOUBLE_EQ(measured.profile[2], 1);
    EXPECT_DOUBLE_EQ(measured.profile[3], 0);
    EXPECT_NEAR(measured.p90_gap_h, 18, 0.5);
    EXPECT_DOUBLE_EQ(measured.median_use_l, 2);
}

TEST(LifeStatistics, TakeAHoleInTheReadingsForNeitherAGapNorCoverage) {
    const auto at = [](int hour) { return midnight(first) + std::chrono::hours{hour}; };
    const std::vector<MeterRow> rows{{at(0), 0}, {at(1), 1000}, {at(50), 90'000}, {at(51), 1000}};
    const auto measured = measure_meter(rows);
    EXPECT_DOUBLE_EQ(measured.days, 2.0 / 24);
    EXPECT_DOUBLE_EQ(measured.litres_a_day, 24);
    EXPECT_DOUBLE_EQ(measured.p90_gap_h, 0) << "no two uses are on one side of the hole";
}

TEST(LifeStatistics, CountDoorPassagesNotContacts) {
    const auto at = [](int second) { return midnight(first) + std::chrono::seconds{second}; };
    const std::vector<Instant> door{at(0), at(60), at(110), at(3600), at(3700), at(9000)};
    EXPECT_DOUBLE_EQ(passages_a_day(door, 1), 3);
}

TEST(LifeStatistics, OfNothingAreZero) {
    EXPECT_DOUBLE_EQ(measure_meter({}).days, 0);
    EXPECT_DOUBLE_EQ(measure_signs({}, {}).uses_a_day, 0);
    EXPECT_DOUBLE_EQ(quantile({}, 0.5), 0);
}

}  // namespace
}  // namespace anju::sim::life
