// A queue in order of becoming dirty: since the interval is the same for all, it is also the
// order of falling due.
#include "runtime/checkpointer.hpp"

#include <algorithm>

namespace anju {

Checkpointer::Checkpointer(Options options) : options_(options) {}

void Checkpointer::changed(const HouseholdId& household, SteadyTime now) {
    const auto [found, added] = entries_.try_emplace(household);
    if (added) rotation_.push_back(household);
    Entry& entry = found->second;
    if (entry.dirty) return;
    entry.dirty = true;
    queue_.emplace_back(now + options_.every, household);
}

void Checkpointer::written(const HouseholdId& household, bool base, Instant at) {
    const auto [found, added] = entries_.try_emplace(household);
    if (added) rotation_.push_back(household);
    Entry& entry = found->second;
    entry.dirty = false;
    if (base) entry.base_at = at;
}

void Checkpointer::forget(const HouseholdId& household) {
    entries_.erase(household);
}

std::vector<Checkpointer::Due> Checkpointer::due(SteadyTime now, Instant at) {
    std::vector<Due> out;
    while (!queue_.empty() && queue_.front().first <= now && out.size() < options_.at_once) {
        const HouseholdId household = std::move(queue_.front().second);
        queue_.pop_front();
        const auto entry = entries_.find(household);
        if (entry == entries_.end() || !entry->second.dirty) continue;
        out.push_back({household, at - entry->second.base_at >= options_.base_every});
    }
    for (std::size_t i = std::min(options_.at_once, rotation_.size()); i > 0; --i) {
        HouseholdId household = std::move(rotation_.front());
        rotation_.pop_front();
        const auto entry = entries_.find(household);
        if (entry == entries_.end()) continue;
        if (!entry->second.dirty && out.size() < options_.at_once &&
            at - entry->second.base_at >= options_.base_every) {
            out.push_back({household, true});
        }
        rotation_.push_back(std::move(household));
    }
    return out;
}

std::vector<Checkpointer::Due> Checkpointer::all_changed() {
    std::vector<Due> out;
    for (auto& [when, household] : queue_) {
        const auto entry = entries_.find(household);
        if (entry != entries_.end() && entry->second.dirty) out.push_back({household, false});
    }
    queue_.clear();
    return out;
}

std::optional<SteadyTime> Checkpointer::next() const {
    if (queue_.empty()) return std::nullopt;
    return queue_.front().first;
}

}  // namespace anju
