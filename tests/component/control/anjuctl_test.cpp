// The program itself, against a daemon that follows a script.
#include <gmock/gmock.h>

#include <fstream>
#include <future>

#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::object;
using boost::json::parse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view alerts = R"({"alerts":[
  {"id":"H1-2","priority":"P1","kind":"smoke","state":"open",
   "raised_at":"2026-03-02T07:00:00.000+08:00","sentence_zh":"厨房烟感报警","sentence_en":"smoke in the kitchen"},
  {"id":"H10-11","priority":"P4","kind":"data_stale","state":"acknowledged",
   "raised_at":"2026-03-01T07:00:00.000+08:00","sentence_zh":"水表一天没有数据","sentence_en":"no data for a day"}],
 "total":3})";

TEST_F(Anjuctl, ShowsAlertsAsATableInEnglish) {
    answer(alerts);
    const Ran ran = run("alerts list");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "Alert   Priority  Kind        Status        Raised               Why\n"
              "H1-2    P1        smoke       open          2026-03-02 07:00:00  smoke in the "
              "kitchen\n"
              "H10-11  P4        data_stale  acknowledged  2026-03-01 07:00:00  no data for a day\n"
              "3 in all, 2 shown\n");
}

TEST_F(Anjuctl, ShowsAlertsAsATableInChineseWithDoubleWidthCharactersAligned) {
    answer(alerts);
    const Ran ran = run("alerts list", "zh_CN.UTF-8");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "预警    级别     类型      状态    产生时间             说明\n"
              "H1-2    P1 危急  烟雾      待签收  2026-03-02 07:00:00  厨房烟感报警\n"
              "H10-11  P4 设备  数据过期  已签收  2026-03-01 07:00:00  水表一天没有数据\n"
              "共 3 条，显示 2 条\n");
    EXPECT_EQ(run("--lang en alerts list", "zh_CN.UTF-8").out, run("alerts list").out)
        << "--lang overrides the locale";
}

TEST_F(Anjuctl, PrintsTheResultAsItCameWithJson) {
    answer(alerts);
    const Ran ran = run("alerts list --all --limit 5 --json");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(parse(ran.out), parse(alerts));
    EXPECT_EQ(requests().back().method, "alerts.list");
    EXPECT_EQ(requests().back().params, (object{{"all", true}, {"limit", 5}}));
}

TEST_F(Anjuctl, ShowsOneAlertWithEvidenceAndHistory) {
    answer(R"({"alert":{"id":"H1-2","sentence_en":"Smoke.","kind":"smoke","state":"closed",
      "raised_at":"2026-03-02T07:00:00.000+08:00","changed_at":"2026-03-02T07:01:00.000+08:00",
      "reason":"cooking_steam","note":"fish","owner":"cli:lin","rung":2,"escalated":true,
      "next":{"at":"2026-03-02T08:15:00.000+08:00","to":"open","cause":"unanswered",
      "roles":["emergency_contact","second_worker"],"summons":"unanswered"},
      "evidence":{"rule":"SH-12","unit":"ml",
      "measured":4000,"threshold":10000,"since":"2026-03-01T19:00:00.000+08:00",
      "until":"2026-03-02T07:00:00.000+08:00","once_in_days":40,"sources":
      [{"device":"W1","kind":"water_meter","last_heard":null,"reliable":true}]}},"history":[
      {"at":"2026-03-02T07:00:00.000+08:00","from":null,"to":"open","priority":"P3",
       "cause":"raised","escalated":false,"actor":"system"},
      {"at":"2026-03-02T08:00:00.000+08:00","from":"open","to":"open","priority":"P2",
       "cause":"more_urgent","escalated":true,"actor":"system"}]})");
    const Ran ran = run("alerts show H1-2");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "Alert    H1-2\n"
              "Why      Smoke.\n"
              "Kind     smoke\n"
              "Status   closed\n"
              "Raised   2026-03-02 07:00:00\n"
              "Changed  2026-03-02 07:01:00\n"
              "Reason   cooking_steam\n"
              "Note     fish\n"
              "Flags    escalated\n"
              "Owner    cli:lin\n"
              "Told     2\n"
              "Next     2026-03-02 08:15:00: unanswered -> emergency_contact, second_worker\n"
              "\nEvidence\n"
              "Rule            SH-12\n"
              "Span            2026-03-01 19:00:00 – 2026-03-02 07:00:00\n"
              "Measured/limit  4000 / 10000 ml\n"
              "How unusual     about once in 40 days with this person\n"
              "Device  Kind         Last heard  Reliable\n"
              "W1      water_meter  never       yes\n"
              "\nHistory\n"
              "At                   From  To    Cause        Flags      Priority  By      Reason  "
              "Note\n"
              "2026-03-02 07:00:00        open  raised                  P3        system\n"
              "2026-03-02 08:00:00  open  open  more_urgent  escalated  P2        system\n");
    const std::string chinese = run("--lang zh alerts show H1-2").out;
    EXPECT_NE(chinese.find("无人签收 → 紧急联系人、另一名网格员"), std::string::npos) << chinese;
    EXPECT_NE(chinese.find("升为 P2"), std::string::npos) << chinese;
}

