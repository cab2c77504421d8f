#include "http/alert_pages.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/set_clock.hpp"

namespace anju::http {
namespace {

using namespace std::chrono_literals;
using notify::LinkClaims;

/// An alert that moves as the core has it, and remembers answers as the gateway does.
class FakeDesk final : public AlertDesk {
public:
    std::optional<AlertCard> card(const AlertId& alert) override {
        if (alert != card_.id) return std::nullopt;
        return card_;
    }
    std::vector<Member> members(const AlertId&) override { return members_; }
    Moved move(const AlertCommand& command) override {
        if (const auto found = answers.find(command.command_id); found != answers.end()) {
            return found->second;
        }
        applied.push_back(command);
        card_.changed_at += 1s;
        return answers[command.command_id] = decide(command);
    }
    /// Nobody moved: the ladder goes on.
    void resume() {
        card_.state = AlertState::open;
        card_.owner = card_.owner_shown = "";
        card_.changed_at += 5min;
        ++card_.rung;
    }

    AlertCard card_ = {AlertId{"H0001-7"},
                       AlertKind::inactivity,
                       Priority::p2,
                       AlertState::open,
                       from_unix_ms(1'772'590'000'000),
                       from_unix_ms(1'772'590'000'000),
                       0,
                       1,
                       "家中自 03:10 起没有活动迹象。",
                       "No sign of life since 03:10.",
                       "",
                       "",
                       "王**",
                       ClosingReason::none,
                       "",
                       "",
                       "",
                       "王秀英",
                       "大井巷 7 号",
                       "13800001111",
                       {{"女儿", "李梅", "13900002222"}}};
    std::vector<Member> members_;
    std::vector<AlertCommand> applied;
    std::map<std::string, Moved> answers;

private:
    Moved decide(const AlertCommand& command) {
        if (command.verb == AlertVerb::review) {
            card_.reviewed_by_shown = command.actor;
            return {CommandStatus::applied, ""};
        }
        if (command.verb == AlertVerb::reopen) {
            card_.state = AlertState::open;
            return {CommandStatus::applied, ""};
        }
        if (card_.state == AlertState::closed) return {CommandStatus::refused, "it is closed"};
        if (command.verb == AlertVerb::acknowledge) {
            if (card_.state != AlertState::open) return {CommandStatus::already, "taken"};
            card_.state = AlertState::acknowledged;
            card_.owner = card_.owner_shown = command.actor;
        } else if (command.verb == AlertVerb::en_route) {
            card_.state = AlertState::en_route;
        } else if (command.verb == AlertVerb::on_site) {
            card_.state = AlertState::on_site;
        } else if (command.verb == AlertVerb::resolve) {
            card_.state = AlertState::resolved;
        }
        return {CommandStatus::applied, ""};
    }
};

class AlertPagesTest : public testing::Test {
protected:
    AlertPagesTest() { pages_.add_to(router_); }

    std::string link(AlertVerb verb, const std::string& person = "worker:lin",
                     Duration valid = 1h) {
        return "/a/" + signer_.token({desk_.card_.id, verb, person, clock_.reading.wall + valid});
    }
    Response get(const std::string& path) { return ask("GET", path); }
    Response post(const std::string& path, const std::string& body = "") {
        return ask("POST", path, body);
    }
    Response ask(const std::string& method, const std::string& path, const std::string& body = "") {
        Request request;
        request.body = body;
        request.method = method;
        request.path = path;
        request.peer = "10.0.0.7";
        return router_.answer(request);
    }
    static bool says(const Response& response, std::string_view text) {
        return response.body.find(text) != std::string::npos;
    }
    static std::vector<std::string> buttons(const Response& response) {
        std::vector<std::string> out;
        constexpr std::string_view mark = "action=\"";
        for (std::size_t at = response.body.find(mark); at != std::string::npos;
             at = response.body.find(mark, at + 1)) {
            const std::size_t first = at + mark.size();
            out.push_back(response.body.substr(first, response.body.find('"', first) - first));
        }
        return out;
    }

