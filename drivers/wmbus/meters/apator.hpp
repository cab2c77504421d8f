// Apator (APA, APT): layouts that need more than records. The layouts were worked out from
// recorded telegrams of meters whose register was known.
#pragma once

#include "drivers/wmbus/meters.hpp"

namespace anju::drivers::wmbus {

/// AT-WMBUS-16-2 ("162"): behind DIF 0Fh a time (4 bytes), flags (3 bytes) and then registers, a
/// byte that names each and a length that follows from it; FFh fills up; at the end the CRC of
/// EN 13757-4 over everything from 0Fh on, most significant byte first. Register 10h is the total
/// in litres, 4 bytes.
[[nodiscard]] Own read_apator_162(const Telegram& telegram, Found& found);

/// Older modules in frames of their own (CI A0h): bytes 0–3 the total in thirds of a litre,
/// byte 5 40h, byte 12 FFh, bytes 14–17 the total at the end of a month.
[[nodiscard]] Own read_apator_08(const Telegram& telegram, Found& found);

/// As read_apator_08, in thirds of a cubic metre.
[[nodiscard]] Own read_apator_172(const Telegram& telegram, Found& found);

}  // namespace anju::drivers::wmbus
