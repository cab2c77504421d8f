// What `anjuctl doctor` finds, against a daemon that follows a script.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>

#include <algorithm>

#include "app/anjuctl/doctor_codes.hpp"
#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::parse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view healthy = R"({"status":{"gateway_id":"box","version":"0.1.0",
  "clock":"synchronised","households":1,"devices":2,"open_alerts":0,
  "links":[{"name":"home","uri":"mqtt://h","connected":true}],
  "lanes":[{"lane":"alarm","head":3,"unacknowledged":0}],
  "store":{"space":"ample","bytes":1,"max_bytes":2,"ballast":true},
  "counters":{"malformed":0},"notes":[]},"devices":[],"devices_total":0,"rejected":[]})";

class Doctor : public Anjuctl {
protected:
    Doctor() {
        std::filesystem::permissions(write("seal.key", std::string(64, 'a') + "\n"),
                                     std::filesystem::perms{0600});
        config_ = write("anju.toml", base_);
        write("backup.pub", "anju-backup-key-1 …\n");
        std::filesystem::create_directory(folder_ / "backups");
        std::filesystem::create_directory(machine_);
        backup_ = write("backups/anju-20260302T030000Z.backup", "sealed\n");
    }
    Ran examine(const std::string& arguments = "", const std::string& lang = "en") {
        return run("doctor --machine '" + machine_.string() + "' " + arguments, lang,
                   "--config '" + config_.string() + "'");
    }
    /// severity and code of everything that is not ok.
    std::vector<std::string> findings() {
        std::vector<std::string> out;
        const boost::json::value report = parse(examine("--json").out);
        for (const auto& finding : report.at("findings").as_array()) {
            const std::string severity(finding.at("severity").as_string());
            if (severity == "ok") continue;
            EXPECT_FALSE(finding.at("what").as_string().empty());
            if (severity != "note") {
                EXPECT_FALSE(finding.at("remedy").as_string().empty());
            }
            out.push_back(severity + " " + std::string(finding.at("code").as_string()));
        }
        return out;
    }
    const std::string base_ =
        "[gateway]\nid = \"box\"\ndata_dir = \".\"\n[store]\nseal_key_file = \"seal.key\"\n"
        "[home]\nuri = \"mqtt://127.0.0.1\"\n";
    std::filesystem::path config_;
    std::filesystem::path backup_;
    std::filesystem::path machine_ = folder_ / "machine";
};

TEST_F(Doctor, FindsNothingWrongOnAHealthyBox) {
    answer(healthy);
    const Ran ran = examine();
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_THAT(ran.out, Not(HasSubstr("→")));
    EXPECT_THAT(examine("", "zh_CN").out, HasSubstr("正常  时钟已同步"));
    EXPECT_THAT(findings(), ElementsAre());
}

TEST_F(Doctor, SaysWhenTheWebServerCannotListen) {
    answer(healthy);
    const std::string base = base_ + "[http]\n";
    write("anju.toml", base);
    EXPECT_THAT(findings(), ElementsAre());
    EXPECT_THAT(examine().out, HasSubstr("127.0.0.1:8480"));
    write("web.pem", "pem\n");
    std::filesystem::permissions(write("web.key", "key\n"), std::filesystem::perms{0600});
    // An address for documentation (RFC 5737), which no machine has.
    write("anju.toml", base +
                           "listen = \"192.0.2.1:443\"\ncert_file = \"web.pem\"\n"
                           "key_file = \"web.key\"\n");
    EXPECT_THAT(findings(), ElementsAre("error http_unavailable", "error certificate_unreadable"));
}

