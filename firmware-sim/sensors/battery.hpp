// Voltage of a cell over what is left in it. Flat for most of its life, then a knee: what makes a
// percentage that a device calculates from its voltage so useless. From the discharge curves of
// the datasheets: Tadiran TL-5930 and Saft LS 14500 (Li-SOCl2), Panasonic CR123A and CR2032
// (Li-MnO2), Energizer E91 (alkaline).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace anju::sim {

enum class Cell : std::uint8_t { lithium_thionyl, lithium_manganese, alkaline };

/// "lithium-thionyl", "lithium-manganese", "alkaline"
[[nodiscard]] std::optional<Cell> parse_cell(std::string_view text);

/// Of one cell, mV. `charge` in thousandths that are left, 0..1000; `celsius` -40..60: cold cells
/// give less, an alkaline one much less.
[[nodiscard]] int millivolts_of(Cell cell, int charge, int celsius);

/// What a device shows that calculates its percentage from the voltage, 0..100.
[[nodiscard]] int shown_percent(Cell cell, int millivolts);

}  // namespace anju::sim
