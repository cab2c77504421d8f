// When is a fortnight unlike a person's own past?
//
// The past is an exponentially forgetting mean and spread, half of its weight in the last 56 days:
// long enough to average over a season's weeks, short enough to follow the season. Mornings that
// move by an hour in half a year are 30 min ahead of such a past, which is below what is told.
//
// A change is told when it is both large enough to matter to a visitor (`least`) and unlikely for
// this person (`significant`). The difference of the means is measured in its standard error
//
//     s * sqrt(k * (1/n + 1/m))     s: spread of single days, n recent days, m = (sum w)^2 / sum
//     w^2
//
// where k = (1 + r) / (1 - r) widens it because a day resembles the day before; r = 0.3.
//
// How significant: four features are looked at 52 times a year, 208 looks. One false alert a year
// leaves each a chance of 1/208 = 0.0048, two-sided. With the least past, 28 days that are worth
// 28/k = 15 independent ones, the statistic follows Student's t with 14 degrees of freedom: 3.4 has
// a chance of 0.0043 there. With a year's past (m = 160, worth 86) it is 0.0010. Looks that
// overlap, because a fortnight is seen by two of them, only make fewer separate alerts of this.
//
// One odd day must not make a change nor hide one: a value further than 3 spreads from the usual
// counts as 3 spreads away, in the past and in the recent days alike.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/detect/routine_day.hpp"

namespace anju::detect {

/// The long past of one feature.
class RoutineNorm {
public:
    static constexpr std::uint32_t least_days = 28;

    /// One more day. `grain`: the smallest spread that is believed.
    void learn(double value, double grain);

    [[nodiscard]] std::uint32_t days() const { return days_; }
    [[nodiscard]] double mean() const { return static_cast<double>(mean_); }
    /// Square of the spread of single days.
    [[nodiscard]] double variance(double grain) const;
    /// How many equally weighted days would give as good a mean.
    [[nodiscard]] double worth() const;
    /// `value`, not further from the usual than counts.
    [[nodiscard]] double cut(double value, double grain) const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.mean_, self.deviations_, self.weight_, self.weight_squares_, self.days_);
    }

private:
    float mean_{};
    float deviations_{};  // weighted sum of squares
    float weight_{};
    float weight_squares_{};
    std::uint32_t days_{};
};

/// What is said of a feature: from when on a difference matters, and how exactly it is known.
struct RoutineScale {
    double least;        ///< smallest difference that matters to a visitor
    double least_share;  ///< the same as a share of the usual; the larger of the two holds
    double grain;        ///< smallest spread that is believed: what a sensor can tell apart
};
[[nodiscard]] const RoutineScale& scale_of(RoutineFeature feature);

struct RoutineShift {
    double usual{};
    double recent{};
    double significance{};  ///< square of the difference in standard errors
};

/// The mean of `recent` against the norm; nullopt without enough days of either.
[[nodiscard]] std::optional<RoutineShift> compare(const RoutineNorm& norm,
                                                  std::span<const double> recent,
                                                  const RoutineScale& scale);

/// Large enough, and unlikely enough.
[[nodiscard]] bool is_change(const RoutineShift& shift, const RoutineScale& scale);

}  // namespace anju::detect
