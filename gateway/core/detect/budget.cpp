#include "core/detect/budget.hpp"

#include <algorithm>

#include "core/detect/arithmetic.hpp"

namespace anju::detect {
namespace {

// The tail begins where this many peaks a month lie above, or this many in all: six a month are
// more than any budget, and eight tell a slope.
constexpr double peaks_a_month = 6;
constexpr double peaks_at_least = 8;
// What is usual of homes counts like so many peaks of this one.
constexpr double usual_counts = 2.5;
constexpr double least_months = 0.1;

}  // namespace

void Budget::harmless(double peak) {
    if (!(peak > 0)) return;
    const auto bin = static_cast<std::size_t>(std::min(peak / width, double{bins - 1}));
    peaks_[bin] += 1;
}

void Budget::listened(Duration length) {
    months_ += static_cast<float>(static_cast<double>(length.count()) /
                                  static_cast<double>(budget_month.count()));
}

void Budget::fade(double days) {
    const double half = static_cast<double>(half_life / Duration{std::chrono::hours{24}});
    const auto factor = static_cast<float>(exponential(-arithmetic::ln2 * days / half));
    for (float& count : peaks_) count *= factor;
    months_ *= factor;
}

Budget::Tail Budget::tail(const UsualTail& usual) const {
    const double months = std::max(double{months_}, least_months);
    const double rate = std::max(peaks_a_month, peaks_at_least / months);
    double above = 0;
    std::size_t bin = bins;
    while (bin > 0 && above < rate * months) above += double{peaks_[--bin]};
    const double score = (static_cast<double>(bin) + 0.5) * width;

    // Too high to be told apart: this person is like no other.
    if (bin == bins - 1) return {.from = score, .rate = rate, .slope = usual.slope};

    double counted = 0;
    double excess = 0;
    for (std::size_t i = bin + 1; i < bins; ++i) {
        counted += double{peaks_[i]};
        excess += double{peaks_[i]} * static_cast<double>(i - bin) * width;
    }
    const double expected = usual.at_three - usual.slope * logarithm(rate / 3);
    return {.from = (score * counted + expected * usual_counts) / (counted + usual_counts),
            .rate = rate,
            .slope = (excess + usual.slope_counts * usual.slope) / (counted + usual.slope_counts)};
}

double Budget::threshold(double per_month, const UsualTail& usual) const {
    const Tail tail = this->tail(usual);
    return tail.from + tail.slope * logarithm(tail.rate / per_month);
}

double Budget::per_month(double score, const UsualTail& usual) const {
    const Tail tail = this->tail(usual);
    return tail.rate * exponential((tail.from - score) / tail.slope);
}

std::optional<double> Budget::seen_per_month(double score) const {
    if (double{months_} < least_months) return std::nullopt;
    double above = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const double from = static_cast<double>(bin) * width;
        above += double{peaks_[bin]} * std::clamp((from + width - score) / width, 0.0, 1.0);
    }
    return above / double{months_};
}

}  // namespace anju::detect
