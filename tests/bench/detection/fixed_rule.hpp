// The rule everybody has: twelve hours without a sign of life. Computed from the recording alone,
// by the same protocol as the engine is scored.
#pragma once

#include <vector>

#include "tally.hpp"

namespace anju::bench {

/// The alert comes when the twelve hours are over or, where a meter tells, with the next reading
/// then. Time that is not covered, or in which the resident is away by word, does not count.
/// `moments`: when activity ends; `scored_from`: false alerts count from here on.
[[nodiscard]] Tally silent_12h(const recorded::Recording& recording, const score::Options& options,
                               const std::vector<Instant>& moments, Instant scored_from);

}  // namespace anju::bench
