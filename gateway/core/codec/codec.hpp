// Inputs and decisions as bytes: what the journal stores and replay compares. Versioned by a
// leading byte; equal values give equal bytes on every platform; decoding checks everything,
// takes every version that was ever written (codec/version.hpp) and returns nullopt on any damage.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/decision.hpp"
#include "core/input.hpp"

namespace anju {

[[nodiscard]] std::string encode(const Input& input);
[[nodiscard]] std::optional<Input> decode_input(std::string_view bytes);

[[nodiscard]] std::string encode(const Decision& decision);
[[nodiscard]] std::optional<Decision> decode_decision(std::string_view bytes);

}  // namespace anju
