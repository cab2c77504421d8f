// What must hold of a scenario as a whole. Private to the readers of scenarios.
#pragma once

#include <string>

#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

/// No id twice, nothing outside of the scenario's time, no spell on top of another of the same
/// person, device or link. Throws Mistake.
void check_scenario(const Scenario& scenario, const std::string& file);

}  // namespace anju::sim
