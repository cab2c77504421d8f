// What the care of the community tells a home: that somebody was seen, that a contact failed, that
// the resident is away, that many homes fell silent at once.
#include <algorithm>
#include <utility>

#include "core/engine/household_state.hpp"
#include "core/engine/step.hpp"

namespace anju {
namespace {

bool lives_in(const Household& household, const ResidentId& resident) {
    return std::ranges::find(household.residents, resident, &Resident::id) !=
           household.residents.end();
}

}  // namespace

void HouseholdState::witness(Instant now, const LifeWitnessed& life, Voice voice, Decisions& out) {
    enter(now, voice, out);
    // Who was seen in hospital says nothing of whom they live with.
    if (lives_in(home_.household, life.resident) &&
        (home_.watched(life.resident) || !home_.watched())) {
        Step(home_, now, voice, out).witness(life.at);
    }
    leave(now, voice, out);
}

void HouseholdState::ask(Instant now, const AlertAsked& asked, Voice voice, Decisions& out) {
    enter(now, voice, out);
    // Of a resident who is away it is known why nobody answers.
    if (asked.kind == AlertKind::contact_failed && home_.watched(asked.resident)) {
        Step(home_, now, voice, out).claim_contact_failed(asked);
    }
    leave(now, voice, out);
}

void HouseholdState::status(Instant now, const StatusTold& told, Voice voice, Decisions& out) {
    Household household = home_.household;
    const auto resident = std::ranges::find(household.residents, told.resident, &Resident::id);
    if (resident == household.residents.end() || resident->status == told.status) return;
    resident->status = told.status;
    set(now, household, voice, out);
}

void HouseholdState::merge(Instant now, const AlertMerged& merged, Voice voice, Decisions& out) {
    enter(now, voice, out);
    Step(home_, now, voice, out).merge(merged);
    leave(now, voice, out);
}

}  // namespace anju
