// Devices with the Tasmota firmware, and Zigbee devices behind a bridge that runs it
// (Zigbee2Tasmota).
//
//   tele/{device}/SENSOR   what is measured; with a ZbReceived inside that of a Zigbee device
//   tele/{device}/STATE    Wi-Fi, uptime, relays     tele/{device}/LWT   Online, Offline
//   stat/{device}/…        answers; RESULT, STATUS8 and STATUS10, POWER, SWITCH1 may carry values
//
// Addresses: "{device}", behind a bridge "{bridge}/0x4F2E" with the alias "{bridge}/{Name}".
// A short address changes when a Zigbee device joins anew: give it a name (ZbName) and register it
// under the alias.
//
// Switch1, POWER and COUNTER.C1 mean nothing by themselves; a profile set for the device says what
// they are. It reads the fields as the device writes them, without Time, and "Switch1":"ON" also
// where the device wrote "Switch1":{"Action":"ON"} (SetOption114). `Time` is local without a zone
// unless SetOption52 adds one, and 1970 before the clock is set: only a time with a zone counts.
// Source: Tasmota documentation, "MQTT", "Buttons and Switches", "Zigbee".
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::tasmota {

/// Errors: "topic_malformed" "payload_too_large" (envelope), "availability_unknown" "not_json"
/// "not_an_object" (payload).
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::tasmota
