// Who is meant by a name that somebody gave: "cli:chen" records and "Chen" approves, and that is
// one person. Compared are persons of the directory where both are in it, else names.
#pragma once

#include <string_view>

#include "core/model/community.hpp"

namespace anju {

/// "link:worker: W1@group:street" is "W1": without the channel it came by and the blanks around it.
[[nodiscard]] std::string_view bare_name(std::string_view said);
/// Whoever of the community is called so: by id, or by a name that only one has. nullptr: nobody.
/// Letters of ASCII are the same in either case.
[[nodiscard]] const Worker* find_person(const Community& community, std::string_view said);
[[nodiscard]] bool is_same_person(const Community& community, std::string_view one,
                                  std::string_view other);
/// May approve a suspension, a variant or an end of the rounds.
[[nodiscard]] constexpr bool may_approve(Role role) {
    return role == Role::community_lead || role == Role::street_centre;
}

}  // namespace anju
