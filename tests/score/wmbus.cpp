// Wireless M-Bus: totals, what may not be opened, and what is not water.
#include <cmath>

#include "score/tool.hpp"

namespace anju::score {
namespace {

struct Sample {
    std::string id;
    std::string kind;
    std::string hex;
    std::string key;  ///< empty: sent in the clear
    std::optional<std::int64_t> total_ml;
    bool verified = true;
};

std::vector<Sample> read(const Corpora& corpora, const char* file) {
    std::vector<Sample> out;
    for (const json::object& line : read_jsonl(corpora / file)) {
        Sample sample;
        sample.id = line.at("id").as_string().c_str();
        sample.id += std::string(" ") + line.at("driver").as_string().c_str();
        sample.kind = line.at("kind").as_string().c_str();
        sample.hex = line.at("telegram_hex").as_string().c_str();
        if (line.at("key").is_string()) sample.key = line.at("key").as_string().c_str();
        sample.verified = line.at("reference_verified").as_bool();
        const json::object& expected = line.at("expected").as_object();
        if (const json::value* total = expected.if_contains("total_m3")) {
            sample.total_ml = std::llround(total->to_number<double>() * 1e6);
        }
        out.push_back(std::move(sample));
    }
    return out;
}

std::vector<json::object> answers(const std::filesystem::path& program,
                                  const std::vector<Sample>& samples,
                                  std::string (*key)(const Sample&)) {
    std::vector<json::object> questions;
    for (const Sample& sample : samples) {
        json::object question{{"driver", "wmbus"}, {"payload", sample.hex}};
        if (const std::string text = key(sample); !text.empty()) question["key"] = text;
        questions.push_back(std::move(question));
    }
    return ask(program, questions);
}

void judge_water(Score& score, const Sample& sample, const json::object& answer) {
    const auto totals = values(answer, "water_total_ml");
    const std::string seen = totals.empty() ? error_code(answer) : std::to_string(totals.front());
    if (totals.size() > 1 || (!totals.empty() && totals.front() != sample.total_ml)) {
        return score.fail(sample.id + ": " + seen + " mL");
    }
    // The recording came with its total and without its key: refused is all it can be.
    const bool unknown_key = sample.key.empty() && seen == "key_missing";
    if (totals.empty() && sample.total_ml && !unknown_key) {
        return score.refuse(sample.id + ": " + seen);
    }
    ++score.right;
}

/// A key that is one bit off must open nothing.
std::string other_key(const Sample& sample) {
    std::string key = sample.key;
    if (!key.empty()) key.back() = key.back() == '0' ? '1' : '0';
    return key;
}

Score locked(const std::filesystem::path& program, const std::vector<Sample>& samples,
             const char* what, std::string (*key)(const Sample&)) {
    Score score{what};
    std::vector<Sample> encrypted;
    for (const Sample& sample : samples) {
        // The key of all zeros is what everybody tries: nothing is hidden behind it.
        const bool hidden = sample.key.find_first_not_of('0') != std::string::npos;
        if (hidden) encrypted.push_back(sample);
    }
    const auto answered = answers(program, encrypted, key);
    for (std::size_t i = 0; i < encrypted.size(); ++i) {
        if (error_code(answered[i]).empty()) {
            score.fail(encrypted[i].id + ": was read");
        } else {
            ++score.right;
        }
    }
    return score;
}

}  // namespace

std::vector<Score> score_wmbus(const std::filesystem::path& program, const Corpora& corpora) {
    std::vector<Sample> samples = read(corpora, "wmbus.jsonl");
    for (Sample& sample : read(corpora, "wmbus_derived.jsonl"))
        samples.push_back(std::move(sample));
    Score water{"wM-Bus water", 0, 0, 0, 0.95};
    Score smoke{"wM-Bus smoke and door"};
    const auto own_key = [](const Sample& sample) { return sample.key; };
    const auto answered = answers(program, samples, own_key);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (!samples[i].verified) continue;
        if (samples[i].kind == "water") {
            judge_water(water, samples[i], answered[i]);
        } else if (!error_code(answered[i]).empty()) {
            smoke.refuse(samples[i].id + ": " + error_code(answered[i]));
        } else if (!values(answered[i], "water_total_ml").empty() ||
                   values(answered[i], "smoke") == std::vector<std::int64_t>{1}) {
            smoke.fail(samples[i].id + ": no detector in the corpus gives an alarm");
        } else {
            ++smoke.right;
        }
    }
    Score others{"wM-Bus others: no water in them"};
    const std::vector<Sample> foreign = read(corpora, "wmbus_other.jsonl");
    const auto strange = answers(program, foreign, own_key);
    for (std::size_t i = 0; i < foreign.size(); ++i) {
        if (values(strange[i], "water_total_ml").empty()) {
            ++others.right;
        } else {
            others.fail(foreign[i].id);
        }
    }
    return {water, smoke, others,
            locked(program, samples, "wM-Bus encrypted, no key",
                   [](const Sample&) { return std::string(); }),
            locked(program, samples, "wM-Bus encrypted, wrong key", &other_key)};
}

}  // namespace anju::score
