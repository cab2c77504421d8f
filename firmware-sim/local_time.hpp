// Times as people write them, in the one zone the simulator lives in: UTC+8 without summer time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/instant.hpp"

namespace anju::sim {

inline constexpr Duration utc_offset = std::chrono::hours{8};

/// "2026-03-02T06:00", optional ":30" and optional "Z" or "+08:00"; without zone UTC+8.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

/// "90s", "15m", "6h", "1d", and sums of them from large to small: "1d2h30m". Never negative.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

/// "06:30" as time since local midnight, up to "24:00".
[[nodiscard]] std::optional<Duration> parse_time_of_day(std::string_view text);

/// "03-02 06:30:00", local time.
[[nodiscard]] std::string format_local(Instant at);

/// The shortest text that parse_duration() reads back: "1h", "90s".
[[nodiscard]] std::string format_duration(Duration duration);

/// Local midnight that begins the day `at` falls on.
[[nodiscard]] Instant local_midnight(Instant at);

}  // namespace anju::sim
