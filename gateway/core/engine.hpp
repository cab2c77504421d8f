// The engine folds inputs into decisions, for one household or for ten thousand, and for the
// communities that care for them.
//
// It is a plain data structure: no thread, no clock, no file. Households and communities, its units
// of state, are independent of one another; each numbers its own decisions and can be saved and
// restored alone. What one unit's decision means for another is an input that the shell makes of it
// (runtime/coupling.hpp). Within a
// household everything due up to the moment of an input is decided before the input is applied,
// each at its own due time, so it does not matter whether timers were served punctually: the
// same inputs at the same instants give the same decisions, byte for byte.
//
// One input is different: an Outage leaves what fell due after its `since` undecided, for ever.
// So nobody may have called advance() past `since` before it; up to `since` it may have been
// called or not. Inputs applied in between do no harm, for they are repeated in a replay: a home
// that was given one is decided up to there, and for it the outage began then. It does not concern
// communities: what fell due there in that time is decided, late.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/care/desk.hpp"
#include "core/decision.hpp"
#include "core/input.hpp"
#include "core/model/whereabouts.hpp"

namespace anju {

/// What the engine has learnt of a water meter.
struct MeterView {
    Instant known_until{};         ///< up to here it is known what was drawn; epoch 0 = never
    std::int64_t resolution_ml{};  ///< step in which it counts; 0 = not known yet
    std::uint32_t changed{};       ///< how often it was exchanged or reset
    Instant changed_at{};          ///< the last time; epoch 0 = never

    friend bool operator==(const MeterView&, const MeterView&) = default;
};

/// What the engine knows about a device, for screens and health checks.
struct DeviceView {
    Device device;
    Instant last_heard{};  ///< epoch 0 = never
    DeviceHealth health = DeviceHealth::ok;
    MeterView meter = {};     ///< all zero for devices that are none
    Instant watched_since{};  ///< registered, or listened to again after an outage
    bool collected = true;    ///< false: a resident did not consent to its kind; nothing is known
};

/// What the sensors of a home allow at best, and the sensor that allows it.
struct DetectionDelay {
    Duration length{};
    DeviceId device;

    friend bool operator==(const DetectionDelay&, const DetectionDelay&) = default;
};

/// What comes next of an alert if nobody does anything.
struct NextStep {
    AlertId alert;
    Instant at{};
    AlertState to{};
    StepCause cause{};
    std::vector<Role> roles;  ///< who is told then, ascending; empty: only a flag is set
    SummonsCause summons{};   ///< why; matters where somebody is told

    friend bool operator==(const NextStep&, const NextStep&) = default;
};

struct HouseholdView {
    Household household;
    std::vector<DeviceView> devices;  ///< those that are not collected stand last
    std::vector<Alert> alerts;        ///< all that are not closed, oldest first
    /// Of every alert of which something does: also of closed ones that await a supervisor.
    std::vector<NextStep> next = {};
    Instant last_sign_of_life{};  ///< epoch 0 = none yet
    /// Where the person is presumed to be at the time of the last input or due time.
    Whereabouts whereabouts = Whereabouts::unknown;
    Instant whereabouts_since{};  ///< epoch 0 = nothing is known
    std::uint64_t decisions{};    ///< number of the last decision
    /// How soon at best it can be known that a silence is too long; nullopt: never.
    std::optional<DetectionDelay> best_delay = {};
    /// What the residents said of the kinds of sensors, by resident and kind; the last word each.
    std::vector<Consent> consents = {};
};

struct HouseholdExplanation;  // core/explanation.hpp

/// What was taken with a reservation, since construction. The first three count readings by their
/// quality (see namespace quality).
struct Reservations {
    std::uint64_t clock_replaced{};
    std::uint64_t late{};
    std::uint64_t retained{};
    std::uint64_t doubted{};        ///< counts of meters that cannot be without another like them
    std::uint64_t meter_changed{};  ///< meters that were exchanged or reset

    Reservations& operator+=(const Reservations& some) {
        clock_replaced += some.clock_replaced;
        late += some.late;
        retained += some.retained;
        doubted += some.doubted;
        meter_changed += some.meter_changed;
        return *this;
    }
};

class Engine {
public:
    struct Options {
        /// Offset of local time from UTC, for times in sentences. China has had one zone and no
        /// summer time since 1991.
        Duration utc_offset = std::chrono::hours{8};
    };

    explicit Engine(Options options);
    Engine();
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    /// True when this very message has been applied before. The shell then acknowledges it
    /// again and neither stores nor applies it. False for unknown devices.
    [[nodiscard]] bool seen(const Observation& observation) const;

