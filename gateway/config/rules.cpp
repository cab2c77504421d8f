#include "config/rules.hpp"

#include <algorithm>

#include "config/suggest.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

void read_presets(Section& section, Rules& rules) {
    const auto names = section.texts("presets");
    if (!names) return;
    rules.presets.clear();
    for (std::size_t i = 0; i < names->size(); ++i) {
        const std::string& text = (*names)[i];
        const auto preset = parse_preset(text);
        if (!preset) {
            section.wrong_element("presets", i, "names no preset '" + text + "'",
                                  suggestion(text, preset_names()));
        } else if (std::ranges::find(rules.presets, *preset) != rules.presets.end()) {
            section.wrong_element("presets", i, "names '" + text + "' twice", "remove one of them");
        } else {
            rules.presets.push_back(*preset);
        }
    }
}

}  // namespace

void read_rules(Section& section, Rules& rules) {
    read_presets(section, rules);
    if (const auto v = section.duration("door_open_limit", minutes{1}, hours{24})) {
        rules.door_open_limit = *v;
    }
    if (const auto v = section.integer("battery_low_pct", 1, 50)) {
        rules.battery_low_pct = static_cast<int>(*v);
    }
    if (const auto v = section.duration("repeat_guard", Duration{0}, hours{24 * 7})) {
        rules.repeat_guard = *v;
    }
    if (const auto v = section.duration("reopen_window", Duration{0}, hours{24})) {
        rules.reopen_window = *v;
    }
    if (const auto v = section.duration("warm_up", hours{24}, hours{24 * 90})) rules.warm_up = *v;
    if (const auto v = section.thousandths("alert_budget", 10, 31'000)) {
        rules.alert_budget_milli = static_cast<std::uint32_t>(*v);
    }
    if (const auto v = section.thousandths("phone_budget", 0, 31'000)) {
        rules.phone_budget_milli = static_cast<std::uint32_t>(*v);
    }
    if (const auto v = section.duration("home_backstop", hours{4}, hours{48})) {
        rules.home_backstop = *v;
    }
    if (const auto v = section.duration("unknown_backstop", hours{8}, hours{72})) {
        rules.unknown_backstop = *v;
    }
    section.finish();
}

}  // namespace anju::config
