// Reads which drivers of foreign devices are switched on and which topics each listens to.
#pragma once

#include "config/section.hpp"

namespace anju::config {

/// Keys `drivers` and the section `topics` of [home]. `known`: as for load(). Does not finish the
/// section.
void read_home_drivers(Section& section, Config& config, std::span<const std::string_view> known);

/// Whether some topic is taken by both filters (MQTT 3.1.1, section 4.7).
[[nodiscard]] bool filters_overlap(std::string_view a, std::string_view b);

}  // namespace anju::config
