#include "drivers/state.hpp"

#include "drivers/native/scratch.hpp"
#include "drivers/zigbee2mqtt/directory.hpp"
#include "drivers/zigbee2mqtt/memory.hpp"

namespace anju::drivers {

DriverState::DriverState() : DriverState(Limits{}) {}
DriverState::DriverState(const Limits& limits)
    : zigbee2mqtt_(std::make_unique<zigbee2mqtt::Directory>(limits)),
      native_(std::make_unique<native::Scratch>()) {}
DriverState::~DriverState() = default;
DriverState::DriverState(DriverState&&) noexcept = default;
DriverState& DriverState::operator=(DriverState&&) noexcept = default;

std::string DriverState::save() const {
    return zigbee2mqtt::to_text(*zigbee2mqtt_);
}

bool DriverState::load(std::string_view text) {
    return zigbee2mqtt::from_text(text, *zigbee2mqtt_);
}

std::uint64_t DriverState::revision() const {
    return zigbee2mqtt_->revision();
}

}  // namespace anju::drivers
