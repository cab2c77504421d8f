// The desks of an engine: which community a thing belongs to, and which desk has something due.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/desk_slot.hpp"

namespace anju {

class Communities {
public:
    [[nodiscard]] DeskSlot* find(const CommunityId& id) const;
    /// By its name as a unit of state; nullptr for households too.
    [[nodiscard]] DeskSlot* find(const HouseholdId& unit) const;
    /// In ascending order of their ids.
    [[nodiscard]] std::vector<DeskSlot*> all() const;
    /// Those with something due up to `now`, ascending; each must be rescheduled.
    [[nodiscard]] std::vector<DeskSlot*> due(Instant now);
    [[nodiscard]] std::optional<Instant> first_due() const { return agenda_.first(); }

    DeskSlot& obtain(const CommunityId& id);
    void forget(const CommunityId& id);
    void reschedule(DeskSlot& slot) { agenda_.wake(slot, slot.ticket, slot.desk.deadline()); }
    /// The same where its deadline may have become later by much: the clock was set.
    void reschedule_anew(DeskSlot& slot);
    /// See Engine::restore(). Replaces the desk of that community.
    [[nodiscard]] bool restore(std::string_view bytes);

private:
    std::map<CommunityId, std::unique_ptr<DeskSlot>> slots_;
    Agenda<DeskSlot> agenda_;
};

}  // namespace anju
