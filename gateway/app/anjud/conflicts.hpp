// Two homes must not share a device.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "core/engine.hpp"

namespace anju {

/// Devices of `homes` that another home of the gateway, which is to stay, already has.
[[nodiscard]] std::vector<Error> conflicts(const Engine& engine,
                                           const std::vector<Household>& homes, bool replace);

}  // namespace anju
