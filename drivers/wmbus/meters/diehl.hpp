// Diehl (SAP, HYD, DME): the PRIOS frames of IZAR radio modules, scrambled with a shift register
// whose key is the same everywhere. They are meant to be read by anybody; no secret is broken.
#pragma once

#include "drivers/wmbus/meters.hpp"

namespace anju::drivers::wmbus {

/// CI A0h–A7h. In the clear bytes 0–3: interval and alarms; then 11 bytes to be unscrambled: 4Bh,
/// the total in litres (4 bytes), the total at a date (4 bytes), the date (2 bytes, type G). The
/// key is turned by 8 bits for each byte; it starts from the common key, mixed with bytes 2–5 and
/// 6–9 of the frame (maker and address) and with CI and bytes 0–2 of the body. That 4Bh comes out,
/// a real date and a total that is not below the earlier one, tells that it was unscrambled
/// rightly.
[[nodiscard]] Own read_prios(const Telegram& telegram, Found& found);

}  // namespace anju::drivers::wmbus
