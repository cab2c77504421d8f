// Small helpers of the measurements.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace anju::test {

/// Nearest-rank percentile; `share` in 0..1. 0 for no values.
inline double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

/// Environment for a process whose every fsync shall take `ms` longer, as an SD card's does.
inline std::vector<std::string> slow_fsync(unsigned ms) {
    return {std::string("LD_PRELOAD=") + ANJU_SLOW_FSYNC,
            "ANJU_FSYNC_DELAY_MS=" + std::to_string(ms)};
}

}  // namespace anju::test
