// How far the time of a drill goes at once.
#include "firmware-sim/homes/pace.hpp"

#include <gtest/gtest.h>

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr Instant midnight = Instant{} + 24h * 20'000;

Scenario with_smoke_at_noon() {
    Scenario out;
    out.homes.emplace_back();
    out.homes[0].incidents.push_back({.kind = IncidentKind::smoke, .at = 12h, .lasts = 1h});
    return out;
}

TEST(Pace, GoesFarWhereNothingIsLookedAt) {
    const Pace pace(with_smoke_at_noon(), midnight);
    EXPECT_EQ(pace.after(midnight + 6h), midnight + 6h + 10min);
}

TEST(Pace, NeverGoesPastTheBeginningOrTheEndOfAnIncident) {
    const Pace pace(with_smoke_at_noon(), midnight);
    EXPECT_EQ(pace.after(midnight + 12h - 1min), midnight + 12h);
    EXPECT_EQ(pace.after(midnight + 13h - 1min), midnight + 13h);
}

TEST(Pace, GoesBySecondsAfterAnIncidentAndThenFastAgain) {
    const Pace pace(with_smoke_at_noon(), midnight);
    EXPECT_EQ(pace.after(midnight + 12h), midnight + 12h + 5s);
    EXPECT_EQ(pace.after(midnight + 12h + 11min), midnight + 12h + 21min);
}

TEST(Pace, TakesAThirtiethOfTheTimeThatAnExpectationLeaves) {
    auto scenario = with_smoke_at_noon();
    auto& wanted = scenario.expectations.emplace_back();
    wanted.from = 14h;
    wanted.within = 3h;
    wanted.not_before = 30min;
    const Pace pace(scenario, midnight);
    EXPECT_EQ(pace.after(midnight + 14h + 29min), midnight + 14h + 30min);
    EXPECT_EQ(pace.after(midnight + 14h + 30min), midnight + 14h + 35min);
    EXPECT_EQ(pace.after(midnight + 17h - 1min), midnight + 17h);
}

}  // namespace
}  // namespace anju::sim
