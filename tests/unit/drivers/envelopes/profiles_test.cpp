// What an operator says of a device whose messages do not say it themselves.
#include <gtest/gtest.h>

#include "drivers/profile/profiles.hpp"
#include "drivers/settings.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

Decoded say(std::string_view driver, std::string_view address, std::string_view profile,
            std::string_view topic, std::string_view payload, bool retained = false) {
    DriverState state;
    state.settings().set(driver, address, {{}, std::string(profile)});
    return decode_one(state, topic, payload, retained);
}

TEST(ProfileOfADevice, SaysWhatTasmotasSwitchIs) {
    const auto said = say("tasmota", "leak1", "tasmota-switch1-leak", "tele/leak1/SENSOR",
                          R"({"Time":"2026-03-01T08:14:22","Switch1":"ON"})");
    EXPECT_EQ(brief(said.readings), "water_leak=1");
    EXPECT_TRUE(said.problems.empty());
}

TEST(ProfileOfADevice, ReadsADetachedSwitchTheMomentItMoves) {
    const auto said = say("tasmota", "leak1", "tasmota-switch1-leak", "stat/leak1/RESULT",
                          R"({"Switch1":{"Action":"OFF"}})");
    EXPECT_EQ(brief(said.readings), "water_leak=0");
}

TEST(ProfileOfADevice, ReadsAnAnsweredStatus) {
    const auto said = say("tasmota", "leak1", "tasmota-switch1-door", "stat/leak1/STATUS10",
                          R"({"StatusSNS":{"Time":"2026-03-01T08:14:22","Switch1":"ON"}})");
    EXPECT_EQ(brief(said.readings), "contact_open=1");
}

TEST(ProfileOfADevice, GivesPulsesTheirVolume) {
    const auto said = say("tasmota", "pulse1", "tasmota-counter1-10l", "tele/pulse1/SENSOR",
                          R"({"Time":"1970-01-01T00:00:09","COUNTER":{"C1":18234}})");
    EXPECT_EQ(brief(said.readings), "water_total_ml=182340000");
}

TEST(ProfileOfADevice, IsNotMissedInTheMessagesThatDoNotCarryItsField) {
    const auto said = say("tasmota", "leak1", "tasmota-switch1-leak", "tele/leak1/STATE",
                          R"({"Time":"2026-03-01T08:14:22","POWER":"OFF","Wifi":{"Signal":-60}})");
    EXPECT_EQ(brief(said.readings), "alive=1");
    EXPECT_TRUE(said.problems.empty());
    EXPECT_EQ(said.rssi_dbm, -60);
}

TEST(ProfileOfADevice, SaysWhatAShellysInputIs) {
    const auto said = say("shelly", "uni", "shelly-input0-leak", "uni/events/rpc",
                          R"({"src":"uni","method":"NotifyStatus",)"
                          R"("params":{"ts":1772324062,"input:0":{"id":0,"state":true}}})");
    EXPECT_EQ(brief(said.readings), "water_leak=1");
}

constexpr std::string_view push =
    R"({"src":"i4","method":"NotifyEvent","params":{"ts":1772324062,)"
    R"("events":[{"component":"input:0","id":0,"event":"long_push","ts":1772324062}]}})";

TEST(ProfileOfADevice, TurnsAPushIntoACallForHelp) {
    const auto said = say("shelly", "i4", "shelly-input0-sos", "i4/events/rpc", push);
    EXPECT_EQ(brief(said.readings), "sos=1");
}

TEST(ProfileOfADevice, NeverTurnsAPushThatTheBrokerKeptIntoACallForHelp) {
    DriverState state;
    state.settings().set("shelly", "i4", {{}, "shelly-input0-sos"});
    const auto result = decode(state, "i4/events/rpc", push, true);
    ASSERT_TRUE(result);
    for (const Decoded& said : *result) EXPECT_EQ(brief(said.readings), "");
}

TEST(ProfileOfADevice, OverrulesWhatTheDriverTakesItFor) {
    DriverState state;
    const auto mistakes = state.profiles().add(R"(
name = "honeywell-pir"
maker = "Honeywell"
model = "5800PIR"
about = "Motion sensor"
source = "its manual"
sensor = "motion"
[[field]]
path = "contact_open"
reading = "motion"
on = [1]
off = [0]
[[vector]]
name = "motion"
fields = '{"contact_open":1}'
readings = [["motion", 1]]
[[vector]]
name = "none"
fields = '{"contact_open":0}'
readings = [["motion", 0]]
)",
                                               "honeywell.toml");
    ASSERT_TRUE(mistakes.empty()) << mistakes.front().where << mistakes.front().what;
    state.settings().set("rtl_433", "Honeywell-Security-5-8", {{}, "honeywell-pir"});
    const auto said = decode_one(
        state, "rtl_433/gw1/events",
        R"({"model":"Honeywell-Security","id":5,"channel":8,"contact_open":1,"tamper":0})");
    EXPECT_EQ(brief(said.readings), "tamper=0 motion=1");
}

TEST(ProfileOfADevice, IsFoundByTheAliasToo) {
    DriverState state;
    state.settings().set("tasmota", "zb/door", {{}, "no-such-profile"});
    const auto said =
        decode_one(state, "tele/zb/SENSOR",
                   R"({"ZbReceived":{"0x4F2E":{"Device":"0x4F2E","Name":"door","Contact":1}}})");
    ASSERT_EQ(said.problems.size(), 1U);
    EXPECT_EQ(said.problems[0].code, "profile_unknown");
    EXPECT_EQ(brief(said.readings), "contact_open=1") << "what is certain stays";
}

}  // namespace
}  // namespace anju::drivers::testing
