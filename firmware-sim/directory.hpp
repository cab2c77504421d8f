// The directory file (homes.toml) that registers simulated devices on a gateway.
#pragma once

#include <string>
#include <vector>

#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

/// TOML as gateway/config reads it. `drill`: who is told of alerts of these homes, which are made
/// up to practise with; empty: they are not.
[[nodiscard]] std::string directory_toml(const std::vector<SimHome>& homes,
                                         const std::vector<SimCommunity>& communities = {},
                                         const std::string& drill = {});

/// Homes for the load generator: devices "load-000000", "load-000001" … on Anju's own protocol,
/// `per_home` to a home. The first of each home is a smoke alarm, the second a water meter, then
/// doors and motion sensors in turn.
[[nodiscard]] std::vector<SimHome> load_homes(std::size_t devices, std::size_t per_home);

}  // namespace anju::sim
