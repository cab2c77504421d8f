// Time in the core: a point on the UTC line in milliseconds, always handed in, never asked for.
#pragma once

#include <chrono>
#include <cstdint>

namespace anju {

/// Elapsed time, milliseconds.
using Duration = std::chrono::milliseconds;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
using Instant = std::chrono::sys_time<Duration>;

/// The instant `ms` milliseconds after the Unix epoch.
[[nodiscard]] constexpr Instant from_unix_ms(std::int64_t ms) {
    return Instant{Duration{ms}};
}
[[nodiscard]] constexpr std::int64_t to_unix_ms(Instant at) {
    return at.time_since_epoch().count();
}

}  // namespace anju
