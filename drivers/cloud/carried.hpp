// Bytes that a network carried as text. Networks agree on little: the same frame arrives as base64
// here, as hexadecimal digits there, and as base64 of hexadecimal digits from modules that send
// text. What a payload codec recognises decides; the form that the network promises comes next.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

#include "drivers/bytes.hpp"

namespace anju::drivers::cloud {

enum class TextForm : std::uint8_t {
    base64,   ///< the network promises base64
    unknown,  ///< hexadecimal digits or base64; digits first
};

/// True when a payload codec recognises the bytes.
[[nodiscard]] bool is_recognised(Bytes bytes);

/// False, and `out` undefined, when the text holds no bytes. `out` is cleared first.
[[nodiscard]] bool bytes_in_text(std::string_view text, TextForm form,
                                 std::vector<std::uint8_t>& out);

/// The bytes of every text within `value` in which a payload codec recognises something, in order.
/// Looks at no more than 256 values, 5 levels deep, and gives no more than 64.
[[nodiscard]] std::vector<std::vector<std::uint8_t>> find_frames(const boost::json::value& value);

/// The longest text of `value` (an object; not of what is nested in it) that holds bytes; empty:
/// there is none. For profiles that read bytes no codec recognises.
[[nodiscard]] std::vector<std::uint8_t> longest_bytes(const boost::json::value& value);

}  // namespace anju::drivers::cloud
