// What Zigbee2Tasmota says of the devices behind it: {"ZbReceived":{"0x4F2E":{…}}}.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "drivers/driver.hpp"
#include "drivers/event_time.hpp"

namespace anju::drivers::tasmota {

/// `bridge` as the topic names it. With SetOption89 the topic also names the device; that level is
/// then taken off again. With SetOption119 the payload does not name it in the key.
[[nodiscard]] std::vector<Decoded> read_zigbee(const Message& message, std::string_view bridge,
                                               const boost::json::object& received, EventTime time,
                                               DriverState& state);

}  // namespace anju::drivers::tasmota
