// Recorded samples of the four networks: who, how much, when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "drivers/event_time.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

const std::set<std::string, std::less<>> formats{
    "chirpstack4",  "onenet_push",       "ctwing",
    "huawei_iotda", "huawei_iotda_push", "huawei_ocean_push"};

const Reading* total_in(const DecodeResult& result) {
    if (!result || result->size() != 1) return nullptr;
    for (const Reading& reading : result->front().readings) {
        if (reading.kind == ReadingKind::water_total_ml) return &reading;
    }
    return nullptr;
}

void compare_total(const DecodeResult& result, const json::object& expected,
                   std::string_view payload) {
    const Reading* total = total_in(result);
    ASSERT_NE(total, nullptr) << (result ? "no total" : result.error().text);
    const Decoded& decoded = result->front();
    EXPECT_EQ(total->value, std::llround(expected.at("v").to_number<double>() * 1e6));
    if (const json::value* device = expected.if_contains("device")) {
        EXPECT_EQ(decoded.address, std::string_view(device->as_string()));
    }
    const json::value* dedupe = expected.if_contains("dedupe");
    if (dedupe != nullptr && dedupe->is_string()) {
        EXPECT_EQ(decoded.message_id, std::string_view(dedupe->as_string()));
    }
    if (const json::value* time = expected.if_contains("event_time")) {
        EXPECT_EQ(to_unix_ms(total->event_time), parse_iso8601(time->as_string()));
    } else if (payload.find("20260301T001407Z") != std::string_view::npos) {
        EXPECT_EQ(to_unix_ms(total->event_time), 1'772'324'047'000);
    } else {
        EXPECT_EQ(to_unix_ms(total->event_time) / 1000, 1'772'324'062) << "the platform's time";
    }
}

TEST(CloudCorpus, EverySampleSaysWhoHowMuchAndWhen) {
    const auto file = corpus_dir() / "envelopes.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
    DriverState state;
    int compared = 0;
    for (const json::object& line : read_jsonl(file)) {
        if (!formats.contains(std::string_view(line.at("format").as_string()))) continue;
        const std::string payload = payload_of(line);
        SCOPED_TRACE(payload);
        const auto result = decode(state, std::string_view(line.at("topic").as_string()), payload,
                                   line.at("retain").as_bool());
        const json::array& expected = line.at("expected").as_array();
        ++compared;
        if (expected.empty()) {
            ASSERT_TRUE(result);
            EXPECT_TRUE(result->empty());
            continue;
        }
        const json::object& first = expected.front().as_object();
        if (first.at("kind").as_string() == "water_total_m3") {
            compare_total(result, first, payload);
        } else if (result) {
            EXPECT_THAT(brief(result->front().readings), ::testing::HasSubstr("smoke=1"));
        } else {
            // What the fields of a product mean only a profile says.
            EXPECT_EQ(result.error().code, "profile_missing");
            EXPECT_EQ(result.error().address, "860374051096202");
            EXPECT_EQ(result.error().model, "15014772");
        }
    }
    EXPECT_GE(compared, 8);
}

}  // namespace
}  // namespace anju::drivers::testing
