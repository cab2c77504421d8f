// Rules about a file by itself: its length, its head, its words and its links.
#include <array>
#include <charconv>
#include <filesystem>
#include <map>
#include <string>

#include "tests/tidy/rules.hpp"

namespace anju::tidy {
namespace {

// Split so that these rules do not find themselves.
constexpr std::array machine_paths = {
    "/wo"
    "rk/",
    "/ho"
    "me/",
    "/ro"
    "ot/",
    "/Us"
    "ers/"};
constexpr std::array unfinished = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X",
    "HA"
    "CK"};
constexpr std::string_view switched_off =
    "DISA"
    "BLED_";

bool is_source(std::string_view path) {
    return is_cpp(path) || path.ends_with(".proto");
}

std::map<std::string, std::size_t> parse_list(std::string_view list, Findings& findings) {
    std::map<std::string, std::size_t> allowed;
    std::size_t number = 0;
    for (const auto line : lines_of(list)) {
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        const std::size_t space = line.find(' ');
        std::size_t count = 0;
        if (space != std::string_view::npos) {
            std::from_chars(line.data() + space + 1, line.data() + line.size(), count);
        }
        if (count == 0) {
            findings.push_back({"the list", number, "expected \"path lines\""});
        } else {
            allowed[std::string(line.substr(0, space))] = count;
        }
    }
    return allowed;
}

/// `line` with `code spans` blanked out.
std::string without_code_spans(std::string_view line) {
    std::string out(line);
    std::size_t open = out.find('`');
    while (open != std::string::npos) {
        const std::size_t close = out.find('`', open + 1);
        if (close == std::string::npos) break;
        for (std::size_t i = open; i <= close; ++i) out[i] = ' ';
        open = out.find('`', close + 1);
    }
    return out;
}

/// A .cpp that begins with its own header is introduced by that, a test by its sentences.
bool is_introduced_otherwise(const std::string& path, std::string_view text) {
    if (path.ends_with("_test.cpp")) return true;
    const std::filesystem::path file(path);
    const std::string own = file.stem().string() + ".hpp\"";
    const std::string_view first = text.substr(0, text.find('\n'));
    if (file.extension() != ".cpp" || !first.starts_with("#include \"") || !first.ends_with(own)) {
        return false;
    }
    const char before = first[first.size() - own.size() - 1];
    return before == '/' || before == '"';
}

bool exists(const Tree& tree, const std::string& path) {
    if (path.empty() || path == "." || tree.contains(path)) return true;
    const auto after = tree.lower_bound(path + "/");  // a folder
    return after != tree.end() && after->first.starts_with(path + "/");
}

/// The file a link leads to, relative to the root; empty when it leads out of the repository.
std::string resolve(const std::string& from, std::string_view target) {
    target = target.substr(0, target.find('#'));
    if (target.empty() || target.find(':') != std::string_view::npos) return {};
    std::string path =
        (std::filesystem::path(from).parent_path() / target).lexically_normal().generic_string();
    if (path.ends_with('/')) path.pop_back();
    return path;
}

}  // namespace

Findings files_are_short(const Tree& tree, std::string_view list) {
    Findings findings;
    auto allowed = parse_list(list, findings);
    for (const auto& [path, text] : tree) {
        if (!is_source(path)) continue;
        const std::size_t count = lines_of(text).size();
        const auto listed = allowed.find(path);
        if (listed == allowed.end()) {
            if (count > max_lines) {
                findings.push_back({path, 0, std::to_string(count) + " lines: split it"});
            }
            continue;
        }
        if (count > listed->second) {
            findings.push_back({path, 0, "grew to " + std::to_string(count) + " lines: split it"});
        } else if (count <= max_lines) {
            findings.push_back({path, 0, "is short now: take it off the list"});
        }
        allowed.erase(listed);
    }
    for (const auto& [path, count] : allowed) {
        findings.push_back({path, 0, "is gone: take it off the list"});
    }
    return findings;
}

Findings no_machine_paths(const Tree& tree) {
    Findings findings;
    for (const auto& [path, text] : tree) {
        std::size_t number = 0;
        for (const auto line : lines_of(text)) {
            ++number;
            for (const std::string_view machine : machine_paths) {
                const std::size_t at = line.find(machine);
                // Inside a longer path or a topic it is a name like any other.
                constexpr std::string_view before = " \t\"'`(=:<>,;";
                if (at == std::string_view::npos) continue;
                if (at > 0 && before.find(line[at - 1]) == std::string_view::npos) continue;
                findings.push_back({path, number, "a path of one machine: make it relative"});
            }
        }
    }
    return findings;
}

Findings files_introduce_themselves(const Tree& tree) {
    Findings findings;
    for (const auto& [path, text] : tree) {
        if (!is_source(path)) continue;
        std::string_view rest = text;
        constexpr std::string_view guard = "#pragma once\n";
        if (rest.starts_with(guard)) rest.remove_prefix(guard.size());
        if (!rest.starts_with("//") && !rest.starts_with("/*") &&
            !is_introduced_otherwise(path, rest)) {
            findings.push_back({path, 1, "say on top what this file is and why"});
        }
        if (is_header(path) && without_comments(text).find(guard) == std::string::npos) {
            findings.push_back({path, 0, "has no #pragma once"});
        }
    }
    return findings;
}

Findings nothing_is_left_undone(const Tree& tree) {
    Findings findings;
    for (const auto& [path, text] : tree) {
        std::size_t number = 0;
        for (const auto line : lines_of(text)) {
            ++number;
            for (const std::string_view word : unfinished) {
                if (find_word(line, word) == std::string_view::npos) continue;
                findings.push_back({path, number, std::string(word) + ": do it or drop it"});
            }
            if (is_cpp(path) && line.find(switched_off) != std::string_view::npos) {
                findings.push_back({path, number, "a test that is switched off proves nothing"});
            }
        }
    }
    return findings;
}

Findings links_resolve(const Tree& tree) {
    Findings findings;
    for (const auto& [path, text] : tree) {
        if (!path.ends_with(".md")) continue;
        bool fenced = false;
        std::size_t number = 0;
        for (const auto raw : lines_of(text)) {
            ++number;
            if (raw.starts_with("```")) fenced = !fenced;
            if (fenced) continue;
            const std::string line = without_code_spans(raw);
            for (std::size_t at = line.find("]("); at != std::string::npos;
                 at = line.find("](", at + 1)) {
                const std::size_t close = line.find_first_of(") ", at + 2);
                const std::string target = line.substr(at + 2, close - at - 2);
                if (target.starts_with('/')) {
                    findings.push_back({path, number, "link relative to the file: " + target});
                } else if (!exists(tree, resolve(path, target))) {
                    findings.push_back({path, number, "leads nowhere: " + target});
                }
            }
        }
    }
    return findings;
}

}  // namespace anju::tidy
