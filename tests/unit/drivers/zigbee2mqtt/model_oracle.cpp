#include "unit/drivers/zigbee2mqtt/model_oracle.hpp"

#include <cmath>
#include <map>

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// Without the endpoint that the bridge puts behind the name.
std::string bare_name(const json::object& expose) {
    return text(expose, "name");
}

/// What "on" of a binary is.
const std::map<std::string, std::string, std::less<>> binaries{
    {"smoke", "smoke"},
    {"gas", "gas"},
    {"carbon_monoxide", "carbon_monoxide"},
    {"water_leak", "water_leak"},
    {"water_leak_alarm_1", "water_leak"},
    {"water_leak_alarm_2", "water_leak"},
    {"active_water_leak", "water_leak"},
    {"water_sensor", "water_leak"},
    {"contact", "contact_open"},
    {"contact_alarm_1", "contact_open"},
    {"contact_alarm_2", "contact_open"},
    {"occupancy", "motion"},
    {"occupancy_in", "motion"},
    {"occupancy_out", "motion"},
    {"occupancy_or", "motion"},
    {"occupancy_and", "motion"},
    {"occupancy_alarm_1", "motion"},
    {"occupancy_alarm_2", "motion"},
    {"presence", "motion"},
    {"motion_status", "motion"},
    {"vibration", "vibration"},
    {"tamper", "tamper"},
    {"battery_low", "battery_low"},
    {"fault_alarm", "fault"}};

/// What each word of an enum is; a word that is missing is nothing.
const std::map<std::string, std::map<std::string, std::string>, std::less<>> enums{
    {"smoke_state", {{"alarm", "smoke=1"}, {"normal", "smoke=0"}}},
    {"door_state", {{"open", "contact_open=1"}, {"closed", "contact_open=0"}}},
    {"opening_state",
     {{"open", "contact_open=1"}, {"tilted", "contact_open=1"}, {"closed", "contact_open=0"}}},
    {"human_motion_state", {{"none", "motion=0"}, {"small", "motion=1"}, {"large", "motion=1"}}},
    {"motion_state",
     {{"none", "motion=0"}, {"small", "motion=1"}, {"large", "motion=1"}, {"static", "motion=1"}}},
    {"presence_state",
     {{"none", "motion=0"},
      {"presence", "motion=1"},
      {"NONE", "motion=0"},
      {"PRESENCE", "motion=1"}}},
    {"battery_state",
     {{"low", "battery_low=1"},
      {"medium", "battery_low=0"},
      {"middle", "battery_low=0"},
      {"high", "battery_low=0"}}},
    {"battery_level",
     {{"low", "battery_low=1"}, {"middle", "battery_low=0"}, {"high", "battery_low=0"}}},
    {"fault",
     {{"none", "fault=0"},
      {"fault", "fault=1"},
      {"serious_fault", "fault=1"},
      {"sensor_fault", "fault=1"},
      {"probe_fault", "fault=1"},
      {"power_fault", "fault=1"}}},
    {"action", {{"emergency", "sos=1"}, {"panic", "sos=1"}, {"sos", "sos=1"}}}};

bool can_be_set(const json::object& expose) {
    return (expose.at("access").to_number<int>() & 2) != 0;
}

void binary(const json::object& expose, std::vector<Statement>& out) {
    const std::string property = text(expose, "property");
    std::string name = bare_name(expose);
    if (name.starts_with("channel_") && name.ends_with("_battery_low")) name = "battery_low";
    for (const bool on : {true, false}) {
        const json::value& value = expose.at(on ? "value_on" : "value_off");
        std::string expected;
        if (name == "dry_contact")
            expected = value == "contact_open" ? "contact_open=1" : "contact_open=0";
        if (name == "garage_door_contact")
            expected = value == json::value(true) ? "contact_open=0" : "contact_open=1";
        if (name == "sos" && on) expected = "sos=1";
        const auto known = binaries.find(name);
        if (known != binaries.end() && !can_be_set(expose)) {
            expected = known->second + (on ? "=1" : "=0");
        }
        out.push_back({property, value, expected});
    }
}

void enumeration(const json::object& expose, std::vector<Statement>& out) {
    const auto known = enums.find(bare_name(expose));
    const auto& words = expose.at("values").as_array();
    const bool calls =
        bare_name(expose) == "action" && std::ranges::any_of(words, [](const json::value& word) {
            return enums.at("action").contains(std::string(word.as_string()));
        });
    for (const auto& value : expose.at("values").as_array()) {
        std::string expected;
        if (known != enums.end() && !can_be_set(expose)) {
            const auto word = known->second.find(std::string(value.as_string()));
            if (word != known->second.end()) expected = word->second;
            if (calls && value == "double") expected = "i_am_well=1";
        }
        out.push_back({text(expose, "property"), value, expected});
    }
}

std::int64_t millilitres(double value, const std::string& unit) {
    if (unit == "L") return std::llround(value * 1000);
    if (unit == "m³" || unit == "m3" || unit == "m³/h") return std::llround(value * 1'000'000);
    return -1;
}

void numeric(const json::object& model, const json::object& expose, std::vector<Statement>& out) {
    const std::string property = text(expose, "property");
    const std::string name = bare_name(expose);
    const std::string unit = text(expose, "unit");
    const bool waters = text(model, "description").find("irrigation") != std::string::npos;
    for (const double sample : {0.0, 12.5, 73.0, 2950.0}) {
        Statement said{property, sample, ""};
        const auto is = [&](const char* kind, std::int64_t value) {
            said.expected = kind + std::string("=") + std::to_string(value);
        };
        const bool percent = unit == "%" && sample <= 100;
        if (percent && (name == "battery" || name == "battery2" || name == "smoke_battery")) {
            is("battery_pct", static_cast<std::int64_t>(sample));
        }
        if (name == "voltage" && unit == "mV") is("battery_mv", std::llround(sample));
        if (name == "water_consumed" && !waters) is("water_total_ml", millilitres(sample, unit));
        if (name == "reverse_water_consumed") is("water_reverse_ml", millilitres(sample, unit));
        if (name == "flow" || name == "flow_rate") is("water_flow_mlh", millilitres(sample, unit));
        if (name == "volume" || name.ends_with("water_meter")) {
            is("water_total_ml", millilitres(sample, unit));
            said.meter_alone = true;
        }
        out.push_back(std::move(said));
    }
}

}  // namespace

std::vector<Statement> statements_of(const json::object& model, const json::object& expose) {
    std::vector<Statement> out;
    const std::string type = text(expose, "type");
    if (type == "binary") binary(expose, out);
    if (type == "enum") enumeration(expose, out);
    if (type == "numeric") numeric(model, expose, out);
    return out;
}

}  // namespace anju::drivers::testing
