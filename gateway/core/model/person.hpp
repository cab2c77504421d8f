// Who is meant by a name that somebody gave: "cli:chen" records and "Chen" approves, and that is
// one person. Compared are persons of the directory where both are in it, else names.
#pragma once

#include <string_view>

#include "core/model/community.hpp"

namespace anju {

/// Of an actor, without the way the word came: "worker:w1" of "link:worker:w1@group:street" and of
/// "cli:worker:w1 ".
[[nodiscard]] std::string_view person_of(std::string_view actor);
/// Whether two actors are the same person, whatever each of them came by. What the directory knows
/// of names is said with the command (Gateway).
[[nodiscard]] bool same_person(std::string_view one, std::string_view other);

/// Of a person, without what they are here: "w1" of "cli:worker:w1".
[[nodiscard]] std::string_view bare_name(std::string_view said);
/// Whoever of the community is called so: by id, or by a name that only one has. nullptr: nobody.
/// Letters of ASCII are the same in either case.
[[nodiscard]] const Worker* find_person(const Community& community, std::string_view said);
[[nodiscard]] bool same_person(const Community& community, std::string_view one,
                               std::string_view other);
/// May approve a suspension, a variant or an end of the rounds.
[[nodiscard]] constexpr bool may_approve(Role role) {
    return role == Role::community_lead || role == Role::street_centre;
}

}  // namespace anju
