// A plain day by the clock, for scenarios that tell a story: the same acts every day, a little
// earlier or later. People who are believable live in life/.
#pragma once

#include <vector>

#include "firmware-sim/life/act.hpp"
#include "firmware-sim/random.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

using life::Act;
using life::Deed;

/// A day's acts in order of time, the same for the same arguments.
[[nodiscard]] std::vector<Act> plan_day(const Routine& routine, Random random);

}  // namespace anju::sim
