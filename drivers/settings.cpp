#include "drivers/settings.hpp"

#include <algorithm>
#include <utility>

#include "drivers/bytes.hpp"

namespace anju::drivers {

void Settings::set(std::string_view driver, std::string_view address, DeviceSettings settings) {
    devices_[std::string(driver)].insert_or_assign(std::string(address), std::move(settings));
}

const DeviceSettings* Settings::find(std::string_view driver, std::string_view address) const {
    if (const auto devices = devices_.find(driver); devices != devices_.end()) {
        const auto device = devices->second.find(address);
        if (device != devices->second.end()) return &device->second;
    }
    return fallback_ ? &*fallback_ : nullptr;
}

std::optional<Key> parse_key(std::string_view hex) {
    std::vector<std::uint8_t> bytes;
    Key key{};
    if (hex.size() != 2 * key.size() || !from_hex(hex, bytes) || bytes.size() != key.size()) {
        return std::nullopt;
    }
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

}  // namespace anju::drivers
