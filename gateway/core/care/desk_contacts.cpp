// A contact was recorded: which task it was for, whether it counts for the quota and as what, and
// what it makes superfluous.
//
//   - A visit may stand for a call, never a call for a visit. A visit counts with a complete form.
//   - One contact a day counts, and none within `apart` of another that does.
//   - A visit that an alert led to counts as the week's visit, and spares the planned one.
//   - Records come late: a task that was missed meanwhile is completed all the same.
#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"

namespace anju::care {

/// The contact can have been for the task: that had been asked for by then, and was for that day.
/// What was tried and goes on the next day takes what was tried the day before.
bool DeskStep::can_be_for(const ContactRecord& record, const CareTask& task) const {
    if (!serves(record.kind, task.kind)) return false;
    // What is not of the quota is for the day on which somebody is reached, whenever it was to be.
    if (!task.quota) return record.end >= task.arose;
    const Date day = people_.date(record.start);
    if (task.date == day) return true;
    return task.state == TaskState::in_progress && std::abs(task.date - day) <= 1 &&
           task.attempts > 0 && people_.date(task.first_attempt) <= day;
}

/// The task that the attempt was for: the one it names, else the nearest that it can have been for,
/// of its own kind first. A task that was missed is one still, until the day after.
CareTask* DeskStep::target(const ContactRecord& record) {
    const Date day = people_.date(record.start);
    CareTask* best = nullptr;
    int best_rank = 0;
    for (CareTask& task : desk_.tasks.of(record.resident)) {
        const bool late = task.state == TaskState::missed && task.date == day;
        if (!is_open(task.state) && !late) continue;
        if (!can_be_for(record, task)) continue;
        if (!record.task.empty() && task.id == record.task) return &task;
        const bool asked = !task.alert.empty() && task.alert == record.alert;
        const bool other_kind = task.kind != record.kind;
        const int days = std::abs(task.date - day);
        const int rank = (asked ? 0 : 1000) + (task.state == TaskState::in_progress ? 0 : 200) +
                         (other_kind ? 100 : 0) + (task.quota ? 0 : 10) + days;
        if (best == nullptr || rank < best_rank) {
            best = &task;
            best_rank = rank;
        }
    }
    return best;
}

Counted DeskStep::counted_as(const ClientState& client, const ContactRecord& record,
                             const CareTask* task) const {
    int visits = people_.visits(client);
    int calls = people_.calls(client);
    const Date week = monday_of(people_.date(record.start));
    for (const Reached& reached : client.reached) {
        if (monday_of(reached.date) != week) continue;
        visits -= reached.counted == Counted::visit ? 1 : 0;
        calls -= reached.counted == Counted::call ? 1 : 0;
    }
    if (!is_visit(record)) return calls > 0 ? Counted::call : Counted::no;
    const bool for_a_call = task != nullptr && task->quota && task->kind == TaskKind::phone_call &&
                            record.alert.empty();
    if (for_a_call && calls > 0) return Counted::call;
    if (visits > 0) return Counted::visit;
    return calls > 0 ? Counted::call : Counted::no;
}

void DeskStep::recorded(const ContactRecorded& input) {
    ClientState* who = client(input.record.resident);
    if (const text::Said said = refusal(input, who); !said.empty()) {
        const bool known = said.code == "recorded_already";
        answer(input.command_id, known ? CommandStatus::already : CommandStatus::refused, said);
        return;
    }
    ContactRecord record = input.record;
    record.actor = input.actor;
    record.corroboration = is_visit(record) ? input.door : Corroboration::none;
    record.counts = false;
    const Date day = people_.date(record.start);
    CareTask* task = target(record);
    if (!record.task.empty() && (task == nullptr || task->id != record.task)) task = nullptr;
    record.task = task == nullptr ? TaskId{} : task->id;
    flag(record, task);

    const std::string_view obstacle = why_not(*who, record);
    record.why_not = obstacle;
    Counted counted = Counted::no;
    if (obstacle.empty()) {
        const Duration apart = desk_.community.care.apart;
        counted = counted_as(*who, record, task);
        if (counted == Counted::no) record.why_not = "quota_done";
        if (who->suspended_on(day)) record.why_not = "suspended";
        if (monday_of(day) < desk_.open_week) record.why_not = "books_closed";
        for (const Reached& other : who->reached) {
            if (other.counted == Counted::no) continue;
            const Duration between =
                std::max(other.start - record.start, record.start - other.start);
            if (other.date == day) {
                record.why_not = "second_that_day";
            } else if (between < apart) {
                record.why_not = "too_close";
            }
        }
        record.counts = record.why_not.empty();
        if (!record.counts) counted = Counted::no;
        const auto place =
            std::ranges::upper_bound(who->reached, record.start, {}, &Reached::start);
        who->reached.insert(place, {.start = record.start,
                                    .end = record.end,
                                    .date = day,
                                    .worker = record.worker,
                                    .counted = counted});
    }
    const bool again = in_vain(record) && task != nullptr && too_soon(record, *task);
    if (again) record.why_not = "too_soon";
    note(*who, record);
    next().what = ContactLogged{record};

    // That the daughter answers the telephone says nothing yet; that she says all is well, does.
    const bool alive = record.kind == TaskKind::contact_call ? record.outcome == Outcome::by_other
                                                             : record.outcome != Outcome::unreached;
    if (alive) who->last_life = std::max(who->last_life, std::min(record.end, at_));
    who->last_life = std::max(who->last_life, input.last_sign_of_life);
    if (!in_vain(record)) {
        settle(*who, record, task, counted);
    } else if (!again) {
        const bool astray = task == nullptr && record.outcome == Outcome::unreached &&
                            record.kind != TaskKind::contact_call && day == today() &&
                            !who->suspended && who->cared();
        failed(*who, record, astray ? &try_on(*who, record) : task);
    }
    answer(input.command_id, CommandStatus::applied, text::why_not(record.why_not));
}

void DeskStep::settle(ClientState& client, const ContactRecord& record, CareTask* task,
                      Counted counted) {
    const std::string& actor = record.actor;
    const Date day = people_.date(record.start);
    const CareRules& rules = desk_.community.care;
    const auto recorded_now = CareCause::recorded;
    if (record.outcome == Outcome::refused) {
        // Asking again the same day would not be care.
        if (task != nullptr && is_open(task->state)) {
            move_to(*task, TaskState::unreached, recorded_now, actor);
        }
        mend(client.resident.id, CareCause::recorded);
        return;
    }
    const bool was_reached = is_reached(record.outcome) || record.kind == TaskKind::contact_call;
    if (was_reached) settle_extra(client, record);
    if (counted == Counted::no) {
        // Reached, and it does not count: what is missing can still be added.
        if (task != nullptr && task->quota && is_open(task->state) &&
            task->state != TaskState::in_progress && task->date <= day) {
            move_to(*task, TaskState::in_progress, recorded_now, actor);
        }
        return;
    }
    const TaskKind kind = counted == Counted::visit ? TaskKind::home_visit : TaskKind::phone_call;
    CareTask* done = task != nullptr && task->quota && task->kind == kind ? task : nullptr;
    for (CareTask& other : desk_.tasks.of(client.resident.id)) {  // else the next one of its week
        if (task != nullptr && task->quota && done == task) break;
        if (!other.quota || other.kind != kind || !is_open(other.state) ||
            monday_of(other.date) != monday_of(day)) {
            continue;
        }
        const auto rank = [&](const CareTask& one) {
            return one.date >= day ? one.date - day : 7 + (day - one.date);
        };
        if (done == nullptr || rank(other) < rank(*done)) done = &other;
    }
    if (done != nullptr) {
        const bool as_planned = done->date == day || done == task;
        const bool same_kind = (kind == TaskKind::home_visit) == is_visit(record);
        if (as_planned) done->worker = record.worker;
        move_to(*done, as_planned && same_kind ? TaskState::completed : TaskState::substituted,
                recorded_now, actor);
    }
    for (CareTask* other : open_of(client.resident.id)) {
        if (!other->quota) continue;
        const Duration between = std::max(other->start - record.start, record.start - other->start);
        if (other->date == day || between < rules.apart) {
            move_to(*other, TaskState::cancelled, recorded_now, actor);
        }
    }
    mend(client.resident.id, CareCause::recorded);
}

/// What is not of the quota and has been achieved by reaching somebody, after it was asked for.
void DeskStep::settle_extra(const ClientState& client, const ContactRecord& record) {
    for (CareTask* task : open_of(client.resident.id)) {
        if (task->quota || record.end < task->arose) continue;
        const bool named = task->id == record.task;
        const bool achieved = [&] {
            if (record.kind == TaskKind::contact_call) return task->kind == TaskKind::contact_call;
            if (task->kind == TaskKind::extra_contact) return true;
            if (task->kind == TaskKind::return_check) return true;
            if (task->kind == TaskKind::home_visit) return is_visit(record);
            // Somebody was asked how the resident is, because nobody opened.
            return task->kind == TaskKind::contact_call && !client.suspended;
        }();
        if (!achieved) continue;
        task->worker = record.worker;
        const bool itself = named || serves(record.kind, task->kind);
        move_to(*task, itself ? TaskState::completed : TaskState::cancelled, CareCause::recorded,
                record.actor);
    }
}

}  // namespace anju::care
