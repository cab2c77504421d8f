// The sets of habits that the program knows by name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firmware-sim/life/habits.hpp"

namespace anju::sim::life {

/// Kinds of residents: invented, and scaled so that their population resembles the recorded one.
[[nodiscard]] std::span<const Resident> kinds();

/// Habits fitted to single recorded homes.
[[nodiscard]] std::span<const Resident> twins();

/// A kind or a twin of that name.
[[nodiscard]] const Resident* find_resident(std::string_view name);

/// The names of kinds(), for messages: "early_riser, late_riser, …".
[[nodiscard]] std::string kind_names();

/// One person of a kind: each has hours, thrift and busyness of their own. The same for the same
/// seed.
[[nodiscard]] Habits person_of(const Habits& kind, std::uint64_t seed);

}  // namespace anju::sim::life
