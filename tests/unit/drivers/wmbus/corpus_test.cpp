// Recorded telegrams of real devices, from bytes to readings. What must come out: the right total,
// or the right refusal; never a wrong one.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "drivers/state.hpp"
#include "drivers/wmbus/formats.hpp"
#include "drivers/wmbus/meaning.hpp"
#include "drivers/wmbus/telegram.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::wmbus {
namespace {

namespace json = boost::json;

struct Outcome {
    std::optional<std::int64_t> total_ml;
    std::optional<std::int64_t> smoke;
    std::string text;  // readings, or the error's code
    bool refused = false;
};

std::string_view text_of(const json::object& line, std::string_view key) {
    const auto* found = line.if_contains(key);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string())
                                                  : std::string_view();
}

Outcome refusal(const DecodeError& error) {
    return {.total_ml = {}, .smoke = {}, .text = error.code, .refused = true};
}

Outcome read(const json::object& line, Formats& formats) {
    DriverState state;
    if (const auto key = parse_key(text_of(line, "key"))) {
        state.settings().set_fallback(DeviceSettings{.key = key, .profile = {}});
    }
    const std::string bytes = testing::from_hex([&] {
        std::string lower(text_of(line, "telegram_hex"));
        for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c);
        return lower;
    }());
    Scratch scratch;
    const KeySource keys{state.settings()};
    const auto telegram = parse_telegram(bytes_of(bytes), keys, scratch);
    if (!telegram) return refusal(telegram.error());
    const auto meaning = read_meaning(*telegram, formats);
    if (!meaning) return refusal(meaning.error());
    Outcome out;
    out.text = testing::brief(meaning->readings);
    for (const Reading& reading : meaning->readings) {
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
    Formats formats(512);
    for (const json::object& line : lines) {
        if (!line.at("reference_verified").as_bool()) continue;
        const Outcome outcome = read(line, formats);
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
    EXPECT_GE(scores.water.share(), 95) << scores.water;
    EXPECT_EQ(scores.smoke.wrong, 0) << scores.smoke;
    EXPECT_EQ(scores.smoke.share(), 100) << scores.smoke;
}

INSTANTIATE_TEST_SUITE_P(Recorded, WmbusReadings,
                         ::testing::Values("wmbus.jsonl", "wmbus_derived.jsonl"));

TEST(WmbusOtherMeters, TakesNoTotalFromAMeterOfSomethingElse) {
    const auto file = testing::corpus_dir() / "wmbus_other.jsonl";
    const auto lines = testing::read_jsonl(file);
    if (lines.empty()) GTEST_SKIP() << file << " is not here";

    Formats formats(512);
    int refused = 0;
    for (const json::object& line : lines) {
        const Outcome outcome = read(line, formats);
        EXPECT_FALSE(outcome.total_ml) << text_of(line, "id") << ": " << outcome.text;
        EXPECT_FALSE(outcome.smoke) << text_of(line, "id") << ": " << outcome.text;
        if (outcome.refused) ++refused;
    }
    std::cout << "other meters: " << refused << " of " << lines.size() << " refused\n";
    EXPECT_EQ(refused, static_cast<int>(lines.size()));
}

}  // namespace
}  // namespace anju::drivers::wmbus
