// What a score comes to, for one home or for several: false alerts in the time that was covered,
// and the delays after the moments at which activity ended.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/score/score.hpp"

namespace anju::bench {

enum class Level : std::uint8_t {
    alert,  ///< P2: somebody goes there
    phone,  ///< P3 or P2: somebody phones, or goes there
};

/// An event that did not come within 48 h is at no_alert hours.
inline constexpr double no_alert = 1e9;

struct Delay {
    double hours{};
    bool by_day{};  ///< the moment was between 07 and 22
};

struct Interval {
    double low{};
    double high{};
};

struct Tally {
    std::uint64_t false_alerts{};
    double months{};
    std::vector<Delay> delays;

    void add(const Tally& other);
    [[nodiscard]] double rate() const;  ///< a month; 0 without any time
    /// 95 %, exact, of Poisson-distributed counts (Garwood 1936).
    [[nodiscard]] Interval rate_interval() const;
    /// Nearest rank, `share` in 0..1; 0 without any.
    [[nodiscard]] double delay(double share) const;
    [[nodiscard]] double delay(double share, bool by_day) const;
    [[nodiscard]] double within(double hours) const;  ///< share in 0..1
};

/// Of the silences that were told on the recording as it is, each counts once.
[[nodiscard]] Tally tally(const score::Score& score, Level level);

[[nodiscard]] Delay delay_of(Instant cut, std::optional<Instant> told_at);

}  // namespace anju::bench
