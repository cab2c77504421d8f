// The preset "door-24h": nobody has used the entrance door for 24 hours.
//
// The span begins with the last use or, where that is later, with the moment from which the
// sensors cover the door without a hole: the first word of a sensor, its return after it was
// stale or offline, the return of the resident. A door that nobody watched may have been used.
// Neither does a silent sensor prove anything: the span ends with a word of every door sensor,
// so that the claim is made when they next speak after the 24 hours, not by the clock.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/model/instant.hpp"

namespace anju::detect {

class DoorUnused {
public:
    static constexpr Duration limit = std::chrono::hours{24};

    void used(Instant at) { since_ = std::max(since_, at); }
    void covered_from(Instant at) { since_ = std::max(since_, at); }
    /// A span that has begun begins anew: what was before `at` is not to be relied upon.
    void restart(Instant at) {
        if (since_ != Instant{}) covered_from(at);
    }
    [[nodiscard]] Instant since() const { return since_; }
    /// The earliest moment up to which the doors must be known to be unused.
    [[nodiscard]] std::optional<Instant> deadline() const {
        if (since_ == Instant{}) return std::nullopt;
        return since_ + limit;
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.since_);
    }

private:
    Instant since_{};  // epoch 0: no word yet
};

}  // namespace anju::detect
