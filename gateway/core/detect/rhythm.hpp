// How soon does this person usually give the next sign of life? The hazard of it, learned.
//
// A silence of `elapsed` at a time of day has a chance to end within the next hour. The ratio of
// silences that ended to the time they lasted is that chance; counted for every time of day and
// every elapsed time, it is the rhythm of a home. Four weeks fill such a table thinly, so a cell
// is not believed alone. Three questions are asked, each answered by what the one before expects
// and corrected by what was counted (gamma-Poisson shrinkage, Clayton and Kaldor, Biometrics 43,
// 1987):
//
//   of people     what is usual for people who live alone, at this hour after such a silence
//   of the hour   how much more or less this person gives at this time of day, any silence
//   of the lapse  and after silences about this long, within two or three hours of now
//   of the cell   and in this very place of the table
//   of the day    and at this hour on working days, or on Saturdays and Sundays
//
// Neighbours count with less weight the further they are; the day is a circle. What was counted
// long ago is forgotten: everything fades by half in `half_life`.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "core/model/instant.hpp"

namespace anju::detect {

/// The form of a table, and what is usual before anything was counted.
struct RhythmForm {
    std::span<const std::int16_t> lapses;  ///< upper ends of the elapsed times, minutes, ascending
    std::size_t slots{};                   ///< parts of a day
    std::size_t first_told{};              ///< shorter lapses say nothing of the hour
    bool by_the_hour{};  ///< told afterwards, an hour at a time: the rate is a chance, below 1
    std::span<const float> usual_hour;   ///< usual rate, for each of 24 hours
    std::span<const float> usual_lapse;  ///< factor on it for each lapse; lapses.size() + 1 of them
    /// How many expected signs weigh as much as what was counted, for each question.
    double trust_hour{};
    double trust_lapse{};
    double trust_cell{};
    double trust_day{};
    double least{};  ///< the rate is never believed to be below or above these, an hour
    double most{};
};

/// Sensors that speak at the moment: every five minutes of silence are looked at.
extern const RhythmForm moments;
/// Meters that tell of an hour: every hour of silence is looked at.
extern const RhythmForm hours;

/// A moment as people live it.
struct LocalMoment {
    Duration clock{};  ///< time of day, 0..24 h
    bool weekend{};    ///< Saturday or Sunday
};
[[nodiscard]] LocalMoment local_moment(Instant at, Duration utc_offset);

/// Not for two threads at once, not even to ask: what was asked is kept.
class Rhythm {
public:
    static constexpr Duration half_life = std::chrono::days{160};

    explicit Rhythm(const RhythmForm& form) : form_(&form) {}

    /// A part of a silence was lived through: from `elapsed` after the last sign on, for `length`,
    /// with the moment `when` in its middle; it `ended` with a sign or not.
    /// `share`: how much of the home was listened to, 0..1.
    void learn(Duration elapsed, const LocalMoment& when, Duration length, bool ended,
               double share = 1);

    /// The hazard of the next sign, an hour; with a form that tells by the hour, the chance of one
    /// within the hour.
    [[nodiscard]] double rate(Duration elapsed, const LocalMoment& when) const;
    /// How surprising it is that such a part brought no sign, in nats: the negative logarithm of
    /// its probability. At most an hour and a half of it counts.
    [[nodiscard]] double surprise(Duration elapsed, const LocalMoment& when, Duration length) const;

    /// `days` more have passed.
    void fade(double days);

    /// Something was learned.
    [[nodiscard]] bool taught() const { return !empty(); }
    /// Hours of silence counted, faded.
    [[nodiscard]] double hours_counted() const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.exposed_, self.ended_, self.day_expected_, self.day_ended_);
        if constexpr (!std::is_const_v<Self>) self.kept_ = {};
    }

private:
    struct Sum {
        double ended{};
        double expected{};  // by what is usual of people
        /// By how much the person differs from what is usual times `known`, which was known before.
        [[nodiscard]] double ratio(double trust, double known) const {
            return (ended + trust) / (expected * known + trust);
        }
    };

    [[nodiscard]] std::size_t lapse_of(Duration elapsed) const;
    [[nodiscard]] std::size_t slot_of(Duration clock) const;
    [[nodiscard]] std::size_t cells() const;
    [[nodiscard]] double usual(std::size_t lapse, std::size_t slot) const;
    /// The rate whatever day it is.
    [[nodiscard]] double any_day(std::size_t lapse, std::size_t slot) const;
    [[nodiscard]] double work_out(std::size_t lapse, std::size_t slot) const;
    [[nodiscard]] Sum of_the_hour(std::size_t slot) const;
    /// What the kind of day changes.
    [[nodiscard]] double day_ratio(const LocalMoment& when) const;
    [[nodiscard]] bool empty() const {
        return exposed_.size() != cells() || ended_.size() != cells();
    }
    /// A silence is weighed every five minutes, each time over the same next hours, and little is
    /// learned in between. So what was worked out is kept until something near it is learned: the
    /// rates of a slot after two lapses, for those it is looked at after follow on one another,
    /// and what was counted around it. Empty until asked; no part of the state.
    struct Kept {
        std::vector<double> rates;      // two a slot
        std::vector<std::uint8_t> of;   // the lapse + 1; 0: not kept
        std::vector<Sum> hours;         // one a slot
        std::vector<std::uint8_t> has;  // 0: not kept
    };
    /// What was worked out from this slot holds no longer.
    void learned_of(std::size_t slot);
    struct Window;
    /// What was counted in a neighbourhood of the slot, each cell against the usual.
    [[nodiscard]] Sum within(const Window& window, std::size_t slot) const;

    const RhythmForm* form_;
    std::vector<float> exposed_;  // hours, by lapse and slot; empty until the first is learned
    std::vector<float> ended_;    // signs
    std::array<float, 48> day_expected_{};  // signs, by hour, on working days and on others
    std::array<float, 48> day_ended_{};
    mutable Kept kept_;
};

}  // namespace anju::detect
