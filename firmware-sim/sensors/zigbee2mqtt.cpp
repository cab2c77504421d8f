#include "firmware-sim/sensors/zigbee2mqtt.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "firmware-sim/sensors/zigbee_models.hpp"

namespace anju::sim {

namespace {

constexpr const char* json_bool(bool yes) {
    return yes ? "true" : "false";
}

/// Two lithium cells in series that are replaced at 2.1 V; what the Aqara converter calculates
/// backwards (3.0 V is 100 %, 2.85 V is 0 %) holds for one cell.
int millivolts(std::int64_t battery_pct) {
    return static_cast<int>(2'850 + battery_pct * 3 / 2);
}

std::string_view action_of(const Reading& reading) {
    if (reading.value == 0) return {};
    if (reading.kind == ReadingKind::sos) return "emergency";
    return reading.kind == ReadingKind::i_am_well ? "double" : std::string_view{};
}

/// The property of a reading that is a level; empty: this model has none for it.
std::string_view property_of(const ZigbeeModel& model, ReadingKind kind) {
    switch (kind) {
        case ReadingKind::battery_low:
            return model.battery ? "battery_low" : "";
        case ReadingKind::tamper:
            return model.tamper ? "tamper" : "";
        case ReadingKind::fault:
            return model.trouble ? "trouble" : "";
        case ReadingKind::smoke:
        case ReadingKind::gas:
        case ReadingKind::water_leak:
        case ReadingKind::contact_open:
        case ReadingKind::motion:
            return model.property;
        default:
            return {};
    }
}

std::string iso_8601(Instant at) {
    const auto ms = to_unix_ms(at);
    return fmt::format("\"{:%Y-%m-%dT%H:%M:%S}.{:03}Z\"",
                       fmt::gmtime(static_cast<std::time_t>(ms / 1000)), ms % 1000);
}

}  // namespace

void Zigbee2Mqtt::add(std::string_view friendly_name, SensorKind kind, int battery_pct) {
    Known known;
    known.kind = kind;
    auto& properties = known.properties;
    properties["linkquality"] = "120";
    if (const auto* model = zigbee_model(kind)) {
        if (model->property != "action") {
            properties[std::string(model->property)] = json_bool(!model->on);
        }
        if (model->battery) {
            properties["battery"] = std::to_string(battery_pct);
            properties["battery_low"] = "false";
        }
        if (model->voltage) properties["voltage"] = std::to_string(millivolts(battery_pct));
        if (model->tamper) properties["tamper"] = "false";
        if (model->test) properties["test"] = "false";
        if (model->trouble) properties["trouble"] = "false";
    }
    devices_.insert_or_assign(std::string(friendly_name), std::move(known));
}

Publication Zigbee2Mqtt::availability(std::string_view name, bool online) const {
    const std::string_view word = online ? "online" : "offline";
    return {
        fmt::format("{}/{}/availability", options_.base, name),
        options_.legacy_availability ? std::string(word) : fmt::format(R"({{"state":"{}"}})", word),
        true};
}

Publication Zigbee2Mqtt::state(std::string_view name, const Known& known,
                               std::string_view action) const {
    std::string body = "{";
    const auto add = [&](std::string_view property, std::string_view value) {
        if (body.size() > 1) body += ',';
        body += fmt::format("\"{}\":{}", property, value);
    };
    if (!action.empty()) add("action", fmt::format("\"{}\"", action));
    for (const auto& [property, value] : known.properties) add(property, value);
    const bool dated = known.heard != Instant{};
    if (dated && options_.last_seen == LastSeen::iso_8601) add("last_seen", iso_8601(known.heard));
    if (dated && options_.last_seen == LastSeen::epoch) {
        add("last_seen", std::to_string(to_unix_ms(known.heard)));
    }
    return {fmt::format("{}/{}", options_.base, name), body + "}", options_.retain_states};
}

std::vector<Publication> Zigbee2Mqtt::announce() const {
    if (devices_.empty()) return {};
    std::string list =
        R"([{"ieee_address":"0x00124b0000000001","type":"Coordinator","network_address":0,)"
        R"("supported":true,"friendly_name":"Coordinator","disabled":false,)"
        R"("interview_completed":true,"definition":null})";
    for (const auto& [name, known] : devices_) {
        if (const auto* model = zigbee_model(known.kind))
            list += "," + describe_zigbee(*model, name);
    }
    std::vector<Publication> out{
        {options_.base + "/bridge/state", R"({"state":"online"})", true},
        {options_.base + "/bridge/info",
         R"({"version":"2.1.3","coordinator":{"ieee_address":"0x00124b0000000001",)"
         R"("type":"zStack3x0"},"permit_join":false,"log_level":"info",)"
         R"("network":{"channel":11,"pan_id":6754}})",
         true},
        {options_.base + "/bridge/devices", list + "]", true}};
    for (const auto& [name, known] : devices_) out.push_back(availability(name, known.online));
    return out;
}

std::vector<Publication> Zigbee2Mqtt::report(std::string_view friendly_name,
                                             const std::vector<Reading>& readings) {
    auto& known = devices_.find(friendly_name)->second;
    const auto* model = zigbee_model(known.kind);
    std::vector<Publication> out;
    std::string_view action;
    bool said = false;
    for (const auto& reading : readings) {
        const bool yes = reading.value != 0;
        if (reading.kind == ReadingKind::online) {
            known.online = yes;
            out.push_back(availability(friendly_name, yes));
            continue;
        }
        said = true;
        known.heard = std::max(known.heard, reading.event_time);
        if (model == nullptr) continue;
        const bool test = (reading.quality & quality::test) != 0;
        if (model->test && reading.kind != ReadingKind::battery_pct) {
            known.properties["test"] = json_bool(test && yes);
        }
        if (reading.kind == ReadingKind::battery_pct && model->battery) {
            known.properties["battery"] = std::to_string(reading.value);
            if (model->voltage) {
                known.properties["voltage"] = std::to_string(millivolts(reading.value));
            }
        }
        if (model->property == "action" && !action_of(reading).empty()) action = action_of(reading);
        const auto property = property_of(*model, reading.kind);
        if (property.empty() || property == "action") continue;
        const bool on = property == model->property ? model->on : true;
        known.properties[std::string(property)] = json_bool(yes == on);
    }
    if (!said) return out;
    if (!known.online) {
        known.online = true;
        out.push_back(availability(friendly_name, true));
    }
    out.push_back(state(friendly_name, known, action));
    return out;
}

std::vector<Publication> Zigbee2Mqtt::stop() const {
    if (devices_.empty()) return {};
    return {{options_.base + "/bridge/state", R"({"state":"offline"})", true}};
}

std::vector<Publication> Zigbee2Mqtt::start() const {
    auto out = announce();
    for (const auto& [name, known] : devices_) {
        if (known.heard == Instant{}) continue;
        out.push_back(state(name, known, {}));
        out.back().retain = options_.retain_states;
    }
    return out;
}

void Zigbee2Mqtt::set_link_quality(std::string_view friendly_name, int lqi) {
    devices_.find(friendly_name)->second.properties["linkquality"] = std::to_string(lqi);
}

}  // namespace anju::sim
