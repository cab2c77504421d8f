#include "core/detect/water_low.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t largest_rule_ml = 10'000;
constexpr Duration merge_within = 1min;
// More draws than this within one rule's amount are drips; the oldest are then merged into
// their successors, which can only delay a claim.
constexpr std::size_t most_draws = 256;

}  // namespace

std::optional<WaterRule> water_rule(Preset preset) {
    switch (preset) {
        case Preset::sh_12:
            return WaterRule{"SH-12", 10'000, 12h};
        case Preset::h24_10l:
            return WaterRule{"24h-10L", 10'000, 24h};
        case Preset::h24_8l:
            return WaterRule{"24h-8L", 8'000, 24h};
        case Preset::door_24h:
            break;
    }
    return std::nullopt;
}

void WaterLedger::covered_from(Instant at) {
    covered_from_ = std::max(covered_from_, at);
}

void WaterLedger::draw(Instant at, std::int64_t ml) {
    ml = std::min(ml, largest_rule_ml);  // more satisfies no more rules
    // Draws of several meters may come out of order: `place` is behind the last one not later.
    const auto place = std::ranges::upper_bound(draws_, at, {}, &Draw::last);
    if (place != draws_.begin() && at - std::prev(place)->first < merge_within) {
        const auto same = std::prev(place);
        same->last = at;
        same->ml = std::min(same->ml + ml, largest_rule_ml);
    } else {
        draws_.insert(place, Draw{at, at, ml});
    }
    forget_oldest();
}

void WaterLedger::forget_oldest() {
    std::int64_t sum = 0;
    auto kept = draws_.end();
    while (kept != draws_.begin() && sum < largest_rule_ml) sum += (--kept)->ml;
    draws_.erase(draws_.begin(), kept);
    if (draws_.size() > most_draws) {
        draws_[1].ml = std::min(draws_[0].ml + draws_[1].ml, largest_rule_ml);
        draws_.erase(draws_.begin());
    }
}

std::optional<std::int64_t> WaterLedger::shortage(const WaterRule& rule, Instant until) const {
    const Instant since = until - rule.window;
    if (covered_from_ == Instant{} || covered_from_ > since) return std::nullopt;
    // With several meters a draw can be later than `until`: it counts, somebody is alive.
    std::int64_t drawn = 0;
    for (auto it = draws_.rbegin(); it != draws_.rend() && it->last > since; ++it) {
        drawn += it->ml;
        if (drawn >= rule.least_ml) return std::nullopt;
    }
    return drawn;
}

}  // namespace anju::detect
