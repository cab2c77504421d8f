// What is wrong with the platform, what it tells on its page, and who may press its buttons.
#include <gtest/gtest.h>

#include <atomic>
#include <limits>

#include "firmware-sim/platform/page_server.hpp"
#include "firmware-sim/platform/tally.hpp"
#include "firmware-sim/platform/trouble.hpp"
#include "tests/support/http_peer.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;
using testing::Test;

constexpr SteadyTime start{1000s};
const StreamKey alarm{"g1", 1, v1::LANE_ALARM};

TEST(PlatformTrouble, IsOutAsPlannedAndNoLonger) {
    const PlatformTrouble trouble({*parse_outage("after 60s for 5m")}, 0ms, start);
    EXPECT_FALSE(trouble.out(start + 59s));
    EXPECT_TRUE(trouble.out(start + 60s));
    EXPECT_TRUE(trouble.out(start + 359s));
    EXPECT_FALSE(trouble.out(start + 360s));
}

TEST(PlatformTrouble, HealsAnOutageOfThePlanAndKeepsTheNextOne) {
    PlatformTrouble trouble({{0s, 60s}, {90s, 10s}}, 500ms, start);
    EXPECT_TRUE(trouble.out(start));
    trouble.heal(start + 1s);
    EXPECT_FALSE(trouble.out(start + 1s));
    EXPECT_EQ(trouble.slow(), 0ms);
    EXPECT_TRUE(trouble.out(start + 95s));
}

TEST(PlatformTrouble, StaysOutWhenToldToUntilItHeals) {
    PlatformTrouble trouble({}, 0ms, start);
    trouble.go_out();
    EXPECT_TRUE(trouble.out(start + 1000h));
    trouble.heal(start);
    EXPECT_FALSE(trouble.out(start));
}

TEST(PlatformTrouble, RefusesAnOutageItDoesNotUnderstand) {
    for (const auto* text : {"", "60s", "after 60s", "after 60s for", "after 60s for 0s",
                             "after 60 for 5m", "60s for 5m"}) {
        EXPECT_FALSE(parse_outage(text)) << text;
    }
}

v1::DistrictEvent alert(std::uint64_t seq, v1::AlertState state,
                        v1::AlertKind kind = v1::ALERT_KIND_SMOKE) {
    v1::DistrictEvent event;
    event.set_gateway_id("g1");
    event.set_epoch(1);
    event.set_lane(v1::LANE_ALARM);
    event.set_seq(seq);
    event.set_record_time_ms(1'000'000);
    event.mutable_alert()->set_alert_id("a1");
    event.mutable_alert()->set_kind(kind);
    event.mutable_alert()->set_state(state);
    event.mutable_alert()->set_sentence_zh("<厨房>");
    event.mutable_alert()->set_sentence_en("<kitchen>");
    return event;
}

TEST(PlatformTally, CountsWhatIsMissingAndWhatCameTwice) {
    PlatformLedger ledger;
    for (const std::uint64_t seq : {1, 2, 5}) ledger.add(alarm, seq, start);
    ledger.heartbeat(alarm, 7, 3, start);
    PlatformTally tally;
    tally.count({alarm, 4, 1, 7, 3});
    tally.event(alert(5, v1::ALERT_STATE_OPEN), 1'000'250'000'000);
    const auto view = tally.view(ledger);
    ASSERT_EQ(view.lanes.size(), 1U);
    EXPECT_EQ(view.lanes[0].last, 5U);
    EXPECT_EQ(view.lanes[0].missing, 4U) << "3, 4, and 6, 7 which only the heartbeat knows";
    EXPECT_EQ(view.lanes[0].duplicates, 1U);
    EXPECT_EQ(view.lanes[0].delay_ms, 250);
}

TEST(PlatformTally, KnowsThatAnAlertWaitsOnlyByItsNewestStep) {
    PlatformTally tally;
    tally.event(alert(1, v1::ALERT_STATE_OPEN), 1);
    EXPECT_TRUE(tally.is_waiting("g1", "a1"));
    tally.event(alert(2, v1::ALERT_STATE_ACKNOWLEDGED), 2);
    EXPECT_FALSE(tally.is_waiting("g1", "a1"));
    EXPECT_FALSE(tally.is_waiting("g2", "a1"));
}

