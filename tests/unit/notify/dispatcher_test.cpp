#include "notify/dispatcher.hpp"

#include <gtest/gtest.h>

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

class DispatcherTest : public testing::Test {
protected:
    DispatcherTest() {
        const auto robot = [](std::string name) {
            return NamedChannel{std::move(name), ChannelKind::wecom,
                                make_wecom({.url = "https://x", .secret = ""})};
        };
        dispatcher = std::make_unique<Dispatcher>(Dispatcher::Options{},
                                                  std::vector{robot("one"), robot("two")});
    }

    Notice notice(Priority priority, std::vector<std::string> ways = {"one", "two"}) {
        Notice out;
        out.id = ++last;
        out.at = out.due = now.wall;
        out.expires = now.wall + (priority == Priority::p1 ? 1h : 24h);
        out.priority = priority;
        out.subject = "h-" + std::to_string(last);
        out.open = {"title " + std::to_string(last), "text"};
        for (std::string& way : ways) out.routes.push_back({std::move(way), ""});
        return out;
    }
    void add(std::vector<Notice> notices) {
        dispatcher->add(std::move(notices), now, work);
        step();
    }
    void step() {
        dispatcher->step(now, work);
        collect();
    }
    void pass(Duration time) {
        now.wall += time;
        now.steady += time;
        step();
    }
    void reply(std::uint64_t job, const char* body, int status = 200) {
        dispatcher->replied(job, {"", status, body}, now, work);
        dispatcher->step(now, work);
        collect();
    }
    void collect() {
        for (Outgoing& one : work.send) sent.push_back(std::move(one));
        for (Notice& one : work.changed) state[one.id] = one;
        for (auto& one : work.channels) channels.push_back(one);
        work = {};
    }
    std::string body(std::size_t at) { return std::get<HttpRequest>(sent[at].request).body; }

    static constexpr const char* ok = R"({"errcode":0})";
    static constexpr const char* limit = R"({"errcode":45009})";
    static constexpr const char* wrong = R"({"errcode":-1,"errmsg":"system busy"})";
    static constexpr const char* removed = R"({"errcode":93000,"errmsg":"invalid webhook url"})";
    static constexpr const char* refused = R"({"errcode":40058})";

    ClockReading now{from_unix_ms(1'800'000'000'000), SteadyTime{1h}, ClockState::synchronised};
    std::unique_ptr<Dispatcher> dispatcher;
    Dispatcher::Work work;
    std::vector<Outgoing> sent;
    std::map<std::uint64_t, Notice> state;
    std::vector<Dispatcher::Work::ChannelChange> channels;
    std::uint64_t last = 0;
};

TEST_F(DispatcherTest, SendsAtOnceAndBelievesTheService) {
    add({notice(Priority::p2)});
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(state[1].state, NoticeState::sending);
    reply(sent[0].job, ok);
    EXPECT_EQ(state[1].state, NoticeState::sent);
    EXPECT_EQ(state[1].over, "one");
    pass(1h);
    EXPECT_EQ(sent.size(), 1U) << "sent twice";
}

TEST_F(DispatcherTest, TakesTheNextChannelForP1AfterTheFirstFailure) {
    add({notice(Priority::p1)});
    reply(sent[0].job, wrong);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].channel, "two");
    reply(sent[1].job, ok);
    EXPECT_EQ(state[1].over, "two");
}

TEST_F(DispatcherTest, TakesTheNextChannelForP1After20SecondsOfSilence) {
    add({notice(Priority::p1)});
    pass(19'999ms);
    EXPECT_EQ(sent.size(), 1U);
    pass(1ms);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].channel, "two");
    reply(sent[0].job, ok);
    EXPECT_EQ(state[1].over, "one");
    reply(sent[1].job, wrong);
    EXPECT_EQ(state[1].state, NoticeState::sent) << "a late failure took back a success";
}

TEST_F(DispatcherTest, TakesTheNextChannelForOthersAfterThreeFailures) {
    add({notice(Priority::p2)});
    for (std::size_t attempt = 0; attempt < 3; ++attempt) {
        ASSERT_EQ(sent.size(), attempt + 1);
        EXPECT_EQ(sent[attempt].channel, "one");
        reply(sent[attempt].job, wrong);
        if (attempt < 2) pass(10min);
    }
    ASSERT_EQ(sent.size(), 4U);
    EXPECT_EQ(sent[3].channel, "two");
}

TEST_F(DispatcherTest, FailsForGoodWhenEveryChannelRefuses) {
    add({notice(Priority::p2)});
    reply(sent[0].job, refused);
    reply(sent[1].job, refused);
    EXPECT_EQ(state[1].state, NoticeState::failed);
    pass(24h);
    EXPECT_EQ(sent.size(), 2U);
}

