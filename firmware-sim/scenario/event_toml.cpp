#include "firmware-sim/scenario/event_toml.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/toml_table.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::pair<std::string_view, LinkFault>, 4> faults{{
    {"cut", LinkFault::cut},
    {"stall", LinkFault::stall},
    {"half_open", LinkFault::half_open},
    {"slow", LinkFault::slow},
}};
constexpr std::array<std::string_view, 4> fault_names{"cut", "stall", "half_open", "slow"};

std::optional<LinkFault> parse_fault(std::string_view text) {
    for (const auto& [name, fault] : faults) {
        if (name == text) return fault;
    }
    return std::nullopt;
}

constexpr std::array<std::string_view, 5> room_names{"bedroom", "bathroom", "kitchen", "living",
                                                     "hall"};

std::optional<life::Room> parse_room(std::string_view text) {
    for (const auto room : {life::Room::bedroom, life::Room::bathroom, life::Room::kitchen,
                            life::Room::living, life::Room::hall}) {
        if (life::name_of(room) == text) return room;
    }
    return std::nullopt;
}

std::optional<IncidentKind> parse_incident(std::string_view text) {
    const auto* traits = find_incident(text);
    return traits == nullptr ? std::nullopt : std::optional(traits->kind);
}

std::vector<std::string_view> incident_names() {
    std::vector<std::string_view> out;
    for (const auto& each : incident_table()) out.push_back(each.name);
    return out;
}

/// "meter", the name of one of the home's devices; the whole id is "h1-meter".
std::size_t find_device(const Table& table, const std::string& file, const SimHome& home) {
    const auto given = table.text("device");
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        if (home.devices[i].device.id.value == home.id.value + "-" + given) return i;
    }
    std::vector<std::string> names;
    for (const auto& device : home.devices) {
        names.push_back(device.device.id.value.substr(home.id.value.size() + 1));
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    fail(file, table.node("device"), "no device '" + given + "' in this home",
         suggestion(given, known));
}

/// The device an incident happens to: named, or the only one it can be.
std::size_t device_of(const Table& table, const std::string& file, const IncidentTraits& traits,
                      const SimHome& home) {
    const auto suits = [&](const SimDevice& device) {
        return !traits.sensor || device.device.kind == *traits.sensor;
    };
    if (table.node("device") != nullptr) {
        const auto found = find_device(table, file, home);
        if (suits(home.devices[found])) return found;
        fail(file, table.node("device"),
             "'" + std::string(traits.name) + "' does not happen to '" + table.text("device") + "'",
             "take a device of kind \"" + std::string(name(*traits.sensor)) + "\"");
    }
    const auto count = std::ranges::count_if(home.devices, suits);
    if (count == 1) {
        return static_cast<std::size_t>(std::ranges::find_if(home.devices, suits) -
                                        home.devices.begin());
    }
    if (count > 1 || !traits.sensor) table.missing("device");
    fail(file, table.node("what"),
         "'" + std::string(traits.name) + "' in a home without such a sensor",
         "add a [[home.device]] of kind \"" + std::string(name(*traits.sensor)) + "\"");
}

void read_span(const Table& table, const std::string& file, const IncidentTraits& traits,
               Incident& out) {
    out.lasts = table.parsed("lasts", parse_duration, hint_duration, Duration{0});
    if (traits.moment && table.node("lasts") != nullptr) {
        fail(file, table.node("lasts"), "'" + std::string(traits.name) + "' is over at once",
             "leave 'lasts' out");
    }
    if (traits.needs_end && out.lasts == Duration{0}) {
        fail(file, table.node("what"), "'" + std::string(traits.name) + "' without an end",
             "say how long it 'lasts', like \"20m\"");
    }
}

}  // namespace

std::string_view name_of(LinkFault what) {
    return fault_names[static_cast<std::size_t>(what)];
}

