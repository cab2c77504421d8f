// Turns what the clock shows into the engine's time, which never goes back.
//
// Clocks on cheap boxes are wrong in two ways. They drift and are nudged: that is absorbed. And
// they are set: a box without a battery clock wakes up in the past and jumps years ahead when
// NTP answers. Taken as elapsed time, that jump would be years of silence in every home. So a
// jump of wall time against steady time is handed to the engine as a ClockStep: every stored
// instant moves with it and elapsed times stay what they were.
#pragma once

#include <algorithm>
#include <optional>

#include "runtime/clock.hpp"

namespace anju {

/// Single-threaded, pure. With e = steady time since the tick before (0 at the first one):
///
///   driven clock          now = max(last, wall): whoever drives means it. A step only where it
///                         says that the clock was set, and then of so much; what else has passed
///                         has passed
///   first tick ever       now = wall
///   first after resume()  wall < last - 10 s: step, else now = max(last, wall); the time the
///                         gateway was down counts as elapsed when the clock says so, and as
///                         nothing when the clock cannot be believed
///   |wall - (last+e)| > 10 s   step
///   else                  now = max(last, wall): a clock nudged back holds the engine still
///
/// A step is by = wall - (last + e): an instant that lay d before `last` lies d + e before the
/// new `now`, and `now` equals the wall. The time a machine sleeps is steady-less and therefore
/// a step as well; it heard nothing meanwhile, and no data is not silence.
class EngineTime {
public:
    static constexpr Duration tolerance = std::chrono::seconds{10};

    struct Tick {
        std::optional<Duration> step;  ///< apply ClockStep{*step} first, at `now`
        Instant now{};
    };

    /// The engine's time as the store has it; epoch 0 = the store is new. Before the first tick.
    void resume(Instant engine_time) {
        last_ = engine_time;
        resumed_ = engine_time != Instant{};
    }

    [[nodiscard]] Tick tick(const ClockReading& reading) {
        const bool first = !ticked_;
        const Duration elapsed =
            first ? Duration{} : std::chrono::floor<Duration>(reading.steady - steady_);
        ticked_ = true;
        steady_ = reading.steady;
        const bool fresh = first && !resumed_;
        Tick out{std::nullopt, fresh ? reading.wall : std::max(last_, reading.wall)};
        const Duration off = reading.wall - (last_ + elapsed);
        if (reading.state == ClockState::driven) {
            const Duration set =
                set_by_ && reading.set_by ? *reading.set_by - *set_by_ : Duration{};
            if (reading.set_by) set_by_ = reading.set_by;
            if (set != Duration{}) out = {set, std::max(last_ + set, reading.wall)};
        }
        const bool jumped = off < -tolerance || (off > tolerance && !first);
        if (jumped && !fresh && reading.state != ClockState::driven) {
            out = {off, reading.wall};
        }
        last_ = out.now;
        return out;
    }

    [[nodiscard]] Instant last() const { return last_; }

private:
    Instant last_{};
    SteadyTime steady_{};
    std::optional<Duration> set_by_;
    bool resumed_ = false;
    bool ticked_ = false;
};

}  // namespace anju
