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
//
// Neighbours count with less weight the further they are; the day is a circle. What was counted
// long ago is forgotten: everything fades by half in `half_life`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/model/instant.hpp"

namespace anju::detect {

/// The form of a table, and what is usual before anything was counted.
struct RhythmForm {
    std::span<const std::int16_t> lapses;  ///< upper ends of the elapsed times, minutes, ascending
    std::size_t slots{};                   ///< parts of a day
    std::size_t first_told{};  ///< shorter lapses say nothing of the hour
    bool by_the_hour{};        ///< told afterwards, an hour at a time: the rate is a chance, below 1
    std::span<const float> usual_hour;   ///< usual rate, for each of 24 hours
    std::span<const float> usual_lapse;  ///< factor on it for each lapse; lapses.size() + 1 of them
    /// How many expected signs weigh as much as what was counted, for each question.
    double trust_hour{};
    double trust_lapse{};
    double trust_cell{};
    double least{};  ///< the rate is never believed to be below or above these, an hour
    double most{};
};

/// Sensors that speak at the moment: every five minutes of silence are looked at.
extern const RhythmForm moments;
/// Meters that tell of an hour: every hour of silence is looked at.
extern const RhythmForm hours;

class Rhythm {
public:
    static constexpr Duration half_life = std::chrono::days{100};

    explicit Rhythm(const RhythmForm& form) : form_(&form) {}

    /// A part of a silence was lived through: from `elapsed` after the last sign on, for `length`,
    /// with local time of day `clock` (0..24 h) in its middle; it `ended` with a sign or not.
    /// `share`: how much of the home was listened to, 0..1.
    void learn(Duration elapsed, Duration clock, Duration length, bool ended, double share = 1);

    /// The hazard of the next sign, an hour; with a form that tells by the hour, the chance of one
    /// within the hour.
    [[nodiscard]] double rate(Duration elapsed, Duration clock) const;
    /// How surprising it is that such a part brought no sign, in nats: the negative logarithm of
    /// its probability. At most an hour and a half of it counts.
    [[nodiscard]] double surprise(Duration elapsed, Duration clock, Duration length) const;

    /// `days` more have passed.
    void fade(double days);

    /// Hours of silence counted, faded.
    [[nodiscard]] double hours_counted() const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.exposed_, self.ended_);
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
    [[nodiscard]] bool empty() const { return exposed_.size() != cells(); }
    struct Window;
    /// What was counted in a neighbourhood of the slot, each cell against the usual.
    [[nodiscard]] Sum within(const Window& window, std::size_t slot) const;

    const RhythmForm* form_;
    std::vector<float> exposed_;  // hours, by lapse and slot; empty until the first is learned
    std::vector<float> ended_;    // signs
};

}  // namespace anju::detect
