#include "store/copies.hpp"

#include "base/log.hpp"
#include "store/quarantine.hpp"

namespace anju::store {

bool Copies::erase() {
    const auto stuck = drop_copies(files_);
    if (!stuck.empty() && !stuck_) {
        log::error("erasure_waits", {{"copy", stuck.front().copy.string()},
                                     {"error", stuck.front().failed},
                                     {"remedy", "delete it as root"}});
    }
    stuck_ = !stuck.empty();
    return !stuck_;
}

bool Copies::give_up(bool at_least_one, const std::function<bool()>& enough) {
    bool gone = false;
    while ((at_least_one && !gone) || !enough()) {
        const auto tried = give_up_copy(files_);
        for (const GivenUp& copy : tried) {
            log::error("disk_full", {{"copy", text_of(copy)}});
            if (copy.failed.empty()) ++given_up_;
        }
        if (tried.empty() || !tried.back().failed.empty()) break;
        gone = true;
    }
    return gone;
}

}  // namespace anju::store
