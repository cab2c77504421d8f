#include "drivers/zigbee2mqtt/properties.hpp"

#include <algorithm>
#include <iterator>

namespace anju::drivers::zigbee2mqtt {
namespace {

using K = ReadingKind;

struct Usual {
    std::string_view property;
    Rule rule;
};

// Left out although their names suggest otherwise: `moving` (blinds and tilt), `water_warning` (dry
// soil), `rainwater`, `water_sensor`, `volume` (loudness), `flow`, `alarm`, `garage_door_contact`,
// and settings (`fall_detection`, `water_leak_buzzer`, `self_test`).
constexpr Usual usual[] = {
    {"smoke", {K::smoke, Form::state}},
    {"smoke_state", {K::smoke, Form::state}},
    {"gas", {K::gas, Form::state}},
    {"gas_state", {K::gas, Form::state}},
    {"carbon_monoxide", {K::carbon_monoxide, Form::state}},
    {"water_leak", {K::water_leak, Form::state}},
    {"water_leak_alarm_1", {K::water_leak, Form::state}},
    {"water_leak_alarm_2", {K::water_leak, Form::state}},
    {"active_water_leak", {K::water_leak, Form::state}},
    {"contact", {K::contact_open, Form::state, true}},
    {"contact_alarm_1", {K::contact_open, Form::state}},
    {"contact_alarm_2", {K::contact_open, Form::state}},
    {"opening_state", {K::contact_open, Form::word}},
    {"door_state", {K::contact_open, Form::word}},
    {"dry_contact", {K::contact_open, Form::word}},
    {"occupancy", {K::motion, Form::state}},
    {"occupancy_in", {K::motion, Form::state}},
    {"occupancy_out", {K::motion, Form::state}},
    {"occupancy_alarm_1", {K::motion, Form::state}},
    {"occupancy_alarm_2", {K::motion, Form::state}},
    {"presence", {K::motion, Form::state}},
    {"presence_state", {K::motion, Form::state}},
    {"motion", {K::motion, Form::state}},
    {"motion_status", {K::motion, Form::state}},
    {"sos", {K::sos, Form::state}},
    {"action", {K::sos, Form::action}},
    {"tamper", {K::tamper, Form::state}},
    {"fault_alarm", {K::fault, Form::state}},
    {"battery", {K::battery_pct, Form::percent}},
    {"battery_low", {K::battery_low, Form::state}},
    {"battery_state", {K::battery_low, Form::word}},
    {"battery_level", {K::battery_low, Form::word}},
    {"voltage", {K::battery_mv, Form::millivolts}},
    {"water_consumed", {K::water_total_ml, Form::volume}},
    {"test", {K::alive, Form::test}},
};

Rule find_exactly(std::string_view property) {
    const auto* at = std::find_if(std::begin(usual), std::end(usual),
                                  [&](const Usual& one) { return one.property == property; });
    return at == std::end(usual) ? Rule{} : at->rule;
}

}  // namespace

Rule usual_rule(std::string_view property) {
    const Rule rule = find_exactly(property);
    if (rule.form != Form::nothing) return rule;
    const auto last = property.find_last_not_of("0123456789");
    if (last == std::string_view::npos || last + 1 == property.size() || property[last] != '_') {
        return {};
    }
    return find_exactly(property.substr(0, last));
}

}  // namespace anju::drivers::zigbee2mqtt