TEST(PlatformTally, SurvivesKindsStatesAndTimesThatItDoesNotKnow) {
    PlatformTally tally;
    auto strange = alert(1, static_cast<v1::AlertState>(99), static_cast<v1::AlertKind>(99));
    strange.set_record_time_ms(std::numeric_limits<std::int64_t>::min());
    tally.event(strange, 1'000'250'000'000);
    const auto view = tally.view({});
    ASSERT_EQ(view.events.size(), 1U);
    EXPECT_EQ(view.events[0].state_zh, "未知");
    EXPECT_FALSE(view.events[0].waiting);
}

TEST(PlatformTally, ForgetsTheOldest) {
    PlatformTally tally;
    for (std::uint64_t seq = 1; seq <= 60; ++seq) tally.event(alert(seq, v1::ALERT_STATE_OPEN), 1);
    const auto view = tally.view({});
    ASSERT_EQ(view.events.size(), PlatformTally::event_limit);
    EXPECT_EQ(view.events.front().seq, 60U);
}

TEST(PlatformPage, ShowsInBothLanguagesWhatCameAndEscapesIt) {
    PlatformTally tally;
    tally.event(alert(1, v1::ALERT_STATE_OPEN, v1::ALERT_KIND_TEST), 1);
    auto view = tally.view({});
    view.token = "secret";
    const auto zh = platform_page(view, PageLanguage::zh);
    EXPECT_NE(zh.find("&lt;厨房&gt;"), std::string::npos);
    EXPECT_NE(zh.find("测试"), std::string::npos);
    EXPECT_NE(zh.find("待签收"), std::string::npos);
    const auto en = platform_page(view, PageLanguage::en);
    EXPECT_NE(en.find("&lt;kitchen&gt;"), std::string::npos);
    EXPECT_EQ(en.find("<kitchen>"), std::string::npos);
    EXPECT_EQ(en.find("<script"), std::string::npos);
}

class PageServer : public Test {
protected:
    void SetUp() override {
        auto started = PlatformPage::start("127.0.0.1:0",
                                           {[] { return PlatformView{}; }, [this] { ++outages_; },
                                            [](std::chrono::milliseconds) {}, [] {},
                                            [](const auto&, const auto&) { return false; }},
                                           {});
        ASSERT_TRUE(started) << started.error().text();
        page_ = std::move(*started);
    }
    test::HttpSaid say(const std::string& method, const std::string& path,
                       const std::string& body = "", const std::string& host = "127.0.0.1:1") {
        return test::http(method, "http://127.0.0.1:" + std::to_string(page_->port()) + path, body,
                          host);
    }
    std::string token() {
        const auto page = say("GET", "/").body;
        const std::string before = "name=\"token\" value=\"";
        const auto at = page.find(before);
        return at == std::string::npos ? "" : page.substr(at + before.size(), 32);
    }

    std::unique_ptr<PlatformPage> page_;
    std::atomic<int> outages_ = 0;
};

TEST_F(PageServer, TakesAButtonOnlyWithTheTokenOfItsPage) {
    EXPECT_EQ(say("POST", "/outage").status, 403U);
    EXPECT_EQ(say("POST", "/outage", "token=guessed").status, 403U);
    EXPECT_EQ(say("GET", "/outage").status, 405U);
    EXPECT_EQ(outages_, 0);
    const auto done = say("POST", "/outage", "token=" + token() + "&lang=en");
    EXPECT_EQ(done.status, 303U);
    EXPECT_NE(done.head.find("/?lang=en"), std::string::npos) << done.head;
    EXPECT_EQ(outages_, 1);
    EXPECT_EQ(say("POST", "/acknowledge", "token=" + token() + "&gateway=g&alert=a").status, 409U);
}

TEST_F(PageServer, AllowsNoScriptAtAll) {
    const auto page = say("GET", "/?lang=en");
    EXPECT_EQ(page.status, 200U);
    EXPECT_NE(page.head.find("default-src 'none'; style-src 'self'"), std::string::npos)
        << page.head;
    EXPECT_EQ(say("GET", "/style.css").status, 200U);
}

TEST_F(PageServer, AnswersToNoNameThatSomebodyElseMayOwn) {
    EXPECT_EQ(say("GET", "/", "", "example.org").status, 421U);
    EXPECT_EQ(say("POST", "/outage", "token=" + token(), "example.org").status, 403U);
    EXPECT_EQ(outages_, 0);
}

TEST_F(PageServer, ListensOnLoopbackOnly) {
    EXPECT_FALSE(PlatformPage::start("0.0.0.0:0", {}, {}));
    EXPECT_FALSE(PlatformPage::start("nonsense", {}, {}));
}

}  // namespace
}  // namespace anju::sim
