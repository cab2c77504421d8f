#include "firmware-sim/scenario/check.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/toml_table.hpp"

namespace anju::sim {

namespace {

[[noreturn]] void fail_at(const std::string& file, unsigned line, std::string what,
                          std::string remedy) {
    throw Mistake{{std::move(what), file + ":" + std::to_string(line), std::move(remedy)}};
}

/// What one spell holds, so that no other can hold it meanwhile.
struct Held {
    std::string what;
    Duration from{};
    Duration to{};
    std::string_view name;
    unsigned line{};
};

void check_overlaps(std::vector<Held> all, const std::string& file) {
    std::ranges::stable_sort(all, {},
                             [](const Held& held) { return std::tie(held.what, held.from); });
    for (std::size_t i = 1; i < all.size(); ++i) {
        const Held& before = all[i - 1];
        const Held& held = all[i];
        if (held.what != before.what || held.from >= before.to) continue;
        fail_at(file, held.line,
                "'" + std::string(held.name) + "' begins while '" + std::string(before.name) +
                    "' of line " + std::to_string(before.line) + " still lasts",
                "let one end before the other begins");
    }
}

}  // namespace

void check_scenario(const Scenario& scenario, const std::string& file) {
    const auto begin = scenario.start - local_midnight(scenario.start);
    const auto end = begin + scenario.lasts;
    const auto in_time = [&](Duration at, unsigned line, std::string_view what) {
        if (at < begin) {
            fail_at(file, line, "'" + std::string(what) + "' before the scenario begins",
                    "it begins at " + format_local(scenario.start).substr(6) + " of day 1");
        }
        if (at > end) {
            fail_at(file, line, "'" + std::string(what) + "' after the scenario's end",
                    "it lasts " + format_duration(scenario.lasts) + "; make it longer");
        }
    };
    std::set<std::string> ids;
    const auto once = [&](const std::string& id, std::string_view of, unsigned line) {
        if (ids.insert(id).second) return;
        fail_at(file, line, "there are two " + std::string(of) + " '" + id + "'",
                "give each an id of its own");
    };
    std::vector<Held> held;
    for (const auto& home : scenario.homes) {
        once(home.id.value, "homes", home.line);
        once(home.resident.id.value, "residents", home.line);
        for (const auto& device : home.devices) {
            once(device.device.id.value, "devices", home.line);
        }
        for (const auto& incident : home.incidents) {
            const auto& traits = traits_of(incident.kind);
            in_time(incident.at, incident.line, traits.name);
            const auto until =
                incident.lasts > Duration{0} ? incident.at + incident.lasts : Duration::max();
            if (traits.moment) continue;
            using On = IncidentTraits::On;
            const auto& id = home.devices[incident.device].device.id.value;
            const auto what = traits.on == On::person ? home.id.value + " the person"
                              : traits.on == On::home ? home.id.value + " company"
                                                      : id + " " + std::string(traits.name);
            held.push_back({what, incident.at, until, traits.name, incident.line});
        }
    }
    for (const auto& spell : scenario.network) {
        in_time(spell.at, spell.line, name_of(spell.what));
        held.push_back({spell.link + " the link", spell.at, spell.at + spell.lasts,
                        name_of(spell.what), spell.line});
    }
    for (const auto& set : scenario.clock) in_time(set.at, set.line, "clock");
    for (const auto& community : scenario.communities) {
        once(community.id.value, "communities", community.line);
        for (const auto& worker : community.workers) {
            once(worker.id.value, "workers", community.line);
        }
    }
    check_overlaps(std::move(held), file);
}

}  // namespace anju::sim
