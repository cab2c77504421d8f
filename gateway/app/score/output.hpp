// Scores as lines of JSON, for programs.
#pragma once

#include <string>

#include "app/score/score.hpp"

namespace anju::score {

/// A line for each alert, one for each cut, and a summary. `explain`: with the rule and the
/// sentence of each alert.
[[nodiscard]] std::string as_json_lines(const Score& score, bool explain);

}  // namespace anju::score
