#include "firmware-sim/homes/native_codec.hpp"

#include <cmath>

namespace anju::sim {

namespace {

constexpr std::string_view down_prefix = "anju/v1/down/";

}  // namespace

v1::SensorReading to_native(const Reading& reading) {
    v1::SensorReading out;
    out.set_event_time_ms(to_unix_ms(reading.event_time));
    out.set_test((reading.quality & quality::test) != 0);
    const bool yes = reading.value != 0;
    switch (reading.kind) {
        case ReadingKind::smoke:
            out.set_smoke(yes);
            break;
        case ReadingKind::gas:
            out.set_gas(yes);
            break;
        case ReadingKind::sos:
            out.set_sos(yes);
            break;
        case ReadingKind::i_am_well:
            out.set_i_am_well(yes);
            break;
        case ReadingKind::water_leak:
            out.set_water_leak(yes);
            break;
        case ReadingKind::contact_open:
            out.set_contact_open(yes);
            break;
        case ReadingKind::motion:
            out.set_motion(yes);
            break;
        case ReadingKind::water_total_ml:
            out.set_water_total_ml(reading.value);
            break;
        case ReadingKind::battery_pct:
            out.set_battery_pct(static_cast<std::uint32_t>(reading.value));
            break;
        case ReadingKind::battery_low:
            out.set_battery_low(yes);
            break;
        case ReadingKind::tamper:
            out.set_tamper(yes);
            break;
        case ReadingKind::online:
        case ReadingKind::alive:
        case ReadingKind::carbon_monoxide:
        case ReadingKind::vibration:
        case ReadingKind::water_flow_mlh:
        case ReadingKind::water_used_ml:
        case ReadingKind::water_reverse_ml:
        case ReadingKind::fault:
            out.set_alive(yes);
            break;
        case ReadingKind::bed_occupied:
            out.set_bed_occupied(yes);
            break;
        case ReadingKind::battery_mv:
            out.set_battery_v(static_cast<float>(reading.value) / 1000.0F);
            break;
    }
    return out;
}

Reading from_native(const v1::SensorReading& reading) {
    Reading out{ReadingKind::alive, 0, 1, from_unix_ms(reading.event_time_ms())};
    if (reading.test()) out.quality |= quality::test;
    const auto set = [&](ReadingKind kind, std::int64_t value) {
        out.kind = kind;
        out.value = value;
    };
    switch (reading.value_case()) {
        case v1::SensorReading::kSmoke:
            set(ReadingKind::smoke, reading.smoke());
            break;
        case v1::SensorReading::kGas:
            set(ReadingKind::gas, reading.gas());
            break;
        case v1::SensorReading::kSos:
            set(ReadingKind::sos, reading.sos());
            break;
        case v1::SensorReading::kIAmWell:
            set(ReadingKind::i_am_well, reading.i_am_well());
            break;
        case v1::SensorReading::kWaterLeak:
            set(ReadingKind::water_leak, reading.water_leak());
            break;
        case v1::SensorReading::kContactOpen:
            set(ReadingKind::contact_open, reading.contact_open());
            break;
        case v1::SensorReading::kMotion:
            set(ReadingKind::motion, reading.motion());
            break;
        case v1::SensorReading::kWaterTotalMl:
            set(ReadingKind::water_total_ml, reading.water_total_ml());
            break;
        case v1::SensorReading::kBatteryPct:
            set(ReadingKind::battery_pct, reading.battery_pct());
            break;
        case v1::SensorReading::kBatteryLow:
            set(ReadingKind::battery_low, reading.battery_low());
            break;
        case v1::SensorReading::kTamper:
            set(ReadingKind::tamper, reading.tamper());
            break;
        case v1::SensorReading::kBedOccupied:
            set(ReadingKind::bed_occupied, reading.bed_occupied());
            break;
        case v1::SensorReading::kBatteryV:
            set(ReadingKind::battery_mv, std::llround(reading.battery_v() * 1000.0F));
            break;
        case v1::SensorReading::kAlive:
        case v1::SensorReading::VALUE_NOT_SET:
            break;
    }
    return out;
}

std::string up_topic(std::string_view device, Topic topic) {
    std::string out = "anju/v1/up/";
    out += device;
    out += topic == Topic::alarm ? "/alarm" : "/data";
    return out;
}

std::string down_topic(std::string_view device) {
    return std::string(down_prefix) += device;
}

std::string_view device_of_down_topic(std::string_view topic) {
    if (!topic.starts_with(down_prefix)) return {};
    return topic.substr(down_prefix.size());
}

}  // namespace anju::sim
