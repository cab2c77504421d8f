// One row of a trace, and what becomes of the registers in it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/instant.hpp"

namespace anju::replay {

struct TraceRow {
    Instant at{};            ///< local
    std::uint32_t sensor{};  ///< index of the names
    const char* kind{};
    std::int64_t milli{};      ///< thousandths of the value; of a register millilitres
    bool is_register = false;  ///< not yet water that was drawn
};

/// Turns the registers of each sensor into what was drawn up to them, as the engine judges them
/// (MeterRegister): what came late is in its place, a repetition is none, another meter is a new
/// start, and what a later register refutes was not drawn. Registers that prove nothing go, and so
/// do amounts that a meter tells beside its register. `rows` ascend by time, here and after.
/// Returns how many have gone.
std::uint64_t draw_water(std::vector<TraceRow>& rows);

}  // namespace anju::replay
