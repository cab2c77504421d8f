// China Mobile's OneNET as it pushes to an application, brought to the broker by a relay.
//
// Push of the older platform (LwM2M, MQTT, HTTP):
//   {"msg": point | [points that were kept] | "either as text", "msg_signature", "nonce"}
//   point, by type: 1 data  {dev_id, imei?, ds_id, at, value}    at: platform's time, milliseconds
//                   2 login {dev_id, imei?, at, status}          1 online, 0 offline
//                   7 answer to a command: nothing to read
//   `value` is a number, text, an object, or bytes as hexadecimal digits or base64.
//   With {"enc_msg"} the application has asked for encryption: refused, switch it off there.
//
// Push of OneNET Studio, also as text in `msg`:
//   {notifyType: "property" | "event", productId, deviceName,
//    data: {params: {name: {value, time}}}}
//
// Address: IMEI, otherwise dev_id (alias where there is an IMEI); in Studio deviceName. Model:
// productId where it is said.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::onenet {

/// Errors of stage envelope: payload_too_large, not_json, not_an_object, encrypted, no_device,
/// message_type_unknown; of stage payload: those of read_content().
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
/// More than usual: the platform keeps points while the application is away.
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::onenet
