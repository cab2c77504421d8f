// What depends on more than one message: levels, buttons, descriptions and their limits.
#include <gtest/gtest.h>

#include "drivers/zigbee2mqtt/directory.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers {
namespace {

using testing::brief;
using testing::decode;
using testing::decode_one;

std::string device(std::string_view name, std::string_view ieee, std::string_view exposes = "") {
    return R"({"ieee_address":")" + std::string(ieee) + R"(","friendly_name":")" +
           std::string(name) + R"(","definition":{"exposes":[)" + std::string(exposes) + "]}}";
}

constexpr std::string_view devices_topic = "zigbee2mqtt/bridge/devices";
constexpr std::string_view door_ieee = "0x00158d0001db18f9";

TEST(Zigbee2Mqtt, PassesALevelEachTimeItIsSaid) {
    DriverState state;
    for (int i = 0; i < 3; ++i) {
        const auto said = decode_one(state, "zigbee2mqtt/d", R"({"contact":false,"battery":80})");
        EXPECT_EQ(brief(said.readings), "contact_open=1 battery_pct=80");
    }
}

TEST(Zigbee2Mqtt, ARepublishedButtonIsNotASecondCall) {
    DriverState state;
    const auto say = [&](const char* payload) {
        return brief(decode_one(state, "zigbee2mqtt/b", payload).readings);
    };
    EXPECT_EQ(say(R"({"sos":true})"), "sos=1");
    EXPECT_EQ(say(R"({"sos":true,"battery":80})"), "battery_pct=80");
    EXPECT_EQ(say(R"({"sos":false})"), "alive=1");
    EXPECT_EQ(say(R"({"sos":true})"), "sos=1") << "pressed again";
}

TEST(Zigbee2Mqtt, ARetainedButtonIsRememberedAsHeldDown) {
    DriverState state;
    const auto first = decode_one(state, "zigbee2mqtt/b", R"({"sos":true})", true);
    ASSERT_EQ(first.readings.size(), 1U);
    EXPECT_EQ(first.readings[0].quality, quality::retained);
    EXPECT_EQ(brief(decode_one(state, "zigbee2mqtt/b", R"({"sos":true})").readings), "alive=1");
}

TEST(Zigbee2Mqtt, AnActionIsACallEachTime) {
    DriverState state;
    for (int i = 0; i < 2; ++i) {
        const auto said = decode_one(state, "zigbee2mqtt/b", R"({"action":"emergency"})");
        EXPECT_EQ(brief(said.readings), "sos=1");
    }
}

TEST(Zigbee2Mqtt, ADoublePressOfAHelpButtonSaysThatAllIsWell) {
    DriverState state;
    const std::string actions = R"({"type":"enum","name":"action","property":"action","access":1,)"
                                R"("values":["sos","double"]})";
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("b", door_ieee, actions) + "]", true));
    for (int i = 0; i < 2; ++i) {
        const auto said = decode_one(state, "zigbee2mqtt/b", R"({"action":"double"})");
        EXPECT_EQ(brief(said.readings), "i_am_well=1");
    }
    const auto kept = decode_one(state, "zigbee2mqtt/b", R"({"action":"double"})", true);
    ASSERT_EQ(kept.readings.size(), 1U);
    EXPECT_EQ(kept.readings[0].quality, quality::retained) << "what was pressed before is over";
}

TEST(Zigbee2Mqtt, ADoublePressOfAnotherButtonSaysNothing) {
    DriverState state;
    const std::string actions = R"({"type":"enum","name":"action","property":"action","access":1,)"
                                R"("values":["single","double"]})";
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("b", door_ieee, actions) + "]", true));
    for (const char* button : {"zigbee2mqtt/b", "zigbee2mqtt/undescribed"}) {
        EXPECT_EQ(brief(decode_one(state, button, R"({"action":"double"})").readings), "alive=1");
    }
}

TEST(Zigbee2Mqtt, ANewListReplacesTheOldOne) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("a", door_ieee) + "]", true));
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/a", "{}").address, door_ieee);
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("b", door_ieee) + "]", true));
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/a", "{}").address, "a") << "renamed away";
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/b", "{}").address, door_ieee);
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/b", "{}").alias, "b");
}

TEST(Zigbee2Mqtt, ABrokenListLeavesTheOldOne) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("a", door_ieee) + "]", true));
    EXPECT_FALSE(decode(state, devices_topic, "[{", true));
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/a", "{}").address, door_ieee);
}

TEST(Zigbee2Mqtt, AListWithoutOneReadableDeviceLeavesTheOldOne) {
    for (const char* list : {"[]", R"([{"friendly_name":7},null])"}) {
        DriverState state;
        ASSERT_TRUE(decode(state, devices_topic, "[" + device("a", door_ieee) + "]", true));
        ASSERT_TRUE(decode(state, devices_topic, list, true));
        EXPECT_EQ(decode_one(state, "zigbee2mqtt/a", "{}").address, door_ieee) << list;
    }
}

TEST(Zigbee2Mqtt, AKnownNameMayEndLikeARequest) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("tv/set", door_ieee) + "]", true));
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/tv/set", R"({"tamper":true})").address, door_ieee);
}

TEST(Zigbee2Mqtt, AListBeyondEightMebibytesIsRefused) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("a", door_ieee) + "]", true));
    const auto result = decode(state, devices_topic, std::string(8 * 1024 * 1024 + 1, ' '), true);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "payload_too_large");
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/a", "{}").address, door_ieee);
}

TEST(Zigbee2Mqtt, ANameBeyondItsLimitIsRefused) {
    DriverState state;
    EXPECT_TRUE(decode(state, "zigbee2mqtt/" + std::string(256, 'n'), "{}"));
    const auto result = decode(state, "zigbee2mqtt/" + std::string(257, 'n'), "{}");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "topic_malformed");
}

