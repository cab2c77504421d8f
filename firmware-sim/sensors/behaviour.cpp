#include "firmware-sim/sensors/behaviour.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

std::vector<NamedFirmware> make_table() {
    const auto entry = [](std::string_view name, SensorKind kind, std::string_view source,
                          auto change) {
        NamedFirmware out{name, kind, {}, source};
        change(out.behaviour);
        return out;
    };
    return {
        entry("pulse-1l", SensorKind::water_meter, "reed pulse of a domestic meter, 1 L",
              [](Behaviour& b) {
                  b.resolution_ml = 1'000;
                  b.wraps_at_ml = 100'000'000'000;
              }),
        entry("pulse-10l", SensorKind::water_meter,
              "CJ/T 188: m³ with two decimals, eight digits; reed pulse of 10 L",
              [](Behaviour& b) {
                  b.resolution_ml = 10'000;
                  b.wraps_at_ml = 1'000'000'000'000;
              }),
        entry("ultrasonic", SensorKind::water_meter,
              "ultrasonic meters with a display of 0.1 L, nine digits",
              [](Behaviour& b) {
                  b.resolution_ml = 100;
                  b.wraps_at_ml = 100'000'000'000;
              }),
        entry("nb-iot-daily", SensorKind::water_meter,
              "NB-IoT modules wake at a time of their own and repeat into bad cover (PSM, CE 2)",
              [](Behaviour& b) {
                  b.resolution_ml = 10'000;
                  b.wraps_at_ml = 1'000'000'000'000;
                  b.latest = 10min;
                  b.loss_per_mille = 10;
              }),
        entry("reed", SensorKind::door, "reed contacts bounce for some milliseconds to some 100",
              [](Behaviour& b) {
                  b.bounce_per_mille = 60;
                  b.missed_close_per_mille = 5;
              }),
        entry("rtcgq11lm", SensorKind::motion,
              "Zigbee2MQTT, device page of RTCGQ11LM: blind for 60 s, occupancy_timeout 90 s",
              [](Behaviour& b) {
                  b.blind = 60s;
                  b.clear = 90s;
              }),
        entry("en-14604", SensorKind::smoke,
              "EN 14604: silenced for 5 to 15 minutes; makers: replace after ten years",
              [](Behaviour& b) { b.hush_after = 2min; }),
        entry("en-14604-old", SensorKind::smoke, "the same, dusty and in its last month",
              [](Behaviour& b) {
                  b.hush_after = 2min;
                  b.age = 24h * (3'653 - 30);
                  b.dust_per_mille = 100;
              }),
        entry("catalytic", SensorKind::gas,
              "catalytic and semiconductor elements need about three minutes of heat",
              [](Behaviour& b) { b.warm_up = 3min; }),
        entry("pendant", SensorKind::sos, "somebody in fright presses more than once",
              [](Behaviour& b) { b.press_again_per_mille = 600; }),
        entry("pressure-mat", SensorKind::bed, "mats lose a light sleeper on the edge for seconds",
              [](Behaviour& b) { b.gap_every = 40min; }),
    };
}

}  // namespace

const std::vector<NamedFirmware>& named_firmware() {
    static const auto table = make_table();
    return table;
}

const NamedFirmware* find_firmware(std::string_view name, SensorKind kind) {
    for (const auto& each : named_firmware()) {
        if (each.name == name && each.kind == kind) return &each;
    }
    return nullptr;
}

}  // namespace anju::sim
