// Techem (TCH): radio modules in frames of their own (CI A2h), without any checksum; dates that
// cannot be are all that tells a wrong layout, so they are looked at.
#pragma once

#include "drivers/wmbus/meters.hpp"

namespace anju::drivers::wmbus {

/// mk radio 3 and 4: bytes 1–2 the date of the last reading (day, month, year in 5, 4 and 6 bits),
/// 3–4 the volume up to then, 5–6 today (day in bits 4–8, month in bits 9–12), 7–8 the volume
/// since; both in tenths of a cubic metre. The total is their sum.
[[nodiscard]] Own read_mk_radio_3(const Telegram& telegram, Found& found);

/// mk radio 3a: bytes 2–3 the date, 4–5 the total in tenths of a cubic metre, 6–7 zero.
[[nodiscard]] Own read_mk_radio_3a(const Telegram& telegram, Found& found);

}  // namespace anju::drivers::wmbus