TEST_F(DispatcherTest, ExpiresP1AfterAnHourAndOthersAfterADay) {
    add({notice(Priority::p1, {"one"}), notice(Priority::p2, {"one"})});
    const std::size_t first = sent.size();
    for (std::size_t at = 0; at < first; ++at) reply(sent[at].job, limit);
    now.steady += 1h;
    now.wall += 1h;
    dispatcher->step(now, work);
    collect();
    EXPECT_EQ(state[1].state, NoticeState::expired);
    EXPECT_NE(state[2].state, NoticeState::expired);
    EXPECT_EQ(dispatcher->facts().expired, 1U);
}

TEST_F(DispatcherTest, KeepsWaitingWhenTheClockIsSetYearsAhead) {
    Notice one = notice(Priority::p2);
    one.due = now.wall + 1h;
    one.digest = true;
    add({one});
    now.wall += std::chrono::days{4'000};
    step();
    EXPECT_EQ(state.count(1), 0U) << "a jump of the clock let it expire";
    EXPECT_TRUE(sent.empty());
    pass(1h);
    EXPECT_EQ(sent.size(), 1U);
}

TEST_F(DispatcherTest, MakesOneMessageOfABurstAndSaysHowMany) {
    std::vector<Notice> burst;
    for (int i = 0; i < 12; ++i) burst.push_back(notice(Priority::p2, {"one"}));
    add(burst);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_NE(body(0).find("共12条"), std::string::npos) << body(0);
    reply(sent[0].job, ok);
    for (std::uint64_t id = 1; id <= 12; ++id) EXPECT_EQ(state[id].state, NoticeState::sent);
}

TEST_F(DispatcherTest, SendsEachAloneWhenAMessageOfManyIsRefused) {
    std::vector<Notice> burst;
    for (int i = 0; i < 4; ++i) burst.push_back(notice(Priority::p2, {"one"}));
    add(burst);
    reply(sent[0].job, refused);
    std::size_t at = 1;
    while (at < sent.size()) reply(sent[at++].job, ok);
    for (std::uint64_t id = 1; id <= 4; ++id) EXPECT_EQ(state[id].state, NoticeState::sent) << id;
}

TEST_F(DispatcherTest, HoldsADigestForItsHourOrUntilItIsFull) {
    Notice one = notice(Priority::p3, {"one"});
    one.digest = true;
    one.due = now.wall + 3h;
    one.expires = one.due + 24h;
    add({one});
    EXPECT_TRUE(sent.empty());
    pass(3h - 1ms);
    EXPECT_TRUE(sent.empty());
    pass(1ms);
    EXPECT_EQ(sent.size(), 1U);
    reply(sent[0].job, ok);
    std::vector<Notice> many;
    for (int i = 0; i < 20; ++i) {
        many.push_back(notice(Priority::p3, {"one"}));
        many.back().digest = true;
        many.back().due = now.wall + 3h;
    }
    add(many);
    EXPECT_EQ(sent.size(), 2U) << "a full digest waits";
}

TEST_F(DispatcherTest, SkipsWhatWasOverBeforeItWasSent) {
    Notice waiting = notice(Priority::p3, {"one"});
    waiting.digest = true;
    waiting.due = now.wall + 3h;
    add({waiting});
    dispatcher->withdraw("h-1", now, work);
    collect();
    EXPECT_EQ(state[1].state, NoticeState::skipped);
    pass(24h);
    EXPECT_TRUE(sent.empty());
}

TEST_F(DispatcherTest, SaysOnceThatAChannelIsDownAndOnceThatItWorksAgain) {
    add({notice(Priority::p1, {"one"})});
    for (std::size_t at = 0; at < 8; ++at) {
        reply(sent.back().job, wrong);
        pass(2min);
    }
    ASSERT_EQ(channels.size(), 1U);
    EXPECT_EQ(channels[0].name, "one");
    EXPECT_FALSE(channels[0].failure.empty());
    EXPECT_EQ(channels[0].failures, 5U);
    EXPECT_TRUE(dispatcher->facts().channels[0].down);
    reply(sent.back().job, ok);
    EXPECT_FALSE(dispatcher->facts().channels[0].down);
    pass(5min - 1ms);
    ASSERT_EQ(channels.size(), 1U) << "one success is no calm";
    pass(1ms);
    ASSERT_EQ(channels.size(), 2U);
    EXPECT_TRUE(channels[1].failure.empty());
    pass(1h);
    EXPECT_EQ(channels.size(), 2U);
}

TEST_F(DispatcherTest, SaysAtOnceThatAServiceTurnsTheBoxAwayAndTakesTheNextChannel) {
    add({notice(Priority::p3)});
    reply(sent[0].job, removed);
    ASSERT_EQ(channels.size(), 1U);
    EXPECT_EQ(channels[0].name, "one");
    EXPECT_EQ(channels[0].failure, "93000 invalid webhook url");
    EXPECT_EQ(channels[0].failures, 0U);
    EXPECT_EQ(channels[0].since, now.wall);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].channel, "two") << "it will not be served the third time either";
}

