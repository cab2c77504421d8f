// [[expect]]: which alerts have to come of a scenario, and which must not.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/model/alert.hpp"
#include "core/model/instant.hpp"
#include "core/model/roles.hpp"

namespace anju::sim {

/// Times since local midnight of the first day; spans from `from` to when the alert was raised.
struct Expectation {
    std::size_t home = 0;  ///< index into Scenario::homes
    AlertKind alert{};
    bool never = false;                 ///< must not be raised at all; then nothing of the below
    std::optional<std::size_t> device;  ///< index into SimHome::devices
    std::optional<Priority> priority;   ///< reached at some time
    Duration from{};
    std::optional<Duration> within;
    Duration not_before{};
    std::vector<Role> told;          ///< each of them by the end
    std::optional<AlertState> ends;  ///< its state at the end of the scenario
    unsigned line = 0;
};

}  // namespace anju::sim
