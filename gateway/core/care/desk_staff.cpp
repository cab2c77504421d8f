// Workers are absent, and people move tasks. A person's word stands: a task that somebody moved is
// moved by no plan, and is refused only where a hard rule of the rounds forbids it.
#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"
#include "core/model/care_names.hpp"

namespace anju::care {
namespace {

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

void DeskStep::absent(const WorkerAbsent& input) {
    if (people_.worker(input.worker) == nullptr) {
        answer(input.command_id, CommandStatus::refused,
               "no worker \"" + input.worker.value + "\" in this community: check the id");
        return;
    }
    if (input.to < input.from) {
        answer(input.command_id, CommandStatus::refused,
               "the absence ends before it begins: check the dates");
        return;
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
        mend_all(CareCause::absence);  // what nobody had time for
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
        answer(input.command_id, CommandStatus::refused,
               "no task \"" + input.task.value + "\" here: check the number, or it is long over");
        return;
    }
    if (!is_open(task->state)) {
        answer(input.command_id, CommandStatus::refused,
               "the task is " + std::string(name(task->state)) + " already");
        return;
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
        answer(input.command_id, CommandStatus::already, "the task was accepted before");
        return;
    }
    move_to(task, TaskState::accepted, CareCause::person, input.actor);
    answer(input.command_id, CommandStatus::applied);
}

void DeskStep::begin(CareTask& task, const TaskCommand& input) {
    if (task.state == TaskState::in_progress) {
        answer(input.command_id, CommandStatus::already, "the task has begun already");
        return;
    }
    move_to(task, TaskState::in_progress, CareCause::person, input.actor);
    answer(input.command_id, CommandStatus::applied);
}

void DeskStep::hand_to(CareTask& task, const TaskCommand& input) {
    const Worker* worker = people_.worker(input.worker);
    const auto refuse = [&](std::string why) {
        answer(input.command_id, CommandStatus::refused, std::move(why));
    };
    if (worker == nullptr || worker->role != Role::grid_worker) {
        return refuse("\"" + input.worker.value + "\" makes no rounds here: name a grid worker");
    }
    if (task.worker == input.worker) {
        answer(input.command_id, CommandStatus::already, "the task is theirs already");
        return;
    }
    if (people_.absent(worker->id, task.date)) {
        return refuse(worker->name + " is absent on " + to_text(task.date));
    }
    Instant start = task.start;
    if (task.quota) {  // for what cannot wait, whoever is asked and says yes goes
        if (!people_.works(*worker, task.date)) {
            return refuse(worker->name + " does not work on " + to_text(task.date) +
                          ": name somebody who does, or move the task");
        }
        if (!people_.has_room(worker->id, task, task.date)) {
            return refuse(worker->name + " has no time left on " + to_text(task.date));
        }
        const ClientState* client = people_.client(task.resident);
        const auto free = people_.slot(*client, task, worker->id, task.date, task.start,
                                       std::max(at_, people_.at(task.date, {})));
        if (!free) return refuse(worker->name + " has no time within the resident's hours then");
        start = *free;
    }
    task.worker = worker->id;
    put(task, start);
    touch(task, CareCause::person, input.actor);
    answer(input.command_id, CommandStatus::applied);
}

void DeskStep::move(CareTask& task, const TaskCommand& input) {
    const auto refuse = [&](std::string why) {
        answer(input.command_id, CommandStatus::refused, std::move(why));
    };
    const CareRules& rules = desk_.community.care;
    ClientState& who = *client(task.resident);
    if (input.date == task.date) {
        answer(input.command_id, CommandStatus::already, "the task is on that day already");
        return;
    }
    if (input.date < today()) return refuse(to_text(input.date) + " is over");
    if (task.quota && monday_of(input.date) != monday_of(task.date)) {
        return refuse("a contact of a week stays in its week: choose a day up to Sunday");
    }
    if (task.attempts > 0) return refuse("it was tried already: what follows from that goes on");
    if (who.suspended_on(input.date)) return refuse("the resident is suspended on that day");
    if (((who.resident.care.weekdays >> weekday(input.date)) & 1) == 0) {
        return refuse("the day does not suit the resident");
    }
    std::optional<Instant> before;
    std::optional<Instant> after;
    for (const Reached& one : who.reached) {
        if (one.date == input.date) return refuse("the resident was contacted on that day already");
        before = one.start;
    }
    for (const CareTask& other : desk_.tasks.of(task.resident)) {
        if (!other.quota || !is_open(other.state) || other.id == task.id) continue;
        if (other.date == input.date) {
            return refuse("the resident has another contact on that day: one a day is enough");
        }
        if (other.date < input.date && (!before || other.start > *before)) before = other.start;
        if (other.date > input.date && (!after || other.start < *after)) after = other.start;
    }
    const auto gap = [&](std::optional<Instant> from, Date to) {
        return from && task.quota ? to - people_.date(*from) : 0;
    };
    if (gap(before, input.date) > rules.max_gap_days ||
        (after && task.quota && people_.date(*after) - input.date > rules.max_gap_days)) {
        return refuse("more than " + std::to_string(rules.max_gap_days) +
                      " days would lie between two contacts");
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
    refuse(able.empty() ? "nobody works on " + to_text(input.date)
                        : "nobody has time on " + to_text(input.date) +
                              " within the resident's hours and 20 hours apart from the others");
}

void DeskStep::cancel(CareTask& task, const TaskCommand& input) {
    if (is_blank(input.note)) {
        answer(input.command_id, CommandStatus::refused, "cancelling takes a note: say why");
        return;
    }
    move_to(task, TaskState::cancelled, CareCause::person, input.actor);
    // The contact is due all the same: another day of the week is looked for.
    if (task.quota) mend(ResidentId{task.resident}, CareCause::person);
    answer(input.command_id, CommandStatus::applied);
}

}  // namespace anju::care
