// Has this silence become unusual for this person?
//
// The next sign of life is awaited with a hazard that was learned (Rhythm). Two hypotheses compete
// while nothing is heard: all is well and the sign just has not come yet, or something happened at
// some moment of the silence and no sign will come. Their likelihood ratio, summed over all moments
// at which it could have happened, is the Shiryaev-Roberts statistic (Shiryaev, Theory of
// Probability and its Applications 8, 1963; Roberts, Technometrics 8, 1966), in hours:
//
//     R(t) = integral from the last sign to t of  exp(surprise from u to t)  du
//
// It is the best there is for a change at an unknown time, and it forgives what a plain sum of
// surprise does not: that in a busy hour hundreds of silences are tried, in a night two.
//
// An alert now costs a false alert if the person is well; waiting costs time if not. Waiting is
// worth while only where it teaches something: for `h` more hours it does so with the probability
// 1 - exp(-surprise of these h hours). So the score is
//
//     log R(t) + log W(t),   W(t) = min over h of  h / (1 - exp(-surprise(t, t + h)))
//
// where W is the time that has to be waited for an answer, in hours: minutes at noon, till the
// morning at midnight. It is an index in the sense of Gittins (J. Royal Statistical Society B 41,
// 1979): a silence at night is told at a lower R than one at noon, because waiting would gain
// nothing before the morning. Which score is too much is the business of Budget.
//
// Only what was listened to counts: a sensor that does not speak adds no surprise, and a time in
// which the person was out or nobody listened neither counts nor is learned from.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/detect/budget.hpp"
#include "core/detect/rhythm.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

/// How silences go on after one sensor was the last to speak: sooner ended after the kitchen,
/// later after the bedroom. Kept beside each device.
class LastHeard {
public:
    /// On the hazard of the next sign, where so long has passed.
    [[nodiscard]] double factor(Duration elapsed, const LocalMoment& when) const;
    /// So many signs were expected, without the factor, and one came or did not.
    void learn(Duration elapsed, const LocalMoment& when, double expected, bool ended);
    void fade(double days);

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.expected_, self.ended_);
    }

private:
    static std::optional<std::size_t> place(Duration elapsed, const LocalMoment& when);

    std::array<float, 10> expected_{};  // five lapses by night and by day
    std::array<float, 10> ended_{};
};

/// What holds at the moment of a question.
struct Listening {
    Duration utc_offset{};
    /// The part of the signs of life that the sensors which speak at the moment and can be relied
    /// upon now have used to give, 0..1; 0: there is none.
    double share{};
    bool by_the_hour{};                ///< a meter that tells of whole hours is listened to
    bool counts = true;                ///< the person is not known to be away, and is to be watched
    const LastHeard* after = nullptr;  ///< of the sensor that spoke last; may be null
};

class Inactivity {
public:
    /// Silences are looked at this often, at round times.
    static constexpr Duration every = std::chrono::minutes{5};
    /// Shorter silences are not looked at.
    static constexpr Duration shortest = std::chrono::minutes{10};
    /// Longer ones teach nothing more.
    static constexpr Duration longest = std::chrono::hours{48};
    /// A shorter deafness does not end a silence. At noon half of all silences end within half an
    /// hour, so after a longer one the last sign that was heard is hardly the last that was given.
    static constexpr Duration brief = std::chrono::minutes{30};
    /// A meter's word counts when it tells of this long, so that one that speaks every quarter of
    /// an hour is asked as seldom as one that speaks every hour.
    static constexpr Duration hour_at_least = std::chrono::minutes{45};
    /// A longer pause between two words of a meter is a hole: that nothing was drawn
    /// is known, and says nothing about any hour of it.
    static constexpr Duration hole = std::chrono::minutes{150};

    /// A sign of life, told at its moment or for the hour before it. Ends the silence and learns
    /// from it. One that is not newer than the last changes nothing; false then.
    bool sign(Instant at, bool for_the_hour, const Listening& listening, LastHeard* after);
    /// No water was drawn in (from, to], told by a meter that tells of hours.
    void dry(Instant from, Instant to, const Listening& listening);
    /// The time up to `now` has brought no sign, told by sensors that speak at the moment.
    void tick(Instant now, const Listening& listening);
    /// What was before `now` is not to be judged: begins anew. `listened`: the home was listened to
    /// meanwhile, but nobody was to be watched. What follows is not learned from, for nobody knows
    /// how long it has been silent already.
    void restart(Instant now, bool listened);
    /// Nobody listened from `from` to `now`; otherwise to what `listening` says. A short deafness
    /// says nothing and takes nothing back; after a long one the silence begins anew.
    void unheard(Instant from, Instant now, const Listening& listening);
    /// Meters that tell of hours know nothing of the time before `at`: one is another now.
    void unmetered(Instant at);

