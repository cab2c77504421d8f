#include "core/detect/routine_norm.hpp"

#include <algorithm>

#include "core/detect/arithmetic.hpp"

namespace anju::detect {
namespace {

constexpr double kept_a_day = 0.98769864;  // 2^(-1/56)
constexpr double odd_spreads = 3;
constexpr std::uint32_t spread_known_days = 14;  // before, no day can be called odd
constexpr double resemblance = (1 + 0.3) / (1 - 0.3);
constexpr double significant = 3.4;
constexpr std::size_t least_recent_days = 10;

double magnitude(double x) {
    return x < 0 ? -x : x;
}

}  // namespace

const RoutineScale& scale_of(RoutineFeature feature) {
    // In the units of RoutineDay. Wake: what a neighbour would notice; grain: an hourly register
    // dates a sign within 60 min, 60/sqrt(12) = 17. Nights: two more visits in three nights. Water:
    // a quarter, not below 10 L, a washing-up. Outings: one way out and back in two days.
    static constexpr std::array<RoutineScale, routine_feature_count> scales{
        {{.least = 45, .least_share = 0, .grain = 20},
         {.least = 0.7, .least_share = 0, .grain = 0.4},
         {.least = 100, .least_share = 0.25, .grain = 50},
         {.least = 1, .least_share = 0, .grain = 0.4}}};
    return scales[static_cast<std::size_t>(feature)];
}

void RoutineNorm::learn(double value, double grain) {
    const double counted = cut(value, grain);
    const double weight = static_cast<double>(weight_) * kept_a_day + 1;
    const double squares = static_cast<double>(weight_squares_) * (kept_a_day * kept_a_day) + 1;
    const double off = counted - mean();
    const double moved = mean() + off / weight;
    deviations_ =
        static_cast<float>(static_cast<double>(deviations_) * kept_a_day + off * (counted - moved));
    mean_ = static_cast<float>(moved);
    weight_ = static_cast<float>(weight);
    weight_squares_ = static_cast<float>(squares);
    ++days_;
}

double RoutineNorm::variance(double grain) const {
    const double least = grain * grain;
    if (days_ < 2) return least;
    const auto weight = static_cast<double>(weight_);
    const double freedom = weight - static_cast<double>(weight_squares_) / weight;
    return std::max(static_cast<double>(deviations_) / freedom, least);
}

double RoutineNorm::worth() const {
    const auto weight = static_cast<double>(weight_);
    return weight * weight / static_cast<double>(weight_squares_);
}

double RoutineNorm::cut(double value, double grain) const {
    if (days_ < spread_known_days) return value;
    const double reach = odd_spreads * exponential(logarithm(variance(grain)) / 2);
    return std::clamp(value, mean() - reach, mean() + reach);
}

std::optional<RoutineShift> compare(const RoutineNorm& norm, std::span<const double> recent,
                                    const RoutineScale& scale) {
    if (norm.days() < RoutineNorm::least_days || recent.size() < least_recent_days) {
        return std::nullopt;
    }
    const auto days = static_cast<double>(recent.size());
    double sum = 0;
    double counted = 0;
    for (const double value : recent) {
        sum += value;
        counted += norm.cut(value, scale.grain);
    }
    const double off = counted / days - norm.mean();
    const double error_squared =
        norm.variance(scale.grain) * resemblance * (1 / days + 1 / norm.worth());
    return RoutineShift{
        .usual = norm.mean(), .recent = sum / days, .significance = off * off / error_squared};
}

bool is_change(const RoutineShift& shift, const RoutineScale& scale) {
    const double least = std::max(scale.least, scale.least_share * shift.usual);
    return magnitude(shift.recent - shift.usual) >= least &&
           shift.significance >= significant * significant;
}

}  // namespace anju::detect