Incident read_incident(const toml::table& toml, const std::string& file, const SimHome& home) {
    const Table table(
        toml, file,
        {"what", "day", "at", "lasts", "device", "room", "litres_an_hour", "litres", "per_second"});
    Incident out;
    out.line = table.line();
    out.kind = table.chosen("what", parse_incident, incident_names());
    const auto& traits = traits_of(out.kind);
    out.at = table.day_time();
    read_span(table, file, traits, out);
    const bool of_device =
        traits.on == IncidentTraits::On::device || traits.on == IncidentTraits::On::meter;
    if (of_device) {
        out.device = device_of(table, file, traits, home);
    } else if (const auto* node = table.node("device")) {
        fail(file, node, "'" + std::string(traits.name) + "' happens to no device",
             "leave 'device' out");
    }
    if (out.kind == IncidentKind::fall) {
        out.room = table.chosen("room", parse_room, room_names);
    } else if (const auto* node = table.node("room")) {
        fail(file, node, "'" + std::string(traits.name) + "' happens in no room",
             "leave 'room' out");
    }
    for (const std::string_view key : {"litres_an_hour", "litres", "per_second"}) {
        if (key == traits.amount) {
            out.amount = static_cast<std::int64_t>(
                table.number(key, static_cast<double>(traits.usual_amount), 1,
                             static_cast<double>(traits.largest_amount)));
        } else if (const auto* node = table.node(key)) {
            fail(file, node,
                 "'" + std::string(traits.name) + "' knows no '" + std::string(key) + "'",
                 "leave it out");
        }
    }
    return out;
}

NetworkSpell read_network(const toml::table& toml, const std::string& file,
                          const std::vector<SimHome>& homes) {
    const Table table(toml, file, {"what", "link", "day", "at", "lasts"});
    NetworkSpell out;
    out.line = table.line();
    out.what = table.chosen("what", parse_fault, fault_names);
    out.link = table.text("link");
    out.at = table.day_time();
    out.lasts = table.parsed("lasts", parse_duration, hint_duration);
    if (out.link == "home" || out.link == "district") return out;
    std::vector<std::string_view> known{"home", "district"};
    for (const auto& home : homes) {
        for (const auto& device : home.devices) {
            if (device.protocol == Protocol::native) known.push_back(device.device.id.value);
        }
    }
    if (std::ranges::find(known, out.link) == known.end()) {
        fail(file, table.node("link"), "no link '" + out.link + "'", suggestion(out.link, known));
    }
    if (out.what == LinkFault::slow) {
        fail(file, table.node("what"), "a device's own link cannot be slow",
             "take cut, stall or half_open");
    }
    return out;
}

ClockSet read_clock(const toml::table& toml, const std::string& file) {
    const Table table(toml, file, {"day", "at", "by"});
    ClockSet out;
    out.line = table.line();
    out.at = table.day_time();
    const auto signed_span = [](std::string_view text) -> std::optional<Duration> {
        const bool back = text.starts_with('-');
        const auto span = parse_duration(text.substr(back ? 1 : 0));
        if (!span || *span == Duration{0}) return std::nullopt;
        return back ? -*span : *span;
    };
    out.by = table.parsed("by", signed_span, "write it like \"3d\" or \"-2h\"");
    return out;
}

