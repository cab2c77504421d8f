// Messages through a real mosquitto with passwords and ACL.
#include "station.hpp"

namespace anju::test {

class MqttSession : public WithBroker {};

TEST_F(MqttSession, MessagesFlowBothWaysInOrder) {
    Broker broker;
    Station listener(options(broker, "listener", {{"home/+/data", 1}}));
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(listener.up());
    ASSERT_TRUE(speaker.up());

    std::vector<std::string> sent;
    for (int number = 0; number < 200; ++number) {
        sent.push_back(std::to_string(number));
        ASSERT_TRUE(speaker.session().publish("home/a/data", sent.back(), 1));
    }
    ASSERT_TRUE(listener.receives(sent.size()));
    EXPECT_EQ(listener.payloads(), sent);
    EXPECT_EQ(listener.received().front().topic, "home/a/data");
    EXPECT_FALSE(listener.received().front().retained);
    EXPECT_FALSE(listener.received().front().redelivered);
    EXPECT_EQ(listener.session().stats().received, sent.size());
}

TEST_F(MqttSession, PayloadsAreBytesNotText) {
    Broker broker;
    Station listener(options(broker, "listener", {{"#", 1}}));
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(listener.up());
    ASSERT_TRUE(speaker.up());
    const std::string bytes("\0\xff\n\0", 4);
    speaker.session().publish("bytes", bytes, 1);
    speaker.session().publish("empty", "", 1);
    ASSERT_TRUE(listener.receives(2));
    EXPECT_EQ(listener.payloads(), (std::vector<std::string>{bytes, ""}));
}

TEST_F(MqttSession, ARetainedMessageSaysThatItIsOne) {
    Broker broker;
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(speaker.up());
    ASSERT_TRUE(speaker.session().publish("state", "old", 1, true));
    ASSERT_TRUE(eventually([&] { return speaker.session().stats().published == 1; }));
    speaker.session().stop();

    Station listener(options(broker, "listener", {{"state", 1}}));
    ASSERT_TRUE(listener.receives(1));
    EXPECT_TRUE(listener.received().front().retained);
}

TEST_F(MqttSession, ABurstIsNotThrottled) {
    Broker broker;
    Station speaker(options(broker, "speaker", {{"burst", 1}}));
    ASSERT_TRUE(speaker.up());
    const auto begin = std::chrono::steady_clock::now();
    for (int number = 0; number < 1000; ++number) {
        ASSERT_TRUE(speaker.session().publish("burst", std::string(100, 'x'), 1)) << number;
    }
    ASSERT_TRUE(speaker.receives(1000, 60s));
    // With Paho's default of 10 in flight it takes 90 s.
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s);
}

TEST_F(MqttSession, AFullQueueRefusesAndCounts) {
    Broker broker;
    auto narrow = options(broker, "speaker");
    narrow.queue_limit = 10;
    Station speaker(narrow);
    ASSERT_TRUE(speaker.up());
    broker.freeze();  // nothing is acknowledged: 50 in flight, 10 waiting, then no more
    int taken = 0;
    ASSERT_TRUE(eventually([&] {
        if (!speaker.session().publish("t", "x", 1)) return true;
        ++taken;
        return false;
    }));
    EXPECT_GE(taken, 10);
    EXPECT_LE(taken, 61);
    EXPECT_EQ(speaker.session().stats().dropped, 1U);
    broker.thaw();
    EXPECT_TRUE(eventually([&] { return speaker.session().publish("t", "x", 1); }));
}

TEST_F(MqttSession, AWrongPasswordIsSaidAndNotShown) {
    Broker broker;
    auto wrong = options(broker, "intruder");
    wrong.endpoint.password = "battery staple";
    Station intruder(wrong);
    ASSERT_TRUE(eventually([&] { return !intruder.session().stats().last_error.empty(); }));
    const auto error = intruder.session().stats().last_error;
    EXPECT_NE(error.find("password"), std::string::npos) << error;
    EXPECT_EQ(error.find("battery staple"), std::string::npos) << error;
    EXPECT_FALSE(intruder.session().connected());
    EXPECT_FALSE(intruder.session().publish("t", "x", 1));
    EXPECT_EQ(intruder.session().stats().dropped, 1U);
}

TEST_F(MqttSession, AnACLKeepsMessagesAway) {
    Broker::Options limited;
    limited.acl = {"user anju", "topic readwrite open/#"};
    Broker broker(limited);
    Station listener(options(broker, "listener", {{"#", 1}}));
    ASSERT_TRUE(listener.up());
    listener.session().publish("secret/1", "no", 1);
    listener.session().publish("open/1", "yes", 1);
    ASSERT_TRUE(listener.receives(1));
    EXPECT_EQ(listener.payloads(), std::vector<std::string>{"yes"});
}

TEST_F(MqttSession, NobodyListeningIsSaidInPlainWords) {
    auto nowhere = mqtt::Session::Options{};
    nowhere.endpoint.uri = "mqtt://127.0.0.1:" + std::to_string(free_port());
    nowhere.endpoint.client_id = "lonely";
    Station lonely(nowhere);
    ASSERT_TRUE(eventually([&] { return !lonely.session().stats().last_error.empty(); }));
    EXPECT_NE(lonely.session().stats().last_error.find("is the broker running"), std::string::npos);
}

TEST_F(MqttSession, EverySessionOfAProcessConnectsFast) {
    Broker broker;
    Station first(options(broker, "first"));
    ASSERT_TRUE(first.up());
    const auto begin = std::chrono::steady_clock::now();
    Station second(options(broker, "second", {{"a", 1}, {"b", 1}}));
    ASSERT_TRUE(second.up());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1500ms);  // 2.1 s without the pulse
}

TEST_F(MqttSession, StopEndsAllCallbacksAndCanComeAtAnyMoment) {
    Broker broker;
    Station speaker(options(broker, "speaker"));
    ASSERT_TRUE(speaker.up());
    for (int round = 0; round < 10; ++round) {
        Station listener(options(broker, "listener", {{"flood", 1}}));
        for (int number = 0; number < 50; ++number) {
            speaker.session().publish("flood", "x", 1);
            if (number == round * 5) listener.session().stop();
        }
        listener.session().stop();
        const auto seen = listener.received().size();
        std::this_thread::sleep_for(5ms);
        EXPECT_EQ(listener.received().size(), seen);
        EXPECT_FALSE(listener.session().connected());
    }
}

TEST_F(MqttSession, StopLetsQueuedMessagesLeave) {
    Broker broker;
    Station listener(options(broker, "listener", {{"last", 1}}));
    ASSERT_TRUE(listener.up());
    {
        Station speaker(options(broker, "speaker"));
        ASSERT_TRUE(speaker.up());
        for (int number = 0; number < 100; ++number) speaker.session().publish("last", "x", 1);
    }
    EXPECT_TRUE(listener.receives(100));
}

}  // namespace anju::test
