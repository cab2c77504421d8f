// Who lives in a home: a person of the life model (firmware-sim/life), with a day, a night and
// habits, reduced to what a meter and a sensor at the door notice. Water is added up when somebody
// reads the meter, for nobody else asks.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/model/instant.hpp"
#include "firmware-sim/life/life.hpp"

namespace anju::whole {

class Tenant {
public:
    /// `first`: midnight in China, from which on it lives.
    Tenant(std::uint64_t seed, Instant first);

    /// The next day, to be asked for at its midnight: when the door is opened in it, ascending.
    /// May reach into the day after.
    [[nodiscard]] std::vector<Instant> next_day();
    /// Millilitres drawn since this was asked before.
    [[nodiscard]] std::int64_t drawn_until(Instant now);

private:
    struct Draw {
        Instant at{};
        std::int64_t ml{};
    };
    sim::life::Life life_;
    std::deque<Draw> draws_;  ///< of the days asked for, not yet asked for themselves
};

}  // namespace anju::whole
