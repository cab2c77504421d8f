// Checksums made right again after a mutation: without them nearly every mutant of a meter's frame
// would end at the checksum, and what lies behind it would never be tried.
#pragma once

#include <cstdint>
#include <vector>

namespace anju::fuzz {

/// CRC of EN 13757-4, 5.6: polynomial 3D65h, complemented.
[[nodiscard]] std::uint16_t crc16(const std::uint8_t* bytes, std::size_t count);

/// A bare wireless M-Bus telegram (without CRCs) with the right length byte.
void repair_length(std::vector<std::uint8_t>& telegram);
/// The same in frame format A, with a CRC after each block.
[[nodiscard]] std::vector<std::uint8_t> in_format_a(const std::vector<std::uint8_t>& telegram);
/// A long frame of wired M-Bus around `body`.
[[nodiscard]] std::vector<std::uint8_t> in_long_frame(const std::vector<std::uint8_t>& body);
/// The first CJ/T 188 frame in `bytes` with the right length byte, checksum and end.
void repair_cjt188(std::vector<std::uint8_t>& bytes);

}  // namespace anju::fuzz
