// Seeded variation of times and amounts, on integers.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/model/instant.hpp"
#include "firmware-sim/random.hpp"

namespace anju::sim::life {

[[nodiscard]] inline Duration minutes(std::int64_t count) {
    return std::chrono::minutes{count};
}

/// Near `middle`, at most `spread` off, small distances being likelier (a triangle).
[[nodiscard]] inline std::int64_t hump(std::int64_t middle, std::int64_t spread, Random& random) {
    if (spread <= 0) return middle;
    return middle + (random.between(-spread, spread) + random.between(-spread, spread)) / 2;
}

/// `mean` in the mean, from a quarter of it to nearly twice it.
[[nodiscard]] inline std::int64_t about(std::int64_t mean, Random& random) {
    return hump(mean, mean * 3 / 4, random);
}

/// How often something happens that happens `mean_pm` thousandths of a time in the mean: twelve
/// chances of a twelfth, close enough to Poisson up to several.
[[nodiscard]] inline int count_of(std::int64_t mean_pm, Random& random) {
    int count = 0;
    for (int i = 0; i < 12; ++i) count += random.between(0, 11'999) < mean_pm ? 1 : 0;
    return count;
}

}  // namespace anju::sim::life
