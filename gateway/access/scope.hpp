// Where an account may look: codes over the tree district > street > community. What lies outside
// does not exist for it. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/community.hpp"

namespace anju::access {

/// Each code is "*" (everything), the id of a community, the name of a street, the name of a
/// district, or "district/street" where two districts have a street of the same name. No codes:
/// nothing is seen.
struct Scope {
    static constexpr std::size_t most_codes = 64;
    static constexpr std::size_t longest_code = 128;  ///< bytes

    std::vector<std::string> codes;

    [[nodiscard]] bool everything() const;
    friend bool operator==(const Scope&, const Scope&) = default;
};

/// At most most_codes, none empty, longer than longest_code or with control characters.
[[nodiscard]] bool is_well_formed(const Scope& scope);

/// Whether `community` lies in `scope`.
[[nodiscard]] bool sees(const Scope& scope, const Community& community);
/// What belongs to no community is seen by those only who see everything.
[[nodiscard]] inline bool sees_unassigned(const Scope& scope) {
    return scope.everything();
}

/// Codes of `scope` that are neither "*" nor name anything in `communities`: a slip of the pen.
[[nodiscard]] std::vector<std::string> unknown_codes(const Scope& scope,
                                                     std::span<const Community> communities);

/// Whether `inner` gives nothing that `outer` does not give: each of its codes is one of `outer`'s,
/// or names something in `communities` all of which `outer` sees. A code that names nothing yet
/// might name anything later, so it is no part of anything but "*".
[[nodiscard]] bool is_within(const Scope& inner, const Scope& outer,
                             std::span<const Community> communities);

}  // namespace anju::access
