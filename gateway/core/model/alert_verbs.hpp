// The spelling of what a person may do to an alert, on wire, command line and screen.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/input.hpp"

namespace anju {

[[nodiscard]] std::string_view name(AlertVerb verb);
/// Accepts exactly what name() gives.
[[nodiscard]] std::optional<AlertVerb> parse_alert_verb(std::string_view text);
/// All spellings in order of their numbers.
[[nodiscard]] std::span<const std::string_view> alert_verb_names();

}  // namespace anju
