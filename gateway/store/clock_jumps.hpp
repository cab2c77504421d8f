// Turns "so long ago" into a date on the clock that ran then. Rows carry the date of the clock
// at hand; a box without a battery runs years behind until its first synchronisation, and a
// wrong time server puts it years ahead. Age measured by comparing dates would then delete
// everything at the first synchronisation, or nothing ever.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "store/meta.hpp"

namespace anju::store {

/// Rows past their time: dated before `before`, or after `after`, Unix ms.
struct Expired {
    std::int64_t before{};
    std::int64_t after{};
};

class ClockJumps {
public:
    /// A step backwards by more than `back`, or forwards by more than `forth`, is a jump and no
    /// time has passed in it. A box that was off for longer than `forth` so keeps its rows by
    /// that much longer; a jump of less than `forth` costs rows at most that much of their time.
    static constexpr Duration back = std::chrono::minutes{1};
    static constexpr Duration forth = std::chrono::hours{48};
    static constexpr std::size_t remembered = 8;  ///< more are merged, which keeps rows longer

    /// `last`: engine time of the last commit; epoch 0 = none.
    ClockJumps(Meta& meta, Instant last);

    /// To be called with every `now` in order; a jump is written to `meta` at once. Epoch 0 is no
    /// time of any clock: nobody has told one yet.
    void pass(Instant now);

    /// What is older than `keep` at the `now` passed last. Rows dated in the future were
    /// recorded before the last jump backwards: they are as old as that is long ago.
    [[nodiscard]] Expired older_than(Duration keep) const;

private:
    struct Jump {
        Instant from;
        Instant to;
    };
    void write();

    Meta& meta_;
    Instant now_;
    std::vector<Jump> jumps_;  ///< oldest first
};

}  // namespace anju::store
