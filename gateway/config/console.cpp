#include "config/console.hpp"

#include "config/web_sections.hpp"

namespace anju::config {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Console read_console(Section& section, const std::filesystem::path& folder) {
    Console console;
    if (const auto dir = section.text("assets_dir")) {
        console.assets_dir = folder / *dir;
        if (dir->empty()) {
            section.wrong("assets_dir", "is empty",
                          "write /usr/share/anju/console, or leave it out");
        }
    }
    if (const auto v = section.duration("session_idle", minutes{5}, hours{24 * 7})) {
        console.session_idle = std::chrono::floor<seconds>(*v);
    }
    if (const auto v = section.duration("session_max", hours{1}, hours{24 * 90})) {
        console.session_max = std::chrono::floor<seconds>(*v);
    }
    if (const auto v = section.size("max_bytes", 10'000'000, 10'000'000'000)) {
        console.max_bytes = *v;
    }
    if (console.session_idle > console.session_max) {
        section.wrong(section.has("session_idle") ? "session_idle" : "session_max",
                      "makes session_idle longer than session_max",
                      "a session cannot be idle for longer than it lasts");
    }
    section.finish();
    return console;
}

void write_console(Writer& out, const Console& console) {
    out.section("[console]");
    out.text("assets_dir", console.assets_dir);
    out.duration("session_idle", console.session_idle);
    out.duration("session_max", console.session_max);
    out.raw("max_bytes", std::to_string(console.max_bytes));
}

}  // namespace anju::config
