// The files of the repository as the rules see them: paths and text, from disk or made up by a
// test of the rules themselves.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anju::tidy {

/// Path relative to the root, with "/", to the whole text. Ordered, so that findings are.
using Tree = std::map<std::string, std::string>;

/// Every text file that belongs to the project: no build folders, no hidden folders but .ci.
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

struct Finding {
    std::string path;
    std::size_t line{};  ///< from 1; 0 = the file as a whole
    std::string text;    ///< what is wrong and what to do
};
using Findings = std::vector<Finding>;

/// "path:line: text", one a line.
[[nodiscard]] std::string describe(const Findings& findings);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);
[[nodiscard]] bool is_cpp(std::string_view path);     ///< .cpp or .hpp
[[nodiscard]] bool is_header(std::string_view path);  ///< .hpp

/// C++ text with comments blanked out; lines and columns stay where they were.
[[nodiscard]] std::string without_comments(std::string_view cpp);

/// Where `token` stands in `line` as a whole word (letters, digits and _ end a word), or npos.
[[nodiscard]] std::size_t find_word(std::string_view line, std::string_view token);

}  // namespace anju::tidy
