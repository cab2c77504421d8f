// Recorded telegrams of real devices, from bytes to readings. What must come out: the right total,
// or the right refusal; never a wrong one.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <map>

#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::wmbus {
namespace {

namespace json = boost::json;

struct Outcome {
    std::optional<std::int64_t> total_ml;
    std::optional<std::int64_t> smoke;
    std::map<ReadingKind, std::int64_t> all;
    std::string text;  // readings, or the error's code
    bool refused = false;
};

std::string_view text_of(const json::object& line, std::string_view key) {
    const auto* found = line.if_contains(key);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string())
                                                  : std::string_view();
}

/// As the gateway reads it, hexadecimal digits on a topic.
Outcome read(const json::object& line, DriverState& state) {
    std::optional<DeviceSettings> settings;
    if (const auto key = parse_key(text_of(line, "key"))) {
        settings = DeviceSettings{.key = key, .profile = {}};
    }
    state.settings().set_fallback(settings);
    const auto result = testing::decode(state, "wmbus/hall", text_of(line, "telegram_hex"));
    Outcome out;
    if (!result || result->size() != 1) {
        out.refused = true;
        out.text = result ? "no device" : result.error().code;
        return out;
    }
    out.text = testing::brief(result->front().readings);
    for (const Reading& reading : result->front().readings) {
        out.all[reading.kind] = reading.value;
        if (reading.kind == ReadingKind::water_total_ml) out.total_ml = reading.value;
        if (reading.kind == ReadingKind::smoke) out.smoke = reading.value;
    }
    return out;
}

std::optional<std::int64_t> expected_total(const json::object& line) {
    const auto& expected = line.at("expected").as_object();
    const auto* total = expected.if_contains("total_m3");
    if (total == nullptr || !total->is_number()) return std::nullopt;
    return std::llround(total->to_number<double>() * 1e6);
}

struct Score {
    int right = 0;
    int refused_rightly = 0;
    int missed = 0;
    int wrong = 0;
    std::string failures;

    [[nodiscard]] int all() const { return right + refused_rightly + missed + wrong; }
    [[nodiscard]] double share() const {
        return all() == 0 ? 0 : 100.0 * (right + refused_rightly) / all();
    }
    void fail(int& counter, const json::object& line, const Outcome& outcome) {
        ++counter;
        failures += std::string(text_of(line, "id")) + " " + std::string(text_of(line, "driver")) +
                    ": " + outcome.text + "\n";
    }
};

std::ostream& operator<<(std::ostream& out, const Score& score) {
    return out << score.right << " right, " << score.refused_rightly << " rightly without, "
               << score.missed << " missed, " << score.wrong << " wrong of " << score.all() << " ("
               << score.share() << " %)\n"
               << score.failures;
}

void judge_water(const json::object& line, const Outcome& outcome, Score& score) {
    const auto expected = expected_total(line);
    if (outcome.total_ml) {
        if (expected == outcome.total_ml) {
            ++score.right;
        } else {
            score.fail(score.wrong, line, outcome);
        }
    } else if (!expected || outcome.text == "key_missing") {
        ++score.refused_rightly;
    } else {
        score.fail(score.missed, line, outcome);
    }
}

void judge_smoke(const json::object& line, const Outcome& outcome, Score& score) {
    const bool well = text_of(line.at("expected").as_object(), "status") == "OK";
    if (outcome.refused) {
        score.fail(score.missed, line, outcome);
    } else if (outcome.smoke && *outcome.smoke != 0 && well) {
        score.fail(score.wrong, line, outcome);
    } else {
        ++(outcome.smoke ? score.right : score.refused_rightly);
    }
}

struct Scores {
    Score water;
    Score smoke;
};

Scores judge(const std::vector<json::object>& lines) {
    Scores scores;
    DriverState state;
    for (const json::object& line : lines) {
        if (!line.at("reference_verified").as_bool()) continue;
        const Outcome outcome = read(line, state);
        if (text_of(line, "kind") == "smoke") {
            judge_smoke(line, outcome, scores.smoke);
        } else {
            judge_water(line, outcome, scores.water);
        }
    }
    return scores;
}

class WmbusReadings : public ::testing::TestWithParam<const char*> {};

