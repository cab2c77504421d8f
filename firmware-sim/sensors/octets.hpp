// Bytes as the sensors of this folder put them together: little-endian numbers, BCD digits, and the
// texts in which networks carry them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anju::sim {

using Octets = std::vector<std::uint8_t>;
using OctetView = std::span<const std::uint8_t>;

/// Appends the lowest `size` bytes of `value`, least significant first; size 1..8.
void put_little_endian(Octets& out, std::uint64_t value, std::size_t size);

/// Appends the lowest 2 * `size` decimal digits of `value`, least significant byte first.
void put_bcd(Octets& out, std::uint64_t value, std::size_t size);

/// Lower-case digits.
[[nodiscard]] std::string hex_of(OctetView bytes);
/// An even number of digits, by contract.
[[nodiscard]] Octets from_hex_digits(std::string_view digits);
/// RFC 4648, padded.
[[nodiscard]] std::string base64_of(OctetView bytes);

}  // namespace anju::sim
