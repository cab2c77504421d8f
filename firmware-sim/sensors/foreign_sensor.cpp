#include "firmware-sim/sensors/foreign_sensor.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <utility>

#include "firmware-sim/sensors/battery.hpp"
#include "firmware-sim/sensors/cjt188_frame.hpp"
#include "firmware-sim/sensors/wmbus_telegram.hpp"

namespace anju::sim {

namespace {

using Stands = std::map<ReadingKind, Reading>;

std::int64_t value_of(const Stands& stands, ReadingKind kind, std::int64_t otherwise = 0) {
    const auto at = stands.find(kind);
    return at == stands.end() ? otherwise : at->second.value;
}

/// The largest of the steps, ascending, in which whole pulses can be written; `usual` for a meter
/// that counts finer than any of them.
std::int64_t step_below(std::initializer_list<std::int64_t> steps, std::int64_t resolution_ml,
                        std::int64_t usual) {
    std::int64_t out = usual;
    for (const auto step : steps) {
        if (resolution_ml >= step && resolution_ml % step == 0) out = step;
    }
    return out;
}

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

}  // namespace

struct ForeignSensor::Voice {
    virtual ~Voice() = default;
    virtual std::vector<Publication> say(const Stands& stands, Instant at, unsigned copies) = 0;
    virtual std::vector<Publication> reboot(Instant at) = 0;
};

namespace {

class WmbusVoice : public ForeignSensor::Voice {
public:
    WmbusVoice(const Device& device, const Behaviour& behaviour, std::uint64_t seed)
        : kind_(device.kind),
          step_ml_(step_below({100, 1'000, 10'000}, behaviour.resolution_ml, 1'000)),
          cell_(behaviour.cell.value_or(Cell::lithium_thionyl)),
          celsius_(behaviour.celsius),
          random_(seed) {
        // "DWZ-12345678"
        telegram_.meter.maker = device.address.substr(0, 3);
        telegram_.meter.number = static_cast<std::uint32_t>(number_in(device.address.substr(4)));
        if (kind_ == SensorKind::smoke) telegram_.meter.type = 0x1A;
        if (kind_ == SensorKind::door) telegram_.meter.type = 0x1D;
        telegram_.access = static_cast<std::uint8_t>(random_.between(0, 255));
        if (device.key.empty()) return;
        telegram_.security = behaviour.security;
        const auto key = from_hex_digits(device.key);
        std::copy_n(key.begin(), telegram_.key.size(), telegram_.key.begin());
    }

    std::vector<Publication> say(const Stands& stands, Instant, unsigned copies) override {
        telegram_.records = records(stands);
        if (telegram_.records.empty()) return {};
        telegram_.status = status(stands);
        ++telegram_.access;  // a repetition has the same number; this is a new telegram
        ++telegram_.counter;
        const auto frame = frame_of(telegram_, WmbusFrame::format_a);
        std::vector<Publication> out;
        for (unsigned copy = 0; copy < copies; ++copy) {
            const auto rssi = static_cast<int>(random_.between(-95, -60));
            out.push_back(
                {"wmbus/receiver-" + std::to_string(copy % 2 + 1), wmbus_json(frame, rssi)});
        }
        return out;
    }

    std::vector<Publication> reboot(Instant) override {
        telegram_.access = 0;  // the counter of mode 7 is kept: no value of it comes twice
        return {};
    }

private:
    [[nodiscard]] Octets records(const Stands& stands) const {
        Octets out;
        switch (kind_) {
            case SensorKind::smoke: {
                const auto smoke = stands.find(ReadingKind::smoke);
                const bool on = smoke != stands.end() && smoke->second.value != 0;
                const bool test = on && (smoke->second.quality & quality::test) != 0;
                put_error_flags(out, static_cast<std::uint16_t>(test ? 0x08 : on ? 0x04 : 0x00));
                break;
            }
            case SensorKind::door:
                put_contact(out, value_of(stands, ReadingKind::contact_open) != 0);
                break;
            default:
                if (!stands.contains(ReadingKind::water_total_ml)) return out;
                put_volume(out, value_of(stands, ReadingKind::water_total_ml), step_ml_);
                if (stands.contains(ReadingKind::water_reverse_ml)) {
                    put_backward_volume(out, value_of(stands, ReadingKind::water_reverse_ml),
                                        step_ml_);
                }
                if (stands.contains(ReadingKind::battery_pct)) {
                    const auto charge = value_of(stands, ReadingKind::battery_pct);
                    put_battery(out, millivolts_of(cell_, static_cast<int>(charge) * 10, celsius_));
                }
        }
        return out;
    }

    static std::uint8_t status(const Stands& stands) {
        unsigned out = 0;
        const bool low = value_of(stands, ReadingKind::battery_low) != 0 ||
                         value_of(stands, ReadingKind::battery_pct, 100) <= 10;
        if (low) out |= wmbus_status::power_low;
        if (value_of(stands, ReadingKind::fault) != 0) out |= wmbus_status::permanent_error;
        if (value_of(stands, ReadingKind::tamper) != 0) out |= wmbus_status::tamper;
        if (value_of(stands, ReadingKind::water_reverse_ml) != 0) out |= wmbus_status::backflow;
        return static_cast<std::uint8_t>(out);
    }

    SensorKind kind_;
    std::int64_t step_ml_;
    Cell cell_;
    int celsius_;
    Random random_;
    WmbusTelegram telegram_;
};

/// The bytes of CJ/T 188, for whichever network carries them.
class Cjt188Meter {
public:
    Cjt188Meter(const Device& device, const Behaviour& behaviour) {
        answer_.number = derive_seed(0x188, device.id.value) % 10'000'000'000'000ULL;
        answer_.step_ml =
            step_below({1'000, 10'000, 100'000, 1'000'000}, behaviour.resolution_ml, 10'000);
    }

    /// Empty: nothing to show.
    Octets frame(const Stands& stands, Instant at) {
        const auto total = stands.find(ReadingKind::water_total_ml);
        if (total == stands.end()) return {};
        ++answer_.serial;
        answer_.total_ml = total->second.value;
        answer_.clock = at;
        unsigned status = 0;
        const bool low = value_of(stands, ReadingKind::battery_low) != 0 ||
                         value_of(stands, ReadingKind::battery_pct, 100) <= 10;
        if (low) status |= cjt188_status::battery_low;
        if (value_of(stands, ReadingKind::tamper) != 0) status |= cjt188_status::tamper;
        answer_.status = static_cast<std::uint16_t>(status);
        return frame_of(answer_);
    }

private:
    Cjt188Answer answer_;
};

class LoraVoice : public ForeignSensor::Voice {
public:
    LoraVoice(const Device& device, const Behaviour& behaviour, std::uint64_t seed)
        : meter_(device, behaviour), random_(seed) {
        sender_.dev_eui = device.address;
        sender_.name = device.id.value;
    }

    std::vector<Publication> say(const Stands& stands, Instant at, unsigned copies) override {
        LoraUplink uplink;
        uplink.data = meter_.frame(stands, at);
        if (uplink.data.empty()) return {};
        uplink.f_cnt = f_cnt_++;
        uplink.time = at;
        for (unsigned gateway = 0; gateway < copies; ++gateway) {
            uplink.rssi_dbm.push_back(static_cast<int>(random_.between(-125, -90)));
        }
        // Of many gateways ChirpStack makes one message; what an integration could not deliver it
        // delivers again, the same.
        const auto message = publication_of(sender_, uplink);
        return std::vector<Publication>(copies > 2 ? 2 : 1, message);
    }

    std::vector<Publication> reboot(Instant at) override {
        f_cnt_ = 0;
        return {join_of(sender_, at)};
    }

private:
    Cjt188Meter meter_;
    Random random_;
    LoraSender sender_;
    std::uint32_t f_cnt_ = 0;
};

class CtwingVoice : public ForeignSensor::Voice {
public:
    CtwingVoice(const Device& device, const Behaviour& behaviour) : meter_(device, behaviour) {
        sender_.imei = device.address;
        sender_.device_id = hex_of(Octets(device.id.value.begin(), device.id.value.end()));
        sender_.device_id.resize(std::min<std::size_t>(sender_.device_id.size(), 32));
    }

    std::vector<Publication> say(const Stands& stands, Instant at, unsigned copies) override {
        const auto frame = meter_.frame(stands, at);
        if (frame.empty()) return {};
        return std::vector<Publication>(copies, data_report(sender_, at, frame));
    }

    std::vector<Publication> reboot(Instant at) override {
        return {online_report(sender_, at, true)};
    }

private:
    Cjt188Meter meter_;
    CtwingSender sender_;
};

}  // namespace

ForeignSensor::ForeignSensor(const Device& device, Protocol protocol, const Behaviour& behaviour,
                             std::uint64_t seed) {
    switch (protocol) {
        case Protocol::cjt188_chirpstack:
            voice_ = std::make_unique<LoraVoice>(device, behaviour, seed);
            break;
        case Protocol::cjt188_ctwing:
            voice_ = std::make_unique<CtwingVoice>(device, behaviour);
            break;
        case Protocol::wmbus:
        case Protocol::native:
        case Protocol::zigbee2mqtt:
            voice_ = std::make_unique<WmbusVoice>(device, behaviour, seed);
            break;
    }
}

ForeignSensor::~ForeignSensor() = default;
ForeignSensor::ForeignSensor(ForeignSensor&&) noexcept = default;
ForeignSensor& ForeignSensor::operator=(ForeignSensor&&) noexcept = default;

std::vector<Publication> ForeignSensor::report(const std::vector<Reading>& readings, Instant at,
                                               unsigned copies) {
    for (const auto& reading : readings) {
        auto& stands = stands_[reading.kind];
        if (reading.event_time >= stands.event_time) stands = reading;
    }
    return voice_->say(stands_, at, copies);
}

std::vector<Publication> ForeignSensor::reboot(Instant at) {
    return voice_->reboot(at);
}

}  // namespace anju::sim