namespace {

/// What can lead to this alert in this home, in the order of the file; the first one's beginning.
std::optional<Duration> first_cause(const Scenario& scenario, const SimHome& home,
                                    const Expectation& wanted) {
    std::optional<Duration> out;
    const auto take = [&](Duration at) { out = out ? std::min(*out, at) : at; };
    for (const auto& incident : home.incidents) {
        if (!can_cause(incident.kind, wanted.alert)) continue;
        const auto on = traits_of(incident.kind).on;
        const bool elsewhere =
            on == IncidentTraits::On::device && wanted.device && *wanted.device != incident.device;
        if (!elsewhere) take(incident.at);
    }
    const bool of_links =
        wanted.alert == AlertKind::data_stale || wanted.alert == AlertKind::device_offline;
    for (const auto& spell : scenario.network) {
        const bool here = spell.link == "home" || spell.link.starts_with(home.id.value + "-");
        if (here && (of_links || wanted.alert == AlertKind::area_outage)) take(spell.at);
    }
    for (const auto& community : scenario.communities) {
        for (const auto& errand : community.errands) {
            if (errand.resident == home.resident.id && errand.outcome == Outcome::unreached &&
                wanted.alert == AlertKind::contact_failed) {
                take(errand.at);
            }
        }
    }
    return out;
}

std::optional<Priority> parse_priority(std::string_view text) {
    for (const auto each : {Priority::p1, Priority::p2, Priority::p3, Priority::p4}) {
        if (name(each) == text) return each;
    }
    return std::nullopt;
}

std::vector<std::string_view> alert_names() {
    std::vector<std::string_view> out;
    for (int i = 1; i <= static_cast<int>(AlertKind::channel_failed); ++i) {
        out.push_back(name(static_cast<AlertKind>(i)));
    }
    return out;
}

std::vector<std::string_view> state_names() {
    std::vector<std::string_view> out;
    for (int i = 1; i <= static_cast<int>(AlertState::cancelled); ++i) {
        out.push_back(name(static_cast<AlertState>(i)));
    }
    return out;
}

void read_bounds(const Table& table, const std::string& file, const Scenario& scenario,
                 Expectation& out) {
    const auto cause = first_cause(scenario, scenario.homes[out.home], out);
    if (!cause) {
        fail(file, table.node("alert"),
             "nothing that happens in '" + scenario.homes[out.home].id.value + "' can lead to '" +
                 std::string(name(out.alert)) + "'",
             "add the [[home.incident]] or [[network]] that does, or take the line out");
    }
    out.from = table.node("at") != nullptr ? table.day_time() : *cause;
    if (table.node("within") != nullptr) {
        out.within = table.parsed("within", parse_duration, hint_duration);
    }
    out.not_before = table.parsed("not_before", parse_duration, hint_duration, Duration{0});
    if (out.within && out.not_before > *out.within) {
        fail(file, table.node("not_before"), "'not_before' is later than 'within'",
             "leave a span between them");
    }
    const auto end = scenario.start - local_midnight(scenario.start) + scenario.lasts;
    const auto first = out.from + out.not_before;
    if (first > end) {
        fail(file, table.node(table.node("at") != nullptr ? "at" : "not_before"),
             "expected when the scenario is over",
             "it ends after " + format_duration(scenario.lasts));
    }
}

}  // namespace

Expectation read_expectation(const toml::table& toml, const std::string& file,
                             const Scenario& scenario) {
    const Table table(toml, file,
                      {"home", "alert", "never", "device", "priority", "day", "at", "within",
                       "not_before", "told", "ends"});
    Expectation out;
    out.line = table.line();
    const auto id = table.text("home");
    std::vector<std::string_view> homes;
    for (const auto& home : scenario.homes) homes.push_back(home.id.value);
    const auto found = std::ranges::find(homes, id);
    if (found == homes.end()) {
        fail(file, table.node("home"), "no home '" + id + "'", suggestion(id, homes));
    }
    out.home = static_cast<std::size_t>(found - homes.begin());
    out.never = table.node("never") != nullptr;
    if (out.never == (table.node("alert") != nullptr)) {
        fail(file, &toml, "an expectation needs 'alert' or 'never', one of them",
             "alert = \"smoke\": has to come; never = \"smoke\": must not");
    }
    out.alert = table.chosen(out.never ? "never" : "alert", parse_alert_kind, alert_names());
    if (table.node("device") != nullptr) {
        out.device = find_device(table, file, scenario.homes[out.home]);
    }
    if (out.never) {
        for (const auto key : {"priority", "at", "day", "within", "not_before", "told", "ends"}) {
            if (const auto* node = table.node(key)) {
                fail(file, node, "'" + std::string(key) + "' beside 'never'",
                     "what never comes has none; leave it out");
            }
        }
        return out;
    }
    if (table.node("priority") != nullptr) {
        static constexpr std::string_view known[] = {"P1", "P2", "P3", "P4"};
        out.priority = table.chosen("priority", parse_priority, known);
    }
    read_bounds(table, file, scenario, out);
    table.texts("told", [&](const std::string& text, const toml::node& node) {
        const auto role = parse_role(text);
        if (!role) fail(file, &node, "no role '" + text + "'", suggestion(text, role_names()));
        out.told.push_back(*role);
    });
    if (table.node("ends") != nullptr) {
        out.ends = table.chosen("ends", parse_alert_state, state_names());
    }
    return out;
}

}  // namespace anju::sim
