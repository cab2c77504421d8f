// Fits habits to what was measured of a home: a seeded search that changes one or two numbers at a
// time and keeps what comes closer. Slow is fine, it runs once for a recording.
#pragma once

#include <cstdint>

#include "firmware-sim/life/habits.hpp"
#include "homes.hpp"

namespace anju::bench {

struct FitOptions {
    int rounds = 3000;
    std::uint64_t starts = 3;  ///< searches; the best is taken
};

/// How far two homes are apart; 0: the same in everything that is fitted.
[[nodiscard]] double distance(const MeasuredHome& simulated, const MeasuredHome& recorded);

[[nodiscard]] sim::life::Habits fit(const MeasuredHome& recorded, const FitOptions& options);

}  // namespace anju::bench
