// Readers of what happens and of what has to come of it. Private to the readers of scenarios.
#pragma once

#include <toml++/toml.h>
#include <string>
#include <vector>

#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

/// [[home.incident]] of `home`, whose devices are known already. Throws Mistake, as the others do.
[[nodiscard]] Incident read_incident(const toml::table& toml, const std::string& file,
                                     const SimHome& home);

[[nodiscard]] NetworkSpell read_network(const toml::table& toml, const std::string& file,
                                        const std::vector<SimHome>& homes);

[[nodiscard]] ClockSet read_clock(const toml::table& toml, const std::string& file);

/// [[expect]] of a scenario that is otherwise complete.
[[nodiscard]] Expectation read_expectation(const toml::table& toml, const std::string& file,
                                           const Scenario& scenario);

}  // namespace anju::sim
