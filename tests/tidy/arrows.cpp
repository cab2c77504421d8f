// Which part may include which, and what the innermost parts may touch at all.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "tests/tidy/rules.hpp"

namespace anju::tidy {
namespace {

struct Arrow {
    std::string_view folder;  ///< of the including file
    std::initializer_list<std::string_view> allowed;
};

// Written as in docs/architecture.md. "proto" is the generated code, "*" is everything that is
// shipped. The folder itself is always allowed.
const Arrow arrows[] = {
    {"gateway/core", {}},
    {"gateway/base", {}},
    {"drivers", {"gateway/core", "gateway/base", "proto"}},
    {"gateway/runtime", {"gateway/core", "gateway/base", "drivers", "proto"}},
    {"gateway/vault", {"gateway/base"}},
    {"gateway/store", {"gateway/vault", "gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/mqtt", {"gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/uplink", {"gateway/runtime", "gateway/core", "gateway/base", "proto"}},
    {"gateway/config", {"gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/system", {"gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/provision",
     {"gateway/config", "gateway/system", "gateway/vault", "gateway/runtime", "gateway/core",
      "gateway/base"}},
    {"gateway/notify", {"gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/control", {"gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/voice", {"gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/calendar", {"gateway/core", "gateway/base"}},
    {"gateway/access",
     {"gateway/store", "gateway/vault", "gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/backup",
     {"gateway/access", "gateway/store", "gateway/vault", "gateway/runtime", "gateway/core",
      "gateway/base"}},
    {"gateway/update",
     {"gateway/provision", "gateway/control", "gateway/config", "gateway/system", "gateway/runtime",
      "gateway/core", "gateway/base"}},
    {"gateway/console", {}},
    {"gateway/recorded", {"gateway/core", "gateway/base"}},
    {"gateway/http", {"gateway/notify", "gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/api",
     {"gateway/access", "gateway/control", "gateway/http", "gateway/notify", "gateway/store",
      "gateway/runtime", "gateway/core", "gateway/base"}},
    {"gateway/app", {"*"}},
    // The other end of the protocols: it shares their vocabulary, not the gateway's logic.
    // The people in it know of no gateway at all, and of the simulator only its random numbers.
    {"firmware-sim/life", {"gateway/core", "firmware-sim"}},
    {"firmware-sim/sensors", {"firmware-sim", "gateway/core", "gateway/base"}},
    {"firmware-sim/scenario",
     {"firmware-sim", "firmware-sim/sensors", "firmware-sim/life", "gateway/core", "gateway/base"}},
    {"firmware-sim/homes",
     {"firmware-sim", "firmware-sim/scenario", "firmware-sim/sensors", "firmware-sim/life",
      "gateway/core", "gateway/base", "gateway/control", "gateway/mqtt", "proto"}},
    {"firmware-sim/drill",
     {"firmware-sim", "firmware-sim/homes", "firmware-sim/net", "firmware-sim/scenario",
      "firmware-sim/sensors", "firmware-sim/life", "gateway/core", "gateway/base", "gateway/http",
      "gateway/control"}},
    {"firmware-sim/replay",
     {"firmware-sim", "firmware-sim/homes", "firmware-sim/scenario", "firmware-sim/sensors",
      "gateway/core", "gateway/base", "gateway/control", "gateway/recorded", "proto"}},
    // A network knows what goes through it as bytes only.
    {"firmware-sim/net", {"gateway/base"}},
    {"firmware-sim/platform",
     {"firmware-sim", "firmware-sim/homes", "firmware-sim/net", "gateway/http", "gateway/core",
      "gateway/base", "gateway/mqtt", "proto"}},
    {"firmware-sim",
     {"firmware-sim/drill", "firmware-sim/homes", "firmware-sim/scenario", "firmware-sim/sensors",
      "firmware-sim/life", "firmware-sim/net", "firmware-sim/platform", "firmware-sim/replay",
      "gateway/core", "gateway/base", "gateway/control", "gateway/mqtt", "gateway/recorded",
      "proto"}},
    {"tests",
     {"*", "firmware-sim", "firmware-sim/drill", "firmware-sim/homes", "firmware-sim/scenario",
      "firmware-sim/sensors", "firmware-sim/life", "firmware-sim/net", "firmware-sim/platform",
      "firmware-sim/replay", "tests"}},
};

// Tests may be included from tests/ as well: "support/broker.hpp".
constexpr std::array test_folders = {"unit",    "component", "e2e",  "bench",
                                     "support", "fuzz",      "score"};

constexpr std::array inner_folders = {"gateway/core/", "drivers/"};

struct Ban {
    std::string_view token;
    std::string_view why;
};
constexpr Ban bans[] = {
    {"asio", "no input or output here: hand the bytes in"},
    {"sqlite3", "storage is behind runtime/journal.hpp"},
    {"<thread>", "no threads here: the shell has them"},
    {"<mutex>", "no threads here: the shell has them"},
    {"<condition_variable>", "no threads here: the shell has them"},
    {"<future>", "no threads here: the shell has them"},
    {"<random>", "the same input must give the same decisions"},
    {"std::rand", "the same input must give the same decisions"},
    {"::now(", "time is an input: take an Instant"},
    {"clock_gettime", "time is an input: take an Instant"},
    {"gettimeofday", "time is an input: take an Instant"},
    {"std::time", "time is an input: take an Instant"},
    {"getenv", "configuration is an input"},
    {"<fstream>", "no files here: hand the text in"},
    {"<filesystem>", "no files here: hand the text in"},
    {"<iostream>", "nothing is printed here: return it"},
};

bool under(std::string_view path, std::string_view folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

const Arrow* arrow_of(std::string_view path) {
    for (const auto& arrow : arrows) {
        if (under(path, arrow.folder)) return &arrow;
    }
    return nullptr;
}

/// The name in an #include line with its opening delimiter ("\"core/engine.hpp", "<vector");
/// empty when `line` is no include.
std::string_view included(std::string_view line) {
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string_view::npos || line[hash] != '#') return {};
    const std::size_t word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string_view::npos || !line.substr(word).starts_with("include")) return {};
    const std::size_t open = line.find_first_of("\"<", word);
    if (open == std::string_view::npos) return {};
    const std::size_t close = line.find_first_of("\">", open + 1);
    return line.substr(open, close - open);
}

/// The part a quoted include belongs to; `own` for a file beside the including one.
std::string_view target_of(std::string_view name, std::string_view own) {
    if (name.starts_with("anju/v1/") || name.starts_with("sparkplug_b/")) return "proto";
    for (const auto& arrow : arrows) {
        std::string_view shown = arrow.folder;
        if (shown.starts_with("gateway/")) shown.remove_prefix(std::string_view("gateway/").size());
        if (under(name, shown) || under(name, arrow.folder)) return arrow.folder;
    }
    for (const std::string_view folder : test_folders) {
        if (own == "tests" && under(name, folder)) return own;
    }
    return name.find('/') == std::string_view::npos ? own : std::string_view{};
}

bool allows(const Arrow& arrow, std::string_view target) {
    const bool shipped = target != "tests" && !target.starts_with("firmware-sim");
    return target == arrow.folder ||
           std::any_of(arrow.allowed.begin(), arrow.allowed.end(), [&](std::string_view allowed) {
               return allowed == target || (allowed == "*" && shipped);
           });
}

template <class Visit>
void each_code_line(const Tree& tree, Visit visit) {
    for (const auto& [path, text] : tree) {
        if (!is_cpp(path)) continue;
        const std::string code = without_comments(text);
        std::size_t number = 0;
        for (const auto line : lines_of(code)) visit(path, ++number, line);
    }
}

}  // namespace

Findings core_is_pure(const Tree& tree) {
    Findings findings;
    each_code_line(tree, [&](const std::string& path, std::size_t number, std::string_view line) {
        const bool inner =
            std::any_of(inner_folders.begin(), inner_folders.end(),
                        [&](std::string_view folder) { return path.starts_with(folder); });
        if (!inner) return;
        for (const auto& ban : bans) {
            if (find_word(line, ban.token) == std::string_view::npos) continue;
            findings.push_back(
                {path, number, std::string(ban.token) + ": " + std::string(ban.why)});
        }
        const std::string_view name = included(line);
        if (under(path, "gateway/core") && name.starts_with('<') &&
            name.find_first_of("/.") != std::string_view::npos) {
            findings.push_back({path, number, "core includes the standard library only"});
        }
    });
    return findings;
}

Findings arrows_point_inward(const Tree& tree) {
    Findings findings;
    each_code_line(tree, [&](const std::string& path, std::size_t number, std::string_view line) {
        const std::string_view include = included(line);
        if (!include.starts_with('"')) return;
        const std::string_view name = include.substr(1);
        const Arrow* arrow = arrow_of(path);
        if (arrow == nullptr) {
            findings.push_back({path, number, "no arrow is drawn for this folder: add it"});
            return;
        }
        const std::string_view target = target_of(name, arrow->folder);
        if (target.empty()) {
            findings.push_back(
                {path, number, "include from the root or gateway/: " + std::string(name)});
        } else if (!allows(*arrow, target)) {
            findings.push_back({path, number,
                                std::string(arrow->folder) + " may not include " +
                                    std::string(target) + " (" + std::string(name) + ")"});
        }
    });
    return findings;
}

Findings headers_are_light(const Tree& tree) {
    Findings findings;
    each_code_line(tree, [&](const std::string& path, std::size_t number, std::string_view line) {
        if (!is_header(path) || path.starts_with("tests/")) return;
        const std::string_view name = included(line);
        if (name.find("boost/asio") != std::string_view::npos ||
            name.find("boost/beast") != std::string_view::npos) {
            findings.push_back({path, number, "include this in the .cpp, declare it here"});
        }
    });
    return findings;
}

}  // namespace anju::tidy
