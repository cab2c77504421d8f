#include "notify/router.hpp"

#include "tests/unit/notify/router_fixture.hpp"

namespace anju::notify {
namespace {

using test::RouterTest;
using namespace std::chrono_literals;

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
    const auto claims = signer.verify(all[0].link.substr(all[0].link.rfind('/') + 1), all[0].due);
    ASSERT_TRUE(claims) << "or nobody could acknowledge it";
    EXPECT_EQ(claims->verb, AlertVerb::acknowledge);
    EXPECT_EQ(claims->expires, all[0].due + 24h) << "counted from when it is read";
    EXPECT_TRUE(route(Priority::p4, SummonsCause::told, {Role::grid_worker})[0].link.empty());
}

TEST_F(RouterTest, AsksTheWorkerToPhoneWhenTheHomeCannotAsk) {
    const auto by_worker = route(Priority::p2, SummonsCause::ask_resident, {Role::resident});
    EXPECT_NE(to(by_worker, "worker:lin"), nullptr);
    street.speaker = true;
    const auto by_home = route(Priority::p2, SummonsCause::ask_resident, {Role::resident});
    ASSERT_EQ(by_home.size(), 1U);
    EXPECT_EQ(by_home[0].routes[0].channel, "speaker");
    EXPECT_EQ(by_home[0].routes[1].channel, "sms") << "nobody phones when the speaker fails";
    for (const std::string& link : {to(by_worker, "worker:lin")->link, by_home[0].link}) {
        const auto claims = signer.verify(link.substr(link.rfind('/') + 1), now);
        ASSERT_TRUE(claims);
        EXPECT_EQ(claims->verb, AlertVerb::i_am_well) << "whoever phoned and found all well";
        EXPECT_EQ(claims->person, "worker:lin");
    }
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

TEST_F(RouterTest, LeavesWhatIsUrgentToTheWorkersOwnMessageWhenTheRobotAndItsBackupFail) {
    options.channels.push_back({"spare", ChannelKind::dingtalk, {}, {}, {}, true});
    const auto all = route(Priority::p1, SummonsCause::told, {Role::grid_worker});
    ASSERT_EQ(all.size(), 2U);
    std::size_t texts = 0;
    for (const Notice& one : all) {
        for (const NoticeRoute& way : one.routes) texts += way.address == "13800000001" ? 1 : 0;
    }
    EXPECT_EQ(texts, 1U) << "two ways lead to the same telephone";
    EXPECT_EQ(to(all, "group:robot")->routes.back().channel, "spare");
}

TEST_F(RouterTest, SendsOnePersonWhoIsTwoOfThoseToldOneMessage) {
    street.neighbours = {{"contact:r:1", "王小明", "13900000001", "", ""}};
    const auto all =
        route(Priority::p1, SummonsCause::ask_119, {Role::emergency_contact, Role::neighbour});
    EXPECT_EQ(all.size(), 1U);
}

TEST_F(RouterTest, LetsTheFirstPersonBehindTwoGroupsHaveOneMailWhenBothFail) {
    options.channels.push_back({"other", ChannelKind::feishu, {}, {}, {}, false});
    const auto all = route(Priority::p3, SummonsCause::told, {Role::grid_worker});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].routes.size(), 2U);
    EXPECT_EQ(all[1].routes.size(), 1U);
}

TEST_F(RouterTest, TellsAtOnceThatAChannelFailsAndNotOverThatChannel) {
    options.channels[0].roles = {};
    options.channels.push_back({"second", ChannelKind::feishu, {}, {}, {}, false});
    options.channels.push_back({"spare", ChannelKind::dingtalk, {}, {}, {}, true});
    const auto all = fails("robot");
    ASSERT_EQ(all.size(), 1U) << "told twice";
    EXPECT_EQ(all[0].recipient, "group:second");
    EXPECT_FALSE(all[0].digest);
    EXPECT_EQ(all[0].due, now);
    for (const NoticeRoute& way : all[0].routes) EXPECT_NE(way.channel, "robot");
    EXPECT_EQ(all[0].open.title, "【安居·关注】通知通道故障 robot 阳光社区");
    EXPECT_NE(all[0].open.text.find("请安排检修。\n通知通道失败。\n93000 invalid webhook url"),
              std::string::npos)
        << all[0].open.text;
    EXPECT_TRUE(all[0].link.starts_with("https://b/a/"));
}

