#include "score/tool.hpp"

#include <fstream>
#include <stdexcept>

#include "support/broker.hpp"
#include "support/shell.hpp"

namespace anju::score {

std::vector<json::object> read_jsonl(const std::filesystem::path& file) {
    std::vector<json::object> out;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        boost::system::error_code failure;
        json::value value = json::parse(line, failure);
        if (failure || !value.is_object()) {
            throw std::runtime_error(file.string() + ":" + std::to_string(out.size() + 1) +
                                     ": not a JSON object");
        }
        out.push_back(std::move(value.get_object()));
    }
    return out;
}

std::vector<json::object> ask(const std::filesystem::path& program,
                              const std::vector<json::object>& questions) {
    const test::TempDir folder;
    const std::filesystem::path file = folder.path() / "questions.jsonl";
    {
        std::ofstream out(file, std::ios::binary);
        for (const json::object& question : questions) out << json::serialize(question) << '\n';
        if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
    }
    const std::string command = "'" + program.string() + "' < '" + file.string() + "'";
    const auto [status, text, said] = test::run_in_shell(command);
    if (status != 0) {
        throw std::runtime_error("anju-decode ended with " + std::to_string(status) + ": " + said);
    }
    std::vector<json::object> answers;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        answers.push_back(json::parse(text.substr(at, end - at)).as_object());
        at = end == std::string::npos ? text.size() : end + 1;
    }
    if (answers.size() != questions.size()) {
        throw std::runtime_error(std::to_string(answers.size()) + " answers to " +
                                 std::to_string(questions.size()) + " questions");
    }
    return answers;
}

std::vector<std::int64_t> values(const json::object& answer, std::string_view kind) {
    std::vector<std::int64_t> out;
    for (const json::value& reading : answer.at("readings").as_array()) {
        if (std::string_view(reading.as_object().at("kind").as_string()) != kind) continue;
        out.push_back(reading.as_object().at("value").as_int64());
    }
    return out;
}

std::string error_code(const json::object& answer) {
    const json::value& error = answer.at("error");
    return error.is_null() ? std::string() : std::string(error.as_object().at("code").as_string());
}

}  // namespace anju::score