TEST_F(Anjuctl, KnowsEveryVerbOfAnAlert) {
    answer(R"({"command_id":"c","status":"applied","text":""})");
    for (const auto& [typed, sent] : {std::pair{"en-route H1-2", "en_route"},
                                      {"on-site H1-2", "on_site"},
                                      {"hand-over H1-2 --note cli:wu", "hand_over"},
                                      {"review H1-2", "review"},
                                      {"reopen H1-2", "reopen"},
                                      {"i-am-well H1-2", "i_am_well"}}) {
        const Ran ran = run(std::string("alerts ") + typed);
        EXPECT_EQ(ran.code, 0) << typed << ran.err;
        EXPECT_EQ(requests().back().params.at("verb").as_string(), sent);
    }
    EXPECT_EQ(run("alerts hand-over H1-2").code, 2) << "to whom?";
}

TEST_F(Anjuctl, SaysWhoAcknowledgesAndReportsTheAnswer) {
    answer(R"({"command_id":"c","status":"applied","text":""})");
    const Ran ran = run("alerts ack H1-2 --as 林 --note '在路上'");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "H1-2: done\n");
    object params = requests().back().params;
    EXPECT_EQ(params["command_id"].as_string().size(), 28U);
    params.erase("command_id");
    EXPECT_EQ(
        params,
        (object{{"id", "H1-2"}, {"verb", "acknowledge"}, {"actor", "cli:林"}, {"note", "在路上"}}));
}

TEST_F(Anjuctl, ExitsWith1WhenTheCommandIsRefused) {
    answer(R"({"command_id":"c","status":"refused","text":"it is closed"})");
    const Ran ran = run("alerts resolve H1-2");
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.err, "H1-2: refused (it is closed)\n");
    EXPECT_EQ(run("alerts resolve H1-2 --json").code, 1);
}

TEST_F(Anjuctl, ExitsWith1AndShowsEveryErrorOfTheDaemon) {
    ASSERT_TRUE(serve([](const Request&) {
        return Reply{nullptr, {{"bad kind", "h.toml:1:2", "write door"}, {"bad \x1b id", "", ""}}};
    }));
    const auto file = write("h.toml", "[[household]]\n");
    const Ran ran = run("residents import " + file.string());
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.err,
              "error: h.toml:1:2: bad kind\n  what to do: write door\nerror: bad \\x1b id\n");
    EXPECT_EQ(
        requests().back().params,
        (object{{"toml", "[[household]]\n"}, {"file_name", file.string()}, {"replace", false}}));
}

TEST_F(Anjuctl, DoesNotRepeatTheMistakeOfAThousandLines) {
    ASSERT_TRUE(serve([](const Request&) {
        std::vector<Error> errors(1'000, {"is not a known key", "h.toml:1:2", ""});
        return Reply{nullptr, std::move(errors)};
    }));
    const auto file = write("h.toml", "");
    const Ran ran = run("residents import " + file.string());
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 21);
    EXPECT_THAT(ran.err, testing::EndsWith("and 980 more errors\n"));
}

TEST_F(Anjuctl, ReportsWhatAnImportChanged) {
    answer(R"({"set":2,"removed":1,"unchanged":0})");
    const auto file = write("h.toml", "");
    EXPECT_EQ(run("residents import --replace " + file.string(), "zh_CN").out,
              "已导入：新增或更新 2 户，移除 1 户，未变 0 户\n");
    EXPECT_TRUE(requests().back().params.at("replace").as_bool());
    EXPECT_EQ(run("residents import " + (folder_ / "none").string()).code, 2);
}

TEST_F(Anjuctl, ListsResidentsAndDevices) {
    answer(R"({"households":[{"household":"H1","community":"C","residents":[
      {"id":"R1","name":"王秀兰","status":"active"},{"id":"R2","name":"Li","status":"away"}],
      "devices":2,"open_alerts":0,"last_sign_of_life":null,
      "best_delay":{"seconds":300,"device":"D"},"whereabouts":"out","whereabouts_since":"2026-03-02T07:00:00.000+08:00"},
      {"household":"H2","community":"C","residents":[],"devices":0,"open_alerts":1}],"total":2,
      "devices":[{"household":"H1","id":"D","kind":"door","label":"前门","driver":"native",
      "address":"D","last_heard":null,"health":"stale"}]})");
    EXPECT_EQ(run("residents list").out,
              "Household  Community  Resident  Name    Status  Devices  Alerts  Last sign of life  "
              "At best  Presumed\n"
              "H1         C          R1        王秀兰  active  2        0       never              "
              "5 min    out, 2026-03-02 07:00:00\n"
              "H1         C          R2        Li      away    2        0       never              "
              "5 min    out, 2026-03-02 07:00:00\n"
              "H2         C                                    0        1       never\n");
    EXPECT_EQ(run("devices list", "zh_CN").out,
              "住户  设备  类型  位置  驱动    地址  最近收到  健康\n"
              "H1    D     门磁  前门  native  D     从未      数据过期\n"
              "共 2 条，显示 1 条\n");
}

