// China Telecom's CTWing AEP as it pushes to an application ("message subscription"), brought to
// the broker by a relay. One JSON object a message; messageType says which:
//   dataReport                 payload.APPdata (base64) of devices without a model, or
//                              payload.serviceId + payload.serviceData of those with one
//   eventReport                eventContent
//   deviceOnlineOfflineReport  eventType 1 online, 0 offline
//   commandResponse            nothing to read
// `timestamp` is the platform's, milliseconds. There is no number of the message (upPacketSN and
// upDataSN are -1), and a push is repeated up to three times as it was: time and content together
// make the message_id.
//
// Address: IMEI, otherwise deviceId; with an IMEI, deviceId is the alias. Model: productId.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::ctwing {

/// Errors of stage envelope: payload_too_large, not_json, not_an_object, no_device,
/// message_type_unknown, not_base64; of stage payload: those of read_content().
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::ctwing
