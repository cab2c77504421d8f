// {base}/{friendly_name}: the state of one device as the bridge caches it.
#pragma once

#include "drivers/driver.hpp"
#include "drivers/zigbee2mqtt/directory.hpp"

namespace anju::drivers::zigbee2mqtt {

/// Who a message is from, as far as its topic and the bridge's list tell.
struct Sender {
    std::string address;
    std::string alias;
    const Description* description = nullptr;
};

/// null values are unknown to the bridge and give nothing. `last_seen` becomes the readings'
/// event_time. Non-retained messages without any reading give `alive`.
[[nodiscard]] DecodeResult decode_state(const Message& message, Sender sender,
                                        Directory& directory);

}  // namespace anju::drivers::zigbee2mqtt
