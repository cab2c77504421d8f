#include "app/score/alert_log.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

namespace anju::score {

bool is_about_silence(AlertKind kind) {
    return kind == AlertKind::inactivity || kind == AlertKind::water_low;
}

AlertLog AlertLog::fork() const {
    AlertLog future;
    future.open_ = open_;
    future.last_use_ = last_use_;
    future.told_ = told_;
    return future;
}

void AlertLog::used(Instant at) {
    last_use_ = at;
    told_ = {};
}

void AlertLog::hear(const Decisions& decisions) {
    for (const Decision& decision : decisions) {
        if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
            hear(*change, decision.at);
        }
    }
}

void AlertLog::hear(const AlertChanged& change, Instant at) {
    const Alert& alert = change.alert;
    const auto known = std::ranges::find(open_, alert.id, &Open::id);
    if (alert.state >= AlertState::closed) {
        if (known != open_.end()) open_.erase(known);
        return;
    }
    const bool came_back = change.from && !is_open(*change.from) && alert.state == AlertState::open;
    if (known == open_.end()) {
        open_.push_back({alert.id, alert.kind, alert.priority, at});
        if (!change.from || came_back) add(alert, at);
        return;
    }
    const bool rose = alert.priority < known->priority;  // P2 is below P3
    known->priority = alert.priority;
    if (rose || came_back) add(alert, at);
}

void AlertLog::add(const Alert& alert, Instant at) {
    raised_.push_back({.at = at,
                       .kind = alert.kind,
                       .priority = alert.priority,
                       .rule = alert.evidence.rule,
                       .sentence_en = alert.sentence_en,
                       .last_use = last_use_});
    if (!is_about_silence(alert.kind)) return;
    if (!told_.at) {
        told_.at = at;
        told_.priority = alert.priority;
    }
    if (!told_.urgent_at && alert.priority <= Priority::p2) told_.urgent_at = at;
}

std::vector<AlertId> AlertLog::to_close(Instant now) const {
    std::vector<AlertId> ids;
    for (const Open& open : open_) {
        const bool recovers =
            open.priority == Priority::p4 || open.kind == AlertKind::door_open_long;
        const bool looked_after =
            is_about_silence(open.kind) || now - open.raised_at >= std::chrono::hours{24};
        if (!recovers && looked_after) ids.push_back(open.id);
    }
    return ids;
}

}  // namespace anju::score
