// anju-decode as a filter: questions in, answers out, one line each.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace anju::score {

namespace json = boost::json;

/// The objects of a .jsonl file; throws std::runtime_error with the line where it is none.
[[nodiscard]] std::vector<json::object> read_jsonl(const std::filesystem::path& file);

/// Asks all `questions` in one run of the program. Throws std::runtime_error unless each got its
/// answer and the program ended with 0.
[[nodiscard]] std::vector<json::object> ask(const std::filesystem::path& program,
                                            const std::vector<json::object>& questions);

/// Readings of `kind` in an answer, in their order.
[[nodiscard]] std::vector<std::int64_t> values(const json::object& answer, std::string_view kind);
/// Of the answer's error; empty when there is none.
[[nodiscard]] std::string error_code(const json::object& answer);

/// One line of the result.
struct Score {
    std::string what;
    std::size_t right = 0;
    std::size_t refused = 0;  ///< a value was expected, none was given
    std::size_t wrong = 0;    ///< a value was given, another or none was expected
    double aim = 1.0;         ///< share of right that is asked for
    std::vector<std::string> complaints = {};

    void refuse(std::string complaint) {
        ++refused;
        complaints.push_back("refused: " + std::move(complaint));
    }
    void fail(std::string complaint) {
        ++wrong;
        complaints.push_back("WRONG:   " + std::move(complaint));
    }
    [[nodiscard]] std::size_t all() const { return right + refused + wrong; }
    [[nodiscard]] bool good() const {
        return wrong == 0 && all() > 0 &&
               static_cast<double>(right) >= aim * static_cast<double>(all());
    }
};

using Corpora = std::filesystem::path;
std::vector<Score> score_wmbus(const std::filesystem::path& program, const Corpora& corpora);
std::vector<Score> score_cjt188(const std::filesystem::path& program, const Corpora& corpora);
std::vector<Score> score_zigbee2mqtt(const std::filesystem::path& program, const Corpora& corpora);

}  // namespace anju::score