TEST_F(Doctor, NamesEverythingTheDaemonSuffersFrom) {
    const std::string health =
        R"({"status":{"version":"0.1.0","clock":"unsynchronised","households":1,"devices":2,
      "links":[{"name":"home","uri":"mqtt://h","connected":false,"last_error":"refused"},
               {"name":"district_alarm","uri":"mqtts://d","connected":false,"last_error":"gone"}],
      "lanes":[{"lane":"alarm","head":3,"unacknowledged":2},{"lane":"bulk","head":9,"unacknowledged":4}],
      "store":{"space":"low","bytes":1,"max_bytes":2,"ballast":false},
      "console":{"bytes":9000000,"max_bytes":10000000,"audit_rows":5000,"audit_removed":128},
      "counters":{"malformed":3,"unknown_device":4,"inbox_full":5},"notes":["a hint"]},
      "devices":[{"household":"H1","id":"W","kind":"water_meter","health":"stale","last_heard":null},
                 {"household":"H1","id":"D","kind":"door","health":"offline","last_heard":null}],
      "devices_total":12,"rejected":[{"topic":"a/b","code":"not_json"}]})";
    answer({{"health", health}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_EQ(examine().code, 1);
    EXPECT_THAT(findings(),
                ElementsAre("warning clock_unsynchronised", "error home_disconnected",
                            "error district_alarm_disconnected", "warning lane_alarm_waiting",
                            "note lane_bulk_waiting", "warning device_stale",
                            "warning device_offline", "warning devices_more",
                            "warning messages_rejected", "warning inbox_full", "error store_low",
                            "warning ballast_gone", "warning audit_removed", "note store_note"));
    EXPECT_THAT(examine().out, HasSubstr("3 messages gave no reading since the start, the last one "
                                         "on a/b (not_json)"));
    EXPECT_THAT(examine("", "zh_CN").out,
                HasSubstr("设备 W（水表，住户 H1）数据过期，最近收到 从未"));
}

TEST_F(Doctor, NamesAlertsThatNobodyBringsToAnEnd) {
    answer({{"health", std::string(healthy)},
            {"devices.list", R"({"devices":[]})"},
            {"alerts.list", R"({"alerts":[
      {"id":"H1-1","household":"H1","kind":"smoke","state":"on_site","cause":"overdue","owner":"x"},
      {"id":"H1-2","household":"H1","kind":"sos","state":"resolved","cause":"overdue","owner":"x"},
      {"id":"H1-3","household":"H1","kind":"sos","state":"resolved","cause":"person","owner":"x"},
      {"id":"H1-4","household":"H1","kind":"sos","state":"en_route","cause":"overdue","owner":"x"}
      ]})"}});
    EXPECT_THAT(findings(),
                ElementsAre("warning alert_without_result", "warning alert_not_closed"));
}

TEST_F(Doctor, NamesWhatKeepsForeignDevicesFromBeingHeard) {
    boost::json::value health = parse(healthy);
    auto& status = health.at("status").as_object();
    status["proposals"] = 3;
    status["routes"] = parse(R"([{"driver":"wmbus","filter":"wmbus/#","messages":0},
        {"driver":"rtl_433","filter":"rtl_433/#","messages":7},
        {"driver":"zigbee2mqtt","filter":"zigbee2mqtt/#","messages":0,"by_default":true}])");
    status["problems"] = parse(R"([{"code":"subscription_refused","where":"shelly/#"},
        {"code":"profile_refused","where":"/p/x.toml:3:1","what":"no name","remedy":"add name"},
        {"code":"profile_missing","where":"W1"}])");
    answer({{"health", serialize(health)}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_THAT(findings(),
                ElementsAre("error subscription_refused", "error profile_refused",
                            "error profile_missing", "note route_silent", "note proposals"));
    const std::string out = examine().out;
    EXPECT_THAT(out, HasSubstr("topic read wmbus/# below user anjud"));
    EXPECT_THAT(out, HasSubstr("the broker refused the subscription to shelly/#"));
    EXPECT_THAT(out, HasSubstr("/p/x.toml:3:1: no name"));
    EXPECT_THAT(out, HasSubstr("3 devices speak and no home has them"));
    EXPECT_THAT(examine("", "zh_CN").out, HasSubstr("topic read wmbus/#"));
}

TEST_F(Doctor, CountsDevicesThatWereNeverHeardAndDoesNotCallThemHealthy) {
    answer({{"health", std::string(healthy)},
            {"devices.list", R"({"devices":[{"id":"W","last_heard":null,"health":"ok"},
              {"id":"D","last_heard":"2026-03-02T07:00:00.000+08:00","health":"ok"},
              {"id":"S","last_heard":null,"health":"ok"}],"total":3})"}});
    EXPECT_THAT(findings(), ElementsAre("warning devices_unheard"));
    EXPECT_EQ(examine().code, 0) << "a warning is no error";
    EXPECT_THAT(examine().out, HasSubstr("2 of 3 devices not heard yet"));
    EXPECT_THAT(examine().out, HasSubstr("anjuctl rejected"));
    EXPECT_THAT(examine().out, Not(HasSubstr("heard in time")));
    EXPECT_THAT(examine("", "zh_CN").out, HasSubstr("3 个设备中有 2 个从未收到数据"));
}

TEST_F(Doctor, DoesNotCallDevicesHealthyWhenItCannotListThem) {
    ASSERT_TRUE(serve([](const Request& request) {
        if (request.method == "health") return Reply{parse(healthy), {}};
        return Reply{nullptr, {{"the store cannot be read", "", ""}}};
    }));
    EXPECT_THAT(findings(), ElementsAre("warning devices_unknown"));
    EXPECT_THAT(examine().out, Not(HasSubstr("heard in time")));
}

TEST_F(Doctor, TakesADamagedStoreForAnErrorAndSaysToImportAgain) {
    boost::json::value health = parse(healthy);
    health.at("status").at("notes") = {"the store was damaged: malformed",
                                       "it was moved to /d/quarantine/1"};
    answer({{"health", serialize(health)}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_THAT(findings(), ElementsAre("error store_damaged", "error store_damaged"));
    EXPECT_THAT(examine().out, HasSubstr("import the homes again"));
    EXPECT_THAT(examine("", "zh_CN").out, HasSubstr("重新导入住户"));
}

TEST_F(Doctor, WarnsAsLongAsAQuarantineIsThere) {
    answer(healthy);
    std::filesystem::create_directory(folder_ / "quarantine");
    EXPECT_THAT(findings(), ElementsAre()) << "an empty folder says nothing";
    std::filesystem::create_directory(folder_ / "quarantine" / "20260302");
    EXPECT_THAT(findings(), ElementsAre("warning quarantine"));
    EXPECT_THAT(examine().out, HasSubstr("keep the quarantine folder"));
}

TEST_F(Doctor, CallsAHalfRestoredBoxAnErrorAndSaysHowToGoOn) {
    answer(healthy);
    const auto ready = folder_ / "restore.ready";
    std::filesystem::create_directory(ready);
    EXPECT_THAT(findings(), ElementsAre("error restore_unfinished"));
    EXPECT_THAT(examine().out, HasSubstr("systemctl start anjud"));
    std::ofstream(ready / "unplaced") << "";
    EXPECT_THAT(examine().out, HasSubstr("anjuctl backup restore --replace FILE"));
    EXPECT_THAT(examine("", "zh_CN").out, HasSubstr("恢复进行到一半被打断"));
    EXPECT_EQ(examine().code, 1);
}

TEST_F(Doctor, TellsThatBackupsWereGivenUpOnAFullDisk) {
    boost::json::value health = parse(healthy);
    health.at("status").at("counters").as_object()["copies_given_up"] = 2;
    answer({{"health", serialize(health)}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_THAT(findings(), ElementsAre("warning copies_given_up"));
    EXPECT_THAT(examine().out, HasSubstr("2 older backups"));
    EXPECT_EQ(examine().code, 0);
}

TEST_F(Doctor, ANewBoxHasWarningsAndNothingThatItCannotLiveWith) {
    std::filesystem::remove_all(folder_ / "backups");
    std::filesystem::remove(folder_ / "backup.pub");
    boost::json::value health = parse(healthy);
    auto& status = health.at("status").as_object();
    status["households"] = 0;
    status["devices"] = 0;
    status["clock"] = "unsynchronised";
    status["problems"] = parse(R"([{"code":"holidays_missing","where":"2027","what":"none",
      "remedy":"add it"}])");
    answer({{"health", serialize(health)}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_THAT(findings(), ElementsAre("warning backup_no_key", "warning clock_unsynchronised",
                                        "warning no_homes", "warning holidays_missing"));
    const Ran ran = examine();
    EXPECT_EQ(ran.code, 0) << ran.out;
    EXPECT_TRUE(parse(examine("--json").out).at("ok").as_bool());
}

TEST_F(Doctor, NeverPrintsEmptyBrackets) {
    boost::json::value health = parse(healthy);
    health.at("status").at("links") = parse(R"([
      {"name":"home","uri":"mqtt://h","connected":false,"last_error":null,"connects":0},
      {"name":"alarms","uri":"mqtt://h","connected":false,"last_error":null,"connects":2},
      {"name":"district_bulk","uri":"mqtts://d","connected":false,"last_error":null,"connects":0}])");
    health.at("status").at("counters").as_object()["malformed"] = 3;
    answer({{"health", serialize(health)}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_THAT(findings(), ElementsAre("note home_untried", "error alarms_disconnected",
                                        "note district_bulk_untried", "warning messages_rejected"));
    const std::string out = examine().out;
    EXPECT_THAT(out, HasSubstr("district_bulk: not connected to mqtts://d yet; the first try comes "
                               "within spread_reconnect"));
    EXPECT_THAT(out, HasSubstr("3 messages gave no reading since the start\n"));
    for (const std::string& text : {out, examine("", "zh_CN").out}) {
        EXPECT_THAT(text, Not(HasSubstr("()")));
        EXPECT_THAT(text, Not(HasSubstr("（）")));
    }
}

TEST_F(Doctor, WorksWithoutADaemonAndSaysThatItIsMissing) {
    const Ran ran = examine();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("the configuration " + config_.string() + " is sound"));
    EXPECT_THAT(ran.out, HasSubstr("the daemon does not answer"));
    EXPECT_THAT(ran.out, HasSubstr("systemctl start anjud"));
}

TEST_F(Doctor, ShowsEveryMistakeOfTheConfiguration) {
    std::ofstream(config_, std::ios::trunc) << "[gateway]\nid = \"b\"\nfoo = 1\n[home]\n";
    const Ran ran = examine();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("anju.toml:3:1: gateway.foo is not a known key"));
    EXPECT_THAT(ran.out, HasSubstr("anju.toml:4:1: home.uri is missing"));
}

TEST_F(Doctor, FindsAMissingDataFolder) {
    std::ofstream(config_, std::ios::trunc)
        << "[gateway]\nid = \"b\"\ndata_dir = \"none\"\n[home]\nuri = \"mqtt://127.0.0.1\"\n";
    EXPECT_THAT(findings(), testing::Contains("error data_dir_missing"));
}

TEST_F(Doctor, SaysWhatTheBoardSuffersFrom) {
    answer(healthy);
    machine_ = ANJU_SOURCE_DIR "/tests/data/board/worn-emmc";
    EXPECT_THAT(findings(), ElementsAre("warning board_hot", "warning storage_worn"));
    EXPECT_THAT(examine("", "zh_CN").out, HasSubstr("存储 mmcblk2 快到寿命（已用约 90 %）"));
    machine_ = ANJU_SOURCE_DIR "/tests/data/board/raspberry-pi-4";
    EXPECT_THAT(findings(), ElementsAre("warning power_low"));
    EXPECT_THAT(examine().out, HasSubstr("the board has 51 °C"));
    machine_ = ANJU_SOURCE_DIR "/tests/data/board/bare";
    EXPECT_THAT(examine().out, Not(HasSubstr("°C"))) << "what is not known is not said";
}

TEST_F(Doctor, AsksForBackups) {
    answer(healthy);
    std::filesystem::last_write_time(
        backup_, std::filesystem::file_time_type::clock::now() - std::chrono::hours{97});
    EXPECT_THAT(findings(), ElementsAre("warning backup_old"));
    EXPECT_THAT(examine().out, HasSubstr("the newest backup is 97 hours old"));
    std::filesystem::remove(backup_);
    EXPECT_THAT(findings(), ElementsAre("warning backup_none"));
    std::filesystem::remove(folder_ / "backup.pub");
    EXPECT_THAT(findings(), ElementsAre("warning backup_no_key"));
}

TEST_F(Doctor, KnocksAtTheBrokerWhenTheDaemonCannotTell) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
    write("anju.toml",
          "[gateway]\nid = \"box\"\ndata_dir = \".\"\n[home]\nuri = \"mqtt://127.0.0.1:" +
              std::to_string(ntohs(address.sin_port)) + "\"\n");
    EXPECT_THAT(findings(), testing::Contains("error broker_silent")) << "bound, not listening";
    ASSERT_EQ(listen(fd, 1), 0);
    EXPECT_THAT(findings(), Not(testing::Contains("error broker_silent")));
    close(fd);
}

TEST_F(Doctor, TellsOfCommandsThatWereRefused) {
    boost::json::value health = parse(healthy);
    health.at("status").at("counters").as_object()["bad_commands"] = 2;
    answer({{"health", serialize(health)}, {"devices.list", R"({"devices":[]})"}});
    EXPECT_THAT(findings(), ElementsAre("warning commands_refused"));
    EXPECT_THAT(examine().out, HasSubstr("2 commands were refused since the start"));
}

/// Of mosquitto 2.0.11, to whom came: nobody's name, two wrong passwords, a sensor that does not
/// know the authority, TLS 1.1, and HTTP on both ports; and one who was let in.
TEST_F(Doctor, TellsOfWhomTheBrokerTurnedAway) {
    answer({{"health", std::string(healthy)}, {"devices.list", R"({"devices":[]})"}});
    const auto log = write(
        "mosquitto.log", R"(2026-11-28T21:05:24: New connection from 127.0.0.1:45738 on port 18951.
2026-11-28T21:05:24: Client <unknown> disconnected, not authorised.
2026-11-28T21:05:24: New connection from 127.0.0.1:45750 on port 18951.
2026-11-28T21:05:24: Client <unknown> disconnected, not authorised.
2026-11-28T21:05:24: New connection from 127.0.0.1:45762 on port 18951.
2026-11-28T21:05:24: Client <unknown> disconnected, not authorised.
2026-11-28T21:05:24: New connection from 127.0.0.1:54146 on port 18952.
2026-11-28T21:05:24: OpenSSL Error[0]: error:0A000418:SSL routines::tlsv1 alert unknown ca
2026-11-28T21:05:24: Client <unknown> disconnected: Protocol error.
2026-11-28T21:05:24: Client connection from 127.0.0.1 failed: error:0A000102:SSL routines::unsupported protocol.
2026-11-28T21:05:25: New connection from 127.0.0.2:45772 on port 18951.
2026-11-28T21:05:25: Client <unknown> disconnected due to protocol error.
2026-11-28T21:05:26: Client connection from 127.0.0.3 failed: error:0A00009C:SSL routines::http request.
2026-11-28T21:05:27: New connection from 127.0.0.1:54160 on port 18952.
2026-11-28T21:05:27: New client connected from 127.0.0.1:54160 as auto-F65E9432 (p2, c1, k60, u'good').
2026-11-28T21:05:27: Client auto-F65E9432 disconnected.
)");
    const Ran ran = examine("--broker-log '" + log.string() + "'");
    EXPECT_EQ(ran.code, 0) << "turned away they are";
    EXPECT_THAT(ran.out,
                HasSubstr("refused connections in the last day: 3 for their password, 3 at "
                          "TLS, 1 that did not speak MQTT; the last at "
                          "2026-11-28T21:05:26 from 127.0.0.3"));
    const auto calm = write("mosquitto.log", "2026-11-28T21:05:27: Client a disconnected.\n");
    EXPECT_THAT(examine("--broker-log '" + calm.string() + "'").out,
                HasSubstr("the broker refused nobody in the last day"));
}

TEST(DoctorsManual, ExplainsEveryCodeAndNoOther) {
    std::ifstream page(ANJU_SOURCE_DIR "/docs/operations/doctor.md");
    std::vector<std::string> rows;
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| `")) continue;
        rows.push_back(line.substr(3, line.find('`', 3) - 3));
        EXPECT_EQ(std::ranges::count(line, '|'), 5) << line << ": code, severity, 中文, English";
    }
    std::ranges::sort(rows);
    EXPECT_THAT(rows, testing::ElementsAreArray(ctl::doctor_codes));
    EXPECT_TRUE(std::ranges::is_sorted(ctl::doctor_codes)) << "a code is looked up in it";
}

}  // namespace
}  // namespace anju::control
