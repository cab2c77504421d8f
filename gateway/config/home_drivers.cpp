#include "config/home_drivers.hpp"

#include <algorithm>

#include "config/suggest.hpp"

namespace anju::config {
namespace {

/// What only our own sensors and whoever drives the clock speak on.
constexpr std::string_view own_topics = "anju/v1/#";

std::string_view cut_level(std::string_view& rest, bool& ended) {
    const auto slash = rest.find('/');
    const std::string_view level = rest.substr(0, slash);
    ended = slash == std::string_view::npos;
    rest = ended ? std::string_view{} : rest.substr(slash + 1);
    return level;
}

/// Why `filter` cannot be subscribed to; empty: it can.
std::string fault_of(std::string_view filter) {
    if (filter.empty() || filter.size() > 200) return "is not 1 to 200 bytes long";
    if (filter.starts_with("$share/")) return "is a shared subscription, which mixes up the order";
    bool ended = false;
    for (std::string_view rest = filter; !ended;) {
        const std::string_view level = cut_level(rest, ended);
        const bool wild = level.find_first_of("+#") != std::string_view::npos;
        if (wild && level.size() > 1) return "holds a wildcard that is not a whole level";
        if (level == "#" && !ended) return "holds # before the last level";
    }
    if (filters_overlap(filter, own_topics)) return "takes the topics of Anju's own sensors too";
    return {};
}

void read_filters(Section& topics, const std::string& driver, Config& config) {
    auto filters = topics.texts(driver);
    if (!filters) return;
    if (filters->empty()) {
        topics.wrong(driver, "holds no topic", "remove the line to listen to the driver's own");
    }
    for (std::size_t i = 0; i < filters->size(); ++i) {
        const std::string& filter = (*filters)[i];
        if (const std::string fault = fault_of(filter); !fault.empty()) {
            topics.wrong_element(driver, i, "holds '" + filter + "', which " + fault,
                                 R"(write an MQTT topic filter such as "meters/+/raw")");
            continue;
        }
        for (const auto& [other, taken] : config.topics) {
            if (std::ranges::find(taken, filter) == taken.end()) continue;
            topics.wrong_element(driver, i, "holds '" + filter + "', as does '" + other + "'",
                                 "one topic goes to one driver: remove it from one of them");
        }
    }
    config.topics.emplace(driver, std::move(*filters));
}

void read_drivers(Section& section, Config& config, std::span<const std::string_view> known) {
    auto names = section.texts("drivers");
    if (!names) return;
    for (std::size_t i = 0; i < names->size(); ++i) {
        const std::string& name = (*names)[i];
        const auto self = names->begin() + static_cast<std::ptrdiff_t>(i);
        if (!known.empty() && std::ranges::find(known, name) == known.end()) {
            section.wrong_element("drivers", i, "holds '" + name + "', which is not a driver",
                                  suggestion(name, known));
        } else if (std::find(names->begin(), self, name) != self) {
            section.wrong_element("drivers", i, "holds '" + name + "' twice", "remove one of them");
        }
    }
    config.drivers = std::move(*names);
}

}  // namespace

bool filters_overlap(std::string_view a, std::string_view b) {
    const auto wild = [](std::string_view filter) { return filter.find_first_of("+#") == 0; };
    if ((wild(a) && b.starts_with('$')) || (wild(b) && a.starts_with('$'))) return false;
    bool a_ended = false;
    bool b_ended = false;
    while (!a_ended && !b_ended) {
        const std::string_view one = cut_level(a, a_ended);
        const std::string_view other = cut_level(b, b_ended);
        if (one == "#" || other == "#") return true;
        if (one != other && one != "+" && other != "+") return false;
    }
    // "a/#" takes "a" as well.
    return a_ended == b_ended || (a_ended ? b : a) == "#";
}

void read_home_drivers(Section& section, Config& config, std::span<const std::string_view> known) {
    read_drivers(section, config, known);
    auto topics = section.table("topics");
    if (!topics) return;
    for (const std::string& driver : config.drivers) {
        if (driver == "native" || driver == "zigbee2mqtt") continue;
        read_filters(*topics, driver, config);
    }
    for (const std::string_view fixed : {"native", "zigbee2mqtt"}) {
        if (!topics->has(fixed)) continue;
        topics->wrong(fixed, "cannot be changed",
                      fixed == "native" ? "remove it: Anju's own sensors have their topics"
                                        : "write the base_topic into zigbee2mqtt_bases");
    }
    for (const std::string_view name : known) {
        if (!topics->has(name) || name == "native" || name == "zigbee2mqtt") continue;
        if (std::ranges::find(config.drivers, name) != config.drivers.end()) continue;
        topics->wrong(name, "is set for a driver that is not switched on",
                      "add \"" + std::string(name) + "\" to drivers of [home]");
    }
    topics->finish();
}

}  // namespace anju::config
