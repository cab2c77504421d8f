#include "firmware-sim/homes/pace.hpp"

#include <algorithm>

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

constexpr Duration calm = 10min;
constexpr Duration watched = 5s;
constexpr Duration watched_for = 10min;
/// Of the time that an expectation leaves, so much may be lost to a step.
constexpr std::int64_t share = 30;

}  // namespace

Pace::Pace(const Scenario& scenario, Instant midnight) {
    const auto watch = [&](Duration from, Duration lasts, Duration step) {
        watches_.push_back({midnight + from, midnight + from + lasts, step});
    };
    for (const auto& home : scenario.homes) {
        for (const auto& incident : home.incidents) {
            watch(incident.at, watched_for, watched);
            if (incident.lasts > Duration{}) {
                watch(incident.at + incident.lasts, watched_for, watched);
            }
        }
    }
    for (const auto& spell : scenario.network) {
        watch(spell.at, watched_for, 1min);
        watch(spell.at + spell.lasts, watched_for, 1min);
    }
    for (const auto& set : scenario.clock) watch(set.at, watched_for, 1min);
    for (const auto& community : scenario.communities) {
        for (const auto& errand : community.errands) watch(errand.at, 0s, calm);
    }
    for (const auto& wanted : scenario.expectations) {
        if (wanted.never || !wanted.within) continue;
        const auto open = *wanted.within - wanted.not_before;
        watch(wanted.from + wanted.not_before, open,
              std::clamp(open / share, Duration{1s}, Duration{calm}));
    }
}

Instant Pace::after(Instant now) const {
    Duration step = calm;
    for (const auto& each : watches_) {
        if (each.from <= now && now < each.to) step = std::min(step, each.step);
    }
    Instant out = now + step;
    for (const auto& each : watches_) {
        if (each.from > now) out = std::min(out, each.from);
        if (each.to > now) out = std::min(out, each.to);
    }
    return out;
}

}  // namespace anju::sim
