// What a device's description does to its messages where a golden vector would not show it: whole
// states, limits, memory, and how much the steady state allocates.
#include <gtest/gtest.h>

#include "drivers/zigbee2mqtt/directory.hpp"
#include "drivers/zigbee2mqtt/exposes.hpp"
#include "unit/drivers/counting_new.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

constexpr std::string_view devices_topic = "zigbee2mqtt/bridge/devices";
constexpr std::string_view ieee = "0x00158d0001db18f9";

std::string binary(std::string_view name, std::string_view on, std::string_view off,
                   int access = 1) {
    return R"({"type":"binary","name":")" + std::string(name) + R"(","property":")" +
           std::string(name) + R"(","access":)" + std::to_string(access) + R"(,"value_on":)" +
           std::string(on) + R"(,"value_off":)" + std::string(off) + "}";
}

std::string list(std::string_view exposes, std::string_view text = "") {
    return R"([{"ieee_address":")" + std::string(ieee) +
           R"(","friendly_name":"it","definition":{"vendor":"Acme","model":"X-1","description":")" +
           std::string(text) + R"(","exposes":[)" + std::string(exposes) + "]}}]";
}

Decoded say(std::string_view exposes, std::string_view payload) {
    DriverState state;
    EXPECT_TRUE(decode(state, devices_topic, list(exposes), true));
    return decode_one(state, "zigbee2mqtt/it", payload);
}

TEST(Description, NamesTheModelAndTheMessageTheSignal) {
    const auto said = say(binary("smoke", "true", "false"), R"({"smoke":false,"linkquality":87})");
    EXPECT_EQ(said.model, "Acme X-1");
    EXPECT_EQ(said.lqi, 87);
    EXPECT_EQ(say("", R"({"linkquality":300})").lqi, std::nullopt);
    EXPECT_EQ(say("", R"({"linkquality":"good"})").lqi, std::nullopt);
}

TEST(Description, NamesTheModelOfADeviceOutOfReach) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, list(""), true));
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/it/availability", "offline").model, "Acme X-1");
}

TEST(Description, OfOneSideOfABooleanGivesTheOther) {
    const std::string contact =
        R"({"type":"binary","name":"contact","property":"contact","access":1,"value_on":true})";
    EXPECT_EQ(brief(say(contact, R"({"contact":true})").readings), "contact_open=1");
    EXPECT_EQ(brief(say(contact, R"({"contact":false})").readings), "contact_open=0");
}

TEST(Description, WithBothSidesEqualIsNotBelieved) {
    const std::string smoke = binary("smoke", "true", "true");
    EXPECT_EQ(brief(say(smoke, R"({"smoke":false})").readings), "smoke=0");
}

TEST(Description, OfAPropertyThatIsNotPublishedGivesNoReading) {
    EXPECT_EQ(brief(say(binary("smoke", "true", "false", 2), R"({"smoke":true})").readings),
              "alive=1");
}

TEST(Description, OfAHazardThatCanBeSetIsHeardAllTheSame) {
    EXPECT_EQ(brief(say(binary("smoke", "true", "false", 7), R"({"smoke":true})").readings),
              "smoke=1");
}

TEST(Description, OfASirensSwitchIsNoHazard) {
    for (const char* name : {"fire_alarm", "tamper", "gas_alarm", "panic", "alarm"}) {
        const std::string payload = R"({")" + std::string(name) + R"(":"ON"})";
        const std::string exposes = binary(name, R"("ON")", R"("OFF")", 3);
        EXPECT_EQ(brief(say(exposes, payload).readings), "alive=1") << name;
    }
}

TEST(Description, OfABatteryInTwoWordsTellsWhetherItIsWeak) {
    const std::string battery = binary("battery_state", R"("low")", R"("ok")");
    EXPECT_EQ(brief(say(battery, R"({"battery_state":"low"})").readings), "battery_low=1");
    EXPECT_EQ(brief(say(battery, R"({"battery_state":"ok"})").readings), "battery_low=0");
    EXPECT_EQ(say(battery, R"({"battery_state":true})").problems.size(), 1U);
    EXPECT_EQ(
        brief(say(binary("battery_state", "true", "false"), R"({"battery_state":true})").readings),
        "alive=1");
}

