#include "notify/router.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

class Street final : public Directory {
public:
    [[nodiscard]] std::vector<Person> who(Role role, const HouseholdId&, Instant) const override {
        if (role == Role::grid_worker) {
            return {{"worker:lin", "林", "13800000001", "lin@x", "lin"},
                    {"worker:he", "何", "13800000002", "", ""}};
        }
        if (role == Role::emergency_contact) {
            return {{"contact:r:0", "王小明", "13900000001", "", ""}};
        }
        if (role == Role::community_lead && led) {
            return {{"worker:boss", "李主任", "13800000009", "", ""}};
        }
        return {};
    }
    [[nodiscard]] std::optional<Person> worker(const HouseholdId&, const WorkerId&) const override {
        return std::nullopt;
    }
    [[nodiscard]] Scene scene(const HouseholdId&, const ResidentId&) const override {
        return {"c1", "阳光社区", "王秀兰", "02312345678", "3栋502"};
    }
    [[nodiscard]] std::optional<Alert> alert(const HouseholdId&, const AlertId&) const override {
        return std::nullopt;
    }
    [[nodiscard]] std::vector<HouseholdId> units_of_communities() const override { return {}; }
    [[nodiscard]] bool can_ask(const HouseholdId&) const override { return speaker; }
    bool speaker = false;
    bool led = false;
};

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        options.utc_offset = 8h;
        options.channels = {{"robot", ChannelKind::wecom, {Role::grid_worker}, {}, {}, false},
                            {"mail", ChannelKind::mail, {}, {}, {}, false},
                            {"sms", ChannelKind::sms, {}, {}, {}, false}};
    }
    std::vector<Notice> route(Priority priority, SummonsCause cause, std::vector<Role> roles,
                              std::span<const Notice> earlier = {}) {
        const Decision decision{
            HouseholdId{"h"}, 1, now,
            Summons{AlertId{"h-1"}, AlertKind::smoke, priority, std::move(roles), cause, 0}};
        return Router(options, street, &signer).notices(decision, {&decision, 1}, earlier, now);
    }
    static const Notice* to(const std::vector<Notice>& all, const std::string& who) {
        const auto found = std::ranges::find(all, who, &Notice::recipient);
        return found == all.end() ? nullptr : &*found;
    }

    void lead_group() {
        street.led = true;
        options.channels.push_back(
            {"leads", ChannelKind::wecom, {Role::community_lead}, {}, {}, false});
    }
    static std::string words(const Notice& notice) {
        return notice.open.title + notice.open.text + notice.brief.title + notice.brief.text +
               notice.full.title + notice.full.text;
    }

    Street street;
    RouterOptions options;
    LinkSigner signer{std::string(64, 'k'), "https://b"};
    const Instant now = from_unix_ms(1'700'000'000'000);  // 06:13 local
};

TEST_F(RouterTest, TellsTheRobotTheWorkerAndTheContactOfP1) {
    const auto all =
        route(Priority::p1, SummonsCause::told, {Role::emergency_contact, Role::grid_worker});
    ASSERT_EQ(all.size(), 3U);
    const Notice* const robot = to(all, "group:robot");
    ASSERT_NE(robot, nullptr);
    EXPECT_EQ(robot->mentions, std::vector<std::string>{"lin"});
    EXPECT_EQ(robot->open.title, "【安居·危急】烟雾报警 王** 阳光社区");
    EXPECT_EQ((robot->open.title + robot->open.text).find("秀兰"), std::string::npos);
    EXPECT_EQ(robot->open.text.find("502"), std::string::npos);
    EXPECT_TRUE(robot->link.starts_with("https://b/a/"));
    ASSERT_NE(to(all, "worker:lin"), nullptr);
    EXPECT_EQ(to(all, "worker:lin")->routes[0].channel, "sms") << "mail came first";
    ASSERT_NE(to(all, "contact:r:0"), nullptr);
    EXPECT_EQ(to(all, "contact:r:0")->expires, now + 1h);
}

TEST_F(RouterTest, GivesFullNamesToThePersonInChargeOnlyWhenConfigured) {
    options.full_names = true;
    const auto all =
        route(Priority::p1, SummonsCause::told, {Role::emergency_contact, Role::grid_worker});
    EXPECT_NE(to(all, "worker:lin")->full.title.find("王秀兰"), std::string::npos);
    EXPECT_NE(to(all, "worker:lin")->full.text.find("3栋502"), std::string::npos);
    EXPECT_EQ(to(all, "contact:r:0")->brief.title.find("秀兰"), std::string::npos);
    EXPECT_EQ(to(all, "group:robot")->open.title.find("秀兰"), std::string::npos);
}

