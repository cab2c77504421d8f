// The directory as text, so that it outlives the process.
#pragma once

#include <string>
#include <string_view>

#include "drivers/zigbee2mqtt/directory.hpp"

namespace anju::drivers::zigbee2mqtt {

/// JSON with a version; equal directories give equal text.
[[nodiscard]] std::string to_text(const Directory& directory);

/// False, and nothing changed, when anything in `text` is not as to_text() writes it.
[[nodiscard]] bool from_text(std::string_view text, Directory& directory);

}  // namespace anju::drivers::zigbee2mqtt