TEST(Zigbee2Mqtt, AFailureNamesTheDeviceByBothItsNames) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("a", door_ieee) + "]", true));
    const auto result = decode(state, "zigbee2mqtt/a", "{");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().address, door_ieee);
    EXPECT_EQ(result.error().alias, "a");
}

TEST(Zigbee2Mqtt, ADeviceNamedByItsAddressNeedsNoAlias) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, "[" + device(door_ieee, door_ieee) + "]", true));
    const auto said = decode_one(state, "zigbee2mqtt/" + std::string(door_ieee), "{}");
    EXPECT_EQ(said.address, door_ieee);
    EXPECT_EQ(said.alias, "");
}

TEST(Zigbee2Mqtt, DoorWordsHoldWhicheverOfThemIsCalledOn) {
    DriverState state;
    const std::string expose =
        R"({"type":"binary","name":"dry_contact","property":"dry_contact","access":5,)"
        R"("value_on":"contact_closed","value_off":"contact_open"})";
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("d", door_ieee, expose) + "]", true));
    const auto said = decode_one(state, "zigbee2mqtt/d", R"({"dry_contact":"contact_open"})");
    EXPECT_EQ(brief(said.readings), "contact_open=1");
}

TEST(Zigbee2Mqtt, ASmokeAlarmIsHeardWhateverTheDescriptionExpects) {
    DriverState state;
    const std::string expose = R"({"type":"binary","name":"smoke","property":"smoke","access":1,)"
                               R"("value_on":"Alarm!","value_off":"Quiet"})";
    ASSERT_TRUE(decode(state, devices_topic, "[" + device("s", door_ieee, expose) + "]", true));
    for (const char* payload : {R"({"smoke":"Alarm!"})", R"({"smoke":true})"}) {
        EXPECT_EQ(brief(decode_one(state, "zigbee2mqtt/s", payload).readings), "smoke=1");
    }
    EXPECT_EQ(brief(decode_one(state, "zigbee2mqtt/s", R"({"smoke":"Quiet"})").readings),
              "smoke=0");
}

TEST(DriverState, RefusesDescriptionsBeyondItsLimits) {
    DriverState state({.devices = 2});
    std::string list = "[";
    for (const char digit : {'1', '2', '3'}) {
        if (list.size() > 1) list += ",";
        list += device(std::string("d") + digit, std::string("0x00158d0001db18f") + digit);
    }
    const auto result = decode(state, devices_topic, list + "]", true);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->size(), 1U);
    ASSERT_EQ(result->front().problems.size(), 1U);
    EXPECT_EQ(result->front().problems[0].code, "too_many_devices");
    EXPECT_EQ(state.zigbee2mqtt().size(), 2U);
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/d3", R"({"smoke":true})").address, "d3")
        << "still decoded, under its friendly name";
}

TEST(DriverState, BoundsBytesAndGivesThemBack) {
    DriverState state({.bytes = 1000});
    const std::string list = "[" + device("a", door_ieee) + "]";
    ASSERT_TRUE(decode(state, devices_topic, list, true));
    const std::size_t one = state.zigbee2mqtt().bytes();
    EXPECT_GT(one, 0U);
    EXPECT_LE(one, 1000U);
    const std::string longer = "[" + device("a-longer-name", door_ieee) + "]";
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(decode(state, devices_topic, longer, true));
        EXPECT_GT(state.zigbee2mqtt().bytes(), one);
        ASSERT_TRUE(decode(state, devices_topic, list, true));
        EXPECT_EQ(state.zigbee2mqtt().bytes(), one);
    }
}

TEST(DriverState, CountsAButtonItCannotRememberAsPressed) {
    DriverState state({.pressed = 1});
    EXPECT_EQ(brief(decode_one(state, "zigbee2mqtt/a", R"({"sos":true})").readings), "sos=1");
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(brief(decode_one(state, "zigbee2mqtt/b", R"({"sos":true})").readings), "sos=1");
    }
    EXPECT_EQ(state.zigbee2mqtt().buttons().size(), 1U);
}

TEST(DriverState, OutlivesTheProcess) {
    DriverState before;
    const std::string exposes =
        R"({"type":"binary","name":"contact","property":"contact","access":1,)"
        R"("value_on":true,"value_off":false},)"
        R"({"type":"numeric","name":"gas","property":"gas","access":1,"unit":"m³"})";
    const auto fresh = before.revision();
    ASSERT_TRUE(decode(before, devices_topic, "[" + device("门", door_ieee, exposes) + "]", true));
    ASSERT_TRUE(decode(before, "zigbee2mqtt/b", R"({"sos":true})"));
    EXPECT_GT(before.revision(), fresh);

    DriverState after;
    ASSERT_TRUE(after.load(before.save()));
    EXPECT_EQ(after.save(), before.save());
    const auto said = decode_one(after, "zigbee2mqtt/门", R"({"contact":true,"gas":7.5})");
    EXPECT_EQ(said.address, door_ieee);
    EXPECT_EQ(said.alias, "门");
    EXPECT_EQ(brief(said.readings), "contact_open=1");
    EXPECT_EQ(brief(decode_one(after, "zigbee2mqtt/b", R"({"sos":true})").readings), "alive=1");
}

TEST(DriverState, DoesNotChangeItsRevisionForTheSameListAgain) {
    DriverState state;
    const std::string list = "[" + device("a", door_ieee) + "]";
    ASSERT_TRUE(decode(state, devices_topic, list, true));
    const auto revision = state.revision();
    ASSERT_TRUE(decode(state, devices_topic, list, true));
    EXPECT_EQ(state.revision(), revision);
}

}  // namespace
}  // namespace anju::drivers
