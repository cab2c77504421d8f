// Everything that can happen to a household. Inputs are what the journal stores; the state of
// the core is a function of their sequence and of the instants they were applied at.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/model/alert.hpp"
#include "core/model/household.hpp"
#include "core/model/reading.hpp"

namespace anju {

/// A household was registered or changed.
struct HouseholdSet {
    Household household;
};

/// A household was taken off this gateway; its state is forgotten.
struct HouseholdRemoved {
    HouseholdId household;
};

enum class AlertVerb : std::uint8_t { acknowledge = 1, resolve = 2, close = 3 };

/// A person or the district moves an alert.
struct AlertCommand {
    std::string command_id;  ///< unique for ever; the shell drops repetitions
    AlertId alert;
    AlertVerb verb{};
    ClosingReason reason = ClosingReason::none;  ///< required to close
    std::string note;                            ///< required to close
    std::string actor;                           ///< "cli:lin", "platform:district-7"
};

/// The wall clock was set: every stored instant moves by `by`, elapsed times stay what they were.
/// Applied at the time after the step.
/// Applied at the new time; what was due up to then on the old clock, `now - by`, comes first.
struct ClockStep {
    Duration by{};
};

/// The gateway itself was down or deaf from `since` until now. Nothing that would have become
/// true in that time is held against a sensor or a resident: who was not asked was not silent.
/// Every device gets its time anew, and what only a live word can tell waits for one.
struct Outage {
    Instant since{};  ///< last moment at which messages were taken
};

using Input =
    std::variant<Observation, HouseholdSet, HouseholdRemoved, AlertCommand, ClockStep, Outage>;

}  // namespace anju
