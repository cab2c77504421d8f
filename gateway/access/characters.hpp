// Text that people type: how many characters, and where it may be cut. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace anju::access {

/// Code points; nullopt: no UTF-8 (RFC 3629), or with control characters (C0, DEL, C1).
[[nodiscard]] std::optional<std::size_t> count_characters(std::string_view text);

/// The longest beginning of at most `bytes` that ends with a whole character; what is no UTF-8 and
/// every control character is replaced by '?' first.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t bytes);

/// A to Z as a to z, everything else as it is.
[[nodiscard]] std::string lower(std::string_view text);

}  // namespace anju::access
