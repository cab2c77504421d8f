// The inbox: bounded, alarms first, and nobody is let go before the commit.
#include "runtime/inbox.hpp"

#include "runtime/gather.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace anju {
namespace {

using namespace std::chrono_literals;

Inbound message(std::string topic) {
    return {Source::home, std::move(topic), "x", false, false};
}

bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 2000 && !holds(); ++i) std::this_thread::sleep_for(1ms);
    return holds();
}

TEST(Inbox, UrgentMessagesOvertakeABacklog) {
    Inbox inbox({.bulk_limit = 100, .urgent_limit = 10}, [] {});
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(inbox.offer(message("bulk")));
    std::thread alarm([&] { inbox.deliver(message("alarm")); });
    ASSERT_TRUE(eventually([&] { return inbox.size() == 51; }));
    const auto batch = inbox.take(8);
    ASSERT_EQ(batch.messages.size(), 8U);
    EXPECT_EQ(batch.messages.front().topic, "alarm");
    inbox.settle(batch);
    alarm.join();
}

TEST(Inbox, DropsBulkWhenFullAndCountsIt) {
    Inbox inbox({.bulk_limit = 2, .urgent_limit = 10}, [] {});
    EXPECT_TRUE(inbox.offer(message("1")));
    EXPECT_TRUE(inbox.offer(message("2")));
    EXPECT_FALSE(inbox.offer(message("3")));
    EXPECT_EQ(inbox.dropped(), 1U);
}

TEST(Inbox, DeliverReturnsOnlyAfterItsBatchIsSettled) {
    Inbox inbox({}, [] {});
    std::atomic<int> returned{0};
    std::thread first([&] {
        inbox.deliver(message("1"));
        returned += 1;
    });
    ASSERT_TRUE(eventually([&] { return inbox.size() == 1; }));
    const auto batch = inbox.take(10);
    std::thread second([&] {
        inbox.deliver(message("2"));
        returned += 10;
    });
    ASSERT_TRUE(eventually([&] { return inbox.size() == 1; }));
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(returned, 0) << "acknowledged before the commit";
    inbox.settle(batch);
    first.join();
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(returned, 1) << "the second message is not on disk yet";
    inbox.settle(inbox.take(10));
    second.join();
    EXPECT_EQ(returned, 11);
}

TEST(Inbox, AlarmsOfOurOwnSensorsOvertakeWithoutAnybodyWaiting) {
    Inbox inbox({.bulk_limit = 10, .urgent_limit = 2}, [] {});
    EXPECT_TRUE(inbox.offer(message("bulk")));
    EXPECT_TRUE(inbox.offer(message("alarm"), Inbox::Lane::urgent));
    EXPECT_TRUE(inbox.offer(message("alarm"), Inbox::Lane::urgent));
    EXPECT_FALSE(inbox.offer(message("alarm"), Inbox::Lane::urgent)) << "full: it comes again";
    const auto batch = inbox.take(10);
    ASSERT_EQ(batch.messages.size(), 3U);
    EXPECT_EQ(batch.messages[0].topic, "alarm");
    EXPECT_EQ(batch.messages[2].topic, "bulk");
}

TEST(Inbox, LetsAFewMeasurementsWaitUntilMoreComeOrAnAlarm) {
    int woken = 0;
    Inbox inbox({}, [&] { ++woken; });
    inbox.offer(message("1"));
    EXPECT_TRUE(inbox.may_wait(3));
    inbox.offer(message("2"));
    EXPECT_EQ(woken, 2) << "the loop slept over a message";
    EXPECT_TRUE(inbox.may_wait(3));
    inbox.offer(message("3"));
    EXPECT_EQ(woken, 3);
    EXPECT_FALSE(inbox.may_wait(3)) << "enough for a commit";
    (void)inbox.take(10);
    inbox.offer(message("4"));
    EXPECT_TRUE(inbox.may_wait(3));
    inbox.offer(message("alarm"), Inbox::Lane::urgent);
    EXPECT_EQ(woken, 5);
    EXPECT_FALSE(inbox.may_wait(3)) << "an alarm waited for measurements";
}

TEST(Inbox, KeepsTheRoomOfAlarmsFromAFloodOfTheDistrictsAnswers) {
    Inbox inbox({.bulk_limit = 10, .urgent_limit = 80}, [] {});
    Inbound answer = message("ack");
    answer.source = Source::district_ack;
    int taken = 0;
    for (int i = 0; i < 1'000; ++i) taken += inbox.offer(answer, Inbox::Lane::urgent) ? 1 : 0;
    EXPECT_EQ(taken, 64 + 10);
    EXPECT_TRUE(inbox.offer(message("alarm"), Inbox::Lane::urgent));
}

TEST(Gathering, EndsBeforeTimeDecidesAnything) {
    using namespace std::chrono_literals;
    EXPECT_EQ(gather_for(8s, std::nullopt), 8s);
    EXPECT_EQ(gather_for(8s, 5min), 8s);
    EXPECT_EQ(gather_for(8s, 6s), 5s) << "a silence would be told that a message ends";
    EXPECT_LE(gather_for(8s, 1s), 0s) << "what comes in the last moment does not wait at all";
    EXPECT_LE(gather_for(8s, -3s), 0s);
    EXPECT_LE(gather_for(-1s, 5min), 0s);
}

TEST(Inbox, WakesTheLoopOncePerFilling) {
    int woken = 0;
    Inbox inbox({}, [&] { ++woken; });
    inbox.offer(message("1"));
    inbox.offer(message("2"));
    EXPECT_EQ(woken, 1);
    (void)inbox.take(10);
    inbox.offer(message("3"));
    EXPECT_EQ(woken, 2);
}

}  // namespace
}  // namespace anju
