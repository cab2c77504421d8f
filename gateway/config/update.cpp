#include "config/update.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

#include "config/section.hpp"
#include "config/units.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

void read_update(Section& section, Update& update) {
    update.enabled = section.boolean("enabled").value_or(update.enabled);
    if (const auto text = section.text("window")) {
        const auto window = parse_window(*text);
        if (window && window->from != window->to) {
            update.window = *window;
        } else {
            section.wrong("window", "'" + *text + "' is not a span of the day",
                          R"(write it like "02:00-05:00")");
        }
    }
    const auto take = [&](std::string_view key, Duration& into, Duration min, Duration max) {
        into = section.duration(key, min, max).value_or(into);
    };
    take("wait_for_alerts", update.wait_for_alerts, Duration{}, hours{24 * 30});
    take("healthy_within", update.healthy_within, minutes{1}, hours{2});
    take("opening_within", update.opening_within, minutes{1}, hours{3});
    take("steady_for", update.steady_for, seconds{10}, hours{1});
    // Two of them, that of the version before besides, end before TimeoutStartSec= of
    // anju-update.service ends them without a verdict. A broker that is mended begins one anew.
    const Duration proof = update.opening_within + 2 * (update.healthy_within + update.steady_for);
    if (proof > longest_proof) {
        section.wrong("opening_within", "with the other two a proof may take longer than 5 h",
                      "opening_within + 2 × (healthy_within + steady_for) is 5 h at most");
    }
}

}  // namespace

boost::system::result<Update, Errors> load_update(const std::filesystem::path& path) {
    std::error_code unknown;
    if (!std::filesystem::exists(path, unknown) && !unknown) return Update{};
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(content << file.rdbuf()))) {
        return Errors{{"cannot read how updates are taken", path.string(), "run it as root"}};
    }
    const std::string text = std::move(content).str();
    Report report{path.string()};
    toml::table root;
    try {
        root = toml::parse(std::string_view(text), std::string_view(report.file()));
    } catch (const toml::parse_error& error) {
        report.add(error.source(), "not TOML: " + std::string(error.description()),
                   "correct this line; whatever follows was not looked at");
        return report.take();
    }
    Update update;
    Section top{root, nullptr, "", -1, report};
    if (auto section = top.table("update")) {
        read_update(*section, update);
        section->finish();
    }
    top.finish();
    if (!report.empty()) return report.take();
    return update;
}

}  // namespace anju::config
