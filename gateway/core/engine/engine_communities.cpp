// Questions about a community, which its desk answers.
#include "core/engine.hpp"

namespace anju {

const Community* Engine::find(const CommunityId& community) const {
    const CareDesk* asked = desk(community);
    return asked == nullptr ? nullptr : &asked->community();
}

std::optional<CommunityView> Engine::view(const CommunityId& community) const {
    const CareDesk* asked = desk(community);
    if (asked == nullptr) return std::nullopt;
    return asked->view();
}

std::vector<WorkerId> Engine::who(const CommunityId& community, Role role,
                                  const ResidentId& resident, Instant now) const {
    const CareDesk* asked = desk(community);
    if (asked == nullptr) return {};
    return asked->who(role, resident, now);
}

const HouseholdId* Engine::household_of(const CommunityId& community,
                                        const ResidentId& resident) const {
    const CareDesk* asked = desk(community);
    return asked == nullptr ? nullptr : asked->household_of(resident);
}

std::optional<RhythmKnown> Engine::rhythm(const CommunityId& community,
                                          const ResidentId& resident) const {
    const CareDesk* asked = desk(community);
    return asked == nullptr ? std::nullopt : asked->rhythm(resident);
}

}  // namespace anju