    /// The household a device belongs to; nullptr when the device is unknown. A device listed
    /// by several belongs to the one set last. The pointer is valid until the next HouseholdSet
    /// or HouseholdRemoved.
    [[nodiscard]] const HouseholdId* household_of(const DeviceId& device) const;
    /// Whether readings of a device may be taken: some household has it, and nobody who lives there
    /// refused its kind or withdrew it. What is not collected must be stored nowhere.
    [[nodiscard]] bool collects(const DeviceId& device) const;
    /// The first household, in the order of ids, that a resident lives in; nullptr when there is
    /// none. Looks through all of them: for a question of a person, not for every reading.
    [[nodiscard]] const HouseholdId* household_of(const ResidentId& resident) const;
    /// The household an alert belongs to; nullptr when no household has that prefix.
    [[nodiscard]] const HouseholdId* household_of(const AlertId& alert) const;
    /// The community whose own alert it is; nullopt for alerts of households.
    [[nodiscard]] std::optional<CommunityId> community_of(const AlertId& alert) const;
    /// Where a resident of this community lives; nullptr when none is called so.
    [[nodiscard]] const HouseholdId* household_of(const CommunityId& community,
                                                  const ResidentId& resident) const;

    /// Applies one input at `now` and appends what follows from it. `now` must not be earlier
    /// than any `now` before (broken contract: assertion), except through a ClockStep. Only the
    /// household concerned is advanced to `now`. A ClockStep concerns all; its `now` is the time
    /// after the step, so what is due up to `now - by` is decided first, and then all moves.
    /// An Outage that began before an instant advance() was called with is a broken contract
    /// (assertion). When a household is removed its unclosed alerts are cancelled first.
    /// Observations of unknown devices, of devices that are not collected, and commands for unknown
    /// alerts change nothing; the latter are answered as refused. Every input with a command_id
    /// gives exactly one CommandAnswered with it, also for communities that are not known; other
    /// decisions may stand before and behind it. A message for which seen() is true changes
    /// nothing.
    void apply(Instant now, const Input& input, Decisions& out);

    /// Decides everything that is due up to and including `now`, in all units, one after another
    /// in ascending order of their names.
    void advance(Instant now, Decisions& out);

    /// Not later than the next due time; calling advance() early is harmless. nullopt: nothing
    /// is pending.
    [[nodiscard]] std::optional<Instant> deadline() const;

    /// The complete state of a unit, a household or unit_of() a community, in a versioned binary
    /// form that is equal for equal states, on every platform. Empty when it is unknown.
    [[nodiscard]] std::string snapshot(const HouseholdId& unit) const;

    /// Replaces or adds the household or community saved in `bytes`. False, and nothing changed,
    /// when the bytes are damaged or of an unknown version.
    [[nodiscard]] bool restore(std::string_view bytes);

    /// Ids in ascending order.
    [[nodiscard]] std::vector<HouseholdId> households() const;
    [[nodiscard]] std::optional<HouseholdView> view(const HouseholdId& household) const;
    /// Ids in ascending order.
    [[nodiscard]] std::vector<CommunityId> communities() const;
    /// What was set; nullptr when it is unknown. Valid until the next input.
    [[nodiscard]] const Community* find(const CommunityId& community) const;
    [[nodiscard]] std::optional<CommunityView> view(const CommunityId& community) const;
    /// See CareDesk::who(); nobody when the community is unknown.
    [[nodiscard]] std::vector<WorkerId> who(const CommunityId& community, Role role,
                                            const ResidentId& resident, Instant now) const;
    /// What the entrance doors of a home say of a visit from `start` to `end`.
    [[nodiscard]] Corroboration corroborate(const HouseholdId& household, Instant start,
                                            Instant end) const;
    /// The hours of a working day at which the resident of a home is usually up and at home, as its
    /// sensors have shown, ascending; empty where not enough was learned. Takes some milliseconds.
    [[nodiscard]] std::vector<Window> up_and_at_home(const HouseholdId& household,
                                                     Instant now) const;
    /// Of a home, as last heard; epoch 0 = none, or the home is unknown.
    [[nodiscard]] Instant last_sign_of_life(const HouseholdId& household) const;
    /// What was registered; nullptr when it is unknown. Valid until the next input.
    [[nodiscard]] const Household* find(const HouseholdId& household) const;
    /// What the desk was told last of a resident, and when; nullopt when nobody is called so.
    [[nodiscard]] std::optional<RhythmKnown> rhythm(const CommunityId& community,
                                                    const ResidentId& resident) const;
    /// The number of the last decision of a unit; nullopt when it is unknown.
    [[nodiscard]] std::optional<std::uint64_t> decisions(const HouseholdId& unit) const;
    /// What was learned of the day of who lives there, and what the present silence means, as of
    /// `now`, up to which everything due was decided. nullopt when the household is unknown.
    /// Worked out anew each time, which takes some ten milliseconds; changes nothing.
    [[nodiscard]] std::optional<HouseholdExplanation> explain(const HouseholdId& household,
                                                              Instant now) const;

    [[nodiscard]] const Reservations& reservations() const;
    [[nodiscard]] std::size_t household_count() const;
    [[nodiscard]] std::size_t device_count() const;
    /// Alerts that are neither resolved nor ended otherwise, the self-check among them.
    [[nodiscard]] std::size_t open_alert_count() const;

private:
    [[nodiscard]] const CareDesk* desk(const CommunityId& community) const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju
