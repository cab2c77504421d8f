// What time alone decides: at 02:00 the day turns, on Thursdays the next week is planned, and what
// is not done when it is due is overdue.
#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"
#include "core/codec/archive.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";
/// What is not of the quota is carried from day to day so long, and then was missed.
constexpr int carried_days = 7;

Instant roll_due(const DeskState& desk) {
    return instant_at(desk.rolled + 1, day_turns, desk.utc_offset);
}

}  // namespace

std::optional<Instant> next_due(const DeskState& desk) {
    if (desk.set_at == Instant{}) return std::nullopt;
    Instant due = std::min({roll_due(desk), desk.plan_due, books_due(desk)});
    if (const auto alert = alerts_due(desk)) due = std::min(due, std::max(*alert, desk.now));
    if (desk.replan_due != Instant{}) due = std::min(due, desk.replan_due);
    if (const auto task = desk.tasks.next_due()) due = std::min(due, *task);
    return due;
}

void DeskStep::fire() {
    climb();
    if (roll_due(desk_) <= at_) turn_day();
    if (books_due(desk_) <= at_) close_books();
    if (desk_.plan_due <= at_) {
        plan_ahead();
        desk_.plan_due = people_.at(this_week() + 7 + plan_weekday, plan_time);
    }
    if (desk_.replan_due != Instant{} && desk_.replan_due <= at_) {
        desk_.replan_due = {};
        plan_ahead();
        mend_all(desk_.replan_cause);
    }
    flag_overdue();
}

void DeskStep::turn_day() {
    desk_.rolled = today();
    close_yesterday();
    note_rest();
    turn_suspensions();
    plan_ahead();
    mend_all(CareCause::day_ended);
    freeze();
    forget_old();
}

void DeskStep::close_yesterday() {
    for (std::size_t i = 0; i < desk_.tasks.size(); ++i) {
        CareTask& task = desk_.tasks[i];
        if (!is_open(task.state) || task.date >= today()) continue;
        const bool given_up = !task.quota && today() - people_.date(task.due) > carried_days;
        if (given_up || (task.quota && task.attempts == 0)) {
            task.overdue = true;
            move_to(task, TaskState::missed, CareCause::day_ended, system_actor);
        } else {
            carry_over(task);
        }
    }
}

/// What was tried and not tried again, or what cannot wait for another week, is for today. Where
/// there is another contact of the quota today, that one goes on in its place.
void DeskStep::carry_over(CareTask& task) {
    ClientState* who = client(task.resident);
    if (who == nullptr) return;
    for (CareTask* other : open_of(task.resident)) {
        const bool stands_in = task.quota && other->quota && other->date == today() &&
                               other->id != task.id && untouched(*other);
        if (!stands_in) continue;
        if (other->kind == task.kind) {
            other->attempts = task.attempts;
            other->first_attempt = task.first_attempt;
            other->last_attempt = task.last_attempt;
            move_to(*other, TaskState::in_progress, CareCause::retry, system_actor);
        }
        task.overdue = true;
        move_to(task, TaskState::unreached, CareCause::day_ended, system_actor);
        return;
    }
    const Instant due = task.due;
    try_again(task, *who, next_window(*who, task.kind, people_.at(today(), day_begins), {}));
    task.overdue = due <= at_;
    touch(task, CareCause::day_ended, system_actor);
}

void DeskStep::freeze() {
    for (CareTask& task : desk_.tasks) {
        if (task.state != TaskState::planned || !frozen(task.date)) continue;
        move_to(task, TaskState::assigned, task.cause, system_actor);
    }
}

void DeskStep::forget_old() {
    const Date oldest = std::min(this_week() - 7, desk_.open_week);
    desk_.tasks.forget(
        [&](const CareTask& task) { return !is_open(task.state) && task.date < oldest; });
    std::erase_if(desk_.plans, [&](const PlanMade& plan) { return plan.week < oldest; });
    std::erase_if(desk_.absences, [&](const Absence& absence) { return absence.to < oldest; });
    for (ClientState& one : desk_.clients) {
        const Date kept = this_week() - 7 * weeks_remembered;
        while (one.reached.size() > 1 && one.reached.front().date < kept) {
            one.reached.erase(one.reached.begin());
        }
    }
}

void DeskStep::flag_overdue() {
    for (CareTask* task : desk_.tasks.due(at_)) {
        task->overdue = true;
        touch(*task, task->cause, system_actor);
    }
}

/// The calendar is another one: what stands in it is looked at anew. Weeks that lie beyond the next
/// one, because the clock was far ahead, are not.
void DeskStep::clock_was_set() {
    const Date week = this_week();
    desk_.rolled = people_.date(at_ - day_turns);
    // Weeks that the clock has never shown have no books; those it showed wrongly are let go.
    if (books_due(desk_) <= at_ || desk_.open_week > week) desk_.open_week = week;
    const Instant thursday = people_.at(week + plan_weekday, plan_time);
    desk_.plan_due = thursday > at_ ? thursday : thursday + std::chrono::days{7};
    for (CareTask& task : desk_.tasks) {
        if (!is_open(task.state) || task.date < week + 14) continue;
        move_to(task, TaskState::cancelled, CareCause::replan, system_actor);
    }
    std::erase_if(desk_.plans, [&](const PlanMade& plan) { return plan.week >= week + 14; });
    if (desk_.clients.empty()) return;
    close_yesterday();
    turn_suspensions();
    plan_ahead();
    mend_all(CareCause::replan);
    freeze();
    forget_old();
}

}  // namespace anju::care
