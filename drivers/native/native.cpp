#include "drivers/native/native.hpp"
#include "drivers/units.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "drivers/event_time.hpp"
#include "drivers/native/scratch.hpp"
#include "drivers/state.hpp"
#include "drivers/topic.hpp"

namespace anju::drivers::native {
namespace {

constexpr std::string_view base = "anju/v1/up";
constexpr std::size_t max_id_bytes = 64;
constexpr int max_readings = 64;
constexpr float max_volts = 60.0F;

bool valid_id(std::string_view id) {
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    };
    return !id.empty() && id.size() <= max_id_bytes && std::all_of(id.begin(), id.end(), allowed);
}

DecodeError refusal(DecodeStage stage, const char* code, std::string text) {
    DecodeError error;
    error.stage = stage;
    error.code = code;
    error.text = std::move(text);
    return error;
}

struct Address {
    std::string_view id;
    std::string_view lane;
};

/// "{id}" and "data" or "alarm" of the topic.
boost::system::result<Address, DecodeError> parse_topic(std::string_view topic) {
    const auto rest = below(base, topic);
    const auto slash = rest ? rest->find('/') : std::string_view::npos;
    if (slash == std::string_view::npos) {
        return refusal(DecodeStage::envelope, "topic_malformed",
                       "expected anju/v1/up/{device_id}/data or …/alarm");
    }
    const Address address{rest->substr(0, slash), rest->substr(slash + 1)};
    if (!valid_id(address.id)) {
        return refusal(DecodeStage::envelope, "device_id_invalid",
                       "the topic's device_id must be 1..64 of [A-Za-z0-9_.-]");
    }
    if (address.lane != "data" && address.lane != "alarm") {
        return refusal(DecodeStage::envelope, "topic_malformed",
                       "the topic must end with /data or /alarm");
    }
    return address;
}

/// What one reading says, or which rule of the contract it breaks.
boost::system::result<Reading, DecodeError> read_value(const v1::SensorReading& reading) {
    using V = v1::SensorReading;
    const auto flag = [](ReadingKind kind, bool on) { return Reading{kind, 0, on ? 1 : 0, {}}; };
    const auto out_of_range = [](std::string text) {
        return refusal(DecodeStage::payload, "value_out_of_range", std::move(text));
    };
    switch (reading.value_case()) {
        case V::kSmoke:
            return flag(ReadingKind::smoke, reading.smoke());
        case V::kGas:
            return flag(ReadingKind::gas, reading.gas());
        case V::kIAmWell:
            return reading.i_am_well() ? flag(ReadingKind::i_am_well, true)
                                       : flag(ReadingKind::alive, true);
        case V::kSos:  // an event: "not pressed" only says that the sensor is there
            return reading.sos() ? flag(ReadingKind::sos, true) : flag(ReadingKind::alive, true);
        case V::kWaterLeak:
            return flag(ReadingKind::water_leak, reading.water_leak());
        case V::kContactOpen:
            return flag(ReadingKind::contact_open, reading.contact_open());
        case V::kMotion:
            return flag(ReadingKind::motion, reading.motion());
        case V::kBatteryLow:
            return flag(ReadingKind::battery_low, reading.battery_low());
        case V::kTamper:
            return flag(ReadingKind::tamper, reading.tamper());
        case V::kBedOccupied:
            return flag(ReadingKind::bed_occupied, reading.bed_occupied());
        case V::kAlive:
            return flag(ReadingKind::alive, true);
        case V::kWaterTotalMl:
            if (reading.water_total_ml() < 0 || reading.water_total_ml() > max_total_ml) {
                return out_of_range("water_total_ml = " + std::to_string(reading.water_total_ml()) +
                                    ": expected 0.." + std::to_string(max_total_ml));
            }
            return Reading{ReadingKind::water_total_ml, 0, reading.water_total_ml(), {}};
        case V::kBatteryPct:
            if (reading.battery_pct() > 100) {
                return out_of_range("battery_pct = " + std::to_string(reading.battery_pct()) +
                                    ": expected 0..100");
            }
            return Reading{ReadingKind::battery_pct, 0, reading.battery_pct(), {}};
        case V::kBatteryV: {
            const float volts = reading.battery_v();
            if (!(volts >= 0.0F && volts <= max_volts)) {  // also false for NaN
                return out_of_range("battery_v = " + std::to_string(volts) +
                                    ": expected a finite 0..60");
            }
            return Reading{ReadingKind::battery_mv, 0, std::lround(volts * 1000.0F), {}};
        }
        case V::VALUE_NOT_SET:
            break;
    }
    return refusal(DecodeStage::payload, "value_missing",
                   "none of the values this gateway knows is set");
}

/// Which rule of the contract the message as a whole breaks.
std::optional<DecodeError> check(const v1::SensorUplink& uplink, std::string_view topic_id) {
    const auto broken = [](const char* code, std::string text) {
        return refusal(DecodeStage::payload, code, std::move(text));
    };
    if (uplink.device_id() != topic_id) {
        return broken("device_id_mismatch", "device_id must equal the topic's device_id");
    }
    if (uplink.boot_id() == 0) return broken("boot_id_zero", "boot_id must not be 0");
    if (uplink.seq() == 0) return broken("seq_zero", "seq counts from 1");
    if (uplink.readings_size() == 0) return broken("no_readings", "expected 1..64 readings");
    if (uplink.readings_size() > max_readings) {
        return broken("too_many_readings",
                      std::to_string(uplink.readings_size()) + " readings: expected 1..64");
    }
    return std::nullopt;
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    const auto topic = parse_topic(message.topic);
    if (!topic) return topic.error();
    auto& uplink = state.native().uplink;
    std::optional<Sequence> sequence;
    const auto refuse = [&](DecodeError error) {
        error.address = std::string(topic->id);
        error.sequence = sequence;
        return error;
    };
    if (message.payload.size() > max_payload_bytes) {
        return refuse(refusal(DecodeStage::payload, "payload_too_large",
                              std::to_string(message.payload.size()) + " bytes: expected <= 8192"));
    }
    if (message.payload.empty() && message.retained) return std::vector<Decoded>{};
    const int size = static_cast<int>(message.payload.size());
    if (!uplink.ParseFromArray(message.payload.data(), size)) {
        return refuse(refusal(DecodeStage::payload, "not_protobuf",
                              "the payload is not an anju.v1.SensorUplink"));
    }
    if (uplink.boot_id() != 0 && uplink.seq() != 0) {
        sequence = Sequence{uplink.boot_id(), uplink.seq()};
    }
    if (auto error = check(uplink, topic->id)) return refuse(std::move(*error));

    std::vector<Decoded> out(1);
    Decoded& decoded = out.front();
    decoded.address = std::string(topic->id);
    decoded.sequence = sequence;
    decoded.readings.reserve(static_cast<std::size_t>(uplink.readings_size()));
    for (const auto& item : uplink.readings()) {
        auto reading = read_value(item);
        if (!reading) {
            DecodeError error = reading.error();
            error.text = "reading " + std::to_string(decoded.readings.size() + 1) + " of " +
                         std::to_string(uplink.readings_size()) + ": " + error.text;
            return refuse(std::move(error));
        }
        const EventTime time = event_time(item.event_time_ms());
        reading->event_time = time.at;
        reading->quality = time.quality;
        if (message.retained) reading->quality |= quality::retained;
        if (item.test()) reading->quality |= quality::test;
        decoded.readings.push_back(*reading);
    }
    return out;
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {{"", "Sensors that speak anju/v1/sensor.proto",
             "smoke, gas, sos, i_am_well, water_leak, contact_open, motion, water_total_ml, "
             "battery_pct, "
             "battery_low, battery_mv, tamper, bed_occupied, alive",
             "acknowledged by the application, repeated until then"}};
}

}  // namespace anju::drivers::native
