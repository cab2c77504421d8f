// Readings in the words of Anju's own sensor contract, and its topics.
#pragma once

#include <string>
#include <string_view>

#include "anju/v1/sensor.pb.h"
#include "core/model/reading.hpp"
#include "firmware-sim/homes/sensor_outbox.hpp"

namespace anju::sim {

[[nodiscard]] v1::SensorReading to_native(const Reading& reading);
/// The inverse for everything to_native() makes; a message without a value is `alive`.
[[nodiscard]] Reading from_native(const v1::SensorReading& reading);

/// "anju/v1/up/{device}/data" or "…/alarm"
[[nodiscard]] std::string up_topic(std::string_view device, Topic topic);
/// "anju/v1/down/{device}"
[[nodiscard]] std::string down_topic(std::string_view device);
/// The {device} of a down topic; empty when it is none.
[[nodiscard]] std::string_view device_of_down_topic(std::string_view topic);

inline constexpr std::string_view clock_topic = "anju/v1/clock";

}  // namespace anju::sim
