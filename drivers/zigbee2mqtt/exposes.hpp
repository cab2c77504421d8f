// The `exposes` of one device as a whole: found wherever they are nested, told apart where a
// device has several meters.
#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "drivers/zigbee2mqtt/properties.hpp"

namespace anju::drivers::zigbee2mqtt {

/// Properties that a device may have beyond what their names say.
inline constexpr std::size_t max_properties = 64;

/// Appends what is not as usual_rule() says. False when there was more than max_properties of it.
[[nodiscard]] bool read_exposes(const boost::json::object& definition, std::vector<Property>& out);

}  // namespace anju::drivers::zigbee2mqtt
