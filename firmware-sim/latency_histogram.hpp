// Latencies of a run that may last for days, in little memory: sixteen buckets to each doubling.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace anju::sim {

/// Milliseconds from 0.01 to 10^7; what is outside counts as the nearest. Not thread-safe.
class LatencyHistogram {
public:
    void add(double ms) {
        ++counts_[bucket_of(ms)];
        ++count_;
        largest_ = std::max(largest_, ms);
    }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] double largest() const { return largest_; }

    /// At most 4.5 % above the value of that rank, and never above largest(); 0 when empty.
    [[nodiscard]] double percentile(unsigned per_mille) const {
        const std::uint64_t rank = std::max<std::uint64_t>((count_ * per_mille + 999) / 1000, 1);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            seen += counts_[i];
            if (seen >= rank) return std::min(upper_edge(i), largest_);
        }
        return 0;
    }

private:
    static constexpr int per_doubling = 16;
    static constexpr double lowest = 0.01;
    static constexpr std::size_t buckets = 30 * per_doubling;

    static std::size_t bucket_of(double ms) {
        if (!(ms > lowest)) return 0;
        const double at = std::ceil(std::log2(ms / lowest) * per_doubling);
        return std::min(static_cast<std::size_t>(at), buckets - 1);
    }
    static double upper_edge(std::size_t bucket) {
        return lowest * std::exp2(static_cast<double>(bucket) / per_doubling);
    }

    std::array<std::uint64_t, buckets> counts_{};
    std::uint64_t count_ = 0;
    double largest_ = 0;
};

}  // namespace anju::sim