TEST_F(RouterTest, TellsThatTheOnlyRobotFailsByItsBackupThenByMailAndAtLastBySms) {
    options.channels[0].roles = {};
    const auto by_mail = fails("robot");
    ASSERT_EQ(by_mail.size(), 1U);
    EXPECT_EQ(by_mail[0].recipient, "worker:ma");
    ASSERT_EQ(by_mail[0].routes.size(), 2U);
    EXPECT_EQ(by_mail[0].routes[0].channel, "mail");
    EXPECT_EQ(by_mail[0].routes[1].channel, "sms");
    street.maintainer_mail.clear();
    EXPECT_EQ(fails("robot").at(0).routes.at(0).channel, "sms");
    options.channels.push_back({"spare", ChannelKind::dingtalk, {}, {}, {}, true});
    const auto by_backup = fails("robot");
    ASSERT_EQ(by_backup.size(), 1U);
    EXPECT_EQ(by_backup[0].routes[0].channel, "spare");
}

TEST_F(RouterTest, FindsTheCommunitiesThatAChannelReaches) {
    street.units = {HouseholdId{"community/c1"}, HouseholdId{"community/c2"}};
    options.channels[0].communities = {"c2", "c9"};
    const Router router(options, street, nullptr);
    EXPECT_EQ(router.units_reached_by("robot"),
              std::vector<HouseholdId>{HouseholdId{"community/c2"}});
    EXPECT_EQ(router.units_reached_by("sms"), street.units);
    EXPECT_TRUE(router.units_reached_by("speaker").empty());
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
    // Of one who has no box, only the task knows the community.
    street.boxless = true;
    for (ChannelRules& channel : options.channels) channel.communities = {"c1"};
    EXPECT_NE(to(told(now), "group:leads"), nullptr);
}

TEST_F(RouterTest, TellsBothWhenATaskOfTodayGoesToSomebodyElse) {
    street.knows_lin = true;
    CareTask task;
    task.id = TaskId{"c1:1"};
    task.resident = ResidentId{"r5"};
    task.worker = WorkerId{"he"};
    task.kind = TaskKind::home_visit;
    task.state = TaskState::in_progress;
    task.cause = CareCause::retry;
    task.date = anju::date_of(now, options.utc_offset);
    task.start = now + 1h;
    const auto told = [&](WorkerId former, Date day, std::string actor) {
        const Decision decision{
            HouseholdId{"community/c1"}, 1, now,
            TaskChanged{task, TaskState::in_progress, std::move(actor), std::move(former), day}};
        return Router(options, street, &signer).notices(decision, {&decision, 1}, {}, now);
    };
    const auto both = told(WorkerId{"lin"}, task.date, "system");
    ASSERT_NE(to(both, "worker:he"), nullptr);
    ASSERT_NE(to(both, "worker:lin"), nullptr);
    EXPECT_NE(words(*to(both, "worker:lin")).find("不再由您办理"), std::string::npos);
    EXPECT_EQ(told(WorkerId{"lin"}, task.date, "cli:lin").size(), 1U) << "lin knows what lin did";
    EXPECT_EQ(told(WorkerId{"lin"}, task.date - 1, "system").size(), 1U) << "yesterday is over";
    EXPECT_TRUE(told(WorkerId{"he"}, task.date, "system").empty()) << "nothing moved";
    task.cause = CareCause::absence;
    EXPECT_EQ(told(WorkerId{"lin"}, task.date, "system").size(), 1U) << "who is ill knows";
    task.cause = CareCause::replan;
    task.state = TaskState::planned;
    task.date = task.date + 2;
    EXPECT_NE(to(told(WorkerId{"he"}, task.date - 2, "system"), "worker:he"), nullptr)
        << "it left today";
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

TEST_F(RouterTest, PassesARoleThatNobodyHasToTheNextOneAndSaysSo) {
    street.absent = street.has_lead = true;
    const auto all =
        route(Priority::p2, SummonsCause::told, {Role::emergency_contact, Role::grid_worker});
    ASSERT_NE(to(all, "worker:lead"), nullptr) << "at once, not after half an hour";
    EXPECT_EQ(to(all, "worker:lead")->routes[0].channel, "sms");
    ASSERT_NE(to(all, "nobody:grid_worker"), nullptr);
    EXPECT_EQ(to(all, "nobody:grid_worker")->state, NoticeState::skipped);
    EXPECT_NE(to(all, "nobody:second_worker"), nullptr) << "nor this one";
    EXPECT_EQ(to(all, "nobody:community_lead"), nullptr);
}

TEST_F(RouterTest, TellsWhoeverHasTheAlert) {
    street.owner = "cli:worker:he";
    const auto all = route(Priority::p1, SummonsCause::told, {Role::owner});
    const Notice* const he = to(all, "worker:he");
    ASSERT_NE(he, nullptr);
    const std::string token = he->link.substr(he->link.rfind('/') + 1);
    EXPECT_EQ(signer.verify(token, now)->verb, AlertVerb::en_route) << "it is theirs already";
    street.owner = "contact:r:0";
    EXPECT_NE(to(route(Priority::p1, SummonsCause::overdue, {Role::owner}), "contact:r:0"),
              nullptr);
}

}  // namespace
}  // namespace anju::notify
