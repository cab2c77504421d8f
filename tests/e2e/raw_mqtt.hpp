// MQTT with nothing around it: a socket and prepared bytes. The physical limit that a broker on
// this machine sets, beside which the gateway is measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace anju::test {

/// Publishes `count` QoS 0 messages of `payload` bytes on one connection as fast as the broker
/// takes them and receives them on another. Returns messages a second at the receiver. Throws
/// std::runtime_error when the broker refuses.
[[nodiscard]] double raw_broker_rate(std::uint16_t port, const std::string& user,
                                     const std::string& password, std::size_t count,
                                     std::size_t payload);

}  // namespace anju::test
