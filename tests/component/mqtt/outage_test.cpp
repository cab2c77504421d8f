// What a session does when its broker dies, hangs or comes back without memory.
#include <atomic>
#include <thread>

#include "station.hpp"

namespace anju::test {

class MqttOutage : public WithBroker {};

TEST_F(MqttOutage, SubscriptionsStandAgainAfterTheBrokerWasKilled) {
    Broker broker;
    Station listener(options(broker, "listener", {{"a", 1}, {"b", 1}}));
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(listener.up());
    ASSERT_TRUE(speaker.up());
    for (std::uint64_t round = 1; round <= 3; ++round) {
        broker.kill();
        ASSERT_TRUE(eventually(
            [&] { return !listener.session().connected() && !speaker.session().connected(); }));
        EXPECT_FALSE(speaker.session().publish("a", "lost", 1));
        EXPECT_FALSE(listener.session().stats().last_error.empty());
        broker.start();  // without persistence: it remembers no session
        ASSERT_TRUE(listener.up());
        ASSERT_TRUE(speaker.up());
        speaker.session().publish("a", "a" + std::to_string(round), 1);
        speaker.session().publish("b", "b" + std::to_string(round), 1);
        ASSERT_TRUE(listener.receives(2 * round));
        EXPECT_EQ(listener.session().stats().connects, round + 1);
    }
    EXPECT_EQ(listener.payloads(), (std::vector<std::string>{"a1", "b1", "a2", "b2", "a3", "b3"}));
    EXPECT_EQ(listener.states(), (std::vector<bool>{true, false, true, false, true, false, true}));
}

TEST_F(MqttOutage, ABrokerThatComesLaterIsFound) {
    Broker broker;
    broker.kill();
    Station listener(options(broker, "listener", {{"t", 1}}));
    EXPECT_FALSE(listener.up(300ms));
    broker.start();
    EXPECT_TRUE(listener.up());
}

TEST_F(MqttOutage, AHangingBrokerIsNoticedByTheKeepAlive) {
    Broker broker;
    auto impatient = options(broker, "listener", {{"t", 1}});
    impatient.endpoint.keep_alive_s = 1;
    Station listener(impatient);
    ASSERT_TRUE(listener.up());
    broker.freeze();
    EXPECT_TRUE(eventually([&] { return !listener.session().connected(); }, 10s));
    broker.thaw();
    EXPECT_TRUE(listener.up());
}

TEST_F(MqttOutage, WhatWasSentWhileWeWereAwayArrivesMarkedNeitherLostNorDoubled) {
    Broker broker;
    auto durable = options(broker, "listener", {{"t", 1}});
    durable.endpoint.clean_session = false;
    {
        Station listener(durable);
        ASSERT_TRUE(listener.up());
    }
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(speaker.up());
    for (int number = 0; number < 20; ++number) {
        speaker.session().publish("t", std::to_string(number), 1);
    }
    ASSERT_TRUE(eventually([&] { return speaker.session().stats().published == 20; }));
    Station listener(durable);
    ASSERT_TRUE(listener.receives(20));
    std::this_thread::sleep_for(50ms);
    ASSERT_EQ(listener.received().size(), 20U);
    for (std::size_t number = 0; number < 20; ++number) {
        EXPECT_EQ(listener.received()[number].payload, std::to_string(number));
    }
}

TEST_F(MqttOutage, TwoClientsWithOneIdDoNotStormTheBroker) {
    Broker broker;
    auto patient = [&] {
        auto made = options(broker, "same");
        made.retry_delay = [](unsigned attempt) { return attempt == 0 ? 0ms : 200ms; };
        return made;
    };
    Station one(patient());
    Station two(patient());
    std::this_thread::sleep_for(1s);
    const auto connects = one.session().stats().connects + two.session().stats().connects;
    EXPECT_LE(connects, 20U);
}

TEST_F(MqttOutage, TheDelayBeforeEachAttemptIsAskedFor) {
    Broker broker;
    broker.kill();
    std::mutex mutex;
    std::vector<unsigned> asked;
    auto watched = options(broker, "listener");
    watched.retry_delay = [&](unsigned attempt) {
        const std::lock_guard lock(mutex);
        asked.push_back(attempt);
        return 5ms;
    };
    Station listener(watched);
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return asked.size();
    };
    ASSERT_TRUE(eventually([&] { return count() >= 4; }));
    listener.session().stop();
    EXPECT_EQ(std::vector<unsigned>(asked.begin(), asked.begin() + 4),
              (std::vector<unsigned>{0, 1, 2, 3}));
}

TEST_F(MqttOutage, ASessionThatWaitsTriesNowWhenHurried) {
    Broker broker;
    auto patient = options(broker, "listener");
    patient.retry_delay = [](unsigned) { return std::chrono::milliseconds(1min); };
    Station listener(patient);
    EXPECT_FALSE(listener.up(200ms));
    const auto begin = std::chrono::steady_clock::now();
    listener.session().hurry();
    EXPECT_TRUE(listener.up(5s));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    listener.session().hurry();
    EXPECT_TRUE(listener.session().connected()) << "hurry disturbs a connection";
}

TEST_F(MqttOutage, HurryingAgainAndAgainTriesOnceInTwoSeconds) {
    Broker broker;
    broker.kill();
    std::atomic<int> asked = 0;
    auto patient = options(broker, "listener");
    patient.retry_delay = [&](unsigned) {
        ++asked;
        return std::chrono::milliseconds(1min);
    };
    Station listener(patient);
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < 3s) {
        listener.session().hurry();
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(asked, 3) << "before the first attempt, after the one at 0 s, after the one at 2 s";
    broker.start();
    EXPECT_TRUE(eventually(
        [&] {
            listener.session().hurry();
            return listener.session().connected();
        },
        5s));
}

}  // namespace anju::test
