// The measured points as a figure: for each profile the delay against the false alerts a month,
// and below it the false alerts obtained against those asked for.
#pragma once

#include <string>

#include "measure.hpp"

namespace anju::bench {

/// SVG, complete.
[[nodiscard]] std::string as_chart(const Result& result);

}  // namespace anju::bench
