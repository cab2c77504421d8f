#include "calendar/handovers.hpp"

#include <algorithm>

namespace anju::calendar {

void Handovers::take(const CareTask& task) {
    const auto known = now_.find(task.id);
    if (known != now_.end() && known->second.worker != task.worker &&
        !known->second.worker.empty()) {
        CareTask gone = known->second;
        gone.state = TaskState::cancelled;
        gone.cause = task.cause;
        gone.changed_at = task.changed_at;
        gone.revision = task.revision;
        former_[task.id][known->second.worker] = std::move(gone);
    }
    if (const auto former = former_.find(task.id); former != former_.end()) {
        former->second.erase(task.worker);
        if (former->second.empty()) former_.erase(former);
    }
    if (task.state > TaskState::in_progress) {
        now_.erase(task.id);
    } else {
        now_.insert_or_assign(task.id, task);
    }
}

std::vector<CareTask> Handovers::taken_from(const WorkerId& worker) const {
    std::vector<CareTask> out;
    for (const auto& [id, former] : former_) {
        if (const auto found = former.find(worker); found != former.end()) {
            out.push_back(found->second);
        }
    }
    return out;
}

void Handovers::forget(Instant before) {
    std::erase_if(now_, [&](const auto& one) { return one.second.end < before; });
    std::erase_if(former_, [&](const auto& one) {
        return std::ranges::all_of(one.second,
                                   [&](const auto& former) { return former.second.end < before; });
    });
}

}  // namespace anju::calendar
