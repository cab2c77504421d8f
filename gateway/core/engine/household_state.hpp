// The state machine of one home. Its state is a function of the inputs it was given and of the
// instants they were given at; it knows nothing of other homes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine.hpp"
#include "core/engine/home.hpp"
#include "core/engine/recorder.hpp"
#include "core/input.hpp"

namespace anju {

class HouseholdState {
public:
    using Voice = Recorder::Voice;

    // Each input first decides what is due up to `now`, which must not go back.

    /// Takes `household` as it is now. Devices that keep id and kind keep their state; alerts
    /// stay. Of several devices with one id the first counts, the others are dropped.
    void set(Instant now, const Household& household, Voice voice, Decisions& out);
    /// `device` is an index into household().devices. A message seen before changes nothing.
    Reservations observe(Instant now, std::size_t device, const Observation& message, Voice voice,
                         Decisions& out);
    void command(Instant now, const AlertCommand& command, Voice voice, Decisions& out);
    void witness(Instant now, const LifeWitnessed& life, Voice voice, Decisions& out);
    void ask(Instant now, const AlertAsked& asked, Voice voice, Decisions& out);
    void status(Instant now, const StatusTold& told, Voice voice, Decisions& out);
    void merge(Instant now, const AlertMerged& merged, Voice voice, Decisions& out);
    void consent(Instant now, const ConsentRecorded& recorded, Voice voice, Decisions& out);
    /// Decides everything due up to and including `now`, each thing at its own due time.
    void run_until(Instant now, Voice voice, Decisions& out);
    /// Unlike the others, decides only what was due up to `since` or, where that is later, up to
    /// the last input; see Outage.
    void outage(Instant now, Instant since, Voice voice, Decisions& out);
    /// Decides what was due before the step, up to `now - by`, and moves every instant of the
    /// state. No window looks back across the step.
    void clock_step(Instant now, Duration by, Voice voice, Decisions& out);
    /// See StoreRestored. Nothing else moves, time does not either.
    void skip_numbers(std::uint64_t by);
    /// The household is about to be forgotten: cancels every alert that is not closed.
    void withdraw(Instant now, Voice voice, Decisions& out);

    /// Exactly when the next thing is due.
    [[nodiscard]] std::optional<Instant> deadline() const { return deadline_; }

    /// Without the devices of which nothing may be collected; view() has them all.
    [[nodiscard]] const Household& household() const { return home_.household; }
    [[nodiscard]] bool collects(SensorKind kind) const { return home_.collects(kind); }
    /// When it was registered or last changed.
    [[nodiscard]] Instant set_at() const { return home_.set_at; }
    [[nodiscard]] bool seen(std::size_t device, const Observation& message) const {
        return home_.devices[device].messages.seen(message);
    }
    /// See Engine::corroborate() and Engine::up_and_at_home().
    [[nodiscard]] Corroboration corroborate(Instant start, Instant end) const;
    [[nodiscard]] std::vector<Window> up_and_at_home(Instant now, Voice voice) const;
    [[nodiscard]] Instant last_sign_of_life() const { return home_.last_sign_of_life; }
    /// The number of the last one.
    [[nodiscard]] std::uint64_t decisions() const { return home_.decisions; }
    [[nodiscard]] HouseholdView view(Voice voice) const;
    /// See Engine::explain().
    [[nodiscard]] HouseholdExplanation explain(Instant now, Voice voice) const;
    [[nodiscard]] std::size_t open_alert_count() const { return home_.book.open_count(); }

    [[nodiscard]] std::string save() const;
    /// nullopt when `bytes` are not what save() gives.
    [[nodiscard]] static std::optional<HouseholdState> load(std::string_view bytes, Voice voice);

private:
    void enter(Instant now, Voice voice, Decisions& out);
    void leave(Instant now, Voice voice, Decisions& out);
    /// Somebody may have come or gone up to `now`.
    void forget_whereabouts(Instant now);

    Home home_;
    std::optional<Instant> deadline_;  // next_due(home_, …)
};

}  // namespace anju
