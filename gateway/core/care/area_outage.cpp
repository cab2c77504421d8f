#include "core/care/area_outage.hpp"

#include <algorithm>
#include <utility>

namespace anju::care {
namespace {

bool loses_a_home(const Alert& alert) {
    if (alert.kind == AlertKind::mains_lost) return true;
    return (alert.kind == AlertKind::device_offline || alert.kind == AlertKind::data_stale) &&
           alert.evidence.rule != "fault" && alert.evidence.rule != "muted";
}

/// The condition holds, as far as the household knows.
bool holds(const Alert& alert) {
    return is_open(alert.state) ||
           (alert.state == AlertState::merged && alert.cause != StepCause::recovered);
}

}  // namespace

std::optional<AreaOutage::Verdict> AreaOutage::take(const Alert& alert, Instant at) {
    if (!loses_a_home(alert)) return std::nullopt;
    return holds(alert) ? lost(alert, at) : back(alert);
}

std::optional<AreaOutage::Verdict> AreaOutage::lost(const Alert& alert, Instant at) {
    auto home = std::ranges::lower_bound(homes_, alert.household, {}, &Home::household);
    if (home == homes_.end() || home->household != alert.household) {
        home = homes_.insert(home, Home{.household = alert.household, .lost = at});
    }
    if (std::ranges::find(home->alerts, alert.id) != home->alerts.end()) return std::nullopt;
    home->alerts.push_back(alert.id);
    if (lasts()) {
        if (!std::exchange(home->taken, true)) ++taken_;
        return Verdict{.turn = Turn::joins,
                       .alerts = {alert.id},
                       .since = since_,
                       .homes = static_cast<std::size_t>(taken_)};
    }
    const auto fresh = [&](const Home& one) { return at - one.lost <= within; };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(homes_, fresh));
    if (count <= more_than) return std::nullopt;
    Verdict verdict{.turn = Turn::begins, .alerts = {}, .since = at, .homes = count};
    for (Home& one : homes_) {
        if (!fresh(one)) continue;
        one.taken = true;
        verdict.since = std::min(verdict.since, one.lost);
        verdict.alerts.insert(verdict.alerts.end(), one.alerts.begin(), one.alerts.end());
    }
    since_ = verdict.since;
    taken_ = count;
    return verdict;
}

std::optional<AreaOutage::Verdict> AreaOutage::back(const Alert& alert) {
    const auto home = std::ranges::lower_bound(homes_, alert.household, {}, &Home::household);
    if (home == homes_.end() || home->household != alert.household) return std::nullopt;
    std::erase(home->alerts, alert.id);
    if (home->alerts.empty()) homes_.erase(home);
    return end_if_over();
}

std::optional<AreaOutage::Verdict> AreaOutage::forget(const HouseholdId& household) {
    std::erase_if(homes_, [&](const Home& home) { return home.household == household; });
    return end_if_over();
}

std::optional<AreaOutage::Verdict> AreaOutage::end_if_over() {
    if (!lasts()) return std::nullopt;
    const auto still = static_cast<std::uint64_t>(std::ranges::count_if(homes_, &Home::taken));
    if (2 * still > taken_) return std::nullopt;
    Verdict verdict{.turn = Turn::ends,
                    .alerts = {},
                    .since = since_,
                    .homes = static_cast<std::size_t>(taken_)};
    for (Home& home : homes_) {
        if (!std::exchange(home.taken, false)) continue;
        verdict.alerts.insert(verdict.alerts.end(), home.alerts.begin(), home.alerts.end());
    }
    since_ = Instant{};
    taken_ = 0;
    return verdict;
}

}  // namespace anju::care
