#include "core/model/alert.hpp"

namespace anju {

Priority priority_of(AlertKind kind) {
    switch (kind) {
        case AlertKind::smoke:
        case AlertKind::gas_leak:
        case AlertKind::sos:
            return Priority::p1;
        case AlertKind::inactivity:
        case AlertKind::water_low:
        case AlertKind::contact_failed:
        case AlertKind::not_returned:
            return Priority::p2;
        case AlertKind::water_continuous:
        case AlertKind::water_high:
        case AlertKind::flood:
        case AlertKind::door_open_long:
        case AlertKind::no_exit:
        case AlertKind::night_exit:
        case AlertKind::routine_change:
        case AlertKind::activity_while_away:
        case AlertKind::channel_failed:
            return Priority::p3;
        case AlertKind::low_battery:
        case AlertKind::device_offline:
        case AlertKind::data_stale:
        case AlertKind::tamper:
        case AlertKind::mains_lost:
        case AlertKind::area_outage:
        case AlertKind::test:
            break;
    }
    return Priority::p4;
}

bool is_open(AlertState state) {
    return state < AlertState::resolved;
}

bool awaits_review(const Alert& alert) {
    return alert.state == AlertState::closed && alert.priority <= Priority::p2 &&
           !alert.closed_by.empty() && alert.reviewed_by.empty();
}

std::string_view person_of(std::string_view actor) {
    constexpr std::string_view blank = " \t\r\n";
    for (const std::string_view way : {"cli:", "link:"}) {
        const auto first = actor.find_first_not_of(blank);
        if (first == actor.npos) return {};
        actor = actor.substr(first, actor.find_last_not_of(blank) - first + 1);
        if (actor.starts_with(way)) actor.remove_prefix(way.size());
    }
    const auto first = actor.find_first_not_of(blank);
    if (first == actor.npos) return {};
    actor.remove_prefix(first);
    return actor.substr(0, actor.find("@group:"));  // said by a link that a group can read
}

bool same_person(std::string_view one, std::string_view other) {
    return person_of(one) == person_of(other);
}

void take_up_ladder(Alert& alert) {
    if (!is_open(alert.state)) return;
    alert.rung = 1;
    alert.opened_at = alert.told_at = alert.changed_at;
    if (alert.state == AlertState::acknowledged) {
        alert.first_acknowledged_at = alert.acknowledged_at = alert.changed_at;
        alert.owner = alert.actor;
    }
}

}  // namespace anju
