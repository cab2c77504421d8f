// Tasks come, change and end. Whatever changes one goes through here, so that nobody changes a task
// without a decision that says so.
#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"
#include "core/check.hpp"

namespace anju::care {

Decision& DeskStep::next() {
    return out_.emplace_back(Decision{.household = unit_of(desk_.community.id),
                                      .number = ++desk_.decisions,
                                      .at = at_,
                                      .what = {}});
}

void DeskStep::answer(const std::string& command_id, CommandStatus status, const text::Said& said) {
    next().what = CommandAnswered{.command_id = command_id,
                                  .status = status,
                                  .text = said.en,
                                  .code = said.code,
                                  .text_zh = said.zh};
}

void DeskStep::put(CareTask& task, Instant start) const {
    task.start = start;
    task.end = start + people_.length(task.kind);
    task.date = people_.date(start);
}

CareTask& DeskStep::add(CareTask task, const std::string& actor) {
    task.id = TaskId{desk_.community.id.value + ":" + std::to_string(++desk_.last_task)};
    put(task, task.start);
    if (task.due == Instant{}) task.due = people_.close_of(task.date);
    task.state = frozen(task.date) ? TaskState::assigned : TaskState::planned;
    task.overdue = task.due <= at_;
    task.revision = 0;
    task.changed_at = at_;
    task.arose = at_;
    CareTask& added = desk_.tasks.add(std::move(task));
    next().what = TaskChanged{.task = added, .from = std::nullopt, .actor = actor};
    return added;
}

void DeskStep::move_to(CareTask& task, TaskState state, CareCause cause, const std::string& actor) {
    const TaskState from = std::exchange(task.state, state);
    task.cause = cause;
    ++task.revision;
    task.changed_at = at_;
    auto [date, worker] = desk_.tasks.changed(task);
    next().what = TaskChanged{.task = task,
                              .from = from,
                              .actor = actor,
                              .former_worker = std::move(worker),
                              .former_date = date};
}

void DeskStep::touch(CareTask& task, CareCause cause, const std::string& actor) {
    move_to(task, task.state, cause, actor);
}

CareTask* DeskStep::find(const TaskId& id) {
    return desk_.tasks.find(id);
}

std::vector<CareTask*> DeskStep::open_of(const ResidentId& resident) {
    std::vector<CareTask*> open;
    for (CareTask& task : desk_.tasks.of(resident)) {
        if (is_open(task.state)) open.push_back(&task);
    }
    return open;
}

void DeskStep::end_all(const ResidentId& resident, TaskState state, CareCause cause,
                       const std::string& actor) {
    for (CareTask* task : open_of(resident)) move_to(*task, state, cause, actor);
}

}  // namespace anju::care
