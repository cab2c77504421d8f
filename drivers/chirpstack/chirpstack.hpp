// The chirpstack driver; see the .cpp file.
#pragma once

#include "drivers/driver.hpp"

namespace anju::drivers::chirpstack {

[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::chirpstack
