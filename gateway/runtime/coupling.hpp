// What a decision of one unit of state means for another. Nothing in the core reaches across two
// units; what one has to know of the other becomes an input, journalled and replayed like any
// other.
//
//   a home's alert was raised or moved    its community is told, if there is a desk for it
//   a contact reached the resident        the home knows of a sign of life
//   nobody can reach the resident         the home raises contact_failed
//   a suspension began or ended           the home mutes what silence means, or listens again
//   many homes fell silent at once        their alerts are merged into the community's
#pragma once

#include <vector>

#include "core/engine.hpp"

namespace anju {

struct Derived {
    HouseholdId unit;  ///< that it concerns
    Input input;
};

/// Appends what follows from `decision` for other units that `engine` knows.
void derive(const Engine& engine, const Decision& decision, std::vector<Derived>& out);

/// Who lives in `household`, for its community; `gone`: it is no longer of it. Appends nothing
/// when that community has no desk.
void derive_residents(const Engine& engine, const Household& household, bool gone,
                      std::vector<Derived>& out);

/// What the engine knows of the home that a contact was with, as of now.
void enrich(const Engine& engine, ContactRecorded& contact);

}  // namespace anju
