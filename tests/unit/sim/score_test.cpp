// What came is held against what had to come.
#include "firmware-sim/drill/score.hpp"

#include <gtest/gtest.h>

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr Instant midnight = Instant{} + 24h * 20'000;

Scenario expecting(const std::string& more) {
    auto parsed = parse_scenario(R"(name = "x"
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
  { name = "smoke", kind = "smoke", label = "s", sample_every = "4h" },
  { name = "spare", kind = "smoke", label = "s", sample_every = "4h" },
]
incident = [{ what = "smoke", device = "smoke", at = "12:00" }]
[[expect]]
home = "a"
)" + more,
                                 "f");
    EXPECT_TRUE(parsed) << parsed.error().text();
    return std::move(*parsed);
}

SeenAlert smoke_at(Duration since_midnight) {
    return {"A1",
            "a",
            AlertKind::smoke,
            "a-smoke",
            Priority::p1,
            AlertState::open,
            midnight + since_midnight,
            {Role::grid_worker},
            {}};
}

std::string fault_of(const Score& score) {
    return score.verdicts[0].faults.empty() ? "" : score.verdicts[0].faults[0].en;
}

TEST(Score, IsMetByAnAlertInTimeWithItsPriorityAndWhoeverHasToBeTold) {
    const auto score = judge(expecting(R"(alert = "smoke"
device = "smoke"
priority = "P1"
within = "10s"
told = ["grid_worker"]
ends = "open")"),
                             midnight, {smoke_at(12h + 4s)});
    EXPECT_TRUE(score.passed()) << fault_of(score);
    EXPECT_EQ(score.verdicts[0].delay, 4s);
    EXPECT_TRUE(score.unexpected.empty());
}

TEST(Score, BlamesNoAlertForAClockThatIsBehind) {
    const auto wanted = expecting("alert = \"smoke\"\nwithin = \"10s\"");
    const auto early = smoke_at(12h - 12s);
    EXPECT_EQ(fault_of(judge(wanted, midnight, {early}, 10s)), "it did not come");
    const auto score = judge(wanted, midnight, {early}, 15s);
    EXPECT_TRUE(score.passed()) << fault_of(score);
    EXPECT_EQ(score.verdicts[0].delay, 0s);
}

TEST(Score, SaysWhatWasMissed) {
    const auto late = R"(alert = "smoke"
within = "10s")";
    EXPECT_EQ(fault_of(judge(expecting(late), midnight, {smoke_at(12h + 11s)})),
              "too late: after 11s instead of 10s");
    EXPECT_EQ(fault_of(judge(expecting(late), midnight, {})), "it did not come");
    EXPECT_EQ(fault_of(judge(expecting("alert = \"smoke\"\ntold = [\"maintainer\"]"), midnight,
                             {smoke_at(12h)})),
              "maintainer was not told");
    EXPECT_EQ(fault_of(judge(expecting("alert = \"smoke\"\nends = \"closed\""), midnight,
                             {smoke_at(12h)})),
              "at the end it was open instead of closed");
    EXPECT_EQ(fault_of(judge(expecting("never = \"smoke\""), midnight, {smoke_at(12h)})),
              "it should not have come");
    auto lesser = smoke_at(12h);
    lesser.priority = Priority::p3;
    EXPECT_EQ(
        fault_of(judge(expecting("alert = \"smoke\"\npriority = \"P1\""), midnight, {lesser})),
        "it was P3 instead of P1");
}

TEST(Score, TakesNoAlertForAnswerThatCameBeforeItsCauseOrOfAnotherDevice) {
    const auto early = judge(expecting("alert = \"smoke\""), midnight, {smoke_at(11h)});
    EXPECT_FALSE(early.passed());
    EXPECT_EQ(early.unexpected, (std::vector<std::size_t>{0}));
    auto other = smoke_at(12h);
    other.device = "a-spare";
    EXPECT_FALSE(
        judge(expecting("alert = \"smoke\"\ndevice = \"smoke\""), midnight, {other}).passed());
}

TEST(Score, ListsWhatNobodyExpected) {
    auto flood = smoke_at(13h);
    flood.kind = AlertKind::flood;
    const auto score = judge(expecting("alert = \"smoke\""), midnight, {flood, smoke_at(12h)});
    EXPECT_TRUE(score.passed());
    ASSERT_EQ(score.unexpected.size(), 1U);
    EXPECT_EQ(score.alerts[score.unexpected[0]].kind, AlertKind::flood);
}

TEST(Score, KnowsTheWorldsTimeOfABoxWhoseClockWasSet) {
    Scenario scenario;
    scenario.lasts = 10h;
    scenario.clock = {{10h, 24h}, {12h, -26h}};  // a day forward, then two hours wrong
    const auto world = [&](Duration shown) {
        return world_time(scenario, midnight, midnight + shown) - midnight;
    };
    EXPECT_EQ(world(9h), Duration{9h});
    EXPECT_EQ(world(35h), Duration{11h});
    EXPECT_EQ(world(11h), Duration{13h});
    scenario.clock.clear();
    EXPECT_EQ(world(35h), Duration{35h});
}

}  // namespace
}  // namespace anju::sim
