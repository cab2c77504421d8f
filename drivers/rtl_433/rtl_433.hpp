// Sensors on 433/868/915 MHz as rtl_433 hands them on by MQTT.
//
//   rtl_433/{host}/events   one JSON object a message received; this is what is read
//   rtl_433/{host}/devices/{…}/{field}, …/states, …/availability   the same once more, or about the
//                           receiver: left alone. Keep `events` switched on.
//
// Address: "{model}-{id}", with "-{channel}" where there is one. Model "Wireless-MBus" carries a
// telegram in `data`, which goes to the wmbus driver and its devices; its other fields are not
// used. A field whose meaning depends on the sensor it is mounted in (a meter's count, `alarm`,
// `state`) is read by a profile: one set for the device, or one that claims the model.
//
// `time` is local and without a zone unless rtl_433 runs with -M time:utc, time:iso:tz or
// time:unix; only a time that can be placed is taken. `rssi` is relative to full scale, not dBm,
// and left out. Sources: rtl_433, docs/OPERATION.md, docs/DATA_FORMAT.md; EN 13757-4.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::rtl_433 {

/// Errors: "payload_too_large" (envelope), "not_json" "not_an_object" "model_missing"
/// "name_too_long" "data_missing" "not_hex" and those of a telegram (payload).
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::rtl_433
