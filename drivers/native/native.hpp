// Anju's own sensors: protobuf SensorUplink on anju/v1/up/{device_id}/data and …/alarm
// (proto/anju/v1/sensor.proto, where every limit is written down).
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::native {

/// Parse buffer, kept so that a steady stream allocates no messages.
struct Scratch;

/// Gives exactly one Decoded, or refuses the message as a whole: a sensor repeats what is not
/// acknowledged, so half a message would either be lost or counted twice. The error names
/// address and sequence as far as they were understood, so that the sensor can be told.
/// Hazards are accepted on both topics; they belong on …/alarm, where measurements cannot hold
/// them up.
[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);

[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::native
