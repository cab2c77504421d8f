// From a smoke alarm to whoever takes it on: the real daemon, broker and web server, and services
// of the test that messages go to.
#include <algorithm>

#include "notify/bytes.hpp"
#include "tests/e2e/people_rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

bool says(const std::string& whole, std::string_view part) {
    return whole.find(part) != std::string::npos;
}

TEST_F(Telling, TellsTheGroupOfASmokeAlarmMaskedAndSignedWithALink) {
    const std::string id = smoke(1);
    ASSERT_TRUE(robot.hears([](const HttpPeer::Heard&) { return true; })) << rig->log("anjud");
    const HttpPeer::Heard heard = robot.heard().front();
    EXPECT_EQ(heard.method, "POST");
    EXPECT_EQ(heard.path, "/robot");
    const std::string seal = notify::hex(
        notify::hmac_sha256(webhook_key, heard.fields.at("x-anju-timestamp") + "." + heard.body));
    EXPECT_EQ(heard.fields.at("x-anju-signature"), "sha256=" + seal);
    const json::object body = told(robot, id).front();
    EXPECT_EQ(text(body, "priority"), "P1");
    EXPECT_TRUE(says(text(body, "title"), "王**")) << text(body, "title");
    EXPECT_TRUE(says(text(body, "title"), "金开社区")) << text(body, "title");
    EXPECT_TRUE(text(body, "link").starts_with(base_url + "/a/")) << text(body, "link");
    EXPECT_FALSE(says(heard.body, "秀兰")) << "a group reads no name";
    EXPECT_FALSE(says(heard.body, "人和街道")) << "a group reads no address";
    EXPECT_TRUE(spare.heard().empty()) << "a backup is for failures";
}

TEST_F(Telling, AcknowledgesInTheNameOfWhoPressesTheButtonAndNotOfWhoLooks) {
    const std::string id = smoke(1);
    const std::string link = text(sms_to(worker_1, id), "link");
    for (int preview = 0; preview < 2; ++preview) {
        const HttpSaid page = http("GET", link);
        EXPECT_EQ(page.status, 200U);
        EXPECT_TRUE(says(page.body, "<form method=\"post\"")) << page.body;
        EXPECT_FALSE(says(page.body, "秀兰")) << "a preview reads no name";
    }
    EXPECT_EQ(text(alert(id), "state"), "open") << "looking changes nothing";

    const HttpSaid done = http("POST", link);
    EXPECT_EQ(done.status, 200U);
    EXPECT_TRUE(says(done.body, "王秀兰") && says(done.body, "人和街道 1 号 2-3")) << done.body;
    EXPECT_TRUE(says(done.body, "tel:13900000003")) << "the daughter's number";
    EXPECT_EQ(text(alert(id), "state"), "acknowledged");
    EXPECT_EQ(text(alert(id), "actor"), "link:worker:W1");

    const HttpSaid second = http("POST", text(sms_to(daughter, id), "link"));
    EXPECT_EQ(second.status, 200U);
    EXPECT_TRUE(says(second.body, "已有人处理")) << second.body;
    EXPECT_TRUE(says(second.body, "陈静")) << "who has it, by name: " << second.body;
    EXPECT_FALSE(says(second.body, "秀兰")) << "whoever does not have it needs no name";
    EXPECT_EQ(text(alert(id), "actor"), "link:worker:W1");

    EXPECT_EQ(http("POST", link).status, 200U) << "pressed twice";
    EXPECT_EQ(text(alert(id), "state"), "acknowledged");
    EXPECT_EQ(http("POST", link + "x").status, 404U);
}

TEST_F(Telling, GoesOnToTheSecondWorkerOnlyWhileNobodyHasTheAlert) {
    const std::string taken = smoke(1);
    const std::string left = smoke(2);
    ASSERT_EQ(http("POST", text(sms_to(worker_1, taken), "link")).status, 200U);
    (void)sms_to(worker_1, left);
    set_clock(4min);  // beyond the second worker and the street, before an acknowledgement lapses
    const json::object message = sms_to(worker_2, left);
    EXPECT_TRUE(text(message, "link").starts_with(base_url + "/a/"));
    EXPECT_GE(notices(left, "unanswered"), 1U);
    EXPECT_EQ(notices(taken, "unanswered"), 0U) << "somebody has it";
    EXPECT_EQ(text(alert(taken), "state"), "acknowledged");
}

