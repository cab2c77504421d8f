#include "core/engine/communities.hpp"

#include <algorithm>
#include <utility>

namespace anju {

DeskSlot* Communities::find(const CommunityId& id) const {
    const auto found = slots_.find(id);
    return found == slots_.end() ? nullptr : found->second.get();
}

DeskSlot* Communities::find(const HouseholdId& unit) const {
    const auto community = community_of(unit);
    return community ? find(*community) : nullptr;
}

std::vector<DeskSlot*> Communities::all() const {
    std::vector<DeskSlot*> slots;
    for (const auto& [id, slot] : slots_) slots.push_back(slot.get());
    return slots;
}

std::vector<DeskSlot*> Communities::due(Instant now) {
    std::vector<DeskSlot*> slots;
    while (DeskSlot* slot = agenda_.pop(now, &DeskSlot::ticket)) slots.push_back(slot);
    std::ranges::sort(slots, {}, [](const DeskSlot* slot) { return slot->id().value; });
    return slots;
}

DeskSlot& Communities::obtain(const CommunityId& id) {
    auto& slot = slots_[id];
    if (slot == nullptr) slot = std::make_unique<DeskSlot>();
    return *slot;
}

void Communities::forget(const CommunityId& id) {
    const auto found = slots_.find(id);
    if (found == slots_.end()) return;
    agenda_.remove(*found->second, found->second->ticket);
    slots_.erase(found);
}

void Communities::reschedule_anew(DeskSlot& slot) {
    agenda_.remove(slot, slot.ticket);
    reschedule(slot);
}

bool Communities::restore(std::string_view bytes) {
    auto desk = CareDesk::load(bytes);
    if (!desk) return false;
    const CommunityId id = desk->community().id;
    forget(id);
    DeskSlot& slot = obtain(id);
    slot.desk = std::move(*desk);
    reschedule(slot);
    return true;
}

}  // namespace anju
