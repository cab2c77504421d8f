// Nobody was reached. A call is made again after 15 minutes, then after two hours in another
// window. After the third failure, a sign of life since the first means: tomorrow morning; none
// means: somebody goes there within four hours, and `contact_failed` is raised. Where nobody opened
// at a visit, a neighbour or the contact is asked, and somebody goes again within a day; the second
// time raises `contact_failed`.
#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";

}  // namespace

/// Whether it was made before the pause after the last one was over: whoever lets it ring three
/// times in a minute has tried once. What is entered later was tried when it was.
bool DeskStep::too_soon(const ContactRecord& record, const CareTask& task) const {
    constexpr Duration slack = std::chrono::minutes{1};  // times are entered in minutes
    const CareRules& rules = desk_.community.care;
    if (!is_open(task.state) || task.attempts == 0) return false;
    const bool once = task.attempts == 1 && !is_visit(record);
    const Duration pause = (once ? rules.call_again : rules.call_third) - slack;
    return record.start < task.last_attempt + pause && record.end + pause > task.first_attempt;
}

CareTask& DeskStep::try_on(const ClientState& client, const ContactRecord& record) {
    CareTask task;
    task.resident = client.resident.id;
    task.household = client.household;
    task.worker = record.worker;
    task.kind = is_visit(record) ? TaskKind::home_visit : TaskKind::extra_contact;
    task.start = at_;
    task.cause = CareCause::retry;
    CareTask& added = add(std::move(task), system_actor);
    added.arose = record.start;
    return added;
}

void DeskStep::failed(ClientState& client, const ContactRecord& record, CareTask* task) {
    if (task == nullptr || !is_open(task->state)) return;
    const bool first = task->attempts == 0;
    task->first_attempt = first ? record.start : std::min(task->first_attempt, record.start);
    task->last_attempt = std::max(task->last_attempt, record.end);
    ++task->attempts;
    // The resident may have been phoned in the place of a visit.
    const bool visited =
        record.kind == TaskKind::home_visit || record.kind == TaskKind::return_check;
    if (task->kind == TaskKind::contact_call) {
        const Instant again = std::max(at_, record.end) + desk_.community.care.call_third;
        try_again(*task, client, by_day(again));
        task->due = std::max(task->due, people_.close_of(task->date));
        move_to(*task, TaskState::in_progress, CareCause::retry, record.actor);
    } else if (visited) {
        visit_failed(client, record, *task);
    } else {
        call_failed(client, record, *task);
    }
}

void DeskStep::call_failed(ClientState& client, const ContactRecord& record, CareTask& task) {
    const CareRules& rules = desk_.community.care;
    if (task.attempts < call_attempts) {
        const Duration pause = task.attempts == 1 ? rules.call_again : rules.call_third;
        const Instant earliest = std::max(at_, record.end + pause);
        Instant start = by_day(earliest);
        if (task.attempts == 2) {
            start = next_window(client, TaskKind::phone_call, earliest, record.start);
            // Rather in the same window, or in none, than not today.
            if (people_.date(start) != people_.date(earliest)) start = by_day(earliest);
        }
        try_again(task, client, start);
        task.due = people_.close_of(task.date);
        move_to(task, TaskState::in_progress, CareCause::retry, record.actor);
        return;
    }
    const Instant first = task.first_attempt;
    move_to(task, TaskState::unreached, CareCause::recorded, record.actor);
    if (client.last_life >= first) {
        const CareTask was = task;
        phone_tomorrow(client, was, record.actor);
    } else {
        lost(client, task, record);
        CareTask visit;
        visit.resident = client.resident.id;
        visit.household = client.household;
        visit.worker = people_.worker_for(client, today());
        visit.kind = TaskKind::home_visit;
        visit.start = at_;
        visit.due = at_ + rules.visit_within;  // by night too: an alert asks for it
        visit.cause = CareCause::retry;
        const bool on_the_way = std::ranges::any_of(open_of(visit.resident), [&](CareTask* other) {
            return other->kind == TaskKind::home_visit && other->due <= visit.due;
        });
        if (!on_the_way) add(std::move(visit), system_actor);
    }
    mend(client.resident.id, CareCause::retry);
}

/// Somebody is alive and was not reached: the next morning, unless there is a contact then anyway.
void DeskStep::phone_tomorrow(ClientState& client, const CareTask& task, const std::string& actor) {
    const Date tomorrow = today() + 1;
    for (const CareTask* other : open_of(client.resident.id)) {
        if (other->date == tomorrow && other->kind != TaskKind::contact_call) return;
    }
    CareTask call;
    call.resident = client.resident.id;
    call.household = client.household;
    call.worker = people_.worker_for(client, tomorrow);
    call.quota = task.quota && monday_of(tomorrow) == this_week();
    call.kind = call.quota ? TaskKind::phone_call : TaskKind::extra_contact;
    call.start = next_window(client, TaskKind::phone_call, people_.at(tomorrow, day_begins), {});
    call.alert = task.alert;
    call.cause = CareCause::retry;
    add(std::move(call), actor);
}

void DeskStep::visit_failed(ClientState& client, const ContactRecord& record, CareTask& task) {
    const CareRules& rules = desk_.community.care;
    if (task.attempts < visit_attempts) {
        const Instant due = std::max(at_, record.end) + rules.revisit_within;
        Instant start = next_window(client, TaskKind::home_visit,
                                    std::max(at_, record.end + rules.call_third), record.start);
        if (start + rules.visit_length > due) start = due - rules.visit_length;
        try_again(task, client, start);
        task.due = due;
        move_to(task, TaskState::in_progress, CareCause::retry, record.actor);
        add_contact_call(client, CareCause::retry, due, record.actor);
        return;
    }
    move_to(task, TaskState::unreached, CareCause::recorded, record.actor);
    lost(client, task, record);
    mend(client.resident.id, CareCause::retry);
}

void DeskStep::lost(const ClientState& client, const CareTask& task, const ContactRecord& record) {
    const bool visited = record.kind != TaskKind::phone_call;
    Evidence evidence;
    evidence.rule = visited ? "visits_unanswered" : "calls_unanswered";
    evidence.since = task.first_attempt;
    evidence.until = record.end;
    evidence.measured = task.attempts;
    evidence.threshold = visited ? visit_attempts : call_attempts;
    if (client.last_life != Instant{}) {
        // No device of the home: a person, or what was last heard of all of them.
        evidence.sources.push_back(
            {.device = {}, .last_heard = client.last_life, .reliable = true});
    }
    next().what = ContactLost{.household = client.household,
                              .resident = client.resident.id,
                              .evidence = std::move(evidence)};
}

/// The emergency contact or a neighbour is to be phoned, by day.
void DeskStep::add_contact_call(const ClientState& client, CareCause cause, Instant due,
                                const std::string& actor) {
    for (const CareTask* open : open_of(client.resident.id)) {
        if (open->kind == TaskKind::contact_call) return;
    }
    CareTask call;
    call.resident = client.resident.id;
    call.household = client.household;
    call.kind = TaskKind::contact_call;
    call.start = by_day(at_);
    call.worker = people_.worker_for(client, people_.date(call.start));
    call.due = due;
    call.cause = cause;
    add(std::move(call), actor);
}

}  // namespace anju::care
