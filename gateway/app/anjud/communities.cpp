// See communities.hpp. The one place where the daemon reads and writes communities.
#include "app/anjud/communities.hpp"

#include <utility>

namespace anju {

std::vector<Community> registered_communities(const Gateway& gateway) {
    std::vector<Community> out;
    for (const CommunityId& id : gateway.engine().communities()) {
        if (auto view = gateway.engine().view(id)) out.push_back(std::move(view->community));
    }
    return out;
}

result<CommunityChange> set_communities(Gateway& gateway, std::vector<Community> communities,
                                        bool replace) {
    const auto change = gateway.set_communities(std::move(communities), replace);
    if (!change) return change.error();
    return CommunityChange{change->set, change->removed, change->unchanged};
}

}  // namespace anju