TEST_F(Anjuctl, PrintsTheNotesOfTheStoreWithTheStatus) {
    answer(R"({"gateway_id":"box","links":[{"name":"alarms","uri":"mqtt://h","connected":true}],
      "notes":["the store was damaged: malformed","it was moved to /d/quarantine/1"]})");
    EXPECT_THAT(run("status").out,
                HasSubstr("\nFound at the start\n  the store was damaged: malformed\n"
                          "  it was moved to /d/quarantine/1\n"));
    EXPECT_THAT(run("status", "zh_CN").out, HasSubstr("启动记录"));
    EXPECT_THAT(run("status", "zh_CN").out, HasSubstr("报警  mqtt://h"));
}

TEST_F(Anjuctl, SaysWhetherTheBoxProtectsAndWhatItKnowsOfItself) {
    answer(R"({"gateway_id":"box","box":{"protects":false,"reasons":["home_broker","clock"],
      "uptime_s":93784,"boots":12,"temperature_mc":51121,"undervoltage":null,
      "storage":[{"name":"mmcblk0","used_tenths":null},{"name":"mmcblk2","used_tenths":3}],
      "disk_free_bytes":9000000000}})");
    const std::string english = run("status").out;
    EXPECT_THAT(english, HasSubstr("nothing in the home is heard; "));
    EXPECT_THAT(english, HasSubstr("51 °C, up 1 d 2 h, 12 starts, 9000 MB free, about 30 % of the "
                                   "life of mmcblk2 used\n"));
    const std::string chinese = run("status", "zh_CN").out;
    EXPECT_THAT(chinese, HasSubstr("没有守护：听不到家里"));
    EXPECT_THAT(chinese, HasSubstr("mmcblk2 寿命已用约 30 %"));
}

TEST_F(Anjuctl, SaysNothingOfABoardThatTellsNothing) {
    answer(R"({"gateway_id":"box","box":{"protects":true,"reasons":[],"uptime_s":null,
      "boots":null,"temperature_mc":null,"storage":[],"disk_free_bytes":null}})");
    EXPECT_THAT(run("status", "zh_CN").out, HasSubstr("正在守护"));
    EXPECT_THAT(run("status").out, Not(HasSubstr("Board"))) << "nothing is known";
}

TEST_F(Anjuctl, SaysNothingOfNotesWhenThereAreNone) {
    answer(R"({"gateway_id":"box","notes":[]})");
    EXPECT_THAT(run("status").out, Not(HasSubstr("Found at the start")));
}

TEST_F(Anjuctl, TellsItsVersionWithoutADaemon) {
    const Ran ran = run("--version");
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, testing::MatchesRegex("anjuctl [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(Anjuctl, ExitsWith2OnWrongUsage) {
    for (const char* const arguments :
         {"", "frobnicate", "alerts", "alerts close X", "alerts close X --note n --reason bored",
          "alerts list --limit 0", "--lang fr status", "status extra"}) {
        EXPECT_EQ(run(arguments).code, 2) << arguments;
    }
    EXPECT_EQ(run("--help").code, 0);
    EXPECT_THAT(run("--help", "zh_CN").out, HasSubstr("退出码"));
}

TEST_F(Anjuctl, ExitsWith3WhenThereIsNoDaemon) {
    const Ran ran = run("status");
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr("cannot reach the daemon"));
    EXPECT_THAT(run("status", "zh_CN").err, HasSubstr("守护进程不可达"));
}

TEST_F(Anjuctl, ExitsWith4WhenTheDaemonIsThereAndGivesNoAnswer) {
    std::promise<void> given_up;
    ASSERT_TRUE(serve([waiting = given_up.get_future().share()](const Request&) {
        waiting.wait();
        return Reply{};
    }));
    const auto homes = write("homes.toml", "[[household]]\n");
    const Ran ran = run("--timeout 1 residents import '" + homes.string() + "'");
    given_up.set_value();
    EXPECT_EQ(ran.code, 4);
    EXPECT_THAT(ran.err, HasSubstr("did not answer within 1 s"));
    EXPECT_THAT(ran.err, HasSubstr("it may have done it"));
    EXPECT_THAT(ran.err, Not(HasSubstr("is not there"))) << "it is";
}

TEST_F(Anjuctl, FindsTheSocketInTheConfiguration) {
    answer(R"({"source":"/etc/x","toml":"[gateway]\n"})");
    const auto config = write("anju.toml", "[gateway]\ndata_dir = \".\"\n");
    const Ran ran = run("config show", "en", "--config '" + config.string() + "'");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "# /etc/x\n[gateway]\n");
}

TEST_F(Anjuctl, ShowsTheConfigurationOfTheFileWhenThereIsNoDaemon) {
    const auto config = write("anju.toml",
                              "[gateway]\nid = \"box\"\ndata_dir = \".\"\n[home]\nuri = "
                              "\"mqtt://127.0.0.1\"\n");
    const Ran ran = run("config show", "en", "--config '" + config.string() + "'");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("id = \"box\""));
    EXPECT_THAT(ran.err, HasSubstr("the daemon does not run"));
}

}  // namespace
}  // namespace anju::control
