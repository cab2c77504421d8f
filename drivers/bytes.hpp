// Bytes as text and back: hexadecimal digits, and base64 as RFC 4648 section 4 writes it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anju::drivers {

using Bytes = std::span<const std::uint8_t>;

/// The bytes of a payload, without copying.
[[nodiscard]] inline Bytes bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Digits in either case, an even number of them; blanks, "0x" at the beginning and the separators
/// ':' '-' ',' between bytes are skipped. False, and `out` undefined, for anything else. `out` is
/// cleared first; its capacity is kept, so that a caller can decode without allocating.
[[nodiscard]] bool from_hex(std::string_view text, std::vector<std::uint8_t>& out);

/// Padded or not, standard or URL-safe alphabet; line ends are skipped. As from_hex().
[[nodiscard]] bool from_base64(std::string_view text, std::vector<std::uint8_t>& out);

/// Upper-case digits.
[[nodiscard]] std::string to_hex(Bytes bytes);

}  // namespace anju::drivers
