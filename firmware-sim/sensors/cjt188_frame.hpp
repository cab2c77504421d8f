// The answer of a Chinese water meter: CJ/T 188-2004 and CJ/T 188-2018, section 5 (frame) and
// annex A (metering data 901Fh).
//
//   FE FE FE FE  68 10 A0…A6 81 16  90 1F SER  total(4) unit  settlement(4) unit  clock(7)
//   status(2)  CS 16
#pragma once

#include <chrono>
#include <cstdint>

#include "core/model/instant.hpp"
#include "firmware-sim/sensors/octets.hpp"

namespace anju::sim {

/// Status, first byte: bits 0–1 valve (00 open, 01 closed, 11 abnormal), bit 2 battery voltage low.
/// The other bits and the second byte are the maker's; these are the ones of the meters played
/// here.
namespace cjt188_status {
inline constexpr std::uint16_t valve_closed = 0x0001;
inline constexpr std::uint16_t valve_abnormal = 0x0003;
inline constexpr std::uint16_t battery_low = 0x0004;
inline constexpr std::uint16_t backflow = 0x0100;
inline constexpr std::uint16_t leak = 0x0200;
inline constexpr std::uint16_t burst = 0x0400;
inline constexpr std::uint16_t frozen = 0x0800;
inline constexpr std::uint16_t tamper = 0x1000;
}  // namespace cjt188_status

struct Cjt188Answer {
    std::uint64_t number{};  ///< of the meter, at most 14 decimal digits
    std::uint8_t serial{};   ///< of the question that is answered
    std::int64_t total_ml{};
    std::int64_t settlement_ml{};  ///< register at the last settlement
    /// Weight of the last of eight digits: 1000, 10 000 (as the standard writes it), 100 000 or
    /// 1 000 000 ml. The register begins at 0 again behind eight nines.
    std::int64_t step_ml = 10'000;
    std::uint16_t status{};      ///< first byte in the low eight bits
    Instant clock{};             ///< of the meter, which nobody sets; written in UTC+8
    bool order_of_2018 = false;  ///< data identifier 1F 90 instead of 90 1F
};

[[nodiscard]] Octets frame_of(const Cjt188Answer& answer);

/// Millilitres at which a register of eight digits is at 0 again.
[[nodiscard]] constexpr std::int64_t cjt188_wrap_ml(std::int64_t step_ml) {
    return 100'000'000 * step_ml;
}

}  // namespace anju::sim