TEST_F(DispatcherTest, CountsWhatARobotRefusesAndNotWhatAnSmsServiceRefuses) {
    SmsApiOptions options;
    options.url = "https://y";
    dispatcher = std::make_unique<Dispatcher>(
        Dispatcher::Options{},
        std::vector{
            NamedChannel{"one", ChannelKind::wecom, make_wecom({.url = "https://x", .secret = ""})},
            NamedChannel{"sms", ChannelKind::sms, make_sms_api(options)}});
    for (std::size_t i = 0; i < 5; ++i) {
        add({notice(Priority::p2, {"sms"})});
        reply(sent.back().job, "", 400);
    }
    EXPECT_TRUE(channels.empty()) << "five wrong numbers";
    for (std::size_t i = 0; i < 5; ++i) {
        add({notice(Priority::p2, {"one"})});
        reply(sent.back().job, refused);
    }
    ASSERT_EQ(channels.size(), 1U) << "nothing reaches the group";
    EXPECT_EQ(channels[0].name, "one");
}

TEST_F(DispatcherTest, GoesOnWithAChannelThatTheLastRunLeftFailing) {
    EXPECT_FALSE(dispatcher->assume_failing("gone", "93000"));
    EXPECT_TRUE(dispatcher->assume_failing("one", "93000"));
    add({notice(Priority::p2, {"one"})});
    reply(sent[0].job, removed);
    EXPECT_TRUE(channels.empty()) << "said twice";
    pass(1min);
    reply(sent[1].job, ok);
    pass(5min);
    ASSERT_EQ(channels.size(), 1U);
    EXPECT_EQ(channels[0].failure, "");
}

TEST_F(DispatcherTest, TriesATestOnceAtOnceAndAloneAlsoOverAChannelThatIsDown) {
    for (std::size_t i = 0; i < 5; ++i) {
        add({notice(Priority::p2, {"one"})});
        reply(sent[i].job, wrong);
    }
    ASSERT_EQ(channels.size(), 1U);
    std::vector<Notice> tests;
    for (int i = 0; i < 2; ++i) {
        tests.push_back(notice(Priority::p4, {"one"}));
        tests.back().topic = NoticeTopic::test;
    }
    add({notice(Priority::p4, {"one"})});
    ASSERT_EQ(sent.size(), 5U) << "what can wait waits while the channel is down";
    add(tests);
    ASSERT_EQ(sent.size(), 7U);
    reply(sent[5].job, wrong);
    EXPECT_EQ(state[6].state, NoticeState::failed);
    EXPECT_NE(state[6].answer.find("system busy"), std::string::npos) << state[6].answer;
    reply(sent[6].job, ok);
    EXPECT_EQ(state[7].state, NoticeState::sent);
    pass(5min);
    ASSERT_EQ(channels.size(), 2U);
    EXPECT_EQ(channels[1].failure, "");
}

TEST_F(DispatcherTest, DropsTheOldestOfTheLowestPriorityWhenThereAreTooMany) {
    Dispatcher::Options options;
    options.most_waiting = 2;
    Dispatcher small(options, {});
    Notice p1 = notice(Priority::p1);
    Notice old_p4 = notice(Priority::p4);
    Notice new_p4 = notice(Priority::p4);
    small.add({p1, old_p4, new_p4}, now, work);
    ASSERT_EQ(work.changed.size(), 1U);
    EXPECT_EQ(work.changed[0].id, old_p4.id);
    EXPECT_EQ(work.changed[0].state, NoticeState::skipped);
}

TEST(Allowance, NeverLetsMoreThanTheQuotaIntoAnySpanAndAlwaysKeepsRoomForP1) {
    Allowance allowance({{20, 60s}});
    std::vector<SteadyTime> all;
    SteadyTime now{1h};
    std::uint32_t random = 12345;
    for (int i = 0; i < 20'000; ++i) {
        random = random * 1664525U + 1013904223U;
        now += std::chrono::milliseconds{random >> 21U};
        const auto priority = static_cast<Priority>(2 + (random >> 8U) % 3);
        if (allowance.room(priority, now) == 0) continue;
        EXPECT_GT(allowance.room(Priority::p1, now), 0U);
        allowance.take(now);
        all.push_back(now);
    }
    ASSERT_GT(all.size(), 1'000U);
    for (std::size_t at = 20; at < all.size(); ++at) {
        EXPECT_GE(all[at] - all[at - 20], std::chrono::seconds{60});
    }
    EXPECT_GE(allowance.room(Priority::p1, now), 4U) << "P2 to P4 took what is P1's";
}

}  // namespace
}  // namespace anju::notify
