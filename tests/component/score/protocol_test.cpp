#include "app/score/protocol.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/component/score/files.hpp"

namespace anju::score {
namespace {

const Instant day = time("2020-03-02");

Span span(Duration from, Duration to) {
    return {day + from, day + to};
}

std::string water(Duration at, int litres) {
    return row(day + at, "meter", "water", std::to_string(litres));
}

/// Uses at both times and nothing between.
std::size_t absences_between(Duration from, Duration to) {
    return likely_absences(Files().recording(water(from, 1) + water(to, 1))).size();
}

TEST(LikelyAbsence, IsASilenceOfMoreThan16Hours) {
    EXPECT_EQ(absences_between(18h, 34h), 0U);
    EXPECT_EQ(absences_between(18h, 34h + 1s), 1U);
}

TEST(LikelyAbsence, IsASilenceOf5HoursOfWhich4AreByDay) {
    EXPECT_EQ(absences_between(10h, 15h), 1U);
    EXPECT_EQ(absences_between(10h, 15h - 1s), 0U);
    EXPECT_EQ(absences_between(8h, 13h), 1U);
    EXPECT_EQ(absences_between(8h - 1s, 13h - 1s), 0U) << "not four hours by day";
    EXPECT_EQ(absences_between(14h, 25h), 1U);
    EXPECT_EQ(absences_between(14h + 1s, 25h), 0U);
}

TEST(LikelyAbsence, RunsFromTheRowOfTheLastUseToTheRowOfTheNext) {
    const auto absences = likely_absences(
        Files().recording(water(8h, 1) + water(9h, 2) + water(12h, 0) + water(20h, 1)));
    ASSERT_EQ(absences.size(), 1U);
    EXPECT_EQ(absences[0].span, span(9h, 20h));
    EXPECT_EQ(absences[0].last_use, 1U);
    EXPECT_EQ(absences[0].next_use, 3U);
}

TEST(LikelyAbsence, MayLastToTheEndOfTheRecording) {
    const auto absences = likely_absences(Files().recording(water(8h, 1) + water(26h, 0)));
    ASSERT_EQ(absences.size(), 1U);
    EXPECT_EQ(absences[0].span, span(8h, 26h));
    EXPECT_EQ(absences[0].next_use, 2U);
}

Spans door_absences_of(const std::string& rows) {
    const Recording recording = Files().recording(rows);
    return door_absences(recording, wire(recording, {}, Rules{}));
}

TEST(DoorAbsence, TakesTheEntranceBeforeTheSilenceAndAfterIt) {
    const auto rows = [](Duration left, Duration came_back) {
        return row(day, "Front", "door", "1") + row(day + left, "Hall", "motion", "1") +
               row(day + 5h, "Hall", "motion", "1") +
               row(day + 5h + came_back, "Front", "door", "0");
    };
    EXPECT_EQ(door_absences_of(rows(3min, 3min)), (Spans{span(3min, 5h)}));
    EXPECT_TRUE(door_absences_of(rows(3min + 1s, 3min)).empty()) << "went to the door long before";
    EXPECT_TRUE(door_absences_of(rows(3min, 3min + 1s)).empty()) << "used the door long after";
}

TEST(DoorAbsence, TakesASilenceOfMoreThanTenMinutes) {
    const auto rows = [](Duration silent) {
        return row(day, "Front", "door", "1") + row(day + silent, "Front", "door", "0");
    };
    EXPECT_TRUE(door_absences_of(rows(10min)).empty());
    EXPECT_EQ(door_absences_of(rows(10min + 1s)).size(), 1U);
}

Spans covered_of(const std::string& rows) {
    const Recording recording = Files().recording(rows);
    return covered(recording, wire(recording, {}, Rules{}));
}

TEST(Coverage, LeavesOutTheTimeTheGatewayWasOffline) {
    EXPECT_EQ(
        covered_of(row(day, "Hall", "motion", "1") + row(day + 1h, "box", "status", "offline") +
                   row(day + 5h, "box", "status", "online") + row(day + 9h, "Hall", "motion", "1")),
        (Spans{span(0h, 1h), span(5h, 9h)}));
}

TEST(Coverage, LeavesOutTheHolesOfAMeter) {
    EXPECT_EQ(covered_of(water(0h, 0) + water(1h, 0) + water(2h, 0) + water(4h + 30min, 0) +
                         water(8h, 0) + water(9h, 0)),
              (Spans{span(0h, 4h + 30min), span(8h, 9h)}));
}

TEST(Moments, AreDrawnFromTheEligibleTimeAndAreTheSameEveryTime) {
    const Spans eligible{span(0h, 1s), span(1h, 1h + 2s), span(9h + 1ms, 9h + 1s)};
    const auto moments = draw_moments(eligible, 300);
    EXPECT_EQ(moments.size(), 300U);
    EXPECT_TRUE(std::ranges::is_sorted(moments));
    for (const Instant at : moments) {
        EXPECT_TRUE(at == day || at == day + 1h || at == day + 1h + 1s) << format_time(at);
    }
    EXPECT_EQ(std::ranges::count(moments, day + 1h + 1s), 83);
    EXPECT_EQ(moments, draw_moments(eligible, 300));
    EXPECT_TRUE(draw_moments({}, 300).empty());
}

TEST(SetsOfTimes, AreCutAndShortened) {
    const Spans two{span(0h, 10h), span(20h, 30h)};
    EXPECT_EQ(without(two, {span(2h, 3h), span(8h, 22h), span(29h, 40h)}),
              (Spans{span(0h, 2h), span(3h, 8h), span(22h, 29h)}));
    EXPECT_EQ(without(two, {span(-1h, 40h)}), Spans{});
    EXPECT_EQ(since(two, day + 25h), (Spans{span(25h, 30h)}));
    EXPECT_EQ(shortened({span(0h, 10h), span(20h, 24h)}, 4h), (Spans{span(0h, 6h)}));
    EXPECT_EQ(length(two), 20h);
    EXPECT_TRUE(contains(two, day + 20h));
    EXPECT_FALSE(contains(two, day + 10h));
}

}  // namespace
}  // namespace anju::score
