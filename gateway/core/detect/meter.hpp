// From the registers of a water meter to the water that was drawn.
//
// Registers count up for ever, so the difference of two proves what was used between them, even
// across a hole in the data. What a home draws, a small step forward, is believed at once:
//
//   register
//      ^              d?                  d   a wild value: the next one fits the line again
//      |        o--o     o--o--o          c   back by up to 100 L, or one step of a coarse meter:
//      |   o--o                c              pressed back into the pipe; what then flows forward
//      +----------------------------> t       again over the old mark was never used
//
// Every other register waits for a second one that goes on from it. Until then it proves nothing,
// and when the next one goes on from the old mark instead, it is forgotten: a bit that flipped
// under a right checksum neither draws water nor loses any. Two that agree are
//  - much water, if the pipe can deliver it in the time between (a burst, a coarse meter);
//  - a wrap, if the old mark was near the end of a register and the new ones are near zero: what
//    was drawn is what both distances add up to;
//  - the truth about the last step, if they are not below what was known before that step;
//  - otherwise a reset or another meter: a new start, of which nothing before is known.
//
// A register heard within a minute of the doubted one is no second measurement: radios repeat
// telegrams, and bridges their memory.
//
// Limits: ISO 4064-1:2014 has Q4 = 1.25 Q3, which for the largest meter of a dwelling, Q3 = 4
// m³/h, is 5 m³/h; and no water meter counts less than 9,999 m³ before it wraps.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/codec/version.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

/// The most that a dwelling's pipe delivers in `elapsed`, millilitres. Grants an hour more, because
/// what has no clock of its own is dated when it arrives.
[[nodiscard]] std::int64_t pipe_delivers_ml(Duration elapsed);

/// One register as it was heard.
struct RegisterSeen {
    std::int64_t ml{};
    Instant at{};

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.ml, self.at);
    }
};

class MeterRegister {
public:
    static constexpr std::int64_t backflow_ml = 100'000;
    static constexpr std::int64_t a_day_ml = 1'000'000;  ///< believed at once, besides backflow_ml
    static constexpr std::int64_t wrap_near_ml = 20'000'000;
    static constexpr Duration second_opinion_after = std::chrono::minutes{1};

    /// What a register has shown. All zero: nothing was drawn.
    struct Step {
        std::optional<Instant> new_start;  ///< nothing is known of the time before
        bool changed{};                    ///< and the meter known before is gone
        bool doubted{};                    ///< this register proves nothing, for now
        /// Of the doubted register before, which this one bears out. Below zero: what was told of
        /// the step before was wrong by this much.
        std::int64_t drawn_earlier{};
        Instant earlier{};     ///< when that was
        std::int64_t drawn{};  ///< millilitres up to this register, besides
    };

    /// A live register of at least 0, not older than the one before.
    [[nodiscard]] Step observe(std::int64_t register_ml, Instant event_time);
    /// The register of what ran backwards, if the meter has one of its own. What ran back is taken
    /// off what flows forward next, unless the main register runs back by itself.
    void observe_reverse(std::int64_t register_ml);

    /// Event time of the newest register believed: up to here the meter knows; epoch 0 = none yet.
    [[nodiscard]] Instant known_until() const { return known_until_; }
    /// The power of ten, 1 mL to 1 m³, in whose steps it counts; 0 = too few seen to tell.
    /// Gallons and cubic feet show as 1 mL.
    [[nodiscard]] std::int64_t resolution_ml() const;
    [[nodiscard]] std::uint32_t changed() const { return changed_; }
    [[nodiscard]] Instant changed_at() const { return changed_at_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.mark_, self.known_until_);
        archive.since(codec::many_drivers, self.lone_step_, self.doubt_, self.divisor_, self.steps_,
                      self.borne_out_, self.runs_back_, self.reverse_, self.back_, self.changed_,
                      self.changed_at_);
    }

private:
    using Seen = RegisterSeen;

    [[nodiscard]] std::int64_t tolerance() const;
    [[nodiscard]] std::int64_t believed_at_once(Duration elapsed) const;
    [[nodiscard]] bool fits(std::int64_t ml, Instant at) const;
    /// Much water, but no more than can be.
    [[nodiscard]] bool bursts(const Seen& doubt) const;
    [[nodiscard]] bool bears_out(std::int64_t ml, Instant at) const;
    [[nodiscard]] std::optional<std::int64_t> wrapped(const Seen& doubt) const;
    std::int64_t take(std::int64_t ml, Instant at);
    void believe_doubted(Step& step);
    void start_anew(const Seen& seen, Step& step);
    void begin(std::int64_t ml, Instant at);
    void learn(std::int64_t ml);

    std::optional<std::int64_t> mark_;  // the highest register believed
    Instant known_until_{};             // of the newest register believed
    std::optional<Seen> lone_step_;     // the last step that one register alone shows: from, when
    std::optional<Seen> doubt_;
    std::int64_t divisor_{};  // greatest common one of all registers believed
    std::uint8_t steps_{};    // forward, counted up to what resolution_ml() wants
    bool borne_out_{};        // more than one register of this meter was believed
    bool runs_back_{};        // the register itself counts down when water runs back
    std::optional<std::int64_t> reverse_;
    std::int64_t back_{};  // ran back and did not come forward again
    std::uint32_t changed_{};
    Instant changed_at_{};
};

}  // namespace anju::detect
