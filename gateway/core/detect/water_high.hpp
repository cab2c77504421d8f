// Unusually much water for this home: more since midnight than its days of the last two months let
// expect, and more than is worth a question anywhere.
//
// A day's use is skewed: most days are alike, on some there is laundry or a guest. An exponential
// tail is on the safe side of that, and of it
//   1 day in 183 (six months)  exceeds  ln 183 = 5.2 times its mean,
//   its mean absolute deviation is      2/e = 0.74 of its mean,
// so what is unusual lies (5.2 - 1) / 0.74 = 5.7 deviations above the mean. In the recorded homes
// that is 2.4 to 5.4 times a median day. Deviations are not squared and count for no more than what
// is unusual, so that a burst pipe does not make the next one usual.
//
// Days follow local midnight. An interval belongs to the day of its middle, or to the one that is
// open if that is later: a meter that tells of yesterday beside one that tells of now counts for
// today, always. A day with a hole is not learned, nor one with less than 10 L, on which nobody was
// at home.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/detect/water_use.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

class WaterHigh {
public:
    static constexpr std::uint16_t days_wanted = 14;
    /// GB/T 50331 allows 100 to 140 L for a person and day in Chongqing: more than twice that.
    static constexpr std::int64_t least_ml = 300'000;

    struct Found {
        Instant since{};
        Instant until{};
        std::int64_t ml{};          ///< drawn in between
        std::int64_t unusual_ml{};  ///< what a day's use exceeds once in six months
    };

    /// The day that is open ends before this interval, of whichever meter.
    [[nodiscard]] bool ends_before(const WaterInterval& interval) const;
    /// To be called then, with the number of meters the home has.
    void end_day(std::size_t meters);
    void observe(const WaterInterval& interval, Duration utc_offset);
    /// What was drawn on the day that is open has no known span.
    void hole() { begin_day(Instant{}); }

    /// Unusually much on the open day, and a usual one since it was told last. `meters`: how many
    /// the home has.
    [[nodiscard]] std::optional<Found> found(std::size_t meters) const;
    /// Cheap: found() may have something to say.
    [[nodiscard]] bool above() const { return !told_ && ml_ > least_ml; }
    void tell() { told_ = true; }
    /// True once when a whole day with usual use has passed since it was told.
    [[nodiscard]] bool take_end();

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.ends_at_, self.since_, self.until_, self.covered_, self.ml_, self.usual_ml_,
                self.spread_ml_, self.days_, self.told_, self.ended_);
    }

private:
    void begin_day(Instant ends_at);
    void learn();
    [[nodiscard]] float unusual_deviation() const;
    [[nodiscard]] std::int64_t unusual_ml() const;

    Instant ends_at_{};     // of the day that is open; epoch 0 = none
    Instant since_{};       // of the earliest interval of this day
    Instant until_{};       // of the latest
    Duration covered_{};    // by all its intervals together
    std::int64_t ml_{};     // in all of them
    float usual_ml_{};      // mean of a day
    float spread_ml_{};     // mean absolute deviation from it
    std::uint16_t days_{};  // learned, counted up to where older ones are forgotten
    bool told_{};
    bool ended_{};
};

}  // namespace anju::detect