TEST(Description, OfATestThatCanBeSetMarksNoAlarm) {
    const std::string exposes =
        binary("smoke", "true", "false") + "," + binary("test", "true", "false", 3);
    const auto said = say(exposes, R"({"smoke":true,"test":true})");
    ASSERT_EQ(brief(said.readings), "smoke=1");
    EXPECT_EQ(said.readings[0].quality, 0);
}

TEST(Description, OfATestMarksCarbonMonoxideToo) {
    const std::string exposes =
        binary("carbon_monoxide", "true", "false") + "," + binary("test", "true", "false");
    const auto said = say(exposes, R"({"test":true,"carbon_monoxide":true})");
    ASSERT_EQ(brief(said.readings), "carbon_monoxide=1");
    EXPECT_EQ(said.readings[0].quality, quality::test);
}

TEST(Description, OfAnUnpublishedCompositeIsNotTakenForTheDevice) {
    const std::string composite = R"({"type":"composite","property":"limits","features":[)" +
                                  binary("occupancy", "true", "false", 2) + "]}," +
                                  binary("occupancy", "true", "false");
    EXPECT_EQ(brief(say(composite, R"({"occupancy":true,"limits":{"occupancy":false}})").readings),
              "motion=1");
}

TEST(Description, OfSeveralZonesIsOnWhenAnyIs) {
    std::string exposes;
    for (const char* name : {"occupancy_1", "occupancy_2", "occupancy_3"}) {
        exposes += (exposes.empty() ? "" : ",") + binary(name, "true", "false");
    }
    const char* some = R"({"occupancy_1":false,"occupancy_2":true,"occupancy_3":false})";
    EXPECT_EQ(brief(say(exposes, some).readings), "motion=1");
    const char* none = R"({"occupancy_1":false,"occupancy_2":false,"occupancy_3":null})";
    EXPECT_EQ(brief(say(exposes, none).readings), "motion=0");
}

TEST(Description, OfMoreThanCanBeRememberedSaysSo) {
    std::string exposes;
    for (std::size_t i = 0; i <= zigbee2mqtt::max_properties; ++i) {
        if (i > 0) exposes += ",";
        exposes += binary("zone_" + std::to_string(i) + "_smoke", "1", "0");
    }
    DriverState state;
    const auto result = decode(state, devices_topic, list(exposes), true);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->size(), 1U);
    EXPECT_EQ(result->front().problems.at(0).code, "description_unreadable");
    EXPECT_EQ(brief(decode_one(state, "zigbee2mqtt/it", R"({"zone_3_smoke":1})").readings),
              "smoke=1");
}

TEST(Description, WithAnEndlessModelNameIsKeptWithoutIt) {
    DriverState state;
    const std::string name(1000, 'x');
    const std::string device = R"([{"ieee_address":")" + std::string(ieee) +
                               R"(","friendly_name":"it","definition":{"vendor":")" + name +
                               R"("}}])";
    ASSERT_TRUE(decode(state, devices_topic, device, true));
    EXPECT_EQ(decode_one(state, "zigbee2mqtt/it", "{}").model, "");
}

TEST(Description, OfOtherValuesHoldsWhereTheUsualOnesWouldMeanTheOpposite) {
    const std::string reversed = binary("smoke", "false", "true");
    EXPECT_EQ(brief(say(reversed, R"({"smoke":false})").readings), "smoke=1");
    EXPECT_EQ(brief(say(reversed, R"({"smoke":null})").readings), "alive=1");
    const auto word = say(reversed, R"({"smoke":"off"})");
    EXPECT_EQ(brief(word.readings), "alive=1");
    ASSERT_EQ(word.problems.size(), 1U);
    EXPECT_EQ(word.problems[0].code, "value_unknown");
    const std::string door = binary("contact", R"("ON")", R"("OFF")");
    EXPECT_EQ(brief(say(door, R"({"contact":"OFF"})").readings), "contact_open=0");
    EXPECT_EQ(brief(say(door, R"({"contact":"open"})").readings), "contact_open=1");
    EXPECT_EQ(say(door, R"({"contact":true})").problems.size(), 1U);
}