    test::SetClock clock_;
    notify::LinkSigner signer_{std::string(32, 'k'), "https://box.example"};
    FakeDesk desk_;
    Failures failures_;
    Router router_;
    AlertPages pages_{{}, signer_, desk_, failures_, clock_};
};

TEST_F(AlertPagesTest, ShowTheAlertWithOneButtonAndChangeNothing) {
    const std::string path = link(AlertVerb::acknowledge);
    for (int i = 0; i < 3; ++i) {
        const Response page = get(path);
        EXPECT_EQ(page.status, 200U);
        EXPECT_TRUE(says(page, "长时间无活动"));
        EXPECT_TRUE(says(page, "家中自 03:10 起没有活动迹象。"));
        EXPECT_TRUE(says(page, "No sign of life since 03:10."));
        EXPECT_EQ(buttons(page), std::vector<std::string>{path});
    }
    EXPECT_TRUE(desk_.applied.empty());
    EXPECT_EQ(desk_.card_.state, AlertState::open);
}

TEST_F(AlertPagesTest, TellAPreviewNoNameNoAddressNoNumber) {
    const Response page = get(link(AlertVerb::acknowledge));
    EXPECT_TRUE(says(page, "王**"));
    for (const char* secret : {"秀英", "大井巷", "13800001111", "李梅", "13900002222"}) {
        EXPECT_FALSE(says(page, secret)) << secret;
    }
}

TEST_F(AlertPagesTest, AcknowledgeByTheButtonAndThenTellWhoAndWhere) {
    const Response page = post(link(AlertVerb::acknowledge));
    EXPECT_EQ(page.status, 200U);
    ASSERT_EQ(desk_.applied.size(), 1U);
    EXPECT_EQ(desk_.applied[0].verb, AlertVerb::acknowledge);
    EXPECT_EQ(desk_.applied[0].actor, "link:worker:lin");
    EXPECT_EQ(desk_.applied[0].alert, AlertId{"H0001-7"});
    for (const char* fact :
         {"已记录", "王秀英", "大井巷 7 号", "tel:13800001111", "李梅", "tel:13900002222"}) {
        EXPECT_TRUE(says(page, fact)) << fact;
    }
}

TEST_F(AlertPagesTest, AskWhoActsByALinkOfAGroupAndGoOnInThatName) {
    desk_.members_ = {{"worker:lin", "林*"}, {"worker:zhao", "赵*"}};
    const std::string path = link(AlertVerb::acknowledge, "group:street");
    for (const Response& page : {get(path), post(path)}) {
        EXPECT_EQ(page.status, 200U);
        EXPECT_TRUE(says(page, "林*") && says(page, "赵*") && says(page, "zhao"));
        EXPECT_TRUE(says(page, "您是哪一位"));
        EXPECT_FALSE(says(page, "秀英")) << "a group reads no name";
        EXPECT_EQ(buttons(page).size(), 2U);
    }
    EXPECT_TRUE(desk_.applied.empty()) << "nobody has said who they are";

    Response page = post(buttons(get(path))[1]);
    ASSERT_EQ(desk_.applied.size(), 1U);
    EXPECT_EQ(desk_.applied[0].actor, "link:worker:zhao@group:street");
    EXPECT_TRUE(says(page, "王秀英")) << "whoever has it is told where";
    page = post(buttons(page)[0]);
    EXPECT_EQ(desk_.applied[1].verb, AlertVerb::en_route);
    EXPECT_EQ(desk_.applied[1].actor, "link:worker:zhao@group:street") << "asked once";
    const Response second = get(path);
    EXPECT_TRUE(buttons(second).empty());
    EXPECT_TRUE(says(second, "已有人处理"));
    EXPECT_TRUE(says(get(link(AlertVerb::acknowledge, "worker:zhao")), "是我"))
        << "the same person by a link of their own";
}

TEST_F(AlertPagesTest, TellTheSecondOfAGroupThatTheFirstHasIt) {
    desk_.members_ = {{"worker:lin", "林*"}, {"worker:zhao", "赵*"}};
    const auto both = buttons(get(link(AlertVerb::acknowledge, "group:street")));
    EXPECT_TRUE(says(post(both[0]), "王秀英"));
    const Response late = post(both[1]);
    EXPECT_TRUE(says(late, "已有人处理"));
    EXPECT_FALSE(says(late, "秀英"));
    EXPECT_EQ(post("/a/x" + both[1].substr(4)).status, 404U) << "nobody makes a name up";
}

TEST_F(AlertPagesTest, LetTheGroupActWhereNobodyIsKnown) {
    EXPECT_EQ(post(link(AlertVerb::acknowledge, "group:street")).status, 200U);
    ASSERT_EQ(desk_.applied.size(), 1U);
    EXPECT_EQ(desk_.applied[0].actor, "link:group:street");
}

TEST_F(AlertPagesTest, LeadFromOneStepToTheNextByLinksOfTheirOwn) {
    Response page = post(link(AlertVerb::acknowledge));
    ASSERT_EQ(buttons(page).size(), 2U) << "on my way, on site";
    page = post(buttons(page)[0]);
    EXPECT_EQ(desk_.card_.state, AlertState::en_route);
    ASSERT_EQ(buttons(page).size(), 1U);
    page = post(buttons(page)[0]);
    EXPECT_EQ(desk_.card_.state, AlertState::on_site);
    ASSERT_EQ(buttons(page).size(), 1U);
    page = post(buttons(page)[0]);
    EXPECT_EQ(desk_.card_.state, AlertState::resolved);
    EXPECT_TRUE(buttons(page).empty());
    for (const AlertCommand& command : desk_.applied) EXPECT_EQ(command.actor, "link:worker:lin");
}

TEST_F(AlertPagesTest, GiveASecondTapTheAnswerOfTheFirst) {
    const std::string path = link(AlertVerb::acknowledge);
    const Response first = post(path);
    const Response second = post(path);
    EXPECT_EQ(desk_.applied.size(), 1U);
    EXPECT_EQ(second.status, 200U);
    EXPECT_EQ(second.body, first.body);
}

TEST_F(AlertPagesTest, TakeAnAlertAgainThatIsOpenAgain) {
    const std::string path = link(AlertVerb::acknowledge);
    post(path);
    desk_.resume();
    ASSERT_EQ(buttons(get(path)), std::vector<std::string>{path});
    const Response page = post(path);
    EXPECT_TRUE(says(page, "已记录"));
    EXPECT_EQ(desk_.applied.size(), 2U);
    EXPECT_EQ(desk_.card_.state, AlertState::acknowledged) << "and not only the page says so";
    EXPECT_EQ(desk_.card_.owner, "link:worker:lin");
}

TEST_F(AlertPagesTest, TellWhoeverHadItOnceAndHasItNoMoreNothing) {
    const std::string path = link(AlertVerb::acknowledge);
    post(path);
    desk_.resume();
    post(link(AlertVerb::acknowledge, "worker:zhou"));
    const Response page = post(path);
    EXPECT_TRUE(says(page, "已有人处理"));
    EXPECT_FALSE(says(page, "已记录"));
    EXPECT_FALSE(says(page, "大井巷"));
}

TEST_F(AlertPagesTest, KnowWhoeverHasItByAnyWay) {
    desk_.card_.state = AlertState::acknowledged;
    desk_.card_.owner = "cli:worker:lin";
    EXPECT_TRUE(says(post(link(AlertVerb::acknowledge)), "大井巷 7 号"));
}

TEST_F(AlertPagesTest, ShowASupervisorTheClosing) {
    desk_.card_.state = AlertState::closed;
    desk_.card_.reason = ClosingReason::late_rise;
    desk_.card_.note = "睡过头了";
    desk_.card_.closed_by_shown = "林";
    const std::string path = link(AlertVerb::review, "worker:lead");
    const Response page = get(path);
    EXPECT_EQ(page.status, 200U);
    for (const char* fact : {"晚起", "睡过头了", "林", "复核无误", "需要再看"}) {
        EXPECT_TRUE(says(page, fact)) << fact;
    }
    EXPECT_FALSE(says(page, "大井巷"));
    EXPECT_EQ(buttons(page), (std::vector<std::string>{path, path}));
    EXPECT_TRUE(desk_.applied.empty());
    EXPECT_TRUE(says(post(path), "已记录"));
    ASSERT_EQ(desk_.applied.size(), 1U);
    EXPECT_EQ(desk_.applied[0].verb, AlertVerb::review);
    EXPECT_EQ(desk_.applied[0].actor, "link:worker:lead");
    EXPECT_TRUE(buttons(get(path)).empty());
    EXPECT_TRUE(says(post(path), "已经复核"));
    EXPECT_EQ(desk_.applied.size(), 1U);
}

TEST_F(AlertPagesTest, OpenAnAlertAgainThatNeedsAnotherLook) {
    desk_.card_.state = AlertState::closed;
    const std::string path = link(AlertVerb::review, "worker:lead");
    EXPECT_EQ(post(path, "note=+%0A").status, 409U) << "without a word nobody knows what to do";
    EXPECT_TRUE(desk_.applied.empty());
    EXPECT_EQ(post(path, "note=%E9%97%A8+open%3F&x=y").status, 200U);
    ASSERT_EQ(desk_.applied.size(), 1U);
    EXPECT_EQ(desk_.applied[0].verb, AlertVerb::reopen);
    EXPECT_EQ(desk_.applied[0].note, "门 open?");
    EXPECT_TRUE(says(get(path), "没有可复核的办结"));
}

TEST_F(AlertPagesTest, GiveEveryTokenACommandOfItsOwn) {
    post(link(AlertVerb::acknowledge));
    post(link(AlertVerb::en_route));
    post(link(AlertVerb::on_site, "worker:zhou"));
    std::set<std::string> ids;
    for (const AlertCommand& command : desk_.applied) ids.insert(command.command_id);
    EXPECT_EQ(ids.size(), 3U);
}

TEST_F(AlertPagesTest, TellTheSecondPersonWhoHasItAndNothingElse) {
    post(link(AlertVerb::acknowledge));
    const Response page = post(link(AlertVerb::acknowledge, "worker:zhou"));
    EXPECT_EQ(page.status, 200U);
    EXPECT_TRUE(says(page, "已有人处理"));
    EXPECT_TRUE(says(page, "link:worker:lin"));
    EXPECT_FALSE(says(page, "大井巷"));
    EXPECT_TRUE(buttons(page).empty());
    EXPECT_TRUE(buttons(get(link(AlertVerb::acknowledge, "worker:zhou"))).empty());
}

TEST_F(AlertPagesTest, LetWhoeverHasItSeeTheDetailsAgain) {
    const std::string path = link(AlertVerb::acknowledge);
    post(path);
    const Response page = get(path);
    EXPECT_FALSE(says(page, "大井巷")) << "a preview must not tell it even now";
    ASSERT_EQ(buttons(page), std::vector<std::string>{path});
    EXPECT_TRUE(says(post(path), "大井巷 7 号"));
}

TEST_F(AlertPagesTest, SayThatAnAlertIsOver) {
    desk_.card_.state = AlertState::closed;
    const std::string path = link(AlertVerb::acknowledge);
    EXPECT_TRUE(says(get(path), "已经结束"));
    EXPECT_TRUE(buttons(get(path)).empty());
    const Response page = post(path);
    EXPECT_EQ(page.status, 409U);
    EXPECT_FALSE(says(page, "大井巷"));
}

TEST_F(AlertPagesTest, SayWhatToDoWithALinkThatHasExpired) {
    const std::string path = link(AlertVerb::acknowledge, "worker:lin", 1h);
    clock_.reading.wall += 1h + 1s;
    for (const Response& page : {get(path), post(path)}) {
        EXPECT_EQ(page.status, 410U);
        EXPECT_TRUE(says(page, "已过期"));
        EXPECT_TRUE(says(page, "社区值班人员"));
        EXPECT_FALSE(says(page, "王"));
    }
    EXPECT_TRUE(desk_.applied.empty());
    EXPECT_EQ(failures_.counted(), 0U) << "an old link of ours is no attack";
}

TEST_F(AlertPagesTest, SayWhatToDoWithALinkThatNobodyMade) {
    std::string path = link(AlertVerb::acknowledge);
    path.back() = path.back() == 'A' ? 'B' : 'A';
    for (const Response& page : {get(path), post(path), get("/a/x"), post("/a/x.y")}) {
        EXPECT_EQ(page.status, 404U);
        EXPECT_TRUE(says(page, "链接无效"));
    }
    EXPECT_TRUE(desk_.applied.empty());
    EXPECT_EQ(failures_.counted(), 4U);
}

TEST_F(AlertPagesTest, TurnAwayWhoeverTriesLinksButNeverAGoodOne) {
    unsigned last = 0;
    for (int i = 0; i < 20; ++i) last = get("/a/guess" + std::to_string(i)).status;
    EXPECT_EQ(last, 429U);
    EXPECT_EQ(get(link(AlertVerb::acknowledge)).status, 200U);
    EXPECT_EQ(post(link(AlertVerb::acknowledge)).status, 200U);
}

TEST_F(AlertPagesTest, TakeNoVerbThatNeedsAReasonOrAName) {
    for (const AlertVerb verb : {AlertVerb::close, AlertVerb::reopen, AlertVerb::hand_over}) {
        EXPECT_NE(post(link(verb)).status, 200U);
    }
    EXPECT_TRUE(desk_.applied.empty());
}

TEST_F(AlertPagesTest, SayThatAnAlertIsGoneThatTheBoxForgot) {
    const std::string path = link(AlertVerb::acknowledge);
    desk_.card_.id = AlertId{"H0001-8"};
    EXPECT_EQ(get(path).status, 410U);
    EXPECT_EQ(post(path).status, 410U);
    EXPECT_TRUE(desk_.applied.empty());
}

}  // namespace
}  // namespace anju::http
