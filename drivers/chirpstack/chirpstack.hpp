// LoRaWAN through ChirpStack 4 as its MQTT integration publishes it in JSON:
//   application/{id}/device/{devEui}/event/{up|status|join|ack|txack|log|location|integration}
// https://www.chirpstack.io/docs/chirpstack/integrations/events.html
//
// Address: devEui, 16 lower-case digits. Alias: deviceName. Model: deviceProfileName.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::chirpstack {

/// Errors of stage envelope: payload_too_large, not_json, not_an_object, chirpstack_v3, no_device,
/// not_base64; of stage payload: those of read_content().
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
/// More than usual: each gateway that heard the device adds half a KiB.
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::chirpstack
