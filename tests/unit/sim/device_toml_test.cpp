// What a scenario says of protocol and firmware of a device, and what is said about mistakes.
#include <gtest/gtest.h>

#include "firmware-sim/directory.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {
namespace {

constexpr auto header = R"(name = "x"
title_zh = "测试"
title_en = "test"
start = "2026-03-02T06:00"
lasts = "2h"
[[home]]
id = "a"
community = "c"
resident = "r"
person_zh = "甲"
person_en = "A"
[[home.device]]
name = "d"
label = "d"
sample_every = "1h"
)";

std::string mistake(const std::string& device) {
    const auto parsed = parse_scenario(header + device, "file.toml");
    return parsed ? "" : parsed.error().text();
}

SimDevice device(const std::string& text) {
    const auto parsed = parse_scenario(header + text, "file.toml");
    if (parsed) return parsed->homes[0].devices[0];
    ADD_FAILURE() << parsed.error().text();
    return {};
}

TEST(DeviceToml, TakesTheFirmwareAndLetsKeysBesideItWin) {
    const auto meter = device(R"(kind = "water_meter"
protocol = "cjt188-ctwing"
firmware = "nb-iot-daily"
resolution = "1L"
wraps_at = "99999m3"
loss = 0.25
repeats = 2
drift_ppm = -40
clock = "unset"
)");
    EXPECT_EQ(meter.behaviour.resolution_ml, 1'000);
    EXPECT_EQ(meter.behaviour.wraps_at_ml, 99'999'000'000);
    EXPECT_EQ(meter.behaviour.latest, std::chrono::minutes{10}) << "of the firmware";
    EXPECT_EQ(meter.behaviour.loss_per_mille, 250);
    EXPECT_EQ(meter.behaviour.repeats, 2);
    EXPECT_EQ(meter.behaviour.drift_ppm, -40);
    EXPECT_TRUE(meter.behaviour.clock_unset);
    EXPECT_EQ(meter.device.driver, "ctwing");
    EXPECT_EQ(meter.device.address.size(), 15U);
    EXPECT_EQ(device("kind = \"water_meter\"\nresolution = \"0.1 L\"\n").behaviour.resolution_ml,
              100);
    EXPECT_EQ(device("kind = \"door\"\n").behaviour, Behaviour{});
}

TEST(DeviceToml, TakesTheSecurityOfTelegramsAndTheCell) {
    const auto open = device(R"(kind = "water_meter"
protocol = "wmbus"
security = "none"
cell = "alkaline"
)");
    EXPECT_EQ(open.behaviour.security, WmbusSecurity::none);
    EXPECT_EQ(open.behaviour.cell, Cell::alkaline);
    EXPECT_EQ(open.device.key, "") << "nothing is sealed";
    const auto sealed = device(R"(kind = "water_meter"
protocol = "wmbus"
security = "mode-7"
)");
    EXPECT_EQ(sealed.behaviour.security, WmbusSecurity::mode_7);
    EXPECT_EQ(sealed.device.key.size(), 32U);
    EXPECT_EQ(device("kind = \"door\"\nprotocol = \"wmbus\"\n").behaviour.security,
              WmbusSecurity::mode_5);
}

TEST(DeviceToml, SaysFileLineKeyAndRemedyOfAMistake) {
    struct Case {
        const char* text;
        const char* says;
    };
    const Case cases[] = {
        {"kind = \"door\"\nprotocol = \"lora\"\n", "file.toml:17"},
        {"kind = \"door\"\nprotocol = \"lora\"\n", "cjt188-chirpstack"},
        {"kind = \"door\"\nprotocol = \"cjt188-ctwing\"\n", "no door speaks cjt188-ctwing here"},
        {"kind = \"water_meter\"\nprotocol = \"zigbee2mqtt\"\n", "native, wmbus"},
        {"kind = \"door\"\nfirmware = \"rede\"\n", "take one of reed"},
        {"kind = \"water_leak\"\nfirmware = \"reed\"\n", "there is none for this kind"},
        {"kind = \"door\"\nresolution = \"1L\"\n", "'resolution' means nothing for a door"},
        {"kind = \"water_meter\"\nresolution = \"1\"\n", "write it like"},
        {"kind = \"water_meter\"\nresolution = \"litre\"\n", "write it like"},
        {"kind = \"water_meter\"\nresolution = \"0.0001L\"\n", "write it like"},
        {"kind = \"door\"\nloss = 1.5\n", "'loss' is not a number in its range"},
        {"kind = \"door\"\nclock = \"wrong\"\n", "\"set\" or \"unset\""},
        {"kind = \"door\"\nprotocol = \"wmbus\"\nsecurity = \"aes\"\n", "\"mode-5\" or"},
        {"kind = \"door\"\nsecurity = \"none\"\n", "write protocol = \"wmbus\""},
        {"kind = \"door\"\ncell = \"nimh\"\n", "\"lithium-manganese\" or \"alkaline\""},
        {"kind = \"motion\"\nblind = \"soon\"\n", "'blind' is not valid"},
    };
    for (const auto& each : cases) {
        const auto said = mistake(each.text);
        EXPECT_NE(said.find(each.says), std::string::npos) << each.text << said;
    }
}

TEST(DeviceToml, RegistersADeviceAsItsDriverKnowsIt) {
    const auto scenario = parse_scenario(
        std::string(header) + "kind = \"water_meter\"\nprotocol = \"wmbus\"\n", "file.toml");
    ASSERT_TRUE(scenario) << scenario.error().text();
    const auto homes = populate(*scenario, 2);
    const auto toml = directory_toml(homes);
    EXPECT_NE(toml.find("# anju.toml needs [home] drivers = [\"wmbus\"]."), std::string::npos);
    EXPECT_NE(toml.find("driver = \"wmbus\""), std::string::npos);
    EXPECT_NE(toml.find("address = \"DWZ-"), std::string::npos);
    EXPECT_NE(toml.find("key = \""), std::string::npos);
    EXPECT_NE(homes[0].devices[0].device.address, homes[1].devices[0].device.address)
        << "a copy of a home has other meters";
    EXPECT_NE(homes[0].devices[0].device.key, homes[1].devices[0].device.key);
}

}  // namespace
}  // namespace anju::sim
