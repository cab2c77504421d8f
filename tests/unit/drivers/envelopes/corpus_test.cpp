// Recorded messages. They are not part of the repository; where they are absent these tests say so
// and pass.
#include <gtest/gtest.h>

#include <cmath>

#include "core/model/instant.hpp"
#include "drivers/settings.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

/// The profile an operator would set for what the recording cannot say by itself.
std::string_view profile_for(std::string_view kind) {
    if (kind == "raw_switch") return "tasmota-switch1-leak";
    if (kind == "pulse_count") return "tasmota-counter1-1l";
    return {};
}

std::string expected_reading(const json::object& item) {
    const std::string kind(item.at("kind").as_string());
    const auto flag = [&](const char* key) { return item.at(key).as_bool() ? "=1" : "=0"; };
    const auto number = [&](double factor) {
        return "=" + std::to_string(std::llround(item.at("v").to_number<double>() * factor));
    };
    if (kind == "contact") return std::string("contact_open") + flag("open");
    if (kind == "smoke") return std::string("smoke") + flag("alarm");
    if (kind == "availability") return std::string("online") + flag("online");
    if (kind == "battery_low") return std::string("battery_low") + flag("v");
    if (kind == "raw_switch") return std::string("water_leak") + flag("v");
    if (kind == "pulse_count") return "water_total_ml" + number(1000);
    if (kind == "battery_pct") return "battery_pct" + number(1);
    if (kind == "water_total_m3") return "water_total_ml" + number(1e6);
    return "unknown kind " + kind;
}

void expect_said(const json::object& item, const Decoded& said) {
    const std::string wanted = expected_reading(item);
    const std::string readings = " " + brief(said.readings) + " ";
    EXPECT_NE(readings.find(" " + wanted + " "), std::string::npos)
        << wanted << " not in" << readings;
    if (const auto* device = item.if_contains("device")) {
        EXPECT_EQ(said.address, std::string_view(device->as_string()));
    }
    const auto* time = item.if_contains("event_time");
    if (time == nullptr) return;
    const double seconds = time->is_null() ? 0 : time->to_number<double>();
    EXPECT_EQ(to_unix_ms(said.readings.at(0).event_time), std::llround(seconds * 1000));
}

class Envelopes : public ::testing::TestWithParam<const char*> {};

TEST_P(Envelopes, OfTheCorpusAreUnderstood) {
    const auto file = corpus_dir() / "envelopes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    int checked = 0;
    for (const auto& line : read_jsonl(file)) {
        if (std::string_view(line.at("format").as_string()) != GetParam()) continue;
        const std::string payload(line.at("payload").as_string());
        SCOPED_TRACE(payload);
        const json::array& expected = line.at("expected").as_array();
        DriverState state;
        for (const auto& item : expected) {
            const auto profile = profile_for(item.at("kind").as_string());
            if (!profile.empty()) state.settings().set_fallback({{{}, std::string(profile)}});
        }
        const auto said = decode_one(state, std::string_view(line.at("topic").as_string()), payload,
                                     line.at("retain").as_bool());
        EXPECT_TRUE(said.problems.empty());
        for (const auto& item : expected) expect_said(item.as_object(), said);
        ++checked;
    }
    EXPECT_GT(checked, 0);
}

INSTANTIATE_TEST_SUITE_P(Formats, Envelopes,
                         ::testing::Values("rtl_433", "tasmota", "tasmota_zb", "shelly_gen2"),
                         [](const auto& format) { return std::string(format.param); });

}  // namespace
}  // namespace anju::drivers::testing
