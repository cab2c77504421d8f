// A hash map under "driver\naddress"; a newline occurs in neither.
#include "runtime/address_book.hpp"

namespace anju {

std::string AddressBook::key(std::string_view driver, std::string_view address) {
    std::string out;
    out.reserve(driver.size() + 1 + address.size());
    out.append(driver).append(1, '\n').append(address);
    return out;
}

void AddressBook::rebuild(const Engine& engine, const std::function<void(const Device&)>& each) {
    devices_.clear();
    for (const HouseholdId& id : engine.households()) {
        const auto view = engine.view(id);
        for (const Device& device : view->household.devices) {
            devices_.insert_or_assign(key(device.driver, device.address), device.id);
            each(device);
        }
    }
}

const DeviceId* AddressBook::find(std::string_view driver, std::string_view address) const {
    const auto found = devices_.find(key(driver, address));
    return found == devices_.end() ? nullptr : &found->second;
}

}  // namespace anju
