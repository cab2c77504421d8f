// One incident as the world sees it: what sensors say and what people answer, at which moments.
// Everything follows from the seed; nothing knows of the gateway that hears it.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "core/input.hpp"
#include "core/model/community.hpp"
#include "core/model/household.hpp"
#include "runtime/inbox.hpp"

namespace anju::test {

enum class Matter : std::uint8_t {
    fire,     ///< P1
    silence,  ///< P2: no water drawn for twelve hours, and the resident is asked first
    door,     ///< P3: left open
};

/// The community and the home are made known.
struct Registration {};

struct Deed {
    Instant at{};
    std::variant<Registration, Inbound, AlertCommand> what;
};

struct Incident {
    std::uint64_t seed{};
    Matter matter{};
    Instant begins{};
    Instant raised{};  ///< when the alert is due to be raised
    Instant ends{};
    bool asks = true;         ///< the resident first, of a P2
    std::vector<Deed> deeds;  ///< ascending
};

/// Up to seven people's deeds, of whatever verb, whether they make sense or not; half of all
/// incidents wait for long before anybody answers.
[[nodiscard]] Incident incident_of(std::uint64_t seed);
/// The same with a matter of one's choice.
[[nodiscard]] Incident incident_of(std::uint64_t seed, Matter matter);

/// A fire or a silence of which the resident is not asked, at which people acknowledge, go, arrive
/// and end it, and nothing else is said: what the table of the ladder tells of.
[[nodiscard]] Incident plain_incident_of(std::uint64_t seed);
/// Ends so long after the alert was raised.
[[nodiscard]] Incident cut_short(Incident incident, Duration after);

[[nodiscard]] Community its_community();
[[nodiscard]] Household its_home(bool asks);
[[nodiscard]] HouseholdId its_home_id();

}  // namespace anju::test
