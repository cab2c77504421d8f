// How far the time of a drill may go at once. A box that is told the time, and not before it has
// acknowledged everything told it so far, sees the same story on every machine; short steps where
// something is looked at, long ones where nothing is.
#pragma once

#include <vector>

#include "core/model/instant.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

/// Pure. Any thread.
class Pace {
public:
    /// `midnight`: of the scenario's first day.
    Pace(const Scenario& scenario, Instant midnight);

    /// Where time is put next, after `now`: never past a moment at which something begins, ends or
    /// has to have come.
    [[nodiscard]] Instant after(Instant now) const;

private:
    struct Watch {
        Instant from{};
        Instant to{};
        Duration step{};
    };
    std::vector<Watch> watches_;
};

}  // namespace anju::sim
