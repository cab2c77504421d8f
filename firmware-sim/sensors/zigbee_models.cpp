#include "firmware-sim/sensors/zigbee_models.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "firmware-sim/random.hpp"

namespace anju::sim {

namespace {

namespace json = boost::json;

constexpr ZigbeeModel models[] = {
    {.kind = SensorKind::smoke,
     .model = "HS1SA",
     .vendor = "HEIMAN",
     .description = "Smoke detector",
     .property = "smoke",
     .tamper = true,
     .test = true,
     .trouble = true},
    {.kind = SensorKind::door,
     .model = "SNZB-04",
     .vendor = "SONOFF",
     .description = "Contact sensor",
     .property = "contact",
     .on = false,
     .voltage = true},
    {.kind = SensorKind::motion,
     .model = "RTCGQ11LM",
     .vendor = "Aqara",
     .description = "Motion sensor",
     .property = "occupancy",
     .voltage = true},
    {.kind = SensorKind::water_leak,
     .model = "SJCGQ11LM",
     .vendor = "Aqara",
     .description = "Water leak sensor",
     .property = "water_leak",
     .tamper = true,
     .voltage = true},
    {.kind = SensorKind::gas,
     .model = "HS1CG",
     .vendor = "HEIMAN",
     .description = "Combustible gas sensor",
     .property = "gas",
     .tamper = true,
     .battery = false,
     .trouble = true},
    {.kind = SensorKind::sos,
     .model = "TS0215A_sos",
     .vendor = "Tuya",
     .description = "SOS button",
     .property = "action",
     .tamper = true,
     .voltage = true},
};

json::object binary(std::string_view property, bool on) {
    return {{"type", "binary"}, {"name", property}, {"label", property}, {"property", property},
            {"value_on", on},   {"value_off", !on}, {"access", 1}};
}

json::object numeric(std::string_view property, std::string_view unit, int most) {
    return {{"type", "numeric"}, {"name", property}, {"label", property}, {"property", property},
            {"unit", unit},      {"value_min", 0},   {"value_max", most}, {"access", 1}};
}

json::array exposes(const ZigbeeModel& model) {
    json::array out;
    if (model.property == "action") {
        out.push_back(json::object{{"type", "enum"},
                                   {"name", "action"},
                                   {"label", "Action"},
                                   {"property", "action"},
                                   {"values", {"emergency", "double"}},
                                   {"access", 1}});
    } else {
        out.push_back(binary(model.property, model.on));
    }
    if (model.battery) {
        out.push_back(binary("battery_low", true));
        out.push_back(numeric("battery", "%", 100));
    }
    if (model.voltage) {
        out.push_back(json::object{{"type", "numeric"},
                                   {"name", "voltage"},
                                   {"label", "Voltage"},
                                   {"property", "voltage"},
                                   {"unit", "mV"},
                                   {"access", 1}});
    }
    if (model.tamper) out.push_back(binary("tamper", true));
    if (model.test) out.push_back(binary("test", true));
    if (model.trouble) out.push_back(binary("trouble", true));
    out.push_back(numeric("linkquality", "lqi", 255));
    return out;
}

}  // namespace

const ZigbeeModel* zigbee_model(SensorKind kind) {
    for (const auto& model : models) {
        if (model.kind == kind) return &model;
    }
    return nullptr;
}

std::string zigbee_ieee(std::string_view friendly_name) {
    return fmt::format("0x00158d00{:08x}", derive_seed(0x00158d00, friendly_name) & 0xFFFFFFFFU);
}

std::string describe_zigbee(const ZigbeeModel& model, std::string_view friendly_name) {
    const json::object out{{"ieee_address", zigbee_ieee(friendly_name)},
                           {"type", "EndDevice"},
                           {"network_address", derive_seed(0x6e77, friendly_name) & 0xFFFFU},
                           {"supported", true},
                           {"friendly_name", friendly_name},
                           {"disabled", false},
                           {"interview_completed", true},
                           {"interviewing", false},
                           {"power_source", model.battery ? "Battery" : "Mains (single phase)"},
                           {"model_id", model.model},
                           {"manufacturer", model.vendor},
                           {"definition",
                            {{"model", model.model},
                             {"vendor", model.vendor},
                             {"description", model.description},
                             {"supports_ota", false},
                             {"options", json::array{}},
                             {"exposes", exposes(model)}}}};
    return json::serialize(out);
}

}  // namespace anju::sim
