// What the care of the community tells a home: that somebody was seen, that a contact failed, that
// the resident is away, that many homes fell silent at once.
#include <algorithm>
#include <utility>

#include "core/engine/household_state.hpp"
#include "core/engine/step.hpp"

namespace anju {

void HouseholdState::witness(Instant now, const LifeWitnessed& /*life*/, Voice voice,
                             Decisions& out) {
    enter(now, voice, out);
    leave(now, voice, out);
}

void HouseholdState::ask(Instant now, const AlertAsked& /*asked*/, Voice voice, Decisions& out) {
    enter(now, voice, out);
    leave(now, voice, out);
}

void HouseholdState::status(Instant now, const StatusTold& told, Voice voice, Decisions& out) {
    Household household = home_.household;
    const auto resident = std::ranges::find(household.residents, told.resident, &Resident::id);
    if (resident == household.residents.end()) return;
    resident->status = told.status;
    set(now, household, voice, out);
}

void HouseholdState::merge(Instant now, const AlertMerged& /*merged*/, Voice voice,
                           Decisions& out) {
    enter(now, voice, out);
    leave(now, voice, out);
}

}  // namespace anju
