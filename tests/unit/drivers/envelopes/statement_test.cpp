#include "drivers/statement.hpp"

#include <gtest/gtest.h>

#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

constexpr Message live{.topic = "t", .payload = R"({"a":1,"b":2})"};
constexpr Message kept{.topic = "t", .payload = "{}", .retained = true};

Statement statement(const Message& message = live) {
    return {"tasmota", message, "it"};
}

TEST(Statement, TakesNullForAbsentAndNotForZero) {
    Statement said = statement();
    said.flag(ReadingKind::smoke, "a", nullptr);
    said.percent("a", nullptr);
    said.voltage("a", nullptr, 1000);
    const Decoded out = std::move(said).finish();
    EXPECT_EQ(brief(out.readings), "alive=1");
    EXPECT_TRUE(out.problems.empty());
}

TEST(Statement, ReportsAValueThatMakesNoSenseBesideThoseThatDo) {
    Statement said = statement();
    said.flag(ReadingKind::smoke, "a", 1);
    said.flag(ReadingKind::tamper, "b", 2);
    said.percent("b", 100.5);
    said.percent("b", -1);
    said.voltage("b", 61, 1000);
    said.voltage("b", "3.1", 1000);
    const Decoded out = std::move(said).finish();
    EXPECT_EQ(brief(out.readings), "smoke=1");
    ASSERT_EQ(out.problems.size(), 5U);
    EXPECT_EQ(out.problems[0].code, "value_unknown");
    EXPECT_EQ(out.problems[0].at, 7U);
    for (std::size_t i = 1; i < 5; ++i) EXPECT_EQ(out.problems[i].code, "value_out_of_range");
}

TEST(Statement, KeepsTheAlarmOfSeveralAndTheWeakerBattery) {
    Statement said = statement();
    for (const int value : {0, 1, 0}) said.level(ReadingKind::water_leak, value);
    for (const int value : {80, 20, 50}) said.level(ReadingKind::battery_pct, value);
    EXPECT_EQ(brief(std::move(said).finish().readings), "water_leak=1 battery_pct=20");
}

TEST(Statement, TellsOfNoEventThatTheBrokerKept) {
    Statement said = statement(kept);
    said.event(ReadingKind::sos);
    EXPECT_TRUE(std::move(said).finish().readings.empty());
}

TEST(Statement, MarksAlarmsOfATestAndNotTheBattery) {
    Statement said = statement();
    said.level(ReadingKind::smoke, 1);
    said.level(ReadingKind::battery_low, 1);
    said.mark_test();
    const Decoded out = std::move(said).finish();
    EXPECT_EQ(out.readings[0].quality, quality::test);
    EXPECT_EQ(out.readings[1].quality, 0);
}

TEST(Statement, IsBoundedHoweverMuchIsWrong) {
    Statement said = statement();
    for (int i = 0; i < 1000; ++i) said.problem("code", "a", "text");
    EXPECT_EQ(std::move(said).finish().problems.size(), 16U);
}

TEST(Statement, TakesASignalOnlyWhereItCanBeOne) {
    Statement said = statement();
    for (const json::value& value : {json::value(1), json::value(-151), json::value("-60")}) {
        said.signal_dbm(value);
    }
    EXPECT_FALSE(said.said().rssi_dbm);
    said.signal_dbm(-60);
    EXPECT_EQ(said.said().rssi_dbm, -60);
}

}  // namespace
}  // namespace anju::drivers::testing
