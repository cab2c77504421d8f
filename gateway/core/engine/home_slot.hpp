// A household as the engine holds it: its state, and its entry in the agenda.
#pragma once

#include "core/engine/agenda.hpp"
#include "core/engine/household_state.hpp"

namespace anju {

/// Keeps its address for as long as the household is known.
struct HomeSlot {
    HouseholdState state;
    Agenda<HomeSlot>::Ticket ticket;

    [[nodiscard]] const HouseholdId& id() const { return state.household().id; }
};

}  // namespace anju
