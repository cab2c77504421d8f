#include <gtest/gtest.h>

#include "drivers/tasmota/tasmota.hpp"
#include "drivers/tasmota/topic.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

std::string parts(std::string_view topic) {
    const auto said = tasmota::parse_topic(topic);
    return said ? said->device + " " + std::string(said->what) : "none";
}

TEST(TasmotaTopic, IsUnderstoodInAnyOrderOfItsParts) {
    EXPECT_EQ(parts("tele/leak1/SENSOR"), "leak1 SENSOR");
    EXPECT_EQ(parts("leak1/tele/SENSOR"), "leak1 SENSOR");
    EXPECT_EQ(parts("home/leak1/stat/RESULT"), "home/leak1 RESULT");
    EXPECT_EQ(parts("home/tele/leak1/LWT"), "home/leak1 LWT");
    EXPECT_EQ(parts("tele/floor1/leak1/LWT"), "floor1/leak1 LWT");
}

TEST(TasmotaTopic, IsRefusedWithoutAPrefixOrADevice) {
    EXPECT_EQ(parts("tele/SENSOR"), "none");
    EXPECT_EQ(parts("leak1/SENSOR"), "none");
    EXPECT_EQ(parts("a/b/c"), "none");
    EXPECT_EQ(parts("tele//SENSOR"), "none");
    EXPECT_EQ(parts("tele/leak1/"), "none");
    EXPECT_EQ(parts(""), "none");
    EXPECT_EQ(parts("tele/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"), "none");
}

TEST(Tasmota, LeavesAloneWhatOthersSayToTheDevice) {
    DriverState state;
    const auto result = tasmota::decode({.topic = "cmnd/leak1/POWER", .payload = "ON"}, state);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->empty());
}

TEST(Tasmota, RefusesATopicThatIsNoTasmotas) {
    DriverState state;
    const auto result = tasmota::decode({.topic = "a/b/c", .payload = "{}"}, state);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "topic_malformed");
    EXPECT_EQ(result.error().stage, DecodeStage::envelope);
}

TEST(Tasmota, TellsSeveralZigbeeDevicesOfOneMessageApart) {
    DriverState state;
    const auto result = decode(
        state, "tele/zb/SENSOR",
        R"({"ZbReceived":{"0x1":{"Device":"0x1","Contact":1},"0x2":{"Device":"0x2","Water":0}}})");
    ASSERT_TRUE(result);
    ASSERT_EQ(result->size(), 2U);
    EXPECT_EQ(result->at(0).address + " " + brief(result->at(0).readings), "zb/0x1 contact_open=1");
    EXPECT_EQ(result->at(1).address + " " + brief(result->at(1).readings), "zb/0x2 water_leak=0");
}

TEST(Tasmota, FindsTheZigbeeDeviceWhereItsAddressIsNotTheKey) {
    DriverState state;
    const auto flat = decode_one(state, "tele/zb/4F2E/SENSOR",
                                 R"({"ZbReceived":{"Device":"0x4F2E","Contact":1}})");
    EXPECT_EQ(flat.address, "zb/0x4F2E");
    const auto moved =
        decode_one(state, "tele/zb/ZbReceived", R"({"0x4F2E":{"Device":"0x4F2E","Contact":0}})");
    EXPECT_EQ(moved.address, "zb/0x4F2E");
    EXPECT_EQ(brief(moved.readings), "contact_open=0");
}

TEST(Tasmota, AsksForNoProfileWhenAZigbeeDeviceOnlyTellsOfItself) {
    DriverState state;
    const auto said =
        decode_one(state, "tele/zb/SENSOR",
                   R"({"ZbReceived":{"0x1":{"Device":"0x1","ModelId":"TS0205","LinkQuality":9}}})");
    EXPECT_EQ(brief(said.readings), "alive=1");
    EXPECT_TRUE(said.problems.empty());
    EXPECT_EQ(said.model, "TS0205");
    EXPECT_EQ(said.lqi, 9);
}

TEST(Tasmota, TakesTheCookingBitOfACarbonMonoxideSensorForNoAlarm) {
    DriverState state;
    const auto bits = [&](const char* number) {
        return brief(decode_one(state, "tele/zb/SENSOR",
                                std::string(R"({"ZbReceived":{"0x1":{"Device":"0x1","ZoneType":43,)"
                                            R"("ZoneStatus":)") +
                                    number + "}}}")
                         .readings);
    };
    EXPECT_NE(bits("2").find("carbon_monoxide=0"), std::string::npos);
    EXPECT_NE(bits("1").find("carbon_monoxide=1"), std::string::npos);
}

}  // namespace
}  // namespace anju::drivers::testing
