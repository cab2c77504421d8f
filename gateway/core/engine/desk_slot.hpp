// A community as the engine holds it: its desk, and its entry in the agenda.
#pragma once

#include "core/care/desk.hpp"
#include "core/engine/agenda.hpp"

namespace anju {

/// Keeps its address for as long as the community is known.
struct DeskSlot {
    CareDesk desk;
    Agenda<DeskSlot>::Ticket ticket;

    [[nodiscard]] const CommunityId& id() const { return desk.community().id; }
};

}  // namespace anju
