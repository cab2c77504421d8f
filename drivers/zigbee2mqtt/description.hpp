// {base}/bridge/devices: the bridge's retained list of everything that has joined it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/zigbee2mqtt/directory.hpp"

namespace anju::drivers::zigbee2mqtt {

/// A device takes up to 10 KiB of the list, with its exposes, options and endpoints, and a bridge
/// has hundreds of them; see Driver::max_payload.
inline constexpr std::size_t max_description_bytes = 8 * 1024 * 1024;
inline constexpr std::size_t max_name_bytes = 256;

struct Descriptions {
    Devices devices;
    std::vector<Problem> problems;  ///< at most 16; entries that were skipped
};

/// One unreadable entry costs that entry only.
[[nodiscard]] boost::system::result<Descriptions, DecodeError> parse_descriptions(
    std::string_view payload);

/// "0x00158D0001A9EC71" in lower case; empty when `text` is not an IEEE address.
[[nodiscard]] std::string normal_ieee(std::string_view text);

}  // namespace anju::drivers::zigbee2mqtt
