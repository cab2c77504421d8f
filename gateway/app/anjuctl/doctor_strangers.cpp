#include "app/anjuctl/doctor_strangers.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/services.hpp"
#include "control/printable.hpp"

namespace anju::ctl {
namespace {

constexpr std::size_t most_log = std::size_t{8} << 20U;

/// What stands between the two words, or nothing.
std::string between(std::string_view line, std::string_view before, std::string_view after) {
    const std::size_t begin = line.find(before);
    if (begin == line.npos) return {};
    line.remove_prefix(begin + before.size());
    return std::string(line.substr(0, std::min(line.find(after), line.size())));
}

bool says(std::string_view line, std::string_view words) {
    return line.find(words) != line.npos;
}

}  // namespace

TurnedAway turned_away(std::string_view log) {
    TurnedAway out;
    std::string knocks;  // who came last and has not been named yet
    std::istringstream lines{std::string(log)};
    for (std::string line; std::getline(lines, line);) {
        std::uint64_t* kind = nullptr;
        std::string from = knocks;
        if (says(line, ": New connection from ")) {
            knocks = between(line, "New connection from ", " on port");
            knocks.resize(std::min(knocks.rfind(':'), knocks.size()));
        } else if (says(line, " disconnected, not authorised.")) {
            kind = &out.logins;
        } else if (says(line, ": OpenSSL Error[0]")) {
            kind = &out.tls;
        } else if (says(line, ": Client connection from ") && says(line, " failed: ")) {
            kind = &out.tls;
            from = between(line, "Client connection from ", " failed");
        } else if (says(line, " disconnected due to protocol error.")) {
            kind = &out.protocol;
        }
        if (kind == nullptr) continue;
        ++*kind;
        out.when = line.substr(0, line.find(": "));
        out.from = std::move(from);
    }
    return out;
}

void examine_strangers(const std::filesystem::path& file, Findings& findings) {
    std::string log;
    if (!file.empty()) {
        std::ifstream in(file, std::ios::binary);
        log.assign(std::istreambuf_iterator<char>(in), {});
    } else if (has_service_manager()) {
        log = output_of({"journalctl", "--unit=mosquitto", "--since=-24h", "--no-pager",
                         "--output=cat", "--quiet"},
                        most_log);
    }
    if (log.empty()) return;  // nothing said, or not to this user: neither good nor bad
    const TurnedAway turned = turned_away(log);
    if (turned.all() == 0) return findings.ok("strangers", text::strangers_none);
    findings.add(Severity::warning, "strangers", text::strangers, text::look_for_strangers,
                 {std::to_string(turned.logins), std::to_string(turned.tls),
                  std::to_string(turned.protocol), control::printable(turned.when),
                  turned.from.empty() ? "?" : control::printable(turned.from)});
}

void examine_commands(std::int64_t bad, Findings& findings) {
    if (bad == 0) return findings.ok("commands", text::commands_good);
    findings.add(Severity::warning, "commands_refused", text::commands_refused,
                 text::ask_who_commands, {std::to_string(bad)});
}

}  // namespace anju::ctl
