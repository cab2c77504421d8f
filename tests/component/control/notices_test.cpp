// anjuctl notices: what was sent to whom, and whether a channel works.
#include <gmock/gmock.h>

#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::object;
using testing::HasSubstr;

constexpr const char* sent = R"({"id":7,"at":"2026-03-02T07:00:00.000+08:00","priority":"P1",
  "topic":"alert","subject":"h1-2","cause":"told","recipient":"worker:lin","state":"sent",
  "attempts":1,"over":"robot","answer":"ok","title":"Smoke","text":"H1\nkitchen","link":true,
  "routes":[{"channel":"robot","address":"","refused":false},
            {"channel":"sms","address":"139****0000","refused":true}]})";

std::string notice(const std::string& state) {
    return R"({"notice":{"id":9,"topic":"test","state":")" + state +
           R"(","answer":"invalid webhook","routes":[{"channel":"robot","address":""}]}})";
}

TEST_F(Anjuctl, ListsNoticesInBothLanguages) {
    answer(R"({"notices":[)" + std::string(sent) + "]}");
    const Ran english = run("notices list --limit 3");
    EXPECT_EQ(english.code, 0) << english.err;
    EXPECT_EQ(requests().back().method, "notices.list");
    EXPECT_EQ(requests().back().params, (object{{"limit", 3}}));
    for (const char* part : {"7", "P1", "h1-2", "worker:lin", "robot", "2026-03-02 07:00:00"}) {
        EXPECT_THAT(english.out, HasSubstr(part));
    }
    const Ran chinese = run("notices list", "zh_CN.UTF-8");
    EXPECT_THAT(chinese.out, HasSubstr("P1 危急"));
    EXPECT_THAT(chinese.out, HasSubstr("worker:lin"));
    EXPECT_EQ(run("notices list --limit 0").code, 2) << "at least one";
}

TEST_F(Anjuctl, ShowsANoticeWithItsWaysAndWords) {
    answer(R"({"notice":)" + std::string(sent) + "}");
    const Ran ran = run("notices show 7");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(requests().back().method, "notices.show");
    EXPECT_EQ(requests().back().params, (object{{"id", 7}}));
    EXPECT_THAT(ran.out, HasSubstr("139****0000"));
    EXPECT_THAT(ran.out, HasSubstr("Smoke\nH1\nkitchen\n"));
    EXPECT_EQ(run("notices show").code, 2) << "of which?";
}

TEST_F(Anjuctl, TestsAChannelAndSucceedsWhenItsServiceTookTheMessage) {
    answer({{"notices.test", R"({"id":9})"}, {"notices.show", notice("sent")}});
    const Ran ran = run("notices test robot");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("robot"));
    EXPECT_EQ(requests().front().params, (object{{"channel", "robot"}}));
    EXPECT_EQ(requests().back().params, (object{{"id", 9}}));
}

TEST_F(Anjuctl, TestsAChannelOfOnePersonAtAnAddress) {
    answer({{"notices.test", R"({"id":9})"}, {"notices.show", notice("delivered")}});
    EXPECT_EQ(run("notices test sms 13900000000").code, 0);
    EXPECT_EQ(requests().front().params, (object{{"channel", "sms"}, {"address", "13900000000"}}));
}

TEST_F(Anjuctl, FailsWithTheServicesWordsWhenAChannelDoesNotWork) {
    answer({{"notices.test", R"({"id":9})"}, {"notices.show", notice("failed")}});
    const Ran ran = run("notices test robot");
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("invalid webhook"));
    EXPECT_EQ(run("notices test").code, 2) << "which channel?";
}

}  // namespace
}  // namespace anju::control
