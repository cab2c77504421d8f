// What would be told if the silence of a home went on.
#pragma once

#include "core/engine/home.hpp"

namespace anju {

/// Epoch 0: not to be expected within the 48 h that a silence is looked at, or told already.
struct Foresight {
    Instant phone{};
    Instant alert{};
};

/// Lets time pass in a copy of what was learned: no sign comes, every sensor goes on to speak as it
/// does at `now`, and nobody is heard to leave. Sensors that speak at the moment then give the very
/// instants; meters that tell afterwards those at which they will have told at the latest.
[[nodiscard]] Foresight foresee(const Home& home, Instant now, Duration utc_offset);

/// How meters that tell afterwards tell: the slowest of those that can be relied upon, for all of
/// them are waited for.
struct MeterPace {
    Duration part{};  ///< what is told at once and counts, see Inactivity::hour_at_least
    Duration lag{};   ///< until it is delivered
};
/// nullopt: there is none, or its word is a hole.
[[nodiscard]] std::optional<MeterPace> meter_pace(const Home& home);

}  // namespace anju
