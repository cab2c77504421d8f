// Shelly devices of the second and later generations, by MQTT.
//
//   {prefix}/events/rpc          NotifyStatus (what has changed), NotifyFullStatus, NotifyEvent
//   {prefix}/status/{component}  the whole status of one component ("smoke:0")
//   {prefix}/online              true, false (the device's last will)
//
// Address: the topic prefix, which is the device's id unless changed; alias: the id ("src") where
// it differs. What stands apart from the device in a home has an address of its own below it:
// "{prefix}/flood:1", "{prefix}/presencezone:200", "{prefix}/bthomedevice:200". A Bluetooth device
// that Shelly's BLU script reports is addressed by its MAC.
//
// A status is an overlay: what it does not say, stands as it was. `ts` counts from the start of the
// device until it knows the time; such a time is thrown away. input:N and bthomesensor:N mean
// nothing by themselves: a profile set for the address reads {"input:0":{"state":true}} or
// {"input:0":{"event":"single_push"}}.
// Source: Shelly API documentation (Gen2+), "RPC notifications", "MQTT", and the components.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::shelly {

/// Errors: "topic_malformed" "payload_too_large" (envelope), "availability_unknown" "not_json"
/// "not_an_object" "params_missing" (payload).
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::shelly
