// A queue in order of becoming dirty: since the interval is the same for all, it is also the
// order of falling due.
#include "runtime/checkpointer.hpp"

#include <algorithm>

namespace anju {

Checkpointer::Checkpointer(Options options) : options_(options) {}

const Checkpointer::Shared& Checkpointer::entry_of(const HouseholdId& household) {
    Shared& entry = entries_[household];
    if (entry == nullptr) {
        entry = std::make_shared<Entry>();
        entry->household = household;
        rotation_.push_back(entry);
    }
    return entry;
}

void Checkpointer::changed(const HouseholdId& household, SteadyTime now) {
    const Shared& entry = entry_of(household);
    if (entry->dirty) return;
    entry->dirty = true;
    queue_.emplace_back(now + options_.every, entry);
}

void Checkpointer::written(const HouseholdId& household, bool base, Instant at) {
    const Shared& entry = entry_of(household);
    entry->dirty = false;
    if (base) entry->base_at = at;
}

void Checkpointer::forget(const HouseholdId& household) {
    const auto found = entries_.find(household);
    if (found == entries_.end()) return;
    found->second->forgotten = true;
    entries_.erase(found);
}

std::vector<Checkpointer::Due> Checkpointer::due(SteadyTime now, Instant at) {
    std::vector<Due> out;
    while (!queue_.empty() && queue_.front().first <= now && out.size() < options_.at_once) {
        const Shared entry = std::move(queue_.front().second);
        queue_.pop_front();
        if (entry->forgotten || !entry->dirty) continue;
        out.push_back({entry->household, at - entry->base_at >= options_.base_every});
    }
    // With every commit: ten thousand homes have their turn within as many commits by `at_once`.
    for (std::size_t i = std::min(options_.at_once, rotation_.size()); i > 0; --i) {
        Shared entry = std::move(rotation_.front());
        rotation_.pop_front();
        if (entry->forgotten) continue;
        if (!entry->dirty && out.size() < options_.at_once &&
            at - entry->base_at >= options_.base_every) {
            out.push_back({entry->household, true});
        }
        rotation_.push_back(std::move(entry));
    }
    return out;
}

std::vector<Checkpointer::Due> Checkpointer::all_changed() {
    std::vector<Due> out;
    for (const auto& [when, entry] : queue_) {
        if (!entry->forgotten && entry->dirty) out.push_back({entry->household, false});
    }
    queue_.clear();
    return out;
}

std::optional<SteadyTime> Checkpointer::next() const {
    if (queue_.empty()) return std::nullopt;
    return queue_.front().first;
}

}  // namespace anju
