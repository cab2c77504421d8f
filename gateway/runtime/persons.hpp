// Who gives a command, and whom it names, as the directory knows them. People type a name, an id or
// what their link says; the journal has to hold one word for one person, or somebody reviews what
// they closed themselves, and an alert is handed to somebody who is not there.
#pragma once

#include <optional>
#include <string>

#include "core/engine.hpp"
#include "core/text/refusals.hpp"

namespace anju {

/// Puts the worker of the community of `unit` in the place of what stands for one: "cli:worker:w1"
/// for "cli:w1 " and for "cli:刘敏", "worker:w1" for the new owner in the note of `hand_over`.
/// What is left to say against the command: a review by somebody whose office it is not, an alert
/// handed to somebody who is unknown or not on duty; nullopt: nothing. Where the directory lists
/// nobody who could be asked, nothing is held against anybody.
[[nodiscard]] std::optional<text::Said> settle_persons(const Engine& engine,
                                                       const HouseholdId& unit, Instant now,
                                                       AlertCommand& command);

}  // namespace anju