TEST_F(RouterTest, PutsP3IntoTheNextDigestOfTheRobotAlone) {
    const auto all = route(Priority::p3, SummonsCause::told, {Role::grid_worker});
    ASSERT_EQ(all.size(), 1U);
    EXPECT_TRUE(all[0].digest);
    EXPECT_EQ(all[0].due, from_unix_ms(1'700'010'000'000)) << "09:00 local";
    EXPECT_TRUE(all[0].link.empty());
}

TEST_F(RouterTest, AsksTheWorkerToPhoneWhenTheHomeCannotAsk) {
    const auto by_worker = route(Priority::p2, SummonsCause::ask_resident, {Role::resident});
    EXPECT_NE(to(by_worker, "worker:lin"), nullptr);
    street.speaker = true;
    const auto by_home = route(Priority::p2, SummonsCause::ask_resident, {Role::resident});
    ASSERT_EQ(by_home.size(), 1U);
    EXPECT_EQ(by_home[0].routes[0].channel, "speaker");
    EXPECT_EQ(by_home[0].routes[1].channel, "sms") << "nobody phones when the speaker fails";
}

TEST_F(RouterTest, TellsThatItIsOverOnlyToThoseWhoWereTold) {
    auto earlier =
        route(Priority::p1, SummonsCause::told, {Role::emergency_contact, Role::grid_worker});
    for (Notice& one : earlier) one.state = NoticeState::failed;
    earlier[0].state = NoticeState::sent;
    const auto over = route(Priority::p1, SummonsCause::stood_down,
                            {Role::emergency_contact, Role::grid_worker}, earlier);
    ASSERT_EQ(over.size(), 1U);
    EXPECT_EQ(over[0].recipient, earlier[0].recipient);
    EXPECT_TRUE(over[0].link.empty());
    EXPECT_TRUE(route(Priority::p1, SummonsCause::stood_down, {Role::grid_worker}).empty());
}

TEST_F(RouterTest, TellsTheLeadOfATaskThatBecameOverdueOnce) {
    lead_group();
    CareTask task;
    task.id = TaskId{"c1:1"};
    task.resident = ResidentId{"r5"};
    task.worker = WorkerId{"lin"};
    task.kind = TaskKind::return_check;
    task.state = TaskState::assigned;
    task.due = now;
    task.overdue = true;
    const auto told = [&](Instant at) {
        const Decision decision{HouseholdId{"community/c1"}, 1, at,
                                TaskChanged{task, TaskState::assigned, "system"}};
        return Router(options, street, &signer).notices(decision, {&decision, 1}, {}, at);
    };
    const auto all = told(now);
    ASSERT_NE(to(all, "group:leads"), nullptr);
    const std::string text = words(*to(all, "group:leads"));
    EXPECT_NE(text.find("任务逾期未办"), std::string::npos) << text;
    EXPECT_NE(text.find("王** r5"), std::string::npos) << text;
    EXPECT_EQ(to(told(now + 24h), "group:leads"), nullptr) << "it was told when it was due";
}

TEST_F(RouterTest, NamesTheFirstFewThingsThatAPlanIsShortOfAndWhatHelps) {
    lead_group();
    PlanMade made;
    made.changed = 1;
    for (int i = 1; i <= 5; ++i) {
        Shortfall one;
        one.why = Shortage::no_duty;
        one.resident = ResidentId{"r" + std::to_string(i)};
        made.short_of.push_back(one);
    }
    const Decision decision{HouseholdId{"community/c1"}, 1, now, made};
    const auto all = Router(options, street, &signer).notices(decision, {&decision, 1}, {}, now);
    ASSERT_NE(to(all, "group:leads"), nullptr);
    const std::string text = words(*to(all, "group:leads"));
    EXPECT_NE(text.find("未满足5项：r1 放假日无人值班，请排值班；r2"), std::string::npos) << text;
    EXPECT_EQ(text.find("r4"), std::string::npos);
}

TEST_F(RouterTest, WritesDownThatNobodyHasTheRole) {
    const auto all = route(Priority::p1, SummonsCause::unanswered, {Role::street_centre});
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].state, NoticeState::skipped);
}

}  // namespace
}  // namespace anju::notify