TEST_F(Telling, TakesTheNextChannelWhenOneFailsAndSaysSo) {
    robot.answer(500);
    const std::string id = smoke(1);
    ASSERT_TRUE(spare.hears([](const HttpPeer::Heard&) { return true; })) << rig->log("anjud");
    EXPECT_EQ(text(told(spare, id).front(), "id"), text(told(robot, id).front(), "id"));
    EXPECT_GE(channel("street").at("failed").to_number<int>(), 1);
    EXPECT_TRUE(says(text(channel("street"), "last_error"), "500"));
    EXPECT_TRUE(problems("channel_down").empty()) << "one failure is none yet";

    int code = 0;
    for (int i = 0; i < 4; ++i) {
        const std::string said = rig->ctl({"notices", "test", "street"}, &code);
        EXPECT_EQ(code, 1) << said;
        EXPECT_TRUE(says(said, "500")) << "the service's own answer: " << said;
    }
    EXPECT_EQ(problems("channel_down"), std::vector<std::string>{"street"});
    EXPECT_TRUE(channel("street").at("down").as_bool());
    const auto states = [&] {
        std::vector<std::string> out;
        const auto list = ask({"alerts", "list", "--all"});
        for (const auto& one : list.at("alerts").as_array()) {
            if (text(one, "kind") != "channel_failed") continue;
            EXPECT_EQ(text(one, "device"), "street");
            out.push_back(text(one, "state"));
        }
        return out;
    };
    EXPECT_TRUE(eventually([&] { return states() == std::vector<std::string>{"open"}; }));

    robot.answer(200);
    (void)rig->ctl({"notices", "test", "street"}, &code);
    EXPECT_EQ(code, 0);
    EXPECT_TRUE(problems("channel_down").empty());
    set_clock(6min);  // of calm
    EXPECT_TRUE(eventually([&] { return states() == std::vector<std::string>{"resolved"}; }));
}

TEST_F(Telling, SendsAfterAKillWhatWasCommittedAndNotSent) {
    for (HttpPeer* const service : {&robot, &spare, &sms}) service->close();
    const std::string id = smoke(1);
    rig->kill_daemon();
    for (HttpPeer* const service : {&robot, &sms}) service->open();
    start_daemon();
    (void)sms_to(worker_1, id);
    (void)sms_to(daughter, id);
    EXPECT_TRUE(eventually([&] { return told(robot, id).size() == 1; })) << rig->log("anjud");
    EXPECT_TRUE(eventually([&] {
        const auto list = ask({"notices", "list"});
        return std::ranges::all_of(list.at("notices").as_array(), [&](const json::value& one) {
            return text(one, "state") == "sent" || text(one, "state") == "skipped";
        });
    })) << json::serialize(ask({"notices", "list"}));
    EXPECT_EQ(told(robot, id).size(), 1U) << "it went out twice";
    EXPECT_EQ(ask({"alerts", "list"}).at("alerts").as_array().size(), 1U);
}

TEST_F(Telling, SendsAgainUnderTheSameNumberWhatHadNoAnswerWhenItWasKilled) {
    robot.fall_silent();
    const std::string id = smoke(1);
    ASSERT_TRUE(robot.hears([](const HttpPeer::Heard&) { return true; }));
    rig->kill_daemon();
    robot.answer(200);
    start_daemon();
    ASSERT_TRUE(eventually([&] { return told(robot, id).size() == 2; })) << rig->log("anjud");
    EXPECT_EQ(text(told(robot, id)[0], "id"), text(told(robot, id)[1], "id"));
}

}  // namespace
}  // namespace anju::test
