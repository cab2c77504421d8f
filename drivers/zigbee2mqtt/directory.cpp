#include "drivers/zigbee2mqtt/directory.hpp"

#include <utility>

namespace anju::drivers::zigbee2mqtt {
namespace {

/// Bytes a device holds: its strings plus what containers need around them, roughly.
std::size_t weight(const std::string& name, const Description& device) {
    constexpr std::size_t per_device = 160;
    std::size_t sum = per_device + name.size() + device.ieee.size() + device.model.size();
    for (const Property& item : device.properties) {
        sum += sizeof(Property) + item.name.size() + item.unit.size() + item.part.size();
        if (const auto* on = std::get_if<std::string>(&item.on)) sum += on->size();
        if (const auto* off = std::get_if<std::string>(&item.off)) sum += off->size();
    }
    return sum;
}

}  // namespace

const Description* Directory::find(std::string_view base, std::string_view name) const {
    const auto devices = bases_.find(base);
    if (devices == bases_.end()) return nullptr;
    const auto device = devices->second.find(name);
    return device == devices->second.end() ? nullptr : &device->second;
}

void Directory::forget(std::string_view base) {
    const auto at = bases_.find(base);
    if (at == bases_.end()) return;
    for (const auto& [name, device] : at->second) {
        --size_;
        bytes_ -= weight(name, device);
    }
    bases_.erase(at);
}

std::size_t Directory::replace(std::string_view base, Devices devices) {
    const auto known = bases_.find(base);
    if (known != bases_.end() && known->second == devices) return 0;
    forget(base);
    std::size_t refused = 0;
    for (auto at = devices.begin(); at != devices.end();) {
        const std::size_t need = weight(at->first, at->second);
        if (size_ >= limits_.devices || need > limits_.bytes - bytes_) {
            ++refused;
            at = devices.erase(at);
            continue;
        }
        ++size_;
        bytes_ += need;
        ++at;
    }
    if (!devices.empty()) bases_.emplace(std::string(base), std::move(devices));
    ++revision_;
    return refused;
}

bool Directory::pressed(std::string_view address, bool down) {
    const auto at = buttons_.find(address);
    if (!down) {
        if (at != buttons_.end()) {
            buttons_.erase(at);
            ++revision_;
        }
        return false;
    }
    if (at != buttons_.end()) return false;
    if (buttons_.size() < limits_.pressed) {
        buttons_.emplace(address);
        ++revision_;
    }
    return true;
}

void Directory::restore(Bases bases, Buttons buttons) {
    while (!bases_.empty()) forget(std::string(bases_.begin()->first));
    for (auto& [base, devices] : bases) replace(base, std::move(devices));
    while (buttons.size() > limits_.pressed) buttons.erase(std::prev(buttons.end()));
    buttons_ = std::move(buttons);
    ++revision_;
}

}  // namespace anju::drivers::zigbee2mqtt
