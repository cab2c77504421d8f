#include "tally.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <chrono>
#include <cmath>
#include <set>

namespace anju::bench {
namespace {

using namespace std::chrono_literals;

double nearest_rank(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double chi_squared(double degrees, double share) {
    return boost::math::quantile(boost::math::chi_squared(degrees), share);
}

}  // namespace

void Tally::add(const Tally& other) {
    false_alerts += other.false_alerts;
    months += other.months;
    delays.insert(delays.end(), other.delays.begin(), other.delays.end());
}

double Tally::rate() const {
    return months > 0 ? static_cast<double>(false_alerts) / months : 0;
}

Interval Tally::rate_interval() const {
    if (months <= 0) return {};
    const auto twice = 2 * static_cast<double>(false_alerts);
    return {.low = false_alerts == 0 ? 0 : chi_squared(twice, 0.025) / 2 / months,
            .high = chi_squared(twice + 2, 0.975) / 2 / months};
}

double Tally::delay(double share) const {
    std::vector<double> hours;
    for (const Delay& one : delays) hours.push_back(one.hours);
    return nearest_rank(std::move(hours), share);
}

double Tally::delay(double share, bool by_day) const {
    std::vector<double> hours;
    for (const Delay& one : delays) {
        if (one.by_day == by_day) hours.push_back(one.hours);
    }
    return nearest_rank(std::move(hours), share);
}

double Tally::within(double hours) const {
    if (delays.empty()) return 0;
    const auto soon =
        std::ranges::count_if(delays, [&](const Delay& one) { return one.hours <= hours; });
    return static_cast<double>(soon) / static_cast<double>(delays.size());
}

Delay delay_of(Instant cut, std::optional<Instant> told_at) {
    const Duration of_day = cut - std::chrono::floor<std::chrono::days>(cut);
    Delay delay{.hours = no_alert, .by_day = of_day >= 7h && of_day < 22h};
    if (told_at && *told_at <= cut + score::looked_for) {
        delay.hours =
            std::max(0.0, std::chrono::duration<double, std::ratio<3600>>(*told_at - cut).count());
    }
    return delay;
}

Tally tally(const score::Score& score, Level level) {
    Tally out{.false_alerts = 0, .months = score::months(score.covered), .delays = {}};
    std::set<Instant> silences;
    for (const score::Raised& raised : score.raised) {
        const bool counts = level == Level::phone || raised.priority <= Priority::p2;
        if (counts && score::is_about_silence(raised.kind)) silences.insert(raised.last_use);
    }
    out.false_alerts = silences.size();
    for (const score::Cut& cut : score.cuts) {
        out.delays.push_back(delay_of(cut.at, level == Level::phone ? cut.told_at : cut.urgent_at));
    }
    return out;
}

}  // namespace anju::bench
