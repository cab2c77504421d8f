// Reads what a scenario says of a device beside its name and rhythm: the protocol that it speaks
// and how its firmware behaves. Private to the readers of scenarios (it shows toml++).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "firmware-sim/scenario/toml_table.hpp"
#include "firmware-sim/sensors/behaviour.hpp"
#include "firmware-sim/sensors/protocol.hpp"

namespace anju::sim {

/// Every key of a [[home.device]].
extern const std::span<const std::string_view> device_keys;

/// Throws Mistake, also where no such device speaks it.
[[nodiscard]] Protocol read_protocol(const Table& table, const std::string& file, SensorKind kind);

/// `firmware` and then the keys beside it, which win. Throws Mistake, also for a key that means
/// nothing for this kind.
[[nodiscard]] Behaviour read_behaviour(const Table& table, const std::string& file,
                                       SensorKind kind);

}  // namespace anju::sim
