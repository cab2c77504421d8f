// Qundis (QDS): frames without a transport header that carry one profile record, VIF FF 5Fh.
#pragma once

#include <optional>

#include "drivers/wmbus/records.hpp"

namespace anju::drivers::wmbus {

/// Of the value: bytes 0–1 00 82h, byte 7 07h, byte 8 C0h or C1h, byte 9 the VIF of all values
/// (13h: litres), 10–11 the date of an error, 12–15 the present total (BCD), then dates and totals
/// at them. Millilitres; nullopt: another record, or values that are no volume.
[[nodiscard]] std::optional<std::int64_t> total_of_qundis_profile(const Record& record);

}  // namespace anju::drivers::wmbus
