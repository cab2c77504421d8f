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
    if (needs_somebody(alert)) {
        alerts_.insert_or_assign(alert.id, alert);
    } else {
        alerts_.erase(alert.id);
    }
}

std::vector<const Alert*> AlertBoard::waiting(
    const std::function<bool(const Alert&)>& wanted) const {
    std::vector<const Alert*> out;
    for (const auto& [id, alert] : alerts_) {
        if (wanted(alert)) out.push_back(&alert);
    }
    std::ranges::sort(out, [](const Alert* a, const Alert* b) { return more_urgent(*a, *b); });
    return out;
}

}  // namespace anju::api
