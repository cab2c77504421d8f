// Local times as recordings write them: "2017-03-01T09:00:00", no zone. They are taken for UTC
// throughout, so that the hour of the day is the hour people lived by.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/instant.hpp"

namespace anju::recorded {

/// A date and a time of day, with or without seconds and a fraction of them; a date alone is its
/// midnight. nullopt when it is none.
[[nodiscard]] std::optional<Instant> parse_time(std::string_view text);

/// Whole seconds; a fraction only where there is one.
[[nodiscard]] std::string format_time(Instant at);

}  // namespace anju::recorded
