// The golden vectors that lie beside each driver: a message and what it says.
#include <gtest/gtest.h>

#include "drivers/settings.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

struct Named {
    std::string driver;
    json::object vector;
};

void PrintTo(const Named& named, std::ostream* out) {
    *out << named.driver << ": " << named.vector.at("name").as_string().c_str();
}

std::vector<Named> all_vectors() {
    std::vector<Named> out;
    for (const Driver& driver : all_drivers()) {
        const std::string name(driver.name);
        for (auto& vector : read_jsonl(source_dir() / "drivers" / name / "vectors.jsonl")) {
            out.push_back({name, std::move(vector)});
        }
    }
    return out;
}

json::array sequence_json(const std::optional<Sequence>& sequence) {
    if (!sequence) return {};
    return {static_cast<std::int64_t>(sequence->boot), static_cast<std::int64_t>(sequence->number)};
}

/// The message's outcome in the form of the vector's "expect", absent parts left off.
json::array outcome(const std::vector<Decoded>& decoded) {
    json::array out;
    for (const Decoded& device : decoded) {
        json::object item{{"address", device.address}, {"readings", to_json(device.readings)}};
        if (!device.alias.empty()) item["alias"] = device.alias;
        if (device.sequence) item["sequence"] = sequence_json(device.sequence);
        json::array problems;
        for (const Problem& problem : device.problems) {
            EXPECT_FALSE(problem.text.empty());
            problems.push_back(json::value(problem.code + ":" + problem.property + ":" +
                                           std::to_string(problem.at)));
        }
        if (!problems.empty()) item["problems"] = std::move(problems);
        out.push_back(std::move(item));
    }
    return out;
}

json::object outcome(const DecodeError& error, const json::object& expected) {
    json::object out{{"code", error.code},
                     {"stage", error.stage == DecodeStage::envelope ? "envelope" : "payload"}};
    if (!error.address.empty()) out["address"] = error.address;
    if (error.sequence) out["sequence"] = sequence_json(error.sequence);
    if (expected.contains("at")) out["at"] = static_cast<std::int64_t>(error.at);
    return out;
}

/// "key" and "profile" of the vector are what the operator has set for its device.
void use_settings_of(const json::object& vector, DriverState& state) {
    DeviceSettings settings;
    if (const auto* key = vector.if_contains("key")) {
        settings.key = parse_key(std::string_view(key->as_string()));
        EXPECT_TRUE(settings.key) << "not a key";
    }
    if (const auto* profile = vector.if_contains("profile")) {
        settings.profile = std::string_view(profile->as_string());
    }
    if (settings.key || !settings.profile.empty()) state.settings().set_fallback(settings);
}

class GoldenVectors : public ::testing::TestWithParam<Named> {};

TEST_P(GoldenVectors, DecodesToWhatIsWrittenBesideIt) {
    const json::object& vector = GetParam().vector;
    DriverState state;
    use_settings_of(vector, state);
    if (const auto* setup = vector.if_contains("setup")) {
        for (const auto& message : setup->as_array()) {
            const json::object& before = message.as_object();
            ASSERT_TRUE(decode(state, std::string_view(before.at("topic").as_string()),
                               payload_of(before), true));
        }
    }
    const std::string payload = payload_of(vector);
    const auto result = decode(state, std::string_view(vector.at("topic").as_string()), payload,
                               vector.contains("retained"));
    if (const auto* error = vector.if_contains("error")) {
        ASSERT_FALSE(result) << "expected " << json::serialize(*error);
        EXPECT_EQ(json::value(outcome(result.error(), error->as_object())), *error);
        EXPECT_FALSE(result.error().text.empty());
    } else {
        ASSERT_TRUE(result) << result.error().code << ": " << result.error().text;
        EXPECT_EQ(json::value(outcome(*result)), vector.at("expect"));
    }
}

std::string test_name(const ::testing::TestParamInfo<Named>& info) {
    std::string out = info.param.driver + "_";
    for (const char c : std::string_view(info.param.vector.at("name").as_string())) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || out.back() != '_') out.push_back(plain ? c : '_');
    }
    return out;
}

INSTANTIATE_TEST_SUITE_P(Drivers, GoldenVectors, ::testing::ValuesIn(all_vectors()), test_name);

TEST(GoldenVectors, ExistForEveryDriver) {
    for (const Driver& driver : all_drivers()) {
        const auto file = source_dir() / "drivers" / std::string(driver.name) / "vectors.jsonl";
        EXPECT_GE(read_jsonl(file).size(), 10U) << file;
    }
}

}  // namespace
}  // namespace anju::drivers::testing
