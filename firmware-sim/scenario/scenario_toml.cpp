// Reads a scenario description. Stops at the first mistake and says where it is.
#include <algorithm>
#include <utility>

#include "core/model/names.hpp"
#include "firmware-sim/life/residents.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/check.hpp"
#include "firmware-sim/scenario/device_toml.hpp"
#include "firmware-sim/scenario/event_toml.hpp"
#include "firmware-sim/scenario/scenario.hpp"
#include "firmware-sim/scenario/staff_toml.hpp"
#include "firmware-sim/scenario/toml_table.hpp"

namespace anju::sim {

namespace {

Routine read_routine(const toml::table& toml, const std::string& file) {
    const Table table(toml, file,
                      {"wake", "outing", "outing_lasts", "lunch", "dinner", "bed", "spread"});
    const Routine usual;
    Routine out;
    out.wake = table.parsed("wake", parse_time_of_day, hint_day_time, usual.wake);
    out.outing = table.parsed("outing", parse_time_of_day, hint_day_time, usual.outing);
    out.lunch = table.parsed("lunch", parse_time_of_day, hint_day_time, usual.lunch);
    out.dinner = table.parsed("dinner", parse_time_of_day, hint_day_time, usual.dinner);
    out.bed = table.parsed("bed", parse_time_of_day, hint_day_time, usual.bed);
    out.outing_lasts =
        table.parsed("outing_lasts", parse_duration, hint_duration, usual.outing_lasts);
    out.spread = table.parsed("spread", parse_duration, hint_duration, usual.spread);
    return out;
}

SimDevice read_device(const toml::table& toml, const std::string& file, const std::string& home) {
    const Table table(toml, file, device_keys);
    SimDevice out;
    out.device.id = DeviceId{home + "-" + table.text("name")};
    out.device.kind = table.chosen("kind", parse_sensor_kind, sensor_kind_names());
    out.device.label = table.text("label");
    out.room = table.text("room", "");
    out.protocol = read_protocol(table, file, out.device.kind);
    out.behaviour = read_behaviour(table, file, out.device.kind);
    register_device(out.device, out.protocol, out.behaviour.security);
    out.device.sample_every = table.parsed("sample_every", parse_duration, hint_duration);
    out.device.deliver_every =
        table.parsed("deliver_every", parse_duration, hint_duration, out.device.sample_every);
    if (out.device.sample_every < std::chrono::seconds{10}) {
        fail(file, table.node("sample_every"), "'sample_every' is too short", "at least 10s");
    }
    out.battery_pct = static_cast<int>(table.number("battery", 96, 0, 100));
    return out;
}

SimHome read_home(const toml::table& toml, const std::string& file) {
    const Table table(toml, file,
                      {"id", "community", "resident", "person_zh", "person_en", "resident_kind",
                       "routine", "device", "incident"});
    SimHome out;
    out.line = table.line();
    out.id = HouseholdId{table.text("id")};
    out.community = table.text("community");
    out.resident = {ResidentId{table.text("resident")}, table.text("person_zh"),
                    ResidentStatus::active};
    out.person_en = table.text("person_en");
    if (const auto* node = table.node("routine")) {
        if (node->as_table() == nullptr) fail(file, node, "not a table", "write [home.routine]");
        out.routine = read_routine(*node->as_table(), file);
    }
    if (const auto* node = table.node("resident_kind")) {
        const auto* kind = life::find_resident(table.text("resident_kind"));
        if (kind == nullptr) {
            fail(file, node, "no such kind of resident '" + table.text("resident_kind") + "'",
                 "take one of " + life::kind_names());
        }
        if (table.node("routine") != nullptr) {
            fail(file, node, "'resident_kind' beside 'routine'", "a person has one of the two");
        }
        out.habits = kind->habits;
    }
    table.tables("device", [&](const toml::table& each) {
        out.devices.push_back(read_device(each, file, out.id.value));
    });
    if (out.devices.empty()) fail(file, &toml, "a home without devices", "add a [[home.device]]");
    table.tables("incident", [&](const toml::table& each) {
        out.incidents.push_back(read_incident(each, file, out));
    });
    return out;
}

Scenario read_scenario(const toml::table& toml, const std::string& file) {
    const Table table(toml, file,
                      {"name", "title_zh", "title_en", "start", "lasts", "rate", "home",
                       "community", "network", "clock", "expect"});
    Scenario out;
    out.name = table.text("name");
    out.title_zh = table.text("title_zh");
    out.title_en = table.text("title_en");
    out.start = table.parsed("start", parse_instant, "write it like \"2026-03-02T06:00+08:00\"");
    out.lasts = table.parsed("lasts", parse_duration, hint_duration);
    out.rate = table.number("rate", out.rate, 0.001, 100'000);
    table.tables("home",
                 [&](const toml::table& each) { out.homes.push_back(read_home(each, file)); });
    if (out.homes.empty()) fail(file, &toml, "a scenario without homes", "add a [[home]]");
    table.tables("community", [&](const toml::table& each) {
        out.communities.push_back(read_community(each, file, out.homes));
    });
    table.tables("network", [&](const toml::table& each) {
        out.network.push_back(read_network(each, file, out.homes));
    });
    table.tables("clock",
                 [&](const toml::table& each) { out.clock.push_back(read_clock(each, file)); });
    std::ranges::stable_sort(out.clock, {}, &ClockSet::at);
    check_scenario(out, file);
    table.tables("expect", [&](const toml::table& each) {
        out.expectations.push_back(read_expectation(each, file, out));
    });
    return out;
}

}  // namespace

result<Scenario> parse_scenario(std::string_view toml, const std::string& file_name) {
    try {
        auto scenario = read_scenario(toml::parse(toml, file_name), file_name);
        scenario.text = toml;
        return scenario;
    } catch (const Mistake& mistake) {
        return mistake.error;
    } catch (const toml::parse_error& error) {
        return Error{std::string(error.description()),
                     file_name + ":" + std::to_string(error.source().begin.line),
                     "the file is not valid TOML"};
    }
}

}  // namespace anju::sim
