// The numbers by which a simulated home is held against a recorded one. All are computed from what
// sensors said, so that a home is measured the same way whichever it is.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "firmware-sim/life/sampling.hpp"

namespace anju::sim::life {

struct Statistics {
    double days{};  ///< covered
    double litres_a_day{};
    double p90_gap_h{};   ///< between uses, hours
    double uses_a_day{};  ///< readings that counted something
    double night_uses{};  ///< of them, from 00:00 to 05:00, a night
    double p99_gap_h{};
    double median_use_l{};  ///< litres of a reading that counted something
    double p90_use_l{};
    std::array<double, 24> profile{};  ///< by hour of day: share of readings that counted something
};

/// Readings further apart than 2.5 h are a hole: what it hides is neither covered nor a gap. An
/// hourly gap of 5 h may have been anything from 4.5 to 5.5; quantiles are taken of that, as of
/// any grouped data, so that they do not jump by whole hours.
[[nodiscard]] Statistics measure_meter(std::span<const MeterRow> rows);

/// The same of signs of life without a meter, in ascending order: a use is an hour of the clock
/// with a sign in it; gaps are those of more than ten minutes; litres are 0. `covered`: spans in
/// which the home was watched.
struct Watched {
    Instant from{};
    Instant to{};
};
[[nodiscard]] Statistics measure_signs(std::span<const Instant> signs,
                                       std::span<const Watched> covered);

/// How often the door was used, passages a day: uses less than two minutes apart are one.
[[nodiscard]] double passages_a_day(std::span<const Instant> door_uses, double days);

/// A quantile of numbers in any order, linear between neighbours; 0 of none.
[[nodiscard]] double quantile(std::vector<double> values, double share);

}  // namespace anju::sim::life
