#include "app/anjud/calendar_shelf.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace anju {
namespace {

const Worker* worker_of(const Community& community, const WorkerId& id) {
    const auto found = std::ranges::find(community.workers, id, &Worker::id);
    return found == community.workers.end() || found->role != Role::grid_worker ? nullptr : &*found;
}

calendar::Entry entry_of(const Engine& engine, const CareTask& task) {
    calendar::Entry entry;
    entry.task = task;
    entry.changed_at = task.changed_at;
    const Household* const home = engine.find(task.household);
    if (home == nullptr) return entry;
    entry.address = home->address;
    const auto resident = std::ranges::find(home->residents, task.resident, &Resident::id);
    if (resident == home->residents.end()) return entry;
    entry.resident = resident->name;
    entry.phone = resident->phone;
    return entry;
}

}  // namespace

std::optional<std::uint32_t> EngineCalendars::generation(const WorkerId& worker) {
    for (const CommunityId& id : engine_.communities()) {
        const Community* const community = engine_.find(id);
        if (worker_of(*community, worker) != nullptr) return config_.http->calendar_generation;
    }
    return std::nullopt;
}

std::string EngineCalendars::feed(const WorkerId& worker) {
    calendar::Options options;
    options.gateway_id = config_.gateway_id;
    options.utc_offset = config_.utc_offset;
    std::vector<calendar::Entry> entries;
    for (const CommunityId& id : engine_.communities()) {
        const Worker* const person = worker_of(*engine_.find(id), worker);
        if (person == nullptr) continue;
        options.owner = person->name;
        const auto view = engine_.view(id);
        for (const CareTask& task : view->tasks) {
            if (task.worker == worker) entries.push_back(entry_of(engine_, task));
        }
    }
    return calendar::feed(options, entries, clock_.read().wall);
}

}  // namespace anju
