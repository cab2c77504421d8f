// Recorded messages and real device descriptions. They are not part of the repository; where
// they are absent these tests say so and pass.
#include <gtest/gtest.h>

#include <map>

#include "drivers/zigbee2mqtt/directory.hpp"
#include "drivers/zigbee2mqtt/properties.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;
using zigbee2mqtt::Form;

/// A corpus reading as "kind=value", empty for kinds that say nothing about a level.
std::string expected_reading(const json::object& item) {
    const std::string kind(item.at("kind").as_string());
    const auto flag = [&](const char* key) { return item.at(key).as_bool() ? "=1" : "=0"; };
    if (kind == "contact") return std::string("contact_open") + flag("open");
    if (kind == "smoke") return std::string("smoke") + flag("alarm");
    if (kind == "availability") return std::string("online") + flag("online");
    if (kind == "tamper") return std::string("tamper") + flag("v");
    if (kind == "sos") return "sos=1";
    if (kind == "battery_pct")
        return "battery_pct=" + std::to_string(item.at("v").to_number<int>());
    return "unknown kind " + kind;
}

TEST(Corpus, EnvelopesOfZigbee2MqttAreUnderstood) {
    const auto file = corpus_dir() / "envelopes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    int checked = 0;
    for (const auto& line : read_jsonl(file)) {
        if (line.at("format") != "zigbee2mqtt") continue;
        const std::string payload(line.at("payload").as_string());
        SCOPED_TRACE(payload);
        DriverState state;
        const bool retained = line.at("retain").as_bool();
        const auto said =
            decode_one(state, std::string_view(line.at("topic").as_string()), payload, retained);
        const std::string readings = " " + brief(said.readings) + " ";
        const json::array& expected = line.at("expected").as_array();
        for (const auto& item : expected) {
            EXPECT_NE(readings.find(" " + expected_reading(item.as_object()) + " "),
                      std::string::npos)
                << expected_reading(item.as_object()) << " not in" << readings;
            const bool test = item.as_object().contains("test");
            EXPECT_EQ((said.readings.at(0).quality & quality::test) != 0, test);
        }
        if (expected.empty()) {
            EXPECT_EQ(brief(said.readings), "alive=1");
        }
        EXPECT_TRUE(said.problems.empty());
        ++checked;
    }
    EXPECT_GE(checked, 6);
}

/// The description of one model as the bridge publishes it.
std::string description(const json::object& model) {
    const json::object device{{"ieee_address", "0x00158d0001db18f9"},
                              {"friendly_name", "it"},
                              {"definition", {{"exposes", model.at("exposes")}}}};
    return json::serialize(json::array{device});
}

/// The kind that a binary expose of this corpus class must turn into.
const std::map<std::string, ReadingKind, std::less<>> kinds{
    {"smoke", ReadingKind::smoke},           {"gas", ReadingKind::gas},
    {"water_leak", ReadingKind::water_leak}, {"contact", ReadingKind::contact_open},
    {"occupancy", ReadingKind::motion},      {"presence", ReadingKind::motion},
    {"tamper", ReadingKind::tamper},         {"sos", ReadingKind::sos},
    {"carbon_monoxide", ReadingKind::gas}};

/// Binary exposes of these classes that deliberately give no reading.
bool is_left_out(std::string_view property) {
    constexpr std::string_view names[] = {"smoke_alarm_silenced",
                                          "water_leak_alarm_control",
                                          "water_leak_buzzer",
                                          "garage_door_contact",
                                          "moving",
                                          "occupancy_and",
                                          "occupancy_or",
                                          "alarm_active"};
    return std::find(std::begin(names), std::end(names), property) != std::end(names);
}

TEST(Corpus, DescribedValuesHaveTheDescribedPolarity) {
    const auto file = corpus_dir() / "z2m_exposes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    int checked = 0;
    for (const auto& model : read_jsonl(file)) {
        DriverState state;
        ASSERT_TRUE(decode(state, "zigbee2mqtt/bridge/devices", description(model), true));
        for (const auto& item : model.at("exposes").as_array()) {
            const json::object& expose = item.as_object();
            const json::value* kind = expose.if_contains("kind");
            if (kind == nullptr || !kind->is_string() || expose.at("type") != "binary") continue;
            const auto known = kinds.find(std::string_view(kind->get_string()));
            const std::string property(expose.at("property").as_string());
            if (known == kinds.end() || is_left_out(property)) continue;
            SCOPED_TRACE(json::serialize(model.at("model")) + " " + property);
            const bool closes = property == "dry_contact";  // "on" is a closed contact
            for (const bool on : {false, true}) {
                if (known->second == ReadingKind::sos && !on) continue;
                const json::object payload{{property, expose.at(on ? "value_on" : "value_off")}};
                const auto said = decode_one(state, "zigbee2mqtt/it", json::serialize(payload));
                ASSERT_EQ(said.readings.size(), 1U);
                EXPECT_EQ(said.readings[0].kind, known->second);
                EXPECT_EQ(said.readings[0].value, on != closes ? 1 : 0);
                ++checked;
            }
        }
    }
    EXPECT_GT(checked, 400);
}

TEST(Corpus, AListOfHundredsOfDevicesFits) {
    const auto file = corpus_dir() / "z2m_exposes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    json::array list;
    for (const auto& model : read_jsonl(file)) {
        const std::string number = std::to_string(10'000 + list.size());
        list.push_back(json::object{{"ieee_address", "0x00158d00000" + number},
                                    {"friendly_name", "device " + number},
                                    {"definition", {{"exposes", model.at("exposes")}}}});
    }
    const std::string payload = json::serialize(list);
    DriverState state;
    const auto result = decode(state, "zigbee2mqtt/bridge/devices", payload, true);
    ASSERT_TRUE(result) << result.error().text;
    EXPECT_TRUE(result->empty());
    EXPECT_EQ(state.zigbee2mqtt().size(), list.size());
    EXPECT_LT(state.zigbee2mqtt().bytes(), 400U * list.size());
    DriverState again;
    EXPECT_TRUE(again.load(state.save()));
    EXPECT_EQ(again.save(), state.save());
}

TEST(Corpus, EveryWordOfAnAlarmsEnumIsUnderstood) {
    const auto file = corpus_dir() / "z2m_exposes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    int checked = 0;
    for (const auto& model : read_jsonl(file)) {
        DriverState state;
        ASSERT_TRUE(decode(state, "zigbee2mqtt/bridge/devices", description(model), true));
        for (const auto& item : model.at("exposes").as_array()) {
            const json::object& expose = item.as_object();
            const std::string property(expose.at("property").as_string());
            const auto* rule = zigbee2mqtt::find_rule(property);
            if (rule == nullptr || rule->form != Form::state || expose.at("type") != "enum")
                continue;
            for (const auto& value : expose.at("values").as_array()) {
                const json::object payload{{property, value}};
                const auto said = decode_one(state, "zigbee2mqtt/it", json::serialize(payload));
                EXPECT_TRUE(said.problems.empty()) << said.problems.front().text;
                ++checked;
            }
        }
    }
    EXPECT_GT(checked, 20);
}

}  // namespace
}  // namespace anju::drivers::testing
