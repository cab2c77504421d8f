// Asks a broker whether it lets somebody in, as a sensor would: after a set-up, what counts is not
// what its file says but whom it refuses.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace anju::provision {

enum class Door { opened, refused };

/// MQTT 3.1.1 in the clear to 127.0.0.1, as `user` (empty: anonymous). An Error when nobody
/// listens or what answers is no broker. Blocks for at most `limit`.
[[nodiscard]] result<Door> knock(std::uint16_t port, const std::string& user,
                                 const std::string& password, std::chrono::milliseconds limit);

/// Knocks until somebody listens: a broker that was just told to start. An Error unless it lets
/// `user` in and keeps the anonymous out.
[[nodiscard]] result<void> check_doors(std::uint16_t port, const std::string& user,
                                       const std::string& password,
                                       std::chrono::milliseconds limit);

}  // namespace anju::provision
