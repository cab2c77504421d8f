#include "system/notify.hpp"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace anju::system {

void notify_ready() {
    sd_notify(0, "READY=1");
}

void notify_reloading() {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
    const std::string state = "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now.count());
    sd_notify(0, state.c_str());
}

void notify_stopping() {
    sd_notify(0, "STOPPING=1");
}

void notify_status(std::string_view text) {
    std::string state = "STATUS=" + std::string(text);
    std::ranges::replace(state, '\n', ' ');
    sd_notify(0, state.c_str());
}

void notify_starting(std::chrono::microseconds longest) {
    const std::string state = "EXTEND_TIMEOUT_USEC=" + std::to_string(longest.count());
    sd_notify(0, state.c_str());
}

void notify_watchdog() {
    sd_notify(0, "WATCHDOG=1");
}

std::optional<std::chrono::microseconds> watchdog_interval() {
    std::uint64_t limit_us = 0;
    if (sd_watchdog_enabled(0, &limit_us) <= 0) return std::nullopt;
    return std::chrono::microseconds{static_cast<std::int64_t>(limit_us / 2)};
}

}  // namespace anju::system
