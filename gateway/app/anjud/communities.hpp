// The communities of this gateway, for the methods that read and write the directory.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/model/community.hpp"
#include "runtime/gateway.hpp"

namespace anju {

/// Those that are registered, by ascending code.
[[nodiscard]] std::vector<Community> registered_communities(const Gateway& gateway);

struct CommunityChange {
    std::size_t set{};
    std::size_t removed{};
    std::size_t unchanged{};
};

/// Registers or replaces them; with `replace`, those not named are removed. Before their homes.
[[nodiscard]] result<CommunityChange> set_communities(Gateway& gateway,
                                                      std::vector<Community> communities,
                                                      bool replace);

}  // namespace anju
