#include "provision/templates.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace anju::provision {
namespace {

namespace fs = std::filesystem;

template <class Visit>
void each_line(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        visit(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
}

std::string_view first_word(std::string_view line) {
    const std::size_t from = line.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return line.substr(from, line.find_first_of(" \t\r", from) - from);
}

/// "# ctwing, onenet: pushes …" names ctwing and onenet.
bool names_driver(std::string_view line, std::string_view driver) {
    if (!line.starts_with("# ")) return false;
    line = line.substr(2, line.find(':') - 2);
    while (!line.empty()) {
        const std::size_t end = line.find(", ");
        if (line.substr(0, end) == driver) return true;
        line = end == std::string_view::npos ? std::string_view{} : line.substr(end + 2);
    }
    return false;
}

}  // namespace

result<std::string> read_template(const fs::path& folder, std::string_view name) {
    for (const char* const inner : {"mosquitto", "config", "."}) {
        const fs::path file = folder / inner / name;
        std::error_code none;
        if (!fs::is_regular_file(file, none)) continue;
        std::ifstream in(file, std::ios::binary);
        std::ostringstream content;
        if (in && content << in.rdbuf()) {
            return result<std::string>{boost::system::in_place_value, std::move(content).str()};
        }
    }
    return Error{"the template " + std::string(name) + " is not there", folder.string(),
                 "install the package anju-gateway, or name the folder with --templates"};
}

result<std::string> fill(std::string_view text, std::span<const Word> words) {
    std::string out;
    while (true) {
        const std::size_t at = text.find('@');
        out += text.substr(0, at);
        if (at == std::string_view::npos) break;
        text.remove_prefix(at + 1);
        const std::size_t end = text.find('@');
        const std::string_view name = text.substr(0, end);
        const auto word = std::ranges::find(words, name, &Word::name);
        if (end == std::string_view::npos || word == words.end()) {
            return Error{
                "a template has a word that nobody knows: @" + std::string(name.substr(0, 20)), "",
                "install templates and program from the same version"};
        }
        out += word->value;
        text.remove_prefix(end + 1);
    }
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

result<std::string> with_drivers(std::string_view acl, const std::vector<std::string>& drivers) {
    std::vector<std::string> missing = drivers;
    std::string out;
    bool on = false;
    each_line(acl, [&](std::string_view line) {
        if (line.starts_with("#topic ")) {
            out += line.substr(on ? 1 : 0);
        } else {
            on = std::ranges::any_of(drivers, [&](const std::string& driver) {
                const bool here = names_driver(line, driver);
                if (here) std::erase(missing, driver);
                return here;
            });
            out += line;
        }
        out += '\n';
    });
    if (!missing.empty()) {
        return Error{"the access list has no lines for the driver " + missing.front(), "home.acl",
                     "leave it out, and add its topics by hand"};
    }
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

std::string without_settings_of(std::string_view text, std::string_view main) {
    constexpr std::array<std::string_view, 2> once{"persistence_location", "pid_file"};
    std::vector<std::string_view> taken;
    each_line(main, [&](std::string_view line) {
        if (std::ranges::find(once, first_word(line)) != once.end()) {
            taken.push_back(first_word(line));
        }
    });
    std::string out;
    each_line(text, [&](std::string_view line) {
        if (std::ranges::find(taken, first_word(line)) != taken.end()) return;
        out += line;
        out += '\n';
    });
    return out;
}

bool has_listener(std::string_view text) {
    bool found = false;
    each_line(text, [&](std::string_view line) {
        const std::string_view word = first_word(line);
        found = found || word == "listener" || word == "port";
    });
    return found;
}

}  // namespace anju::provision
