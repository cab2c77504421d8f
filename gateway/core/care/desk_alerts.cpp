// What alerts of the homes ask of the rounds.
//
//   P1, P2 of a person    somebody goes there: a visit, whose form then stands for a planned one
//   "please phone" (P3)   a call, now
//   data_stale            a call the same day, for a home that cannot be heard can be phoned
//
// An alert that is over takes back what it asked for, unless somebody has begun. One that was
// merged into another does not: what it asked for is asked for still.
#include <algorithm>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";

enum class Asks { nothing, call, visit };

Asks asks(const ToldAlert& alert) {
    const bool urgent = alert.priority <= Priority::p2;
    switch (alert.kind) {
        case AlertKind::smoke:
        case AlertKind::gas_leak:
        case AlertKind::sos:
        case AlertKind::contact_failed:
            return Asks::visit;
        case AlertKind::inactivity:
        case AlertKind::water_low:
        case AlertKind::not_returned:
            return urgent ? Asks::visit : Asks::call;
        case AlertKind::no_exit:
        case AlertKind::night_exit:
        case AlertKind::data_stale:
            return Asks::call;
        default:
            // Water, doors and devices concern the home; a changed routine, the next visitor.
            return urgent && alert.kind != AlertKind::test ? Asks::visit : Asks::nothing;
    }
}

/// Somebody has to do something about it; a self-check is the box's own affair.
bool is_pressing(AlertState state) {
    return state >= AlertState::open && state <= AlertState::on_site;
}

bool is_over(AlertState state) {
    return state >= AlertState::closed;
}

}  // namespace

void DeskStep::told(const AlertTold& input) {
    const Alert& alert = input.alert;
    watch_outage(alert);
    const ClientState* who = people_.client(alert.resident);
    if (who == nullptr) {
        const auto lives =
            std::ranges::find(desk_.clients, alert.household, &ClientState::household);
        if (lives == desk_.clients.end()) return;
        who = &*lives;
    }
    ClientState& resident = *client(who->resident.id);
    // Pressing the button is a sign of life, and so is what ended a self-check.
    if (alert.kind == AlertKind::sos) {
        resident.last_life = std::max(resident.last_life, alert.raised_at);
    } else if (alert.cause == StepCause::sign_of_life) {
        resident.last_life = std::max(resident.last_life, alert.changed_at);
    }

    const auto place = std::ranges::lower_bound(desk_.alerts, alert.id, {}, &ToldAlert::id);
    const bool known = place != desk_.alerts.end() && place->id == alert.id;
    const ToldAlert now{.id = alert.id,
                        .resident = resident.resident.id,
                        .kind = alert.kind,
                        .priority = alert.priority,
                        .state = alert.state,
                        .reopened = alert.reopened};
    const bool anew = !known || !is_pressing(place->state) || place->priority > now.priority ||
                      place->reopened != now.reopened;
    if (is_over(alert.state)) {
        if (known) desk_.alerts.erase(place);
        if (alert.state == AlertState::merged) {
            for (CareTask* task : open_of(now.resident)) {
                if (task->alert != alert.id || alert.merged_into.empty()) continue;
                task->alert = alert.merged_into;
                touch(*task, CareCause::alert, system_actor);
            }
        } else {
            no_more_asked(now);
        }
        return;
    }
    if (known) {
        *place = now;
    } else {
        desk_.alerts.insert(place, now);
    }
    if (is_pressing(alert.state)) {
        if (anew && resident.cared()) ask_for(resident, now);
    } else if (alert.state == AlertState::resolved && asks(now) == Asks::call) {
        no_more_asked(now);
    }
}

void DeskStep::ask_for(const ClientState& client, const ToldAlert& alert) {
    const Asks what = asks(alert);
    if (what == Asks::nothing) return;
    // Who is in hospital is not phoned at home; a fire there is looked at all the same.
    if (what == Asks::call && client.suspended) return;
    const LadderRules& ladder = desk_.community.ladder;
    CareTask task;
    task.kind = what == Asks::visit ? TaskKind::home_visit : TaskKind::extra_contact;
    task.start = what == Asks::visit ? at_ : by_day(at_);
    const Date day = people_.date(task.start);
    for (CareTask* open : open_of(client.resident.id)) {
        if (what == Asks::visit && open->kind == TaskKind::home_visit && !open->quota) {
            // Somebody is to go there already; who was there before this alert does not count.
            if (open->alert.empty()) open->alert = alert.id;
            open->arose = at_;
            touch(*open, CareCause::alert, system_actor);
            return;
        }
        const bool speaks =
            open->kind != TaskKind::contact_call && open->kind != TaskKind::device_check;
        // Somebody will see or speak to the resident that day: not twice.
        if (what == Asks::call && speaks && open->date == day && open->end >= at_) return;
    }
    task.resident = client.resident.id;
    task.household = client.household;
    task.worker = people_.worker_for(client, day);
    task.alert = alert.id;
    task.cause = CareCause::alert;
    if (what == Asks::visit) {
        task.due = at_ + (alert.priority == Priority::p1 ? ladder.p1_arrival : ladder.p2_arrival);
    }
    add(std::move(task), system_actor);
}

void DeskStep::no_more_asked(const ToldAlert& alert) {
    for (CareTask* task : open_of(alert.resident)) {
        if (task->alert != alert.id || !untouched(*task)) continue;
        const auto other = std::ranges::find_if(desk_.alerts, [&](const ToldAlert& one) {
            return one.resident == alert.resident && one.id != alert.id && is_pressing(one.state) &&
                   asks(one) == asks(alert);
        });
        if (other != desk_.alerts.end()) {
            task->alert = other->id;
            touch(*task, CareCause::alert, system_actor);
        } else {
            move_to(*task, TaskState::cancelled, CareCause::alert, system_actor);
        }
    }
}

}  // namespace anju::care
