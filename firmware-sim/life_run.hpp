// anju-sim life: writes a simulated home out as a recording, and the truth beside it.
#pragma once

#include <cstdint>
#include <string>

#include "firmware-sim/life/calendar.hpp"

namespace anju::sim {

struct LifeOptions {
    std::string kind = "homebody";
    int days = 365;
    std::uint64_t seed = 1;
    life::Date first = std::chrono::year{2026} / 3 / 2;
    std::string csv;    ///< file; "-": stdout; empty: none
    std::string truth;  ///< the same
    bool json = false;
    bool acts = false;
    bool water = true;
    bool door = true;
    bool motion = true;
    bool bed = false;
    bool falls = true;
    bool median = false;  ///< not a person of the kind, but the kind's own numbers
};

/// The exit status: 0, or 1 after a message on stderr. Without any file it prints what a meter and
/// the door say of this life in numbers.
[[nodiscard]] int run_life(const LifeOptions& options);

}  // namespace anju::sim
