// Huawei Cloud IoTDA, in three forms:
//   MQTT   $oc/devices/{device_id}/sys/properties/report
//          {"services": [{service_id, properties: {…}, event_time?}]}, also below "devices" where a
//          gateway speaks for others
//   push   {"resource": "device.property" | "device.message" | "device.status", event_time,
//           "notify_data": {"header": {device_id, product_id, node_id}, "body": …}}
//   older  OceanConnect: {"notifyType": "deviceDataChanged" | "deviceDatasChanged" |
//           "deviceInfoChanged", deviceId, "service" | "services": {serviceId, data, eventTime}}
// Times are UTC, "20260301T001407Z" or "2026-03-01T00:14:07.000Z".
//
// Address: node_id (an IMEI, mostly). Over MQTT that is what follows the first '_' of
// {product_id}_{node_id}. Alias: device_id. In OceanConnect deviceId, alias none. Model:
// product_id.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::huawei_iotda {

/// Errors of stage envelope: payload_too_large, not_json, not_an_object, no_device,
/// message_type_unknown; of stage payload: those of read_content().
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
/// More than usual: a gateway speaks for many.
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::huawei_iotda
