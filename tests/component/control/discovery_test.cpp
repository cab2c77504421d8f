// anjuctl devices discover, accept, ignore and residents export, against a daemon that follows a
// script.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::parse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view found = R"({"proposals":[
  {"driver":"zigbee2mqtt","address":"0x01","alias":"hall","model":"HS1SA","kind":"smoke",
   "messages":3,"last_heard":"2026-03-02T07:00:00.000+08:00","lqi":120,"rssi_dbm":null,
   "readings":[{"kind":"smoke","value":0},{"kind":"battery_pct","value":90}],
   "needs_key":false,"error":null},
  {"driver":"wmbus","address":"12345678","alias":null,"model":null,"kind":null,"messages":1,
   "last_heard":"2026-03-02T06:00:00.000+08:00","rssi_dbm":-97,"readings":[],"needs_key":true,
   "error":{"code":"key_missing","text":"no key"}}],
  "total":2,"ignored":[],"ignored_total":1,"dropped":0})";

constexpr std::string_view accepted = R"({"household":"H1",
  "device":{"household":"H1","id":"W1","kind":"door","key":true},
  "toml":"[[household.device]]\nid = \"W1\"\n",
  "warnings":[{"code":"kind_contradicts","seems":"smoke","kind":"door"}]})";

TEST_F(Anjuctl, ShowsWhatWasDiscovered) {
    answer(found);
    const Ran ran = run("devices discover");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "Driver       Address   Model         Seems to be  Messages  Last heard           "
              "Signal   Says\n"
              "zigbee2mqtt  0x01      HS1SA (hall)  smoke        3         2026-03-02 07:00:00  "
              "LQI 120  smoke 0, battery_pct 90\n"
              "wmbus        12345678                             1         2026-03-02 06:00:00  "
              "-97 dBm  encrypted: accept it with its key (key_missing)\n"
              "take one: anjuctl devices accept DRIVER ADDRESS --household H --id ID\n"
              "ignored: 1, anjuctl devices discover --all shows them\n");
    EXPECT_THAT(run("devices discover", "zh_CN").out, HasSubstr("烟雾 0, 电量 % 90"));
    EXPECT_THAT(run("devices discover", "zh_CN").out, HasSubstr("已加密"));
}

TEST_F(Anjuctl, ShowsIgnoredDevicesWhenAskedForAll) {
    answer(R"({"proposals":[],"total":0,"ignored_total":1,"ignored":[{"driver":"wmbus",
      "address":"1","model":"X","kind":"water_meter","since":"2026-03-02T07:00:00.000+08:00"}]})");
    const Ran ran = run("devices discover --all");
    EXPECT_THAT(ran.out, HasSubstr("Ignored since"));
    EXPECT_THAT(ran.out, HasSubstr("2026-03-02 07:00:00"));
    EXPECT_EQ(requests().back().params.at("all").as_bool(), true);
}

TEST_F(Anjuctl, CutsAndTamesTheNamesOfStrangers) {
    boost::json::value hostile = parse(found);
    auto& one = hostile.at("proposals").as_array().front().as_object();
    one["model"] = std::string(5'000, 'x');
    one["address"] = "a\x1b[2Jb\n\xe2\x80\xae";
    answer(serialize(hostile));
    const std::string out = run("devices discover").out;
    EXPECT_LT(out.size(), 1'500U);
    EXPECT_THAT(out, HasSubstr("a\\x1b[2Jb\\x0a"));
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(out, Not(HasSubstr("\xe2\x80\xae")));
}

TEST_F(Anjuctl, AcceptsADeviceAndPrintsTheLinesForTheDirectoryFile) {
    answer({{"devices.discover", std::string(found)}, {"devices.accept", std::string(accepted)}});
    const Ran ran = run(
        "devices accept zigbee2mqtt 0x01 --household H1 --id W1 --kind door --label 'front door' "
        "--profile p --deliver-every 24h");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("note: by what it says it is a smoke"));
    EXPECT_THAT(ran.out,
                HasSubstr("\n\n[[household.device]]\nid = \"W1\"\n# put the device's key"));
    EXPECT_EQ(boost::json::value(requests().back().params),
              parse(R"({"driver":"zigbee2mqtt","address":"0x01","household":"H1","id":"W1",
                  "kind":"door","label":"front door","profile":"p","deliver_every":"24h"})"));
    EXPECT_THAT(run("devices accept zigbee2mqtt 0x01 --household H1 --id W1", "zh_CN").out,
                HasSubstr("设备 W1 已登记到住户 H1"));
}

TEST_F(Anjuctl, TakesAKeyFromAFileThatOthersCannotRead) {
    answer({{"devices.discover", std::string(found)}, {"devices.accept", std::string(accepted)}});
    const auto file = write("key", "00112233 44556677 8899aabb ccddeeff\n");
    ::chmod(file.c_str(), 0644);
    const std::string command =
        "devices accept wmbus 12345678 --household H1 --id W1 --key-file '" + file.string() + "'";
    EXPECT_EQ(run(command).code, 2) << "every user may read it";
    ::chmod(file.c_str(), 0600);
    const Ran ran = run(command);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(requests().back().params.at("key").as_string(), "00112233445566778899aabbccddeeff");
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("0011")));
}

TEST_F(Anjuctl, AsksForTheKeyOfADeviceThatEncryptsOnlyAtATerminal) {
    answer({{"devices.discover", std::string(found)}, {"devices.accept", std::string(accepted)}});
    const Ran ran = run("devices accept wmbus 12345678 --household H1 --id W1 < /dev/null");
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("--key-file"));
    for (const Request& request : requests()) EXPECT_EQ(request.method, "devices.discover");
}

TEST_F(Anjuctl, IgnoresADeviceAndBringsItBack) {
    answer(R"({"driver":"wmbus","address":"1","ignored":true})");
    EXPECT_EQ(run("devices ignore wmbus 1").out, "wmbus 1 will not be shown any more\n");
    EXPECT_EQ(requests().back().params.at("undo").as_bool(), false);
    EXPECT_EQ(run("devices ignore wmbus 1 --undo").code, 0);
    EXPECT_EQ(requests().back().params.at("undo").as_bool(), true);
    EXPECT_EQ(run("devices ignore wmbus").code, 2);
}

TEST_F(Anjuctl, ExportsTheDirectoryAsItIs) {
    answer(R"({"toml":"[[household]]\nid = \"H\"\n","households":1,"keys":0,"with_keys":false})");
    EXPECT_EQ(run("residents export").out, "[[household]]\nid = \"H\"\n");
    EXPECT_EQ(requests().back().params.at("with_keys").as_bool(), false);
    EXPECT_EQ(run("residents export --with-keys").code, 0);
    EXPECT_EQ(requests().back().params.at("with_keys").as_bool(), true);
}

}  // namespace
}  // namespace anju::control
