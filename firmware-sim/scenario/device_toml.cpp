#include "firmware-sim/scenario/device_toml.hpp"

#include <cmath>
#include <optional>

#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

constexpr std::string_view keys[] = {
    "name",          "kind",       "label",      "room",     "protocol",       "sample_every",
    "deliver_every", "battery",    "firmware",   "loss",     "repeats",        "latest",
    "drift_ppm",     "clock",      "resolution", "wraps_at", "replaced_after", "backflow",
    "celsius",       "cell",       "security",   "bounce",   "missed_close",   "blind",
    "clear",         "hush_after", "age",        "dust",     "warm_up",        "fails_after",
    "press_again",   "gap_every"};

/// Keys that mean something for one kind of sensor only.
struct Special {
    std::string_view key;
    SensorKind kind;
};
constexpr Special specials[] = {
    {"resolution", SensorKind::water_meter},
    {"wraps_at", SensorKind::water_meter},
    {"replaced_after", SensorKind::water_meter},
    {"backflow", SensorKind::water_meter},
    {"bounce", SensorKind::door},
    {"missed_close", SensorKind::door},
    {"blind", SensorKind::motion},
    {"clear", SensorKind::motion},
    {"hush_after", SensorKind::smoke},
    {"age", SensorKind::smoke},
    {"dust", SensorKind::smoke},
    {"warm_up", SensorKind::gas},
    {"fails_after", SensorKind::gas},
    {"press_again", SensorKind::sos},
    {"gap_every", SensorKind::bed},
};

/// "0.1L", "10 L", "1m3": millilitres, at least 1.
std::optional<std::int64_t> parse_volume(std::string_view text) {
    std::size_t used = 0;
    double number = 0;
    try {
        number = std::stod(std::string(text), &used);
    } catch (const std::exception&) {
        return std::nullopt;
    }
    auto unit = text.substr(used);
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const double ml = unit == "L" ? 1e3 : unit == "m3" ? 1e6 : 0;
    number *= ml;
    if (!(number >= 1 && number <= 1e15)) return std::nullopt;
    return std::llround(number);
}

int per_mille(const Table& table, std::string_view key, int fallback) {
    return static_cast<int>(std::lround(table.number(key, fallback / 1000.0, 0, 1) * 1000));
}

std::optional<bool> parse_clock(std::string_view text) {
    if (text == "set") return false;
    if (text == "unset") return true;
    return std::nullopt;
}

std::string names_for(SensorKind kind) {
    std::string out;
    for (const auto& each : named_firmware()) {
        if (each.kind == kind) out.append(out.empty() ? "" : ", ").append(each.name);
    }
    return out.empty() ? "remove it: there is none for this kind" : "take one of " + out;
}

}  // namespace

const std::span<const std::string_view> device_keys{keys};

Protocol read_protocol(const Table& table, const std::string& file, SensorKind kind) {
    const auto protocol = table.parsed(
        "protocol", parse_protocol,
        "native, zigbee2mqtt, wmbus, cjt188-chirpstack or cjt188-ctwing", Protocol::native);
    if (speaks(kind, protocol)) return protocol;
    fail(file, table.node("protocol"),
         "no " + std::string(name(kind)) + " speaks " + std::string(name_of(protocol)) + " here",
         kind == SensorKind::water_meter ? "native, wmbus, cjt188-chirpstack or cjt188-ctwing"
                                         : "protocol = \"native\"");
}

Behaviour read_behaviour(const Table& table, const std::string& file, SensorKind kind) {
    for (const auto& [key, of] : specials) {
        if (table.node(key) == nullptr || of == kind) continue;
        fail(file, table.node(key),
             "'" + std::string(key) + "' means nothing for a " + std::string(name(kind)),
             "it is for a " + std::string(name(of)));
    }
    Behaviour out;
    if (const auto* node = table.node("firmware")) {
        const auto* named = find_firmware(table.text("firmware"), kind);
        if (named == nullptr) {
            fail(file, node,
                 "no firmware '" + table.text("firmware") + "' for a " + std::string(name(kind)),
                 names_for(kind));
        }
        out = named->behaviour;
    }
    const auto time = [&](std::string_view key, Duration& value) {
        value = table.parsed(key, parse_duration, hint_duration, value);
    };
    out.loss_per_mille = per_mille(table, "loss", out.loss_per_mille);
    out.repeats = static_cast<int>(table.number("repeats", out.repeats, 0, 5));
    out.drift_ppm = table.number("drift_ppm", out.drift_ppm, -1000, 1000);
    out.clock_unset = table.parsed("clock", parse_clock, "\"set\" or \"unset\"", out.clock_unset);
    const auto* volume = "write it like \"10L\" or \"100000m3\"";
    out.resolution_ml = table.parsed("resolution", parse_volume, volume, out.resolution_ml);
    out.wraps_at_ml = table.parsed("wraps_at", parse_volume, volume, out.wraps_at_ml);
    out.bounce_per_mille = per_mille(table, "bounce", out.bounce_per_mille);
    out.missed_close_per_mille = per_mille(table, "missed_close", out.missed_close_per_mille);
    out.backflow_per_mille = per_mille(table, "backflow", out.backflow_per_mille);
    out.celsius = static_cast<int>(table.number("celsius", out.celsius, -40, 60));
    if (table.node("cell") != nullptr) {
        out.cell = table.parsed("cell", parse_cell,
                                "\"lithium-thionyl\", \"lithium-manganese\" or \"alkaline\"");
    }
    out.security = table.parsed("security", parse_security, "\"none\", \"mode-5\" or \"mode-7\"",
                                out.security);
    if (table.node("security") != nullptr && table.text("protocol", "") != "wmbus") {
        fail(file, table.node("security"), "'security' is of telegrams of wireless M-Bus",
             "remove it, or write protocol = \"wmbus\"");
    }
    out.dust_per_mille = per_mille(table, "dust", out.dust_per_mille);
    out.press_again_per_mille = per_mille(table, "press_again", out.press_again_per_mille);
    time("latest", out.latest);
    time("replaced_after", out.replaced_after);
    time("blind", out.blind);
    time("clear", out.clear);
    time("hush_after", out.hush_after);
    time("age", out.age);
    time("warm_up", out.warm_up);
    time("fails_after", out.fails_after);
    time("gap_every", out.gap_every);
    return out;
}

}  // namespace anju::sim
