#include "api/sight.hpp"

#include "core/text/masking.hpp"

namespace anju::api {

bool Look::at(const CommunityId& community) {
    const auto [found, is_new] = known_.try_emplace(community, false);
    if (is_new) {
        const Community* const registered = engine_.find(community);
        Community bare;
        bare.id = community;
        found->second = sight_.covers(registered != nullptr ? *registered : bare);
    }
    return found->second;
}

bool Look::at(const HouseholdId& unit) {
    if (const auto community = anju::community_of(unit)) return at(*community);
    const Household* const home = engine_.find(unit);
    return home != nullptr && practises(home->drill) && at(community_of(unit));
}

bool Look::practises(Drill drill) const {
    return drill != Drill::maintainers || sight_.drills;
}

CommunityId Look::community_of(const HouseholdId& unit) const {
    if (const auto community = anju::community_of(unit)) return *community;
    const Household* const home = engine_.find(unit);
    return home == nullptr ? CommunityId{} : CommunityId{home->community};
}

std::string Look::name(const std::string& full) const {
    return sight_.in_full ? full : text::masked_name(full);
}

std::string Look::detail(const std::string& full) const {
    return sight_.in_full ? full : std::string();
}

}  // namespace anju::api
