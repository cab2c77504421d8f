// Recorded messages and real device descriptions. They are not part of the repository; where
// they are absent these tests say so and pass.
#include <gtest/gtest.h>

#include <iostream>
#include <set>
#include <sstream>

#include "drivers/zigbee2mqtt/directory.hpp"
#include "unit/drivers/support.hpp"
#include "unit/drivers/zigbee2mqtt/model_oracle.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

constexpr std::string_view ieee = "0x00158d0001db18f9";

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

/// The description of one model as the bridge publishes it; `nested` puts its exposes into the
/// features of a switch.
std::string description(const json::object& model, bool nested) {
    json::array exposes = model.at("exposes").as_array();
    if (nested) exposes = {json::object{{"type", "switch"}, {"features", exposes}}};
    const json::object device{{"ieee_address", ieee},
                              {"friendly_name", "it"},
                              {"type", "EndDevice"},
                              {"supported", true},
                              {"definition",
                               {{"model", model.at("model")},
                                {"vendor", model.at("vendor")},
                                {"description", model.at("description")},
                                {"exposes", exposes}}}};
    return json::serialize(json::array{device});
}

/// Everything in the answer but signs of life, "[address] kind=value"; the device's own without
/// the address.
std::string outcome(const DecodeResult& result) {
    if (!result) return result.error().code;
    std::string out;
    for (const Decoded& decoded : *result) {
        const std::string said = brief(decoded.readings);
        if (said.empty() || said == "alive=1") continue;
        if (decoded.address != ieee)
            out += decoded.address.find('#') == 18 ? "[part] " : "[other] ";
        out += said;
    }
    return out;
}

struct Verdict {
    std::string missing;
    std::string wrong;
};

/// The bridge sends all that it knows in one message. With everything on, or everything off, each
/// kind must be told once and alike by all that say it.
void judge_whole_state(const json::object& model, DriverState& state, Verdict& out) {
    for (const bool on : {true, false}) {
        json::object payload;
        std::set<std::string> expected;
        for (const auto& expose : model.at("exposes").as_array()) {
            if (expose.as_object().at("type") != "binary") continue;
            for (const Statement& one : statements_of(model, expose.as_object())) {
                const bool is_on = one.expected.ends_with("=1");
                if (one.expected.empty() || is_on != on) continue;
                payload[one.property] = one.value;
                if (!one.property.starts_with("garage_door")) expected.insert(one.expected);
            }
        }
        (void)decode(state, "zigbee2mqtt/it", R"({"sos":false})");
        std::istringstream words(
            outcome(decode(state, "zigbee2mqtt/it", json::serialize(payload))));
        std::multiset<std::string> got;
        for (std::string word; words >> word;) got.insert(word);
        if (got == std::multiset<std::string>(expected.begin(), expected.end())) continue;
        out.wrong += " whole state " + json::serialize(payload) + ": '" + words.str() + "'";
    }
}

Verdict judge(const json::object& model, bool nested) {
    Verdict out;
    DriverState state;
    EXPECT_TRUE(decode(state, "zigbee2mqtt/bridge/devices", description(model, nested), true));
    for (const auto& expose : model.at("exposes").as_array()) {
        for (const Statement& one : statements_of(model, expose.as_object())) {
            const json::object payload{{one.property, one.value}};
            // Let go of a button first: a second press is none while it is held.
            (void)decode(state, "zigbee2mqtt/it", R"({"sos":false})");
            const std::string got =
                outcome(decode(state, "zigbee2mqtt/it", json::serialize(payload)));
            const std::string expected = (one.meter_alone ? "[part] " : "") + one.expected;
            if (got == expected) continue;
            const std::string text =
                " " + json::serialize(payload) + ": '" + got + "' instead of '" + expected + "'";
            (got.empty() ? out.missing : out.wrong) += text;
        }
    }
    judge_whole_state(model, state, out);
    return out;
}

/// Share of models that are fully right; says which are not.
void expect_right(bool nested) {
    const auto file = corpus_dir() / "z2m_exposes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    std::size_t models = 0;
    std::size_t right = 0;
    for (const auto& model : read_jsonl(file)) {
        ++models;
        const Verdict verdict = judge(model, nested);
        EXPECT_EQ(verdict.wrong, "") << model.at("vendor") << " " << model.at("model");
        if (verdict.wrong.empty() && verdict.missing.empty()) {
            ++right;
        } else {
            std::cout << model.at("vendor") << " " << model.at("model") << verdict.missing << "\n";
        }
    }
    std::cout << right << " of " << models << " models right\n";
    EXPECT_GE(models, 500U);
    EXPECT_GE(static_cast<double>(right), 0.99 * static_cast<double>(models));
}

TEST(Corpus, OfModelsIsReadWithTheRightPolarityAndUnit) {
    expect_right(false);
}

TEST(Corpus, OfModelsIsReadAlikeWhenExposesAreNested) {
    expect_right(true);
}

TEST(Corpus, AListOfHundredsOfDevicesFits) {
    const auto file = corpus_dir() / "z2m_exposes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    json::array list;
    for (const auto& model : read_jsonl(file)) {
        const std::string number = std::to_string(10'000 + list.size());
        list.push_back(json::object{{"ieee_address", "0x00158d00000" + number},
                                    {"friendly_name", "device " + number},
                                    {"definition",
                                     {{"model", model.at("model")},
                                      {"vendor", model.at("vendor")},
                                      {"description", model.at("description")},
                                      {"exposes", model.at("exposes")}}}});
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

}  // namespace
}  // namespace anju::drivers::testing