    /// When tick() is due; nullopt: not before the next sign.
    [[nodiscard]] std::optional<Instant> next_tick() const;

    [[nodiscard]] Instant since() const { return since_; }  ///< last sign; epoch 0 = none
    [[nodiscard]] Instant begun() const { return begun_; }  ///< first sign ever; epoch 0 = none
    [[nodiscard]] Instant told_until() const { return told_until_; }  ///< silence known up to here
    /// Something was learned of this person; not so where a meter tells of whole days only.
    [[nodiscard]] bool taught() const { return moments_.taught() || hours_.taught(); }
    /// For so long there was no sign while somebody listened, pauses in listening left out.
    [[nodiscard]] Duration silent() const { return told_until_ - since_ + quiet_before_; }
    /// Of the silence that goes on, when last looked at; nullopt: not unusual enough to tell.
    [[nodiscard]] std::optional<double> score() const;
    /// The threshold for a budget of so many thousandths of a false alert a month.
    [[nodiscard]] double threshold(std::uint32_t budget_milli, const Listening& listening) const;
    /// How often a month this person's silences reach `score`.
    [[nodiscard]] double per_month(double score, const Listening& listening) const;
    /// The score that goes on is reached once in so many days, 1 to 3650.
    [[nodiscard]] std::int64_t once_in_days(const Listening& listening) const;
    /// How often a month harmless silences were seen to exceed `score`; nullopt: too little seen.
    [[nodiscard]] std::optional<double> seen_per_month(double score) const {
        return budget_.seen_per_month(score);
    }

    /// Of silences that begin at `from`, the part `quantile` (0..1) has ended after so long; at
    /// most 48 hours.
    [[nodiscard]] Duration usual(Instant from, double quantile, const Listening& listening) const;
    /// The part, 0..1, of silences that begin at `from` and are over after `length`, counted in
    /// steps of usual().
    [[nodiscard]] double over_within(Instant from, Duration length,
                                     const Listening& listening) const;
    /// How long a silence that begins at `from` goes on until its score reaches `threshold`; at
    /// most 48 hours.
    [[nodiscard]] Duration delay(Instant from, double threshold, const Listening& listening) const;

    /// Whole days that have passed since this was asked before; what is learned fades by them.
    [[nodiscard]] double fade(Instant now);

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.moments_, self.hours_, self.budget_, self.begun_, self.since_,
                self.told_until_, self.hour_from_, self.parts_, self.odds_, self.peak_,
                self.scored_, self.quiet_before_, self.whole_, self.unbooked_, self.faded_at_);
    }

private:
    /// An hour, or as much as the meter told of at once, without water.
    struct Part {
        Instant from{};
        Instant to{};

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.from, self.to);
        }
    };
    struct Odds;

    void learn(Instant at, bool for_the_hour, const Listening& listening, LastHeard* after);
    void begin(Instant at);
    void book(Instant until);
    void look(Instant now, const Listening& listening);
    [[nodiscard]] double moment_surprise(Instant since, Instant from, Instant to,
                                         const Listening& listening) const;
    [[nodiscard]] double hour_surprise(Instant since, Instant from, Instant to,
                                       const Listening& listening) const;
    [[nodiscard]] double score_of(double odds, Instant since, Instant now,
                                  const Listening& listening) const;
    [[nodiscard]] double hours_to_wait(Instant since, Instant now,
                                       const Listening& listening) const;

    Rhythm moments_{detect::moments};
    Rhythm hours_{detect::hours};
    Budget budget_;
    Instant begun_{};
    Instant since_{};
    Instant told_until_{};
    Instant hour_from_{};      // start of the hour that is not yet whole
    std::vector<Part> parts_;  // of this silence, for learning when it ends
    float odds_{};             // R, hours
    float peak_{};             // highest score of this silence; 0 where it was not looked at
    float scored_{};           // the last one
    Duration quiet_before_{};  // silence before the last pause in listening
    bool whole_ = true;        // this silence counted from its beginning
    Duration unbooked_{};      // listened to and not yet told to the budget
    Instant faded_at_{};
};

}  // namespace anju::detect
