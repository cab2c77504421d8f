#include "firmware-sim/homes/zigbee_bridge.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "firmware-sim/random.hpp"

namespace anju::sim {

namespace {

namespace json = boost::json;

/// Which real model stands for a kind, and the property it reports. `on` is the JSON value that
/// means what the reading's 1 means.
struct Model {
    const char* model;
    const char* vendor;
    const char* description;
    const char* property;
    SensorKind kind;
    bool on;
};

constexpr Model models[] = {
    {"HS1SA", "Heiman", "Smoke detector", "smoke", SensorKind::smoke, true},
    {"SNZB-04", "SONOFF", "Contact sensor", "contact", SensorKind::door, false},
    {"RTCGQ11LM", "Aqara", "Motion sensor", "occupancy", SensorKind::motion, true},
    {"SJCGQ11LM", "Aqara", "Water leak sensor", "water_leak", SensorKind::water_leak, true},
    {"JTQJ-BF-01LM/BW", "Aqara", "Natural gas sensor", "gas", SensorKind::gas, true},
};

const Model* model_of(SensorKind kind) {
    for (const auto& model : models) {
        if (model.kind == kind) return &model;
    }
    return nullptr;
}

json::object binary(const char* property, bool on) {
    return {{"type", "binary"}, {"name", property}, {"property", property},
            {"value_on", on},   {"value_off", !on}, {"access", 1}};
}

json::object describe(const std::string& name, SensorKind kind, const std::string& ieee) {
    json::object out{{"ieee_address", ieee},     {"type", "EndDevice"},
                     {"friendly_name", name},    {"supported", true},
                     {"disabled", false},        {"interview_completed", true},
                     {"power_source", "Battery"}};
    if (const auto* model = model_of(kind)) {
        json::object battery{{"type", "numeric"}, {"name", "battery"}, {"property", "battery"},
                             {"unit", "%"},       {"value_min", 0},    {"value_max", 100},
                             {"access", 1}};
        out["definition"] =
            json::object{{"model", model->model},
                         {"vendor", model->vendor},
                         {"description", model->description},
                         {"exposes", json::array{binary(model->property, model->on),
                                                 binary("battery_low", true), std::move(battery)}}};
    }
    return out;
}

}  // namespace

void ZigbeeBridge::add(const SimDevice& device) {
    const auto& name = device.device.address;
    Known known{device.device.kind, fmt::format("0x{:016x}", derive_seed(0x00158d00, name)), {}};
    known.properties["linkquality"] = "120";
    if (const auto* model = model_of(known.kind)) {
        known.properties[model->property] = model->on ? "false" : "true";
        known.properties["battery"] = std::to_string(device.battery_pct);
        known.properties["battery_low"] = "false";
    }
    devices_.insert_or_assign(name, std::move(known));
}

std::vector<BridgeMessage> ZigbeeBridge::announce() const {
    if (devices_.empty()) return {};
    json::array list{json::object{{"ieee_address", "0x00124b0000000001"},
                                  {"type", "Coordinator"},
                                  {"friendly_name", "Coordinator"},
                                  {"supported", true},
                                  {"disabled", false}}};
    for (const auto& [name, known] : devices_) {
        list.push_back(describe(name, known.kind, known.ieee));
    }
    std::vector<BridgeMessage> out{{base_ + "/bridge/state", R"({"state":"online"})", true},
                                   {base_ + "/bridge/devices", json::serialize(list), true}};
    for (const auto& [name, known] : devices_) {
        out.push_back({base_ + "/" + name + "/availability", R"({"state":"online"})", true});
    }
    return out;
}

std::vector<BridgeMessage> ZigbeeBridge::report(const Device& device,
                                                const std::vector<Reading>& readings) {
    auto& known = devices_.at(device.address);
    const auto topic = base_ + "/" + device.address;
    const auto* model = model_of(known.kind);
    std::vector<BridgeMessage> out;
    bool said = false;
    for (const auto& reading : readings) {
        const bool yes = reading.value != 0;
        if (reading.kind == ReadingKind::online) {
            const char* state = yes ? R"({"state":"online"})" : R"({"state":"offline"})";
            out.push_back({topic + "/availability", state, true});
            continue;
        }
        said = true;
        if (reading.kind == ReadingKind::battery_pct) {
            known.properties["battery"] = std::to_string(reading.value);
        } else if (reading.kind == ReadingKind::battery_low) {
            known.properties["battery_low"] = yes ? "true" : "false";
        } else if (reading.kind == ReadingKind::tamper) {
            known.properties["tamper"] = yes ? "true" : "false";
        } else if (model != nullptr && reading.kind != ReadingKind::alive) {
            known.properties[model->property] = yes == model->on ? "true" : "false";
        }
    }
    if (!said) return out;
    std::string body = "{";
    for (const auto& [property, value] : known.properties) {
        if (body.size() > 1) body += ',';
        body += fmt::format("\"{}\":{}", property, value);
    }
    out.push_back({topic, body + "}", false});
    return out;
}

}  // namespace anju::sim
