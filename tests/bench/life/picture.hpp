// Recorded and simulated hours of the day as an SVG.
#pragma once

#include <string>
#include <vector>

#include "compare.hpp"

namespace anju::bench {

/// One panel a twin: the share of each hour in which there was a use, recorded and simulated, and
/// the four numbers of both.
[[nodiscard]] std::string as_svg(const std::vector<Twin>& twins);

}  // namespace anju::bench
