// From the MQTT message to the reading: the built-in profiles find their fields and bytes where the
// drivers of the networks put them.
#include <gtest/gtest.h>

#include "drivers/settings.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

constexpr std::string_view uplink = "application/a/device/70b3d5e75e00a1b2/event/up";

std::string chirpstack(std::string_view model, std::string_view base64, int port) {
    return R"({"deduplicationId":"x","time":"2026-03-01T00:15:07Z","deviceInfo":{"devEui":)"
           R"("70b3d5e75e00a1b2","deviceName":"d","deviceProfileName":")" +
           std::string(model) + R"("},"fCnt":1,"fPort":)" + std::to_string(port) + R"(,"data":")" +
           std::string(base64) + R"("})";
}

DriverState with_profile(std::string_view driver, std::string_view address, std::string profile) {
    DriverState state;
    DeviceSettings settings;
    settings.profile = std::move(profile);
    state.settings().set(driver, address, settings);
    return state;
}

TEST(ProfilesBehindEnvelopes, ReadALoRaWanContactByItsModel) {
    DriverState state;
    // 01 75 64 03 00 01
    const auto said = decode_one(state, uplink, chirpstack("Milesight WS301", "AXVkAwAB", 85));
    EXPECT_EQ(said.address, "70b3d5e75e00a1b2");
    EXPECT_EQ(brief(said.readings), "battery_pct=100 contact_open=1");
    EXPECT_EQ(to_unix_ms(said.readings[0].event_time), 1'772'324'107'000);
}

TEST(ProfilesBehindEnvelopes, ReadAPulseCounterByItsSetting) {
    auto state = with_profile("chirpstack", "70b3d5e75e00a1b2", "milesight-em300-di-10l");
    // 05 C8 D2 04 00 00
    const auto said = decode_one(state, uplink, chirpstack("", "BcjSBAAA", 85));
    EXPECT_EQ(brief(said.readings), "water_total_ml=12340000");
}

TEST(ProfilesBehindEnvelopes, ReadASmokeDetectorOfCtWing) {
    DriverState state;
    const auto said = decode_one(
        state, "cloud/ctwing",
        R"({"timestamp":1772324062277,"productId":"15014772","protocol":"lwm2m","payload":)"
        R"({"serviceId":"notification","serviceData":{"TData":30,"RSRP":114,"Battery_Level":100,)"
        R"("Alarm_Status":2,"AlarmLevel":100}},"messageType":"dataReport","deviceId":"acf7baae",)"
        R"("IMEI":"860374051096202"})");
    EXPECT_EQ(said.address, "860374051096202");
    EXPECT_EQ(brief(said.readings), "smoke=1 battery_pct=100");
}

TEST(ProfilesBehindEnvelopes, ReadATasmotaSwitchAndCounter) {
    auto leak = with_profile("tasmota", "leak1", "tasmota-switch1-leak");
    EXPECT_EQ(brief(decode_one(leak, "tele/leak1/SENSOR",
                               R"({"Time":"2026-03-01T08:14:22","Switch1":"ON"})")
                        .readings),
              "water_leak=1");
    EXPECT_EQ(
        brief(decode_one(leak, "stat/leak1/RESULT", R"({"Switch1":{"Action":"OFF"}})").readings),
        "water_leak=0");
    auto pulse = with_profile("tasmota", "pulse1", "tasmota-counter1-10l");
    EXPECT_EQ(brief(decode_one(pulse, "tele/pulse1/SENSOR",
                               R"({"Time":"1970-01-01T00:00:09","COUNTER":{"C1":18234}})")
                        .readings),
              "water_total_ml=182340000");
}

TEST(ProfilesBehindEnvelopes, ReadAShellyInputAsDoorAndAsHelpButton) {
    constexpr std::string_view topic = "shellyplusi4-a8032ab1c2d3/events/rpc";
    constexpr std::string_view address = "shellyplusi4-a8032ab1c2d3";
    auto door = with_profile("shelly", address, "shelly-input0-door");
    EXPECT_EQ(brief(decode_one(door, topic,
                               R"({"src":"shellyplusi4-a8032ab1c2d3","method":"NotifyStatus",)"
                               R"("params":{"ts":1772324062.18,"input:0":{"id":0,"state":true}}})")
                        .readings),
              "contact_open=1");
    auto button = with_profile("shelly", address, "shelly-input0-sos");
    EXPECT_EQ(brief(decode_one(button, topic,
                               R"({"src":"shellyplusi4-a8032ab1c2d3","method":"NotifyEvent",)"
                               R"("params":{"ts":1772324062.18,"events":[{"component":"input:0",)"
                               R"("id":0,"event":"long_push","ts":1772324062.18}]}})")
                        .readings),
              "sos=1");
}

}  // namespace
}  // namespace anju::drivers::testing
