#include "firmware-sim/scenario/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "firmware-sim/scenario/scenario_table.hpp"

namespace anju::sim {

std::vector<std::string> scenario_names() {
    std::vector<std::string> out;
    for (const auto& entry : embedded_scenarios()) out.emplace_back(entry.name);
    return out;
}

std::optional<std::string_view> embedded_scenario(std::string_view name) {
    for (const auto& entry : embedded_scenarios()) {
        if (entry.name == name) return entry.toml;
    }
    return std::nullopt;
}

result<Scenario> load_scenario(const std::string& name) {
    if (const auto toml = embedded_scenario(name)) return parse_scenario(*toml, name);
    if (!name.ends_with(".toml")) {
        std::string known;
        for (const auto& each : scenario_names()) known += (known.empty() ? "" : ", ") + each;
        return Error{"no such scenario", name, "take one of " + known + ", or a .toml file"};
    }
    std::ifstream file(name, std::ios::binary);
    if (!file) return Error{"cannot read the scenario", name, "check that the file exists"};
    std::ostringstream text;
    text << file.rdbuf();
    return parse_scenario(text.str(), name);
}

std::vector<SimHome> populate(const Scenario& scenario, std::size_t count) {
    if (count == 0) count = scenario.homes.size();
    std::vector<SimHome> out;
    for (std::size_t i = 0; i < count; ++i) {
        auto home = scenario.homes[i % scenario.homes.size()];
        const auto round = i / scenario.homes.size() + 1;
        if (round > 1) {
            const auto old = home.id.value;
            home.id.value += "-" + std::to_string(round);
            home.resident.id.value += "-" + std::to_string(round);
            for (auto& device : home.devices) {
                const auto name = device.device.id.value.substr(old.size());
                device.device.id.value = home.id.value + name;
                register_device(device.device, device.protocol, device.behaviour.security);
            }
        }
        out.push_back(std::move(home));
    }
    return out;
}

}  // namespace anju::sim
