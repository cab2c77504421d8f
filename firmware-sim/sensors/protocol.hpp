// Which protocols sensors speak, which kinds of sensor speak them, and how such a device is
// registered at a gateway.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/household.hpp"

namespace anju::sim {

enum class Protocol : std::uint8_t {
    native,
    zigbee2mqtt,
    wmbus,
    cjt188_chirpstack,
    cjt188_ctwing,
};

/// How telegrams of wireless M-Bus are sealed: security modes 0, 5 and 7 of EN 13757-7.
enum class WmbusSecurity : std::uint8_t { none, mode_5, mode_7 };

/// "none", "mode-5", "mode-7"
[[nodiscard]] std::optional<WmbusSecurity> parse_security(std::string_view text);

/// "native", "zigbee2mqtt", "wmbus", "cjt188-chirpstack", "cjt188-ctwing"
[[nodiscard]] std::optional<Protocol> parse_protocol(std::string_view text);
[[nodiscard]] std::string_view name_of(Protocol protocol);

/// Whether there is a device of this kind that speaks it.
[[nodiscard]] bool speaks(SensorKind kind, Protocol protocol);

/// Fills in driver, address and, of what encrypts, the key: the same ones for the same id. `id` is
/// set by the caller; native devices and those of Zigbee are called by it. `security`: of wmbus.
void register_device(Device& device, Protocol protocol,
                     WmbusSecurity security = WmbusSecurity::mode_5);

}  // namespace anju::sim
