#include "core/model/community.hpp"

#include <string_view>

namespace anju {
namespace {

constexpr std::string_view prefix = "community/";

}  // namespace

HouseholdId unit_of(const CommunityId& community) {
    return HouseholdId{std::string(prefix) + community.value};
}

std::optional<CommunityId> community_of(const HouseholdId& unit) {
    if (!unit.value.starts_with(prefix)) return std::nullopt;
    return CommunityId{unit.value.substr(prefix.size())};
}

}  // namespace anju
