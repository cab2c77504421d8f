// The platform's file survives its process and says what it holds.
#include "firmware-sim/platform/store.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/platform/summary.hpp"
#include "tests/support/broker.hpp"

namespace anju::sim {
namespace {

const StreamKey alarm{"g1", 1, v1::LANE_ALARM};

StoredEvent make_alert(std::uint64_t seq, v1::AlertState state, v1::AlertState before) {
    v1::DistrictEvent event;
    event.set_gateway_id("g1");
    event.set_epoch(1);
    event.set_lane(v1::LANE_ALARM);
    event.set_seq(seq);
    auto& alert = *event.mutable_alert();
    alert.set_alert_id("h1-1");
    alert.set_kind(v1::ALERT_KIND_SMOKE);
    alert.set_device_id("h1-smoke");
    alert.set_state(state);
    alert.set_previous_state(before);
    alert.set_decision(seq);
    return {alarm, seq, 1, 0, event.SerializeAsString()};
}

TEST(PlatformStore, KeepsEventsOnceAndCountsWhatCame) {
    const test::TempDir dir;
    const auto file = dir.path() / "platform.db";
    const auto raised = make_alert(1, v1::ALERT_STATE_OPEN, v1::ALERT_STATE_UNSPECIFIED);
    const auto closed = make_alert(3, v1::ALERT_STATE_ACKNOWLEDGED, v1::ALERT_STATE_OPEN);
    {
        auto store = PlatformStore::open(file, PlatformStore::Mode::write).value();
        ASSERT_TRUE(store.commit({raised}, {{alarm, 1, 0, 0, 0}}));
        ASSERT_TRUE(store.commit({raised, closed}, {{alarm, 2, 1, 3, 2}}));
        ASSERT_TRUE(store.write_commit_time());
    }
    const auto store = PlatformStore::open(file, PlatformStore::Mode::read).value();
    const auto summary = summarise(store, ReportReader{{}}).value();
    EXPECT_EQ(summary.events(), 2U);
    EXPECT_EQ(summary.duplicates(), 1U);
    EXPECT_EQ(summary.missing(), 1U) << "number 2";
    ASSERT_EQ(summary.streams.size(), 1U);
    EXPECT_EQ(summary.streams[0].count.received, 3U);
    EXPECT_EQ(summary.streams[0].count.head, 3U);
    ASSERT_EQ(summary.alerts.size(), 1U);
    const auto& alert = summary.alerts.begin()->second;
    EXPECT_EQ(alert.raised, 1U);
    ASSERT_EQ(alert.steps.size(), 2U);
    EXPECT_EQ(alert.steps[1].event.alert().state(), v1::ALERT_STATE_ACKNOWLEDGED);
    for (const auto& step : alert.steps) EXPECT_GT(step.committed_ns, 0);
}

TEST(PlatformStore, CountsTheEndThatAHeartbeatAnnouncedAsMissing) {
    const test::TempDir dir;
    auto store = PlatformStore::open(dir.path() / "p.db", PlatformStore::Mode::write).value();
    ASSERT_TRUE(store.commit({}, {{alarm, 0, 0, 4, 4}}));
    EXPECT_EQ(summarise(store, ReportReader{{}}).value().missing(), 4U);
}

TEST(PlatformStore, RefusesToReadAFileThatIsNotThere) {
    const auto store = PlatformStore::open("/nonexistent/p.db", PlatformStore::Mode::read);
    ASSERT_FALSE(store);
    EXPECT_NE(store.error().text().find("/nonexistent/p.db"), std::string::npos);
}

TEST(Percentile, IsTheNearestRank) {
    std::vector<double> values;
    for (int i = 1; i <= 100; ++i) values.push_back(i);
    EXPECT_EQ(percentile(values, 500), 50);
    EXPECT_EQ(percentile(values, 990), 99);
    EXPECT_EQ(percentile(values, 1000), 100);
    EXPECT_EQ(percentile({7}, 1), 7);
}

}  // namespace
}  // namespace anju::sim
