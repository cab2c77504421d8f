#include "uplink/lane_sender.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace anju::uplink {

using namespace std::chrono_literals;

namespace {

const SteadyTime start{1'000h};

/// Sends whatever is to be sent now and returns the numbers in order.
std::vector<std::uint64_t> send_all(LaneSender& sender, SteadyTime now) {
    std::vector<std::uint64_t> sent;
    while (const auto batch = sender.next(now, 10)) {
        for (auto seq = batch->range.first; seq <= batch->range.last; ++seq) {
            sent.push_back(seq);
            sender.sent(seq, batch->why, now);
        }
    }
    return sent;
}

std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> out;
    for (auto seq = first; seq <= last; ++seq) out.push_back(seq);
    return out;
}

LaneSender lane(std::size_t window, std::uint64_t head, std::uint64_t first_unacked = 1) {
    LaneSender::Options options;
    options.window = window;
    return LaneSender(options, {head, first_unacked, head == 0 ? 0 : head - first_unacked + 1});
}

OutboxAck through(std::uint64_t seq) {
    return {Lane::bulk, seq, {}};
}
OutboxAck single(std::vector<std::uint64_t> seqs) {
    return {Lane::alarm, 0, std::move(seqs)};
}

}  // namespace

TEST(LaneSender, SendsInOrderAndNoMoreThanItsWindow) {
    auto sender = lane(5, 12);
    EXPECT_TRUE(send_all(sender, start).empty()) << "sent without a connection";
    sender.connected(start);
    EXPECT_EQ(send_all(sender, start), numbers(1, 5));
    EXPECT_EQ(sender.acknowledged(through(3), start), 3U);
    EXPECT_EQ(send_all(sender, start), numbers(6, 8));
    sender.acknowledged(through(8), start);
    EXPECT_EQ(send_all(sender, start), numbers(9, 12));
    EXPECT_EQ(sender.stats().unacknowledged, 4U);
}

TEST(LaneSender, StartsAtTheFirstUnacknowledgedEvent) {
    auto sender = lane(5, 9, 7);
    sender.connected(start);
    EXPECT_EQ(send_all(sender, start), numbers(7, 9));
    auto idle = LaneSender({}, {.head = 9, .first_unacked = 0, .unacknowledged = 0});
    idle.connected(start);
    EXPECT_TRUE(send_all(idle, start).empty());
    EXPECT_FALSE(idle.deadline());
}

TEST(LaneSender, SendsEverythingUnacknowledgedAgainAfterAReconnect) {
    auto sender = lane(10, 6);
    sender.connected(start);
    send_all(sender, start);
    sender.acknowledged(single({1, 2, 4}), start);
    sender.disconnected();
    EXPECT_FALSE(sender.next(start, 10));
    EXPECT_EQ(sender.stats().in_flight, 0U);
    sender.connected(start + 1s);
    EXPECT_EQ(send_all(sender, start + 1s), (std::vector<std::uint64_t>{3, 5, 6}));
}

TEST(LaneSender, RepeatsAfterTenTwentyFortyAndThenEverySixtySeconds) {
    auto sender = lane(10, 1);
    sender.connected(start);
    send_all(sender, start);
    auto at = start;
    for (const auto wait : {10s, 20s, 40s, 60s, 60s}) {
        EXPECT_EQ(sender.deadline(), at + wait);
        EXPECT_TRUE(send_all(sender, at + wait - 1ms).empty());
        at += wait;
        EXPECT_EQ(send_all(sender, at), numbers(1, 1));
    }
    EXPECT_EQ(sender.stats().stuck, 1U);
    EXPECT_EQ(sender.stats().repeated, 5U);
}

TEST(LaneSender, AnEventThatIsNeverAcknowledgedDoesNotBlockTheOthers) {
    auto sender = lane(4, 1000);
    sender.connected(start);
    std::vector<std::uint64_t> sent;
    auto now = start;
    for (int round = 0; round < 800; ++round) {
        for (const auto seq : send_all(sender, now)) {
            sent.push_back(seq);
            if (seq != 1) sender.acknowledged(single({seq}), now);
        }
        now += 100ms;
    }
    EXPECT_EQ(sender.stats().unacknowledged, 1U);
    EXPECT_EQ(sender.stats().stuck, 1U) << "invisible";
    EXPECT_LT(sent.size(), 1010U) << "the poison event was repeated too often";
}

TEST(LaneSender, AnAnswerAfterSilenceHurriesTheRest) {
    auto sender = lane(3, 3);
    sender.connected(start);
    send_all(sender, start);
    auto now = start;
    for (int round = 0; round < 10; ++round) send_all(sender, now += 60s);
    now += 11s;
    sender.acknowledged(through(1), now);  // the platform is back and took one
    EXPECT_EQ(send_all(sender, now), numbers(2, 3));
}

TEST(LaneSender, RequestedNumbersGoFirstEvenWhenAcknowledged) {
    auto sender = lane(10, 20);
    sender.connected(start);
    send_all(sender, start);
    sender.acknowledged(through(10), start);
    sender.request({3, 4});
    EXPECT_EQ(send_all(sender, start),
              (std::vector<std::uint64_t>{3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}));
}

TEST(LaneSender, ARequestForWhatIsOnItsWayIsNotAnsweredTwice) {
    auto sender = lane(10, 5);
    sender.connected(start);
    send_all(sender, start);
    sender.request({2, 3});
    EXPECT_TRUE(send_all(sender, start + 500ms).empty());
    sender.request({2, 3});
    EXPECT_EQ(send_all(sender, start + 2500ms), numbers(2, 3));
}

TEST(LaneSender, ARequestReachesNoFurtherThanTheHeadAndOutlivesAConnection) {
    auto sender = lane(10, 5, 0);
    sender.request({0, 1'000'000});
    EXPECT_FALSE(sender.next(start, 10));
    sender.connected(start);
    EXPECT_EQ(send_all(sender, start), numbers(1, 5));
    sender.request({7, 9});
    EXPECT_FALSE(sender.next(start, 10));
}

TEST(LaneSender, AcknowledgementsOfTheFutureAreIgnored) {
    auto sender = lane(10, 5);
    sender.connected(start);
    send_all(sender, start);
    EXPECT_EQ(sender.acknowledged(single({6, 900}), start), 0U);
    sender.head(6);
    EXPECT_EQ(send_all(sender, start), numbers(6, 6));
    EXPECT_EQ(sender.acknowledged(through(6), start), 6U);
    EXPECT_EQ(sender.acknowledged(through(6), start), 0U) << "counted twice";
    EXPECT_TRUE(sender.all_acknowledged());
}

TEST(LaneSender, LeavesARefusingLinkAloneForAMoment) {
    auto sender = lane(10, 2);
    sender.connected(start);
    ASSERT_TRUE(sender.next(start, 10));
    sender.refused(start);
    EXPECT_FALSE(sender.next(start + 99ms, 10));
    EXPECT_EQ(sender.deadline(), start + 100ms);
    EXPECT_EQ(send_all(sender, start + 100ms), numbers(1, 2));
}

}  // namespace anju::uplink
