// Which household does a device belong to? Looked up once per message.
//
// A device id listed by two households belongs to the one that was set last; the other keeps it
// in its list, hears nothing of it, and says so by a stale device. Nothing of one household's
// state is changed by another, and the answer does not depend on the order in which households
// were restored. When the owner gives the device up, it falls back to the other.
#pragma once

#include <cstddef>
#include <unordered_map>

#include "core/engine/home_slot.hpp"

namespace anju {

class Directory {
public:
    struct Place {
        HomeSlot* home{};
        std::size_t device{};  ///< index into household().devices
    };

    /// Lists the devices of a household; to be repeated, after remove(), whenever they change.
    void add(HomeSlot& home);
    /// Forgets its devices; must be called before they change.
    void remove(const HomeSlot& home);

    /// nullptr when nobody has that device. Valid until the next add() or remove().
    [[nodiscard]] const Place* find(const DeviceId& device) const;
    [[nodiscard]] std::size_t size() const { return places_.size(); }

private:
    std::unordered_map<DeviceId, Place> places_;
    std::unordered_multimap<DeviceId, Place> passed_over_;  // all but the owner
};

}  // namespace anju
