// See communities.hpp. The one place where the daemon reads and writes communities.
#include "app/anjud/communities.hpp"

#include <utility>

namespace anju {

// These two bodies are all that has to follow when the gateway keeps communities:
// registered_communities() reads them from gateway.engine(), set_communities() calls
// Gateway::set_communities().

std::vector<Community> registered_communities(const Gateway& /*gateway*/) {
    return {};
}

result<CommunityChange> set_communities(Gateway& /*gateway*/, std::vector<Community> communities,
                                        bool /*replace*/) {
    return CommunityChange{.set = 0, .removed = 0, .unchanged = communities.size()};
}

}  // namespace anju
