// What a resident agreed to: what may be collected, and what has to be forgotten.
#include "core/engine/household_state.hpp"
#include "core/engine/step.hpp"

namespace anju {

void HouseholdState::consent(Instant now, const ConsentRecorded& /*recorded*/, Voice voice,
                             Decisions& out) {
    enter(now, voice, out);
    leave(now, voice, out);
}

}  // namespace anju
