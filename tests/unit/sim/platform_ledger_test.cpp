// The platform's view of a stream: what it has, what it lacks, what it says back.
#include "firmware-sim/platform/ledger.hpp"

#include <gtest/gtest.h>

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

const StreamKey bulk{"g1", 1, v1::LANE_BULK};
const StreamKey alarm{"g1", 1, v1::LANE_ALARM};
constexpr SteadyTime start{1000s};

PlatformLedger with(const StreamKey& key, std::initializer_list<std::uint64_t> seqs) {
    PlatformLedger ledger;
    for (const auto seq : seqs) ledger.add(key, seq, start);
    return ledger;
}

TEST(PlatformLedger, KnowsARepetition) {
    auto ledger = with(bulk, {1, 2, 4});
    EXPECT_FALSE(ledger.add(bulk, 2, start));
    EXPECT_FALSE(ledger.add(bulk, 4, start));
    EXPECT_TRUE(ledger.add(bulk, 3, start));
    EXPECT_EQ(ledger.through(bulk), 4U);
}

TEST(PlatformLedger, KeepsStreamsApart) {
    auto ledger = with(bulk, {1});
    EXPECT_TRUE(ledger.add(alarm, 1, start));
    EXPECT_TRUE(ledger.add({"g2", 1, v1::LANE_BULK}, 1, start));
    EXPECT_TRUE(ledger.add({"g1", 2, v1::LANE_BULK}, 1, start));
    EXPECT_EQ(ledger.streams().size(), 4U);
}

TEST(PlatformLedger, AcknowledgesBulkThroughTheHoleAndNamesWhatLiesBeyond) {
    const auto ledger = with(bulk, {1, 2, 5});
    const auto ack = ledger.acknowledge(bulk, {2, 5});
    EXPECT_EQ(ack.through_seq(), 2U);
    ASSERT_EQ(ack.seqs_size(), 1);
    EXPECT_EQ(ack.seqs(0), 5U);
    EXPECT_EQ(ack.gateway_id(), "g1");
    EXPECT_EQ(ack.epoch(), 1U);
    EXPECT_EQ(ack.lane(), v1::LANE_BULK);
}

TEST(PlatformLedger, AcknowledgesAlarmsOneByOne) {
    const auto ledger = with(alarm, {1, 2, 3});
    const auto ack = ledger.acknowledge(alarm, {3});
    EXPECT_EQ(ack.through_seq(), 0U);
    ASSERT_EQ(ack.seqs_size(), 1);
    EXPECT_EQ(ack.seqs(0), 3U);
}

TEST(PlatformLedger, AsksForAHoleOnlyAfterASecondAndNotTwiceInTwo) {
    auto ledger = with(bulk, {1, 4, 5, 9});
    EXPECT_TRUE(ledger.missing(bulk, start + 1s - 1ms).empty());
    const std::vector<SeqSpan> holes{{2, 3}, {6, 8}};
    EXPECT_EQ(ledger.missing(bulk, start + 1s), holes);
    EXPECT_TRUE(ledger.missing(bulk, start + 2s).empty());
    EXPECT_EQ(ledger.missing(bulk, start + 3s), holes);
}

TEST(PlatformLedger, AsksForTheEndThatTheGatewayBelievesDelivered) {
    auto ledger = with(bulk, {1, 2});
    ledger.heartbeat(bulk, 5, 0, start);
    EXPECT_EQ(ledger.missing(bulk, start), (std::vector<SeqSpan>{{3, 5}}));
}

TEST(PlatformLedger, LeavesTheEndToAGatewayThatIsStillSendingIt) {
    auto ledger = with(bulk, {1, 2});
    ledger.heartbeat(bulk, 5, 3, start);
    EXPECT_TRUE(ledger.missing(bulk, start + 1s).empty());
    EXPECT_EQ(ledger.missing(bulk, start + 5s), (std::vector<SeqSpan>{{3, 5}}))
        << "nothing has come for too long";
}

TEST(PlatformLedger, AsksForNothingWhenAllIsThere) {
    auto ledger = with(bulk, {1, 2, 3});
    ledger.heartbeat(bulk, 3, 0, start);
    EXPECT_TRUE(ledger.missing(bulk, start + 1h).empty());
    EXPECT_TRUE(ledger.holes(bulk).empty());
}

}  // namespace
}  // namespace anju::sim
