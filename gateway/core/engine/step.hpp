// One step of one home: an instant, and what is concluded at it. Readings enter by take(), due
// times by fire(); both end in claims, which become alerts through the book.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/detect/hazard.hpp"
#include "core/engine.hpp"
#include "core/engine/home.hpp"
#include "core/engine/recorder.hpp"
#include "core/input.hpp"

namespace anju {

class Step {
public:
    Step(Home& home, Instant at, Recorder::Voice voice, Decisions& out)
        : home_(home), at_(at), recorder_(home.household, home.decisions, voice, at, out) {}

    /// Applies a message of household.devices[device]; one seen before changes nothing.
    Reservations take(std::size_t device, const Observation& message);
    void carry_out(const AlertCommand& command);
    // step_care.cpp
    /// Somebody spoke with or saw the resident at `when`.
    void witness(Instant when);
    void claim_contact_failed(const AlertAsked& asked);
    /// The resident is away: what is about somebody at home is muted.
    void suppress();
    void merge(const AlertMerged& merged);

    /// Cancels every alert that is not closed.
    void withdraw() { home_.book.cancel_all(at_, recorder_); }
    /// Up to now nothing listened that speaks at the moment.
    void hears_again();
    /// Decides what is due at this very instant.
    void fire();

private:
    /// A device and an admitted reading of it.
    struct Word {
        std::size_t device;
        const Reading& reading;
        bool measured;  ///< taken for this message, not a bridge's memory
        bool newest;    ///< by its number, of all messages of the device

        [[nodiscard]] bool on() const { return reading.value != 0; }
        [[nodiscard]] bool is(std::uint16_t quality) const {
            return (reading.quality & quality) != 0;
        }
    };

    // step_readings.cpp
    void apply(const Word& word);
    void restore(const Word& word);
    void hazard(const Word& word, detect::HazardWatch& watch, AlertKind kind,
                std::string_view rule);
    void door_contact(const Word& word);
    void door_used(std::size_t device, Instant at);
    void water(const Word& word);
    /// `known`: up to when the meter had told before.
    void water_drawn(const detect::MeterRegister::Step& step, Instant when, std::size_t device,
                     Instant known);
    [[nodiscard]] std::int64_t leaked(std::size_t device, Instant from, Instant to) const;
    void battery(const Word& word);
    void tamper(const Word& word);
    void fault(const Word& word);
    void vibration(const Word& word);

    // step_care.cpp
    /// A sensor heard somebody at `when`: takes back what was only being asked.
    void answer_self_checks(Instant when);
    /// The resident pressed "I am well" at `when`: takes back what was only being asked.
    void answered_by_hand(Instant when);
    void take_back(Alert& alert, const std::string& actor);
    /// What led to the alert was refuted: it takes as long again until it is raised again.
    void begin_anew(const Alert& alert);

    // step_silence.cpp
    void sign_of_life(Instant at, std::size_t device);
    void fade(Instant at);
    /// No meter of the home has drawn anything in between.
    void no_water(Instant from, Instant to);
    /// The time up to now has brought no sign.
    void listen();
    void judge_silence();
    void claim_silence_of(Concern concern, const char* rule, const detect::Listening& now);
    void claim_muted(std::size_t device);

    // routine_watch.cpp
    void judge_routine();

    // step_water.cpp
    void water_used(std::size_t device, const detect::MeterRegister::Step& step, Instant known);
    void count_water(std::size_t device, const detect::WaterInterval& interval);
    void claim_water_use(std::size_t device);

    // step_presence.cpp
    void notice(std::size_t device, Instant at);
    void notice_in_empty_home(std::size_t device, Instant at, bool door);
    void claim_presence();
    /// A contact of an entrance door speaks again: up to now the door may have been used.
    void doors_covered();

    // step_claims.cpp
    void judge_health(std::size_t device);
    void rely_again(std::size_t device, DeviceHealth before);
    void claim_fault(std::size_t device);
    /// `rule`: empty for the name of the kind.
    void claim_moment(AlertKind kind, std::size_t device, Instant when, std::string_view rule = {});
    void claim_silence(AlertKind kind, std::size_t device);
    void claim_water_low(std::size_t device);
    void claim_door_unused();
    void claim_door_open(std::size_t device);
    void raise(AlertKind kind, std::size_t device, Evidence evidence);
    void recover(AlertKind kind, std::size_t device);
    [[nodiscard]] Ladder ladder() const {
        return {home_.household.rules.ladder, home_.household.calendar, recorder_.utc_offset()};
    }
    [[nodiscard]] EvidenceSource source(std::size_t device) const;
    [[nodiscard]] std::vector<EvidenceSource> all_sources() const;

    Home& home_;
    Instant at_;
    Recorder recorder_;
    Reservations reservations_;
};

/// Up to where every sensor of an entrance door has told whether its door was used; nullopt
/// without a reliable word of each, or without entrance doors.
[[nodiscard]] std::optional<Instant> doors_known_until(const Home& home);

/// Where the person is, for people. Unknown while the home is not watched.
[[nodiscard]] detect::Presence::Belief whereabouts(const Home& home, Instant now);
/// Where the person is during the silence that began at the last sign of presence, however short
/// it is: whether it counts as at home, and whether that is known (see Presence::Belief).
[[nodiscard]] detect::Presence::Belief whereabouts_of_silence(const Home& home, Instant now);

/// When the next alert of coming and going is due.
[[nodiscard]] std::optional<Instant> presence_due(const Home& home);

/// Somebody who is presumed out is missed by `not_returned`, within three days or already.
[[nodiscard]] bool return_is_awaited(const Home& home, const detect::Presence::Belief& belief);

/// When the next thing is due in this home, never before home.now.
[[nodiscard]] std::optional<Instant> next_due(const Home& home, Duration utc_offset);

}  // namespace anju
