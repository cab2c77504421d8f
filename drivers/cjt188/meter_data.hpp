// The data 901Fh of a water meter: CJ/T 188-2004/2018, annex A ("metering data").
//
//   DI DI SER  total(4) unit  settlement(4) unit  clock(7)  status(2)       22 bytes
//   DI DI SER  total(4)  status(2)                                           9 bytes, no unit
//
// Totals are BCD, least significant byte first, FF FF FF FF = not available. The standard writes
// m³ with two decimals; litres are whole in every meter that is known to send them. Units are those
// of the table of M-Bus (EN 1434-3): 29h–2Bh litres and 2Ch–2Eh m³, × 1, × 10, × 100. Meters
// without a unit count hundredths of a m³. Nothing else is guessed.
//
// Status, first byte: bits 0–1 valve (00 open, 01 closed, 11 abnormal), bit 2 battery voltage low;
// the others and the second byte are the maker's.
#pragma once

#include <array>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>

#include "drivers/cjt188/frame.hpp"
#include "drivers/driver.hpp"

namespace anju::drivers::cjt188 {

enum class ClockOrder : std::uint8_t {
    none,           ///< zero, FF or no date at all
    little_endian,  ///< seconds first, as the standard has it
    big_endian,     ///< century first
    ambiguous,      ///< both are dates, and not the same
};

/// For people only: nobody sets the clock of a meter, so it times nothing.
struct MeterClock {
    ClockOrder order = ClockOrder::none;
    int year = 0;  ///< 2000..2099; all 0 unless the order is known
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

struct MeterData {
    std::uint8_t unit = 0;                 ///< as sent; 0: the meter sent none
    std::optional<std::int64_t> total_ml;  ///< nullopt: not available, or not decimal
    bool bad_bcd = false;                  ///< the total has digits beyond 9
    std::optional<std::int64_t> settlement_ml;
    MeterClock clock;
    std::optional<std::array<std::uint8_t, 2>> status;  ///< as sent
    /// By the status; nullopt where it is not where the standard has it.
    std::optional<bool> battery_low;
};

/// Of a frame of kind water_register. Errors: unit_unknown, layout_unknown; `at` counts from the
/// first of the bytes that were scanned.
[[nodiscard]] boost::system::result<MeterData, DecodeError> read_meter_data(const Frame& frame);

/// Seven BCD bytes in whichever order makes them a date of this century.
[[nodiscard]] MeterClock read_clock(Bytes bytes);

}  // namespace anju::drivers::cjt188
