// UTF-8 as far as messages need it: characters, and where a text may be cut.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace anju::notify {

/// nullopt when `text` is not UTF-8 (overlong forms and surrogates count as not).
[[nodiscard]] std::optional<std::u32string> code_points(std::string_view text);
[[nodiscard]] std::string utf8(std::u32string_view points);

/// The longest beginning of `text` of at most `bytes` bytes that ends between two characters.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t bytes);
/// The same, ending in "…" when something was left out; `bytes` >= 3.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t bytes);

}  // namespace anju::notify
