// Tells the service manager how the gateway is doing (sd_notify(3)). Does nothing when it was
// not started by one.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace anju::system {

void notify_ready();
/// Before a reload; notify_ready() ends it.
void notify_reloading();
void notify_stopping();
/// One line for `systemctl status`.
void notify_status(std::string_view text);
/// It is not ready yet, and gets on: whoever waits for it goes on waiting, `longest` from now at
/// most. Counts once the time that was set for a start (TimeoutStartSec) is over.
void notify_starting(std::chrono::microseconds longest);
/// "Still alive". Only from the loop whose life it proves.
void notify_watchdog();

/// How often at least notify_watchdog() is expected (half of what the service manager would
/// wait); nullopt: nobody is waiting.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace anju::system
