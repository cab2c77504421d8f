// From what a driver calls a device to the device that a home has registered.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/engine.hpp"

namespace anju {

class AddressBook {
public:
    /// Makes the book anew from the homes the engine knows; `each` sees every device.
    void rebuild(const Engine& engine, const std::function<void(const Device&)>& each);
    /// nullptr: nobody has registered it. Valid until the next rebuild().
    [[nodiscard]] const DeviceId* find(std::string_view driver, std::string_view address) const;

private:
    static std::string key(std::string_view driver, std::string_view address);
    std::unordered_map<std::string, DeviceId> devices_;
};

}  // namespace anju
