#include "firmware-sim/sensors/protocol.hpp"

#include <fmt/format.h>

#include <utility>

#include "firmware-sim/random.hpp"
#include "firmware-sim/sensors/zigbee_models.hpp"

namespace anju::sim {

namespace {

constexpr std::pair<std::string_view, Protocol> names[] = {
    {"native", Protocol::native},
    {"zigbee2mqtt", Protocol::zigbee2mqtt},
    {"wmbus", Protocol::wmbus},
    {"cjt188-chirpstack", Protocol::cjt188_chirpstack},
    {"cjt188-ctwing", Protocol::cjt188_ctwing},
};

/// With the check digit of Luhn, as printed on modules.
std::string imei_of(std::string_view id) {
    auto digits = fmt::format("86037405{:06}", derive_seed(0x86, id) % 1'000'000);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int digit = digits[i] - '0';
        const int weighted = i % 2 == 0 ? digit : digit * 2;
        sum += weighted / 10 + weighted % 10;
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::optional<Protocol> parse_protocol(std::string_view text) {
    for (const auto& [name, protocol] : names) {
        if (name == text) return protocol;
    }
    return std::nullopt;
}

std::string_view name_of(Protocol protocol) {
    for (const auto& [name, each] : names) {
        if (each == protocol) return name;
    }
    return "native";
}

bool speaks(SensorKind kind, Protocol protocol) {
    switch (protocol) {
        case Protocol::native:
            return true;
        case Protocol::zigbee2mqtt:
            return zigbee_model(kind) != nullptr;
        case Protocol::wmbus:
            return kind == SensorKind::water_meter || kind == SensorKind::smoke ||
                   kind == SensorKind::door;
        case Protocol::cjt188_chirpstack:
        case Protocol::cjt188_ctwing:
            return kind == SensorKind::water_meter;
    }
    return false;
}

std::optional<WmbusSecurity> parse_security(std::string_view text) {
    if (text == "none") return WmbusSecurity::none;
    if (text == "mode-5") return WmbusSecurity::mode_5;
    if (text == "mode-7") return WmbusSecurity::mode_7;
    return std::nullopt;
}

void register_device(Device& device, Protocol protocol, WmbusSecurity security) {
    const auto& id = device.id.value;
    device.driver = name_of(protocol);
    device.address = id;
    device.key.clear();
    switch (protocol) {
        case Protocol::native:
        case Protocol::zigbee2mqtt:
            break;
        case Protocol::wmbus:
            device.address =
                fmt::format("{}-{:08}", device.kind == SensorKind::water_meter ? "DWZ" : "LAS",
                            derive_seed(0x4d, id) % 100'000'000);
            if (security == WmbusSecurity::none) break;
            device.key =
                fmt::format("{:016x}{:016x}", derive_seed(0x6b31, id), derive_seed(0x6b32, id));
            break;
        case Protocol::cjt188_chirpstack:
            device.driver = "chirpstack";
            device.address = fmt::format("70b3d5e7{:08x}", derive_seed(0x70, id) & 0xFFFFFFFFU);
            break;
        case Protocol::cjt188_ctwing:
            device.driver = "ctwing";
            device.address = imei_of(id);
            break;
    }
}

}  // namespace anju::sim
