#include "app/anjud/conflicts.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace anju {

std::vector<Error> conflicts(const Engine& engine, const std::vector<Household>& homes,
                             bool replace) {
    if (replace) return {};  // the file, checked in itself, is all there will be
    std::map<std::string, const Household*> owners;
    for (const Household& home : homes) {
        for (const Device& device : home.devices) {
            owners.emplace(device.driver + " " + device.address, &home);
            owners.emplace(device.id.value, &home);
        }
    }
    std::vector<Error> errors;
    for (const Household& home : homes) {
        const Household* const known = engine.find(home.id);
        const bool was_drill = known != nullptr && known->drill != Drill::none;
        if (known == nullptr || was_drill == (home.drill != Drill::none)) continue;
        errors.push_back({"the home " + home.id.value + " is registered as " +
                              (was_drill ? "one to practise with" : "one where somebody lives"),
                          "household " + home.id.value,
                          "give the other one another id, or take this one off first"});
    }
    for (const HouseholdId& id : engine.households()) {
        const auto view = engine.view(id);
        for (const Device& device : view->household.devices) {
            auto owner = owners.find(device.driver + " " + device.address);
            if (owner == owners.end()) owner = owners.find(device.id.value);
            if (owner == owners.end() || owner->second->id == id) continue;
            const bool renewed = std::any_of(homes.begin(), homes.end(),
                                             [&](const Household& home) { return home.id == id; });
            if (renewed) continue;  // the file says what that home has from now on
            errors.push_back({"the home " + owner->second->id.value + " and the home " + id.value +
                                  " would share the device " + owner->first,
                              "device " + owner->first,
                              "remove it from one of them, or import both homes together"});
        }
    }
    return errors;
}

}  // namespace anju
