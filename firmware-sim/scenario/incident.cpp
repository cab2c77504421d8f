#include "firmware-sim/scenario/incident.hpp"

#include <algorithm>

namespace anju::sim {

namespace {

using K = IncidentKind;
using A = AlertKind;
using On = IncidentTraits::On;

// What may come of it under some rules: wide on purpose. An expectation outside of it is a slip of
// the pen; whether one inside of it holds is what a drill finds out.
constexpr A smoke[] = {A::smoke};
constexpr A gas[] = {A::gas_leak};
constexpr A flood[] = {A::flood};
constexpr A sos[] = {A::sos};
constexpr A still[] = {A::inactivity, A::water_low, A::no_exit, A::routine_change};
constexpr A gone[] = {A::inactivity, A::water_low, A::not_returned, A::night_exit, A::no_exit};
constexpr A company[] = {A::activity_while_away, A::water_high, A::door_open_long};
constexpr A mute[] = {A::data_stale, A::device_offline};
constexpr A dying[] = {A::low_battery, A::data_stale, A::device_offline};
constexpr A open[] = {A::door_open_long, A::night_exit};
constexpr A water[] = {A::water_continuous, A::water_high};
constexpr A tampered[] = {A::tamper, A::device_offline};

constexpr IncidentTraits table[] = {
    {K::smoke, "smoke", On::device, SensorKind::smoke, false, false, {}, 0, 0, smoke},
    {K::gas, "gas", On::device, SensorKind::gas, false, false, {}, 0, 0, gas},
    {K::leak, "leak", On::device, SensorKind::water_leak, false, false, {}, 0, 0, flood},
    {K::sos, "sos", On::device, SensorKind::sos, false, true, {}, 0, 0, sos},
    {K::all_well, "all_well", On::device, SensorKind::sos, false, true, {}, 0, 0, {}},
    {K::silence, "silence", On::person, {}, false, false, {}, 0, 0, still},
    {K::fall, "fall", On::person, {}, false, false, {}, 0, 0, still},
    {K::travel, "travel", On::person, {}, false, false, {}, 0, 0, gone},
    {K::hospital, "hospital", On::person, {}, false, false, {}, 0, 0, gone},
    {K::illness, "illness", On::person, {}, false, false, {}, 0, 0, still},
    {K::visitor, "visitor", On::home, {}, true, false, {}, 0, 0, company},
    {K::device_silent, "device_silent", On::device, {}, false, false, {}, 0, 0, mute},
    {K::dead_battery, "dead_battery", On::device, {}, false, false, {}, 0, 0, dying},
    {K::door_left_open,
     "door_left_open",
     On::device,
     SensorKind::door,
     false,
     false,
     {},
     0,
     0,
     open},
    {K::tap_running, "tap_running", On::meter, SensorKind::water_meter, false, false,
     "litres_an_hour", 60, 5'000, water},
    {K::backflow,
     "backflow",
     On::meter,
     SensorKind::water_meter,
     true,
     false,
     "litres",
     20,
     10'000,
     {}},
    {K::meter_replaced,
     "meter_replaced",
     On::meter,
     SensorKind::water_meter,
     false,
     true,
     {},
     0,
     0,
     {}},
    {K::tamper, "tamper", On::device, {}, false, false, {}, 0, 0, tampered},
    {K::burst, "burst", On::device, {}, true, false, "per_second", 100, 1'000, mute},
    {K::reboot, "reboot", On::device, {}, false, true, {}, 0, 0, {}},
    {K::clock_without_ntp, "clock_without_ntp", On::device, {}, true, false, {}, 0, 0, {}},
};

}  // namespace

std::span<const IncidentTraits> incident_table() {
    return table;
}

const IncidentTraits& traits_of(IncidentKind kind) {
    return *std::ranges::find(table, kind, &IncidentTraits::kind);
}

const IncidentTraits* find_incident(std::string_view name) {
    const auto* const found = std::ranges::find(table, name, &IncidentTraits::name);
    return found == std::end(table) ? nullptr : found;
}

bool can_cause(IncidentKind kind, AlertKind alert) {
    return std::ranges::find(traits_of(kind).causes, alert) != traits_of(kind).causes.end();
}

}  // namespace anju::sim
