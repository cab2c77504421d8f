// How incidents are told in the story.
#pragma once

#include <string>

#include "core/model/household.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

struct BothLanguages {
    std::string zh;
    std::string en;
};

/// Empty where nothing is to be told (the end of a pressed button).
[[nodiscard]] BothLanguages incident_text(IncidentKind kind, const Device& device, bool begins);

}  // namespace anju::sim
