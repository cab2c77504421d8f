#include "app/anjud/calendar_shelf.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "calendar/words.hpp"
#include "core/codec/codec.hpp"

namespace anju {
namespace {

constexpr std::chrono::days remembered{21};

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

void EngineCalendars::follow(const CommunityId& community, Instant now) {
    const HouseholdId unit = unit_of(community);
    const auto [place, first] = followed_.try_emplace(community);
    Followed& followed = place->second;
    const auto take = [&](const Decision& decision) {
        const auto* changed = std::get_if<TaskChanged>(&decision.what);
        if (changed != nullptr && decision.household == unit) {
            followed.handovers.take(changed->task);
        }
        return true;
    };
    store::StoreReader& reader = journal_.reader();
    result<void> done;
    if (first) {
        // Of the tasks that a desk remembers: of the last week, this one and the next.
        const auto head = reader.decision_id(unit, engine_.decisions(unit).value_or(0));
        if (head) followed.until = *head;
        done = reader.decisions_between(now - remembered, Instant::max(), take);
    } else {
        done = reader.decisions(unit, followed.until, [&](const store::StoredDecision& stored) {
            followed.until = stored.id;
            if (const auto decision = decode_decision(stored.bytes)) take(*decision);
            return true;
        });
    }
    // The calendar is right without it; a phone may keep an appointment that is another's.
    if (!done) log::warn("calendar_unreadable", {{"error", done.error().text()}});
    followed.handovers.forget(now - remembered);
}

std::string EngineCalendars::feed(const WorkerId& worker) {
    calendar::Options options;
    options.gateway_id = config_.gateway_id;
    options.utc_offset = config_.utc_offset;
    std::vector<calendar::Entry> entries;
    const Instant now = clock_.read().wall;
    for (const CommunityId& id : engine_.communities()) {
        const Worker* const person = worker_of(*engine_.find(id), worker);
        if (person == nullptr) continue;
        options.owner = person->name;
        const auto view = engine_.view(id);
        for (const CareTask& task : view->tasks) {
            if (task.worker == worker) entries.push_back(entry_of(engine_, task));
        }
        follow(id, now);
        for (const CareTask& task : followed_.at(id).handovers.taken_from(worker)) {
            entries.push_back(entry_of(engine_, task));
            entries.back().reason = std::string(calendar::handed_over.zh) + " / " +
                                    std::string(calendar::handed_over.en);
        }
    }
    return calendar::feed(options, entries, now);
}

}  // namespace anju
