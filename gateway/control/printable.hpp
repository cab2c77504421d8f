// Bytes from outside, made safe to show on a terminal and to put into JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace anju::control {

/// Sound UTF-8 stays, everything else and control characters become \xHH; a backslash stays.
[[nodiscard]] std::string printable(std::string_view bytes);

struct Glyph {
    char32_t code{};
    std::size_t bytes{};  ///< 0: not sound UTF-8 here
};
/// The character at the start of `text`, which must not be empty.
[[nodiscard]] Glyph first_glyph(std::string_view text);

}  // namespace anju::control
