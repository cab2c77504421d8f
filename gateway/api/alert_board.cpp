#include "api/alert_board.hpp"

#include <algorithm>
#include <tuple>

namespace anju::api {
namespace {

bool is_over(AlertState state) {
    return state == AlertState::closed || state == AlertState::merged ||
           state == AlertState::suppressed || state == AlertState::cancelled;
}

bool is_taken(const Alert& alert) {
    return alert.state >= AlertState::acknowledged;
}

}  // namespace

bool needs_somebody(const Alert& alert) {
    return !is_over(alert.state) || awaits_review(alert);
}

bool more_urgent(const Alert& one, const Alert& other) {
    const auto rank = [](const Alert& alert) {
        // What is done and only waits to be closed or looked at stands behind everything else.
        return std::tuple(!is_open(alert.state), alert.priority, is_taken(alert), !alert.overdue);
    };
    if (rank(one) != rank(other)) return rank(one) < rank(other);
    return one.raised_at > other.raised_at;
}

void AlertBoard::take(const Alert& alert) {
    const auto known = alerts_.find(alert.id);
    if (known != alerts_.end() && !needs_somebody(known->second)) --over_;
    if (!needs_somebody(alert)) ++over_;
    alerts_.insert_or_assign(alert.id, alert);
    if (over_ > most_over) drop_oldest();
}

void AlertBoard::drop_oldest() {
    auto oldest = alerts_.end();
    for (auto it = alerts_.begin(); it != alerts_.end(); ++it) {
        if (needs_somebody(it->second)) continue;
        if (oldest == alerts_.end() || it->second.changed_at < oldest->second.changed_at) {
            oldest = it;
        }
    }
    alerts_.erase(oldest);
    --over_;
}

const Alert* AlertBoard::find(const AlertId& id) const {
    const auto found = alerts_.find(id);
    return found == alerts_.end() ? nullptr : &found->second;
}

std::vector<const Alert*> AlertBoard::waiting(
    const std::function<bool(const Alert&)>& wanted) const {
    std::vector<const Alert*> out;
    for (const auto& [id, alert] : alerts_) {
        if (needs_somebody(alert) && wanted(alert)) out.push_back(&alert);
    }
    std::ranges::sort(out, [](const Alert* a, const Alert* b) { return more_urgent(*a, *b); });
    return out;
}

std::vector<const Alert*> AlertBoard::over(const std::function<bool(const Alert&)>& wanted) const {
    std::vector<const Alert*> out;
    for (const auto& [id, alert] : alerts_) {
        if (!needs_somebody(alert) && wanted(alert)) out.push_back(&alert);
    }
    std::ranges::sort(out, [](const Alert* a, const Alert* b) {
        return std::tie(b->changed_at, a->id) < std::tie(a->changed_at, b->id);
    });
    return out;
}

}  // namespace anju::api
