// Guesses what somebody meant who mistyped a key or a value.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace anju::config {

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; bytes,
/// not letters.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that is closest to `word`, if any is close enough to be worth mentioning: at
/// most a third of its letters differ, or one of the two contains the other.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

/// "did you mean 'x'?" or "expected one of a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> candidates);

}  // namespace anju::config
