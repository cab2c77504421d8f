#include "firmware-sim/directory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <string_view>

#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

/// A TOML basic string.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + '"';
}

/// As gateway/config reads it: a scenario's "30m" is "30min" there.
std::string config_duration(Duration duration) {
    auto out = format_duration(duration);
    return out.ends_with('m') ? out + "in" : out;
}

/// The drivers that anju.toml must switch on for these homes; empty: none.
std::string drivers_line(const std::vector<SimHome>& homes) {
    std::set<std::string> drivers;
    for (const auto& home : homes) {
        for (const auto& each : home.devices) {
            if (each.protocol == Protocol::native) continue;
            if (each.protocol != Protocol::zigbee2mqtt) drivers.insert(quoted(each.device.driver));
        }
    }
    if (drivers.empty()) return {};
    return fmt::format("# anju.toml needs [home] drivers = [{}].\n", fmt::join(drivers, ", "));
}

SensorKind load_kind(std::size_t place) {
    if (place == 0) return SensorKind::smoke;
    if (place == 1) return SensorKind::water_meter;
    return place % 2 == 0 ? SensorKind::door : SensorKind::motion;
}

}  // namespace

std::string directory_toml(const std::vector<SimHome>& homes,
                           const std::vector<SimCommunity>& communities, const std::string& drill) {
    std::string out = "# Made by anju-sim directory.\n" + drivers_line(homes);
    for (const SimCommunity& community : communities) {
        out += fmt::format("\n[[community]]\nid = {}\nname = {}\nstreet = {}\ndistrict = {}\n",
                           quoted(community.id.value), quoted(community.name),
                           quoted(community.street), quoted(community.district));
        for (const Worker& worker : community.workers) {
            out += fmt::format("[[community.worker]]\nid = {}\nname = {}\nrole = \"{}\"\n",
                               quoted(worker.id.value), quoted(worker.name), name(worker.role));
            if (!worker.phone.empty()) out += fmt::format("phone = {}\n", quoted(worker.phone));
        }
    }
    for (const auto& home : homes) {
        out += fmt::format("\n[[household]]\nid = {}\ncommunity = {}\n", quoted(home.id.value),
                           quoted(home.community));
        if (!drill.empty()) out += fmt::format("drill = {}\n", quoted(drill));
        out += fmt::format("[[household.resident]]\nid = {}\nname = {}\nstatus = \"{}\"\n",
                           quoted(home.resident.id.value), quoted(home.resident.name),
                           name(home.resident.status));
        for (const auto& each : home.devices) {
            const auto& device = each.device;
            out += fmt::format(
                "[[household.device]]\nid = {}\nkind = \"{}\"\nlabel = {}\ndriver = {}\n"
                "address = {}\nsample_every = \"{}\"\ndeliver_every = \"{}\"\n",
                quoted(device.id.value), name(device.kind), quoted(device.label),
                quoted(device.driver), quoted(device.address), config_duration(device.sample_every),
                config_duration(device.deliver_every));
            if (!device.profile.empty())
                out += fmt::format("profile = {}\n", quoted(device.profile));
            if (!device.key.empty()) out += fmt::format("key = {}\n", quoted(device.key));
        }
    }
    return out;
}

std::vector<SimHome> load_homes(std::size_t devices, std::size_t per_home) {
    std::vector<SimHome> out;
    for (std::size_t i = 0; i < devices; ++i) {
        const auto place = i % per_home;
        if (place == 0) {
            auto& home = out.emplace_back();
            home.id = HouseholdId{fmt::format("load-home-{:06}", i / per_home)};
            home.community = "load";
            home.resident = {ResidentId{fmt::format("load-person-{:06}", i / per_home)}, "负载测试",
                             ResidentStatus::active};
        }
        SimDevice device;
        device.device.id = DeviceId{fmt::format("load-{:06}", i)};
        device.device.address = device.device.id.value;
        device.device.kind = load_kind(place);
        device.device.label = "load";
        device.device.driver = "native";
        device.device.sample_every = 1h;
        device.device.deliver_every = 1h;
        out.back().devices.push_back(std::move(device));
    }
    return out;
}

}  // namespace anju::sim