TEST_P(WmbusReadings, GivesRightTotalsAndNoWrongOne) {
    const auto file = testing::corpus_dir() / GetParam();
    const auto lines = testing::read_jsonl(file);
    if (lines.empty()) GTEST_SKIP() << file << " is not here";

    const Scores scores = judge(lines);

    std::cout << "water: " << scores.water << "smoke: " << scores.smoke;
    EXPECT_EQ(scores.water.wrong, 0) << scores.water;
    EXPECT_EQ(scores.water.missed, 0) << scores.water;
    EXPECT_EQ(scores.smoke.wrong, 0) << scores.smoke;
    EXPECT_EQ(scores.smoke.share(), 100) << scores.smoke;
}

INSTANTIATE_TEST_SUITE_P(Recorded, WmbusReadings,
                         ::testing::Values("wmbus.jsonl", "wmbus_derived.jsonl"));

/// What the reference says of `kind`, under whatever name; nullopt: nothing.
std::optional<std::int64_t> expected_of(const json::object& line, ReadingKind kind) {
    static const std::map<ReadingKind, std::vector<std::string_view>> names{
        {ReadingKind::water_flow_mlh, {"flow_m3h", "volume_flow_m3h", "current_flow_m3h"}},
        {ReadingKind::water_reverse_ml, {"total_backward_m3", "total_backwards_m3"}},
        {ReadingKind::battery_pct, {"battery_pct"}},
        {ReadingKind::battery_mv, {"battery_v"}}};
    static const std::map<ReadingKind, std::string_view> words{
        {ReadingKind::battery_low, "POWER_LOW"},
        {ReadingKind::fault, "PERMANENT_ERROR"},
        {ReadingKind::tamper, "TAMPER"}};
    const auto& expected = line.at("expected").as_object();
    if (const auto word = words.find(kind); word != words.end()) {
        const auto status = text_of(expected, "status");
        if (status.empty()) return std::nullopt;
        return status.find(word->second) != std::string_view::npos ? 1 : 0;
    }
    const auto found = names.find(kind);
    if (found == names.end()) return std::nullopt;
    for (const std::string_view name : found->second) {
        const auto* value = expected.if_contains(name);
        if (value == nullptr || !value->is_number()) continue;
        const double scale = kind == ReadingKind::battery_pct  ? 1
                             : kind == ReadingKind::battery_mv ? 1e3
                                                               : 1e6;
        return std::llround(value->to_number<double>() * scale);
    }
    return std::nullopt;
}

TEST_P(WmbusReadings, AgreeBesideTheTotalToo) {
    const auto file = testing::corpus_dir() / GetParam();
    const auto lines = testing::read_jsonl(file);
    if (lines.empty()) GTEST_SKIP() << file << " is not here";

    DriverState state;
    int compared = 0;
    for (const json::object& line : lines) {
        if (!line.at("reference_verified").as_bool()) continue;
        for (const auto& [kind, value] : read(line, state).all) {
            const auto expected = expected_of(line, kind);
            if (!expected) continue;
            ++compared;
            EXPECT_EQ(value, *expected) << text_of(line, "id") << " " << text_of(line, "driver")
                                        << ", kind " << static_cast<int>(kind);
        }
    }
    EXPECT_GT(compared, 20);
}

TEST(WmbusOtherMeters, TakesNoTotalFromAMeterOfSomethingElse) {
    const auto file = testing::corpus_dir() / "wmbus_other.jsonl";
    const auto lines = testing::read_jsonl(file);
    if (lines.empty()) GTEST_SKIP() << file << " is not here";

    DriverState state;
    int refused = 0;
    for (const json::object& line : lines) {
        const Outcome outcome = read(line, state);
        EXPECT_FALSE(outcome.total_ml) << text_of(line, "id") << ": " << outcome.text;
        EXPECT_FALSE(outcome.smoke) << text_of(line, "id") << ": " << outcome.text;
        if (outcome.refused) ++refused;
    }
    std::cout << "other meters: " << refused << " of " << lines.size() << " refused\n";
    EXPECT_EQ(refused, static_cast<int>(lines.size()));
}

}  // namespace
}  // namespace anju::drivers::wmbus
