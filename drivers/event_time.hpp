// What a device says about time, made safe to calculate with. Whether a time fits the gateway's
// own clock is not judged here: a driver does not know what time it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/instant.hpp"

namespace anju::drivers {

struct EventTime {
    Instant at{};             ///< epoch 0 = the gateway's time is to be taken
    std::uint16_t quality{};  ///< quality::clock_replaced when the device's time was thrown away
};

/// 0 means the device has no clock. Times before 2020 (a clock that was never set) and from
/// 2100 on (a broken one) are thrown away and marked.
[[nodiscard]] EventTime event_time(std::int64_t unix_ms);

/// Unix milliseconds of "2026-03-01T08:14:22[.123](Z|+08:00|+0800)". nullopt for anything else,
/// also without a zone: local time cannot be placed.
[[nodiscard]] std::optional<std::int64_t> parse_iso8601(std::string_view text);

}  // namespace anju::drivers
