// CJ/T 188: the right total, or the right refusal.
#include <cmath>

#include "score/tool.hpp"

namespace anju::score {

std::vector<Score> score_cjt188(const std::filesystem::path& program, const Corpora& corpora) {
    Score score{"CJ/T 188"};
    const auto frames = read_jsonl(corpora / "cjt188.jsonl");
    std::vector<json::object> questions;
    for (const json::object& frame : frames) {
        questions.push_back({{"driver", "cjt188"}, {"payload_hex", frame.at("frame_hex")}});
    }
    const auto answers = ask(program, questions);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const json::object& expected = frames[i].at("expected").as_object();
        const std::string id = frames[i].at("id").as_string().c_str();
        const auto totals = values(answers[i], "water_total_ml");
        const std::string code = error_code(answers[i]);
        if (const json::value* error = expected.if_contains("error")) {
            if (!totals.empty()) {
                score.fail(id + ": " + std::to_string(totals.front()) + " mL");
            } else if (code != std::string_view(error->as_string())) {
                score.refuse(id + ": refused as '" + code + "' instead of " +
                             error->as_string().c_str());
            } else {
                ++score.right;
            }
            continue;
        }
        const json::value& total = expected.at("total_m3");
        if (total.is_null()
                ? !totals.empty()
                : totals.size() > 1 ||
                      (totals.size() == 1 &&
                       totals.front() != std::llround(total.to_number<double>() * 1e6))) {
            score.fail(id + ": " + std::to_string(totals.front()) + " mL");
        } else if (!code.empty() || (!total.is_null() && totals.empty())) {
            score.refuse(id + ": " + code);
        } else {
            ++score.right;
        }
    }
    return {score};
}

}  // namespace anju::score
