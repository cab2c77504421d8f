#include "core/engine/directory.hpp"

#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

namespace anju {
namespace {

bool goes_before(const Directory::Place& a, const Directory::Place& b) {
    const auto rank = [](const HomeSlot& home) {
        return std::make_tuple(home.state.set_at(), std::cref(home.id().value));
    };
    return rank(*a.home) > rank(*b.home);
}

}  // namespace

void Directory::add(HomeSlot& home) {
    const auto& devices = home.state.household().devices;
    for (std::size_t i = 0; i < devices.size(); ++i) {
        Place place{.home = &home, .device = i};
        const auto [owner, is_new] = places_.try_emplace(devices[i].id, place);
        if (is_new) continue;
        if (goes_before(place, owner->second)) std::swap(place, owner->second);
        passed_over_.emplace(devices[i].id, place);
    }
}

void Directory::remove(const HomeSlot& home) {
    for (const Device& device : home.state.household().devices) {
        const auto owner = places_.find(device.id);
        auto [other, end] = passed_over_.equal_range(device.id);
        if (owner->second.home != &home) {
            while (other->second.home != &home) ++other;
            passed_over_.erase(other);
        } else if (other == end) {
            places_.erase(owner);
        } else {
            auto heir = other;
            for (auto it = std::next(other); it != end; ++it) {
                if (goes_before(it->second, heir->second)) heir = it;
            }
            owner->second = heir->second;
            passed_over_.erase(heir);
        }
    }
}

const Directory::Place* Directory::find(const DeviceId& device) const {
    const auto found = places_.find(device);
    return found == places_.end() ? nullptr : &found->second;
}

}  // namespace anju
