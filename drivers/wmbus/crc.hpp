// The checksum of the wireless link: CRC-16 with polynomial 3D65h, start value 0, complemented,
// sent most significant byte first (EN 13757-4, clause 12.5.7). The extended link layer protects
// its payload with the same one, least significant byte first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "drivers/bytes.hpp"

namespace anju::drivers::wmbus {

[[nodiscard]] std::uint16_t crc16(Bytes bytes);

/// True when the last two bytes of `block` are the CRC of those before them.
[[nodiscard]] bool crc_fits(Bytes block);

/// Longest block, CRC included, that the standard knows (frame format B).
inline constexpr std::size_t max_block_bytes = 128;

/// True when one bit of `block`, at most max_block_bytes with its CRC, would have to be turned over
/// for the CRC to fit. So is one in 430 blocks of chance bytes.
[[nodiscard]] bool crc_fits_but_for_one_bit(Bytes block);

/// Which bit that is, counted from the most significant one of the first byte: the last that it can
/// be. Those a multiple of crc_period before it leave the same remainder.
[[nodiscard]] std::optional<std::size_t> damaged_bit(Bytes block);

/// In bits: x^151 = 1 modulo the polynomial.
inline constexpr std::size_t crc_period = 151;

}  // namespace anju::drivers::wmbus
