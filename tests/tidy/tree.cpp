// See tree.hpp.
#include "tests/tidy/tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>

namespace anju::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array text_extensions = {
    ".cpp",  ".hpp",  ".proto", ".md",      ".cmake", ".mjs", ".py",   ".sh",       ".txt",
    ".toml", ".conf", ".acl",   ".service", ".json",  ".yml", ".yaml", ".sysusers", ".svg"};

bool belongs(const fs::path& directory) {
    const std::string name = directory.filename().string();
    if (name == ".ci") return true;
    return !name.starts_with('.') && !name.starts_with("build") && name != "node_modules";
}

bool is_text(const fs::path& file) {
    const std::string extension = file.extension().string();
    if (extension.empty()) return true;  // scripts, LICENSE
    return std::find(text_extensions.begin(), text_extensions.end(), extension) !=
           text_extensions.end();
}

bool word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Past the end of a raw string that begins with the R at `at`; `at` + 1 if there is none.
std::size_t skip_raw_string(std::string_view text, std::size_t at) {
    const std::size_t open = text.find('(', at);
    if (open == std::string_view::npos) return at + 1;
    const std::string end = ")" + std::string(text.substr(at + 2, open - at - 2)) + "\"";
    const std::size_t close = text.find(end, open);
    return close == std::string_view::npos ? text.size() : close + end.size();
}

std::size_t skip_quoted(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size() && text[at] != quote && text[at] != '\n'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

}  // namespace

Tree read_tree(const fs::path& root) {
    Tree tree;
    for (auto it = fs::recursive_directory_iterator(root); it != fs::end(it); ++it) {
        if (it->is_directory()) {
            if (!belongs(it->path())) it.disable_recursion_pending();
            continue;
        }
        if (!it->is_regular_file() || !is_text(it->path())) continue;
        std::ostringstream text;
        text << std::ifstream(it->path(), std::ios::binary).rdbuf();
        tree.emplace(fs::relative(it->path(), root).generic_string(), text.str());
    }
    return tree;
}

std::string describe(const Findings& findings) {
    std::string out;
    for (const auto& finding : findings) {
        out += finding.path;
        if (finding.line != 0) out += ":" + std::to_string(finding.line);
        out += ": " + finding.text + "\n";
    }
    return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

bool is_header(std::string_view path) {
    return path.ends_with(".hpp");
}

bool is_cpp(std::string_view path) {
    return is_header(path) || path.ends_with(".cpp");
}

std::string without_comments(std::string_view cpp) {
    std::string out(cpp);
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < std::min(to, out.size()); ++i) {
            if (out[i] != '\n') out[i] = ' ';
        }
    };
    std::size_t at = 0;
    while (at < cpp.size()) {
        const std::string_view rest = cpp.substr(at);
        const bool in_word = at > 0 && word_character(cpp[at - 1]);
        if (rest.starts_with("//")) {
            const std::size_t end = std::min(cpp.find('\n', at), cpp.size());
            blank(at, end);
            at = end;
        } else if (rest.starts_with("/*")) {
            const std::size_t end = cpp.find("*/", at + 2);
            const std::size_t past = end == std::string_view::npos ? cpp.size() : end + 2;
            blank(at, past);
            at = past;
        } else if (rest.starts_with("R\"") && !in_word) {
            at = skip_raw_string(cpp, at);
        } else if (rest.front() == '"' || (rest.front() == '\'' && !in_word)) {
            at = skip_quoted(cpp, at);  // a ' inside a word separates digits
        } else {
            ++at;
        }
    }
    return out;
}

std::size_t find_word(std::string_view line, std::string_view token) {
    for (std::size_t at = line.find(token); at != std::string_view::npos;
         at = line.find(token, at + 1)) {
        const std::size_t end = at + token.size();
        const bool begins =
            at == 0 || !word_character(token.front()) || !word_character(line[at - 1]);
        const bool ends =
            end == line.size() || !word_character(token.back()) || !word_character(line[end]);
        if (begins && ends) return at;
    }
    return std::string_view::npos;
}

}  // namespace anju::tidy
