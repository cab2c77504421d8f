// Workers are absent, and people move tasks. A person's word stands: a task that somebody moved is
// moved by no plan, and is refused only where a hard rule of the rounds forbids it.
#include <algorithm>
#include <array>
#include <utility>

#include "core/care/desk_step.hpp"
#include "core/model/care_names.hpp"

namespace anju::care {
namespace {

/// Whoever is gone for longer has left.
constexpr int longest_absence_days = 366;

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

void DeskStep::absent(const WorkerAbsent& input) {
    if (people_.worker(input.worker) == nullptr) {
        return refuse(input.command_id, "no_worker_here",
                      std::array{text::Fact{"worker", input.worker.value}});
    }
    if (input.to < input.from) {
        return refuse(input.command_id, "absence_reversed");
    }
    if (!input.back && input.to - input.from >= longest_absence_days) {
        return refuse(input.command_id, "absence_too_long",
                      std::array{text::Fact{"days", std::to_string(longest_absence_days)}});
    }
    if (input.back) {
        std::vector<Absence> rest;
        for (const Absence& old : desk_.absences) {
            if (old.worker != input.worker || old.to < input.from || input.to < old.from) {
                rest.push_back(old);
                continue;
            }
            if (old.from < input.from) rest.push_back({old.worker, old.from, input.from - 1});
            if (input.to < old.to) rest.push_back({old.worker, input.to + 1, old.to});
        }
        desk_.absences = std::move(rest);
        mend_all(CareCause::replan);  // what nobody had time for
    } else {
        desk_.absences.push_back({input.worker, input.from, input.to});
        staff_changed(input.from, input.to, CareCause::absence, input.actor);
        mend_all(CareCause::absence);
    }
    answer(input.command_id, CommandStatus::applied);
}

/// Tasks of whoever does not work then go to others, frozen ones too, at their time or near it;
/// what can be placed nowhere on its day is left to the plan of its week.
void DeskStep::staff_changed(Date from, Date to, CareCause cause, const std::string& actor) {
    for (CareTask& task : desk_.tasks) {
        if (!is_open(task.state) || task.date < from || to < task.date || task.worker.empty()) {
            continue;
        }
        if (task.date < today()) continue;
        const Worker* worker = people_.worker(task.worker);
        if (worker != nullptr && people_.works(*worker, task.date)) continue;
        // Whom an alert or a person sends goes, on duty or not.
        if (worker != nullptr && !people_.absent(worker->id, task.date) && !task.quota) continue;
        if (give_away(task, cause, actor)) continue;
        if (task.quota && untouched(task)) {  // whoever had it is told that it is theirs no more
            move_to(task, TaskState::cancelled, cause, actor);
        } else {
            task.worker = {};
            touch(task, cause, actor);
        }
    }
}

void DeskStep::command(const TaskCommand& input) {
    CareTask* task = find(input.task);
    if (task == nullptr) {
        return refuse(input.command_id, "no_task",
                      std::array{text::Fact{"task", input.task.value}});
    }
    if (!is_open(task->state)) {
        return refuse(input.command_id, "task_over",
                      std::array{text::Fact{"state", std::string(name(task->state))}});
    }
    switch (input.verb) {
        case TaskVerb::accept:
            return accept(*task, input);
        case TaskVerb::begin:
            return begin(*task, input);
        case TaskVerb::hand_to:
            return hand_to(*task, input);
        case TaskVerb::move:
            return move(*task, input);
        case TaskVerb::cancel:
            return cancel(*task, input);
    }
}

void DeskStep::accept(CareTask& task, const TaskCommand& input) {
    if (task.state >= TaskState::accepted) {
        answer(input.command_id, CommandStatus::already, text::say("accepted_before"));
        return;
    }
    move_to(task, TaskState::accepted, CareCause::person, input.actor);
    answer(input.command_id, CommandStatus::applied);
}

void DeskStep::begin(CareTask& task, const TaskCommand& input) {
    if (task.state == TaskState::in_progress) {
        answer(input.command_id, CommandStatus::already, text::say("begun_already"));
        return;
    }
    move_to(task, TaskState::in_progress, CareCause::person, input.actor);
    answer(input.command_id, CommandStatus::applied);
}

void DeskStep::hand_to(CareTask& task, const TaskCommand& input) {
    const Worker* worker = people_.worker(input.worker);
    const text::Fact facts[] = {{"worker", worker == nullptr ? input.worker.value : worker->name},
                                {"day", to_text(task.date)}};
    const auto no = [&](std::string_view code) { refuse(input.command_id, code, facts); };
    if (worker == nullptr || worker->role != Role::grid_worker) {
        return no("makes_no_rounds");
    }
    if (task.worker == input.worker) {
        answer(input.command_id, CommandStatus::already, text::say("theirs_already", facts));
        return;
    }
    if (people_.absent(worker->id, task.date)) {
        return no("absent_then");
    }
    Instant start = task.start;
    if (task.quota) {  // for what cannot wait, whoever is asked and says yes goes
        if (!people_.works(*worker, task.date)) {
            return no("off_then");
        }
        if (!people_.has_room(worker->id, task, task.date)) {
            return no("no_time");
        }
        const ClientState* client = people_.client(task.resident);
        const auto free = people_.slot(*client, task, worker->id, task.date, task.start,
                                       std::max(at_, people_.at(task.date, {})));
        if (!free) return no("no_hours");
        start = *free;
    }
    task.worker = worker->id;
    put(task, start);
    touch(task, CareCause::person, input.actor);
    answer(input.command_id, CommandStatus::applied);
}

void DeskStep::move(CareTask& task, const TaskCommand& input) {
    const text::Fact facts[] = {{"day", to_text(input.date)},
                                {"days", std::to_string(desk_.community.care.max_gap_days)}};
    const auto no = [&](std::string_view code) { refuse(input.command_id, code, facts); };
    const CareRules& rules = desk_.community.care;
    ClientState& who = *client(task.resident);
    if (input.date == task.date) {
        answer(input.command_id, CommandStatus::already, text::say("that_day_already"));
        return;
    }
    if (input.date < today()) return no("day_over");
    if (task.quota && monday_of(input.date) != monday_of(task.date)) {
        return no("stays_in_week");
    }
    if (task.attempts > 0) return no("tried_already");
    if (who.suspended_on(input.date)) return no("suspended_then");
    if (((who.resident.care.weekdays >> weekday(input.date)) & 1) == 0) {
        return no("day_unsuitable");
    }
    std::optional<Instant> before;
    std::optional<Instant> after;
    for (const Reached& one : who.reached) {
        if (one.date == input.date) return no("contacted_then");
        before = one.start;
    }
    for (const CareTask& other : desk_.tasks.of(task.resident)) {
        if (!other.quota || !is_open(other.state) || other.id == task.id) continue;
        if (other.date == input.date) {
            return no("another_contact");
        }
        if (other.date < input.date && (!before || other.start > *before)) before = other.start;
        if (other.date > input.date && (!after || other.start < *after)) after = other.start;
    }
    const auto gap = [&](std::optional<Instant> from, Date to) {
        return from && task.quota ? to - people_.date(*from) : 0;
    };
    if (gap(before, input.date) > rules.max_gap_days ||
        (after && task.quota && people_.date(*after) - input.date > rules.max_gap_days)) {
        return no("gap_too_long");
    }
    std::vector<WorkerId> able = people_.on_shift(input.date);
    const auto own = std::ranges::find(able, task.worker);
    if (own != able.end()) std::rotate(able.begin(), own, own + 1);
    const Instant earliest = std::max(at_, people_.at(input.date, {}));
    const Instant wish = task.start + std::chrono::days{input.date - task.date};
    for (const WorkerId& worker : able) {
        if (!people_.has_room(worker, task, input.date)) continue;
        const auto start = people_.slot(who, task, worker, input.date, wish, earliest);
        if (!start) continue;
        task.worker = worker;
        put(task, *start);
        task.due = people_.close_of(task.date);
        const TaskState state =
            frozen(task.date) ? std::max(task.state, TaskState::assigned) : TaskState::planned;
        move_to(task, state, CareCause::person, input.actor);
        answer(input.command_id, CommandStatus::applied);
        return;
    }
    no(able.empty() ? "nobody_works" : "nobody_has_time");
}

void DeskStep::cancel(CareTask& task, const TaskCommand& input) {
    if (is_blank(input.note)) {
        return refuse(input.command_id, "cancel_note");
    }
    move_to(task, TaskState::cancelled, CareCause::person, input.actor);
    // The contact is due all the same: another day of the week is looked for.
    if (task.quota) mend(ResidentId{task.resident}, CareCause::person);
    answer(input.command_id, CommandStatus::applied);
}

}  // namespace anju::care
