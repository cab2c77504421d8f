#include "core/care/task_list.hpp"

#include <charconv>
#include <string_view>

#include "core/check.hpp"

namespace anju::care {
namespace {

/// Of "{community}:{number}"; 0 when it is no such id.
std::uint64_t number_of(const TaskId& id) {
    const std::string_view text = id.value;
    const std::size_t colon = text.rfind(':');
    std::uint64_t number = 0;
    if (colon == std::string_view::npos) return 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + colon + 1, end, number);
    return read.ec == std::errc{} && read.ptr == end ? number : 0;
}

std::optional<Instant> due_of(const CareTask& task) {
    const bool open = task.state <= TaskState::in_progress;
    return open && !task.overdue ? std::optional{task.due} : std::nullopt;
}

}  // namespace

CareTask* TaskList::find(const TaskId& id) {
    const auto found = std::ranges::lower_bound(
        tasks_, number_of(id), {}, [](const CareTask& one) { return number_of(one.id); });
    return found == tasks_.end() || found->id != id ? nullptr : &*found;
}

std::vector<CareTask*> TaskList::due(Instant at) {
    Places indices;
    for (auto entry = due_.begin(); entry != due_.end() && entry->first <= at; ++entry) {
        indices.push_back(entry->second);
    }
    std::ranges::sort(indices);
    std::vector<CareTask*> tasks;
    for (const std::uint32_t index : indices) tasks.push_back(&tasks_[index]);
    return tasks;
}

CareTask& TaskList::add(CareTask task) {
    ANJU_CHECK(tasks_.empty() || number_of(tasks_.back().id) < number_of(task.id),
               "tasks are numbered in the order they come");
    tasks_.push_back(std::move(task));
    enter(static_cast<std::uint32_t>(tasks_.size() - 1));
    return tasks_.back();
}

std::pair<Date, WorkerId> TaskList::changed(const CareTask& task) {
    const auto index = static_cast<std::uint32_t>(&task - tasks_.data());
    Entry& entry = entries_[index];
    if (const auto due = due_of(task); due != entry.due) {
        if (entry.due) due_.erase({*entry.due, index});
        if (due) due_.emplace(*due, index);
        entry.due = due;
    }
    std::pair<Date, WorkerId> before = entry.day->first;
    if (before.first == task.date && before.second == task.worker) return before;
    std::erase(entry.day->second, index);
    entry.day = days_.try_emplace({task.date, task.worker}).first;
    entry.day->second.push_back(index);
    return before;
}

void TaskList::find_ways() {
    residents_.clear();
    days_.clear();
    due_.clear();
    entries_.clear();
    for (std::size_t index = 0; index < tasks_.size(); ++index) {
        enter(static_cast<std::uint32_t>(index));
    }
}

void TaskList::enter(std::uint32_t index) {
    const CareTask& task = tasks_[index];
    residents_[task.resident].push_back(index);
    Entry entry{.day = days_.try_emplace({task.date, task.worker}).first, .due = due_of(task)};
    entry.day->second.push_back(index);
    if (entry.due) due_.emplace(*entry.due, index);
    entries_.push_back(entry);
}

std::span<const std::uint32_t> TaskList::places(const ResidentId& resident) const {
    const auto found = residents_.find(resident);
    return found == residents_.end() ? std::span<const std::uint32_t>{} : found->second;
}

std::span<const std::uint32_t> TaskList::places(const WorkerId& worker, Date date) const {
    const auto found = days_.find({date, worker});
    return found == days_.end() ? std::span<const std::uint32_t>{} : found->second;
}

}  // namespace anju::care
