// Decisions in words, for people who compare them.
#pragma once

#include <string>
#include <string_view>

#include "core/decision.hpp"

namespace anju::replay {

/// "#12 2025-01-31T08:00:00.000Z alert home-3 smoke open: Smoke in the kitchen"
[[nodiscard]] std::string describe(const Decision& decision);
/// The same for encode(Decision); says so when the bytes cannot be decoded.
[[nodiscard]] std::string describe(std::string_view bytes);

}  // namespace anju::replay