TEST(Description, OfASirenDoesNotOverruleTheDetectorBesideIt) {
    const std::string siren = binary("alarm", "true", "false");
    const char* sounding = R"({"smoke":false,"alarm":true})";
    const auto said = [&](std::string_view text, std::string_view exposes,
                          std::string_view payload) {
        DriverState state;
        EXPECT_TRUE(decode(state, devices_topic, list(exposes, text), true));
        return brief(decode_one(state, "zigbee2mqtt/it", payload).readings);
    };
    EXPECT_EQ(said("Smoke detector", siren, R"({"alarm":true})"), "smoke=1");
    EXPECT_EQ(said("Smoke detector", binary("smoke", "true", "false") + "," + siren, sounding),
              "smoke=0");
    for (const char* text : {"Smoke/CO alarm", "Smoke and CO detector", "Heat and smoke alarm"}) {
        EXPECT_EQ(said(text, siren, R"({"alarm":true})"), "alive=1") << text;
    }
}

TEST(Memory, KeepsMetersUnitsAndModels) {
    const std::string exposes =
        R"({"type":"numeric","name":"volume","property":"volume_1","endpoint":"1","access":1,"unit":"L"},)"
        R"({"type":"numeric","name":"volume","property":"volume_2","endpoint":"2","access":1,"unit":"m³"})";
    DriverState before;
    ASSERT_TRUE(decode(before, devices_topic, list(exposes, "Water meter"), true));
    DriverState after;
    ASSERT_TRUE(after.load(before.save()));
    EXPECT_EQ(after.save(), before.save());
    const auto said = decode(after, "zigbee2mqtt/it", R"({"volume_1":1,"volume_2":2})");
    ASSERT_TRUE(said);
    ASSERT_EQ(said->size(), 2U);
    EXPECT_EQ((*said)[0].address, std::string(ieee) + "#1");
    EXPECT_EQ(brief((*said)[0].readings), "water_total_ml=1000");
    EXPECT_EQ(brief((*said)[1].readings), "water_total_ml=2000000");
    EXPECT_EQ((*said)[1].model, "Acme X-1");
}

TEST(Memory, RefusesWhatItDidNotWrite) {
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, list(binary("tamper", "1", "0")), true));
    const json::object saved = json::parse(state.save()).as_object();
    const auto with = [&](std::string_view memory) {
        json::object changed = saved;
        changed["zigbee2mqtt"] = memory;
        return json::serialize(changed);
    };
    const auto device = [](const std::string& property) {
        return R"({"version":2,"bases":{"z":[["a","0x00158d0001db18f9","",)" + property +
               R"(]]},"pressed":[]})";
    };
    const std::string good = R"(["tamper",10,1,false,null,null,"",""])";
    DriverState other;
    ASSERT_TRUE(other.load(with(device(good))));
    const std::string kept = other.save();
    for (const std::string& memory :
         {std::string(), std::string(R"({"version":1,"bases":{},"pressed":[]})"),
          std::string(R"({"version":2,"bases":{"z":[["a"]]},"pressed":[]})"),
          std::string(R"({"version":2,"bases":{"z":[["a","0x1",""]]},"pressed":[]})"),
          std::string(R"({"version":2,"bases":{},"pressed":[7]})"),
          device(R"(["tamper",10,1,false,null,null,""])"),
          device(R"(["tamper",0,1,false,null,null,"",""])"),
          device(R"(["tamper",99,1,false,null,null,"",""])"),
          device(R"(["tamper",10,10,false,null,null,"",""])"),
          device(R"(["tamper",10,-1,false,null,null,"",""])"),
          device(R"([7,10,1,false,null,null,"",""])")}) {
        EXPECT_FALSE(other.load(with(memory))) << memory;
        EXPECT_EQ(other.save(), kept) << memory;
    }
}

TEST(Allocations, OfADescribedContactAreItsResultAndTwoNames) {
    const Catalog catalog;
    DriverState state;
    ASSERT_TRUE(decode(state, devices_topic, list(binary("contact", "false", "true")), true));
    const std::string_view topic = "zigbee2mqtt/it";
    const std::string_view payload =
        R"({"contact":false,"battery":87,"battery_low":false,"tamper":false,"linkquality":112})";
    const Route* route = catalog.find(topic);
    ASSERT_NE(route, nullptr);
    for (int i = 0; i < 3; ++i) {
        const std::size_t before = allocations();
        const bool decoded = route->decode(topic, payload, false, state).has_value();
        const std::size_t used = allocations() - before;
        EXPECT_TRUE(decoded);
        // The two vectors of the result and the IEEE address, which is longer than a short string.
        EXPECT_EQ(used, 3U);
    }
}

}  // namespace
}  // namespace anju::drivers::testing
