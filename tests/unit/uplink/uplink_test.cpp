// The uplink from the commit to the acknowledgement.
#include "uplink_fixture.hpp"

namespace anju::uplink {

TEST_F(UplinkTest, CommittedEventsLeaveAtOnceOnTheirOwnLane) {
    uplink.start(7);
    connect();
    commit(make(Lane::bulk, 2));
    commit(make(Lane::alarm, 1));
    EXPECT_EQ(bulk.seqs(), numbers(1, 2));
    EXPECT_EQ(alarm.seqs(), numbers(1, 1));
    EXPECT_EQ(alarm.topics, std::set<std::string>{"anju/v1/district/box-1/up/alarm"});
    EXPECT_EQ(bulk.topics, std::set<std::string>{"anju/v1/district/box-1/up/bulk"});
    poll();
    EXPECT_EQ(bulk.events.size(), 2U) << "sent twice";
}

TEST_F(UplinkTest, NothingIsSentBeforeItIsConnectedAndEverythingAfterwards) {
    uplink.start(7);
    commit(make(Lane::alarm, 3));
    poll();
    EXPECT_TRUE(alarm.events.empty());
    EXPECT_TRUE(uplink.alarm_waiting());
    EXPECT_FALSE(uplink.deadline());
    connect();
    poll();
    EXPECT_EQ(alarm.seqs(), numbers(1, 3));
    EXPECT_EQ(ack(Lane::alarm, 0, {1, 2, 3})->seqs, numbers(1, 3));
    EXPECT_FALSE(uplink.alarm_waiting());
}

TEST_F(UplinkTest, WhatWasCommittedBeforeTheStartIsFoundInTheJournal) {
    commit(make(Lane::bulk, 40));
    EXPECT_TRUE(bulk.events.empty());
    uplink.start(7);
    connect();
    poll();
    EXPECT_EQ(bulk.seqs(), numbers(1, 40));
}

TEST_F(UplinkTest, ABacklogGoesOutInOrderWithinTheWindowAndBoundedPerCall) {
    commit(make(Lane::bulk, 5'000));
    uplink.start(7);
    connect();
    poll();
    EXPECT_EQ(bulk.events.size(), 256U);
    EXPECT_LE(*uplink.deadline(), clock.steady) << "there is more to do at once";
    poll();
    poll();
    EXPECT_EQ(bulk.events.size(), 512U) << "the window";
    while (bulk.events.size() < 5'000) {
        const auto before = bulk.events.size();
        ASSERT_TRUE(ack(Lane::bulk, bulk.events.back().seq()));
        poll();
        ASSERT_GT(bulk.events.size(), before);
    }
    EXPECT_EQ(bulk.seqs(), numbers(1, 5'000));
}

TEST_F(UplinkTest, AnAlarmDoesNotWaitForTheBacklog) {
    commit(make(Lane::bulk, 5'000));
    uplink.start(7);
    connect();
    poll();
    commit(make(Lane::alarm, 1));
    EXPECT_EQ(alarm.seqs(), numbers(1, 1));
    EXPECT_EQ(bulk.events.size(), 256U);
}

TEST_F(UplinkTest, EventsHandedOverWhileTheLaneIsBehindAreSentInTheirTurn) {
    commit(make(Lane::bulk, 300));
    uplink.start(7);
    connect();
    commit(make(Lane::bulk, 5));
    EXPECT_TRUE(bulk.events.empty());
    poll();
    poll();
    EXPECT_EQ(bulk.seqs(), numbers(1, 305));
}

TEST_F(UplinkTest, AfterAReconnectTheUnacknowledgedIsSentAgain) {
    uplink.start(7);
    connect();
    commit(make(Lane::alarm, 4));
    ack(Lane::alarm, 0, {1, 3});
    uplink.link_changed(Lane::alarm, false, clock.steady);
    alarm.events.clear();
    uplink.link_changed(Lane::alarm, true, clock.steady);
    poll();
    EXPECT_EQ(alarm.seqs(), (std::vector<std::uint64_t>{2, 4}));
}

TEST_F(UplinkTest, ARefusingLinkIsTriedAgainSoon) {
    uplink.start(7);
    connect();
    poll();
    alarm.refuse = true;
    commit(make(Lane::alarm, 2));
    alarm.refuse = false;
    poll();
    EXPECT_TRUE(alarm.events.empty());
    clock.steady = *uplink.deadline();
    poll();
    EXPECT_EQ(alarm.seqs(), numbers(1, 2));
}

TEST_F(UplinkTest, OnlyAcksForThisGatewayEpochAndPastAreTaken) {
    uplink.start(7);
    connect();
    commit(make(Lane::bulk, 3));
    v1::DistrictAck message;
    message.set_gateway_id("box-2");
    message.set_epoch(7);
    message.set_lane(v1::LANE_BULK);
    message.set_through_seq(3);
    EXPECT_FALSE(uplink.on_ack(message.SerializeAsString(), clock.steady));
    message.set_gateway_id("box-1");
    message.set_epoch(6);
    EXPECT_FALSE(uplink.on_ack(message.SerializeAsString(), clock.steady));
    message.set_epoch(7);
    message.set_lane(v1::LANE_UNSPECIFIED);
    EXPECT_FALSE(uplink.on_ack(message.SerializeAsString(), clock.steady));
    EXPECT_FALSE(uplink.on_ack("\xff", clock.steady));
    EXPECT_EQ(uplink.stats().acks_ignored, 4U);

    EXPECT_FALSE(ack(Lane::bulk, 4)) << "acknowledged what was never sent";
    const auto taken = ack(Lane::bulk, 2, {9});
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->lane, Lane::bulk);
    EXPECT_EQ(taken->through, 2U);
    EXPECT_TRUE(taken->seqs.empty());
    EXPECT_FALSE(ack(Lane::bulk, 2)) << "nothing new in it";
}

TEST_F(UplinkTest, AResendOrderRepeatsTheAcknowledged) {
    uplink.start(7);
    connect();
    commit(make(Lane::bulk, 6));
    ack(Lane::bulk, 6);
    bulk.events.clear();
    EXPECT_FALSE(uplink.resend(8, Lane::bulk, 1, 0)) << "another epoch";
    EXPECT_FALSE(uplink.resend(7, Lane::bulk, 7, 0)) << "beyond the head";
    EXPECT_TRUE(uplink.resend(7, Lane::bulk, 4, 0));
    poll();
    EXPECT_EQ(bulk.seqs(), numbers(4, 6));
    EXPECT_FALSE(uplink.on_ack("", clock.steady));
}

TEST_F(UplinkTest, HeartbeatsTellTheHeadsOnConnectAndEveryMinute) {
    uplink.start(7);
    connect();
    commit(make(Lane::alarm, 2));
    poll();
    ASSERT_EQ(bulk.heartbeats.size(), 1U);
    const auto& first = bulk.heartbeats[0];
    EXPECT_EQ(first.gateway_id(), "box-1");
    EXPECT_EQ(first.epoch(), 7U);
    EXPECT_EQ(first.clock_state(), v1::CLOCK_STATE_SYNCHRONISED);
    EXPECT_EQ(first.software_version(), "1.2.3");
    EXPECT_EQ(first.households(), 3U);
    EXPECT_EQ(first.devices(), 8U);
    EXPECT_EQ(first.open_alerts(), 1U);
    ASSERT_EQ(first.lanes_size(), 2);
    EXPECT_EQ(first.lanes(0).lane(), v1::LANE_ALARM);
    EXPECT_EQ(first.lanes(0).head_seq(), 2U);
    EXPECT_EQ(first.lanes(0).unacknowledged(), 2U);

    ack(Lane::alarm, 2);
    EXPECT_EQ(uplink.deadline(), clock.steady + 60s);
    clock.steady += 59s;
    poll();
    EXPECT_EQ(bulk.heartbeats.size(), 1U);
    clock.steady += 1s;
    poll();
    EXPECT_EQ(bulk.heartbeats.size(), 2U);
    uplink.link_changed(Lane::bulk, false, clock.steady);
    EXPECT_FALSE(uplink.deadline());
}

TEST_F(UplinkTest, TopicsAreThoseOfTheContract) {
    EXPECT_EQ(Uplink::ack_topic("box-1"), "anju/v1/district/box-1/down/ack");
    EXPECT_EQ(Uplink::command_topic("box-1"), "anju/v1/district/box-1/down/command");
}

}  // namespace anju::uplink
