// Homes as a directory file, the other way round than directory.cpp. What equals the defaults is
// left out, so that a file that was exported says as little as one that was written by hand.
#include <string>

#include "config/config.hpp"
#include "config/toml_text.hpp"
#include "config/units.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

void write_rules(Writer& out, const Rules& rules, const Rules& defaults) {
    if (rules == defaults) return;
    out.section("[household.rules]");
    if (rules.presets != defaults.presets) {
        out.list("presets", rules.presets, [](Preset preset) { return name(preset); });
    }
    if (rules.door_open_limit != defaults.door_open_limit) {
        out.duration("door_open_limit", rules.door_open_limit);
    }
    if (rules.battery_low_pct != defaults.battery_low_pct) {
        out.raw("battery_low_pct", std::to_string(rules.battery_low_pct));
    }
    if (rules.repeat_guard != defaults.repeat_guard) {
        out.duration("repeat_guard", rules.repeat_guard);
    }
    if (rules.reopen_window != defaults.reopen_window) {
        out.duration("reopen_window", rules.reopen_window);
    }
    if (rules.warm_up != defaults.warm_up) out.duration("warm_up", rules.warm_up);
    if (rules.alert_budget_milli != defaults.alert_budget_milli) {
        out.raw("alert_budget", decimal_of(rules.alert_budget_milli));
    }
    if (rules.phone_budget_milli != defaults.phone_budget_milli) {
        out.raw("phone_budget", decimal_of(rules.phone_budget_milli));
    }
    if (rules.home_backstop != defaults.home_backstop) {
        out.duration("home_backstop", rules.home_backstop);
    }
    if (rules.unknown_backstop != defaults.unknown_backstop) {
        out.duration("unknown_backstop", rules.unknown_backstop);
    }
}

void write_resident(Writer& out, const Resident& resident) {
    out.section("[[household.resident]]");
    out.raw("id", in_quotes(resident.id.value));
    out.text("name", resident.name);
    if (resident.status != ResidentStatus::active) {
        out.raw("status", in_quotes(name(resident.status)));
    }
}

void write_device(Writer& out, const Device& device, bool with_key) {
    out.section("[[household.device]]");
    out.raw("id", in_quotes(device.id.value));
    out.raw("kind", in_quotes(name(device.kind)));
    out.text("label", device.label);
    if (!device.entrance) out.boolean("entrance", false);
    if (device.driver != "native") {
        out.text("driver", device.driver);
        out.text("address", device.address);
    }
    out.text("profile", device.profile);
    if (!device.key.empty()) {
        out.raw("key", in_quotes(with_key ? std::string_view(device.key) : key_left_out));
    }
    const Rhythm usual = default_rhythm(device.kind);
    if (device.sample_every != usual.sample_every || device.deliver_every != usual.deliver_every) {
        out.duration("sample_every", device.sample_every);
        out.duration("deliver_every", device.deliver_every);
    }
}

}  // namespace

std::string directory_text(std::span<const Household> homes, const Rules& defaults,
                           bool with_keys) {
    Writer out;
    for (const Household& home : homes) {
        out.section("[[household]]");
        out.raw("id", in_quotes(home.id.value));
        out.text("community", home.community);
        write_rules(out, home.rules, defaults);
        for (const Resident& resident : home.residents) write_resident(out, resident);
        for (const Device& device : home.devices) write_device(out, device, with_keys);
    }
    return out.take();
}

std::string device_text(const Device& device, bool with_key) {
    Writer out;
    write_device(out, device, with_key);
    return out.take();
}

}  // namespace anju::config
