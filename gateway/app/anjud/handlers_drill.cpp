// The methods of drills: who plays one, and who asks for it.
#include "app/anjud/handlers.hpp"

namespace anju {

using boost::json::object;
using control::Reply;

object Handlers::drill_state() const {
    std::uint64_t homes = 0;
    const Engine& engine = daemon_.gateway().engine();
    for (const HouseholdId& id : engine.households()) {
        homes += engine.find(id)->drill != Drill::none ? 1 : 0;
    }
    return {{"allowed", config_.drills_allowed}, {"homes", homes}};
}

Reply Handlers::drill_attend(const Params& params) {
    return stage_.attend(params, clock_.read().steady);
}

Reply Handlers::drill_show(const Params&) {
    return stage_.show();
}

Reply Handlers::drill_play(const Params& params) {
    return stage_.play(params, clock_.read().steady, clock_.read().wall);
}

Reply Handlers::drill_stop(const Params&) {
    return stage_.stop(clock_.read().steady);
}

}  // namespace anju
