// The wmbus driver: telegrams of wireless M-Bus as receivers publish them (forms.hpp), opened
// (telegram.hpp) and understood (meaning.hpp). The address is maker and number, "KAM-44556677",
// whichever receiver heard the meter.
#pragma once

#include <optional>

#include "drivers/bytes.hpp"
#include "drivers/driver.hpp"

namespace anju::drivers::wmbus {

[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

/// One telegram, for every driver whose messages hold one. Exactly one Decoded, of driver "wmbus",
/// with the bare number as alias. Readings have no event_time: the radio brought them just now.
/// Errors are those of parse_telegram() and read_meaning(), `at` counts bytes of the telegram. An
/// error names the meter where it was heard; Settings under "wmbus" hold its key.
[[nodiscard]] DecodeResult decode_telegram(Bytes bytes, DriverState& state,
                                           std::optional<int> rssi_dbm);

}  // namespace anju::drivers::wmbus
