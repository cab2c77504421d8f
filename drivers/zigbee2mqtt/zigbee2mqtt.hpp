// Zigbee2MQTT: JSON state of Zigbee devices, their availability, and the bridge's list of them.
// https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
//
//   {base}/{friendly_name}               state; the name may contain "/"
//   {base}/{friendly_name}/availability  {"state":"online"} or plain "online"
//   {base}/bridge/devices                who is behind a friendly name, what values mean
//   {base}/bridge/…, …/set, …/get        nothing to read
//
// A device's address is its IEEE address as soon as the bridge has told it (or the message
// carries it), the friendly name being the alias; before that the friendly name.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::zigbee2mqtt {

/// Taken when Message::base is empty.
inline constexpr std::string_view default_base = "zigbee2mqtt";

/// One Decoded for a device, with one reading per kind (several probes of one kind are one level:
/// on when any is on) and a problem for each value that made no sense. Where a device holds several
/// water meters, one more Decoded for each, addressed "{address}#{endpoint}".
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);

[[nodiscard]] std::size_t max_payload(const Message& message);  ///< more for bridge/devices

/// For the list of supported devices.
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::zigbee2mqtt
