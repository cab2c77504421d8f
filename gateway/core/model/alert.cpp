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
