// The communities of a scenario: who works there and what they do.
#pragma once

#include <toml++/toml.h>
#include <string>
#include <vector>

#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

/// `homes`: those read so far, whose residents may be visited. Throws Mistake.
[[nodiscard]] SimCommunity read_community(const toml::table& toml, const std::string& file,
                                          const std::vector<SimHome>& homes);

}  // namespace anju::sim
