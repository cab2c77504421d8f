// What the uplink does after an outage and about events that are lost.
#include "base/log.hpp"
#include "uplink_fixture.hpp"

namespace anju::uplink {

TEST_F(UplinkTest, AfterAnOutageBulkWaitsUntilThePlatformHasTheAlarms) {
    uplink.start(7);
    commit(make(Lane::bulk, 40));
    commit(make(Lane::alarm, 1));
    uplink.link_changed(Lane::bulk, true, clock.steady);  // the alarms' session comes up later
    poll();
    EXPECT_TRUE(bulk.events.empty());
    ASSERT_TRUE(uplink.deadline());
    EXPECT_GT(*uplink.deadline(), clock.steady) << "spinning while it waits";
    clock.steady += 400ms;
    uplink.link_changed(Lane::alarm, true, clock.steady);
    poll();
    EXPECT_EQ(alarm.events.size(), 1U);
    EXPECT_TRUE(bulk.events.empty());
    ASSERT_TRUE(ack(Lane::alarm, 0, {1}));
    poll();
    EXPECT_FALSE(bulk.events.empty());
}

TEST_F(UplinkTest, BulkDoesNotWaitForeverForAnAlarmThatNobodyTakes) {
    uplink.start(7);
    commit(make(Lane::bulk, 3));
    commit(make(Lane::alarm, 1));
    connect();
    clock.steady += 5s;
    poll();
    EXPECT_EQ(bulk.events.size(), 3U);
}

TEST_F(UplinkTest, AnAlarmHurriesItsLinkWhileThatIsAway) {
    uplink.start(7);
    commit(make(Lane::bulk, 1));
    poll();
    EXPECT_EQ(alarm.hurries, 0) << "nothing urgent";
    commit(make(Lane::alarm, 1));
    EXPECT_EQ(alarm.hurries, 1);
    EXPECT_TRUE(uplink.alarm_waiting());
    poll();
    poll();
    EXPECT_EQ(alarm.hurries, 1) << "polling must not hammer";
    commit(make(Lane::alarm, 1));
    EXPECT_EQ(alarm.hurries, 2);
    connect();
    commit(make(Lane::alarm, 1));
    poll();
    EXPECT_EQ(alarm.hurries, 2) << "it is connected";
    uplink.link_changed(Lane::alarm, false, clock.steady);
    poll();
    EXPECT_EQ(alarm.hurries, 3) << "unacknowledged when the connection broke";
    EXPECT_EQ(bulk.hurries, 0);
}

TEST_F(UplinkTest, HolesAreAnsweredByDataOrByATombstone) {
    uplink.start(7);
    connect();
    commit(make(Lane::bulk, 6));
    ack(Lane::bulk, 4);
    auto& stored = journal.outbox[Lane::bulk];
    std::erase_if(stored, [](const OutboxEvent& event) { return event.seq == 2; });
    std::erase_if(stored, [](const OutboxEvent& event) { return event.seq == 5; });
    bulk.events.clear();
    clock.steady += 5s;
    ack(Lane::bulk, 0, {}, {{1, 3}, {5, 5}});
    poll();
    ASSERT_EQ(bulk.seqs(), (std::vector<std::uint64_t>{1, 2, 3, 5}));
    EXPECT_TRUE(bulk.events[0].has_device());
    EXPECT_EQ(bulk.events[1].tombstone().reason(), "removed_after_acknowledgement");
    EXPECT_EQ(bulk.events[1].event_id(), "box-1/7/bulk/2");
    EXPECT_TRUE(bulk.events[2].has_device());
    EXPECT_EQ(bulk.events[3].tombstone().reason(), "unreadable");
    EXPECT_EQ(uplink.stats().tombstones, 2U);
}

TEST_F(UplinkTest, AnEventLostBeforeItWasAcknowledgedIsSaidOnceAndStaysUnreadable) {
    uplink.start(7);
    commit(make(Lane::alarm, 3));
    std::erase_if(journal.outbox[Lane::alarm], [](const auto& event) { return event.seq == 2; });
    ::testing::internal::CaptureStderr();
    log::start("error", false);
    connect();
    poll();
    clock.steady += 20s;
    poll();
    ASSERT_EQ(alarm.seqs(), (std::vector<std::uint64_t>{1, 2, 3, 1, 2, 3}));
    EXPECT_EQ(uplink.stats().unreadable, 1U) << "one event, however often its tombstone is sent";
    EXPECT_EQ(uplink.stats().tombstones, 2U);

    // The platform has stored the tombstone, not the event: the reason must not change.
    ack(Lane::alarm, 3);
    clock.steady += 5s;
    ack(Lane::alarm, 0, {}, {{2, 2}});
    poll();
    EXPECT_EQ(alarm.events.back().tombstone().reason(), "unreadable");
    EXPECT_EQ(uplink.stats().unreadable, 1U);
    const auto log = ::testing::internal::GetCapturedStderr();
    const auto first = log.find("outbox_event_unreadable");
    ASSERT_NE(first, std::string::npos) << log;
    EXPECT_EQ(log.find("outbox_event_unreadable", first + 1), std::string::npos) << log;
    EXPECT_NE(log.find("seq=2"), std::string::npos) << log;
}

}  // namespace anju::uplink
