#include "core/engine/household_state.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"
#include "core/codec/seal.hpp"
#include "core/engine/explanation.hpp"
#include "core/engine/listening.hpp"
#include "core/engine/routine_watch.hpp"
#include "core/engine/step.hpp"

namespace anju {
namespace {

constexpr auto readable = {codec::first_snapshots, codec::many_drivers, codec::personal,
                           codec::cared,           codec::written_up,   codec::drilled,
                           codec::unheard_acks};

std::vector<Duration> limits_of(const Household& household) {
    std::vector<Duration> limits;
    limits.reserve(household.devices.size());
    for (const Device& device : household.devices) limits.push_back(stale_after(device));
    return limits;
}

void drop_repeated_ids(std::vector<Device>& devices) {
    auto kept = devices.begin();
    for (auto it = devices.begin(); it != devices.end(); ++it) {
        const bool repeated =
            std::any_of(devices.begin(), kept, [&](const Device& d) { return d.id == it->id; });
        if (repeated) continue;
        if (kept != it) *kept = std::move(*it);
        ++kept;
    }
    devices.erase(kept, devices.end());
}

bool somebody_left(const Household& old, const Home& home) {
    return std::ranges::any_of(old.residents, [&](const Resident& one) {
        return is_active(one) && !home.watched(one.id);
    });
}

}  // namespace

void HouseholdState::set(Instant now, const Household& household, Voice voice, Decisions& out) {
    enter(now, voice, out);
    const bool was_watched = home_.watched();
    const bool was_empty = home_.known_empty();
    const bool was_heard = is_heard(home_);
    bool other_doors = false;
    std::vector<std::uint16_t> places(home_.devices.size(), detect::Presence::nobody);
    Household old = std::exchange(home_.household, household);
    drop_repeated_ids(home_.household.devices);
    home_.withhold();

    std::vector<DeviceState> devices;
    for (const Device& device : home_.household.devices) {
        const auto same = std::ranges::find_if(old.devices, [&](const Device& d) {
            return d.id == device.id && d.kind == device.kind;
        });
        if (same != old.devices.end()) {
            const auto before = static_cast<std::size_t>(same - old.devices.begin());
            places[before] = static_cast<std::uint16_t>(devices.size());
            devices.push_back(home_.devices[before]);
            other_doors = other_doors || same->entrance != device.entrance;
        } else {
            devices.emplace_back().silence = detect::DeviceSilence(now);
        }
    }
    const std::size_t spoke = home_.last_spoke;
    home_.last_spoke = 0;
    for (std::size_t i = 0; spoke > 0 && i < home_.household.devices.size(); ++i) {
        const bool same = home_.household.devices[i].id == old.devices[spoke - 1].id;
        if (same) home_.last_spoke = static_cast<std::uint32_t>(i + 1);
    }
    home_.devices = std::move(devices);
    home_.presence.renumber([&](std::uint16_t place) { return places[place]; });
    home_.limits = limits_of(home_.household);
    if (home_.set_at == Instant{}) home_.book.number_from(now);
    home_.set_at = now;
    if (somebody_left(old, home_)) Step(home_, now, voice, out).suppress();
    if (home_.watched() && !was_watched) {
        // Nobody lived here until now: what was not used before proves nothing.
        home_.water.covered_from(now);
        home_.door.restart(now);
        home_.inactivity.restart(now, true);
        home_.told = Concern::none;
    }
    if (!was_heard) Step(home_, now, voice, out).hears_again();
    set_routine(home_, old, now, voice.utc_offset);
    if (home_.watched() != was_watched || other_doors) forget_whereabouts(now);
    if (other_doors) home_.door.restart(now);
    if (home_.known_empty() && !was_empty) home_.empty.begins(now);
    leave(now, voice, out);
}

Reservations HouseholdState::observe(Instant now, std::size_t device, const Observation& message,
                                     Voice voice, Decisions& out) {
    enter(now, voice, out);
    const Reservations reservations = Step(home_, now, voice, out).take(device, message);
    leave(now, voice, out);
    return reservations;
}

void HouseholdState::command(Instant now, const AlertCommand& command, Voice voice,
                             Decisions& out) {
    enter(now, voice, out);
    Step(home_, now, voice, out).carry_out(command);
    leave(now, voice, out);
}

void HouseholdState::run_until(Instant now, Voice voice, Decisions& out) {
    while (deadline_ && *deadline_ <= now) {
        const Instant due = *deadline_;
        home_.now = due;
        Step(home_, due, voice, out).fire();
        deadline_ = next_due(home_, voice.utc_offset);
        ANJU_CHECK(!deadline_ || *deadline_ > due, "what was due is done");
    }
}

void HouseholdState::enter(Instant now, Voice voice, Decisions& out) {
    ANJU_CHECK(now >= home_.now, "inputs of a household are applied in the order of time");
    run_until(now, voice, out);
    home_.now = now;
}

void HouseholdState::leave(Instant now, Voice voice, Decisions& out) {
    deadline_ = next_due(home_, voice.utc_offset);
    run_until(now, voice, out);
}

void HouseholdState::outage(Instant now, Instant since, Voice voice, Decisions& out) {
    run_until(since, voice, out);
    if (now <= home_.now) return;  // newer than the outage: restored or registered after it
    home_.now = now;
    const bool away = whereabouts_of_silence(home_, since).where == Whereabouts::out;
    home_.inactivity.unheard(since, now, listening(home_, now, voice.utc_offset));
    const bool briefly = now - since < detect::Inactivity::brief;
    for (DeviceState& device : home_.devices) {
        device.silence.nobody_listened(now, briefly);
        device.door.nobody_listened(now);
        device.smoke.forget();
        device.gas.forget();
        device.carbon_monoxide.forget();
        device.leak.forget();
    }
    home_.door.restart(now);
    home_.routine.unheard(since, now, voice.utc_offset);
    // Who was out when the gateway was restarted is still out.
    if (!briefly) forget_whereabouts(now);
    if (!briefly && away) home_.settling.doubt();
    leave(now, voice, out);
}

void HouseholdState::forget_whereabouts(Instant now) {
    home_.presence.lost(now);
    home_.outings.lost(now);
}

void HouseholdState::withdraw(Instant now, Voice voice, Decisions& out) {
    enter(now, voice, out);
    Step(home_, now, voice, out).withdraw();
}

void HouseholdState::skip_numbers(std::uint64_t by) {
    home_.decisions += by;
    home_.book.skip_numbers(by);
}

void HouseholdState::clock_step(Instant now, Duration by, Voice voice, Decisions& out) {
    run_until(now - by, voice, out);
    codec::Shifter{by}(home_);
    home_.outings.clock_was_set(home_.presence.last_door(), voice.utc_offset);
    // Sensors date by clocks of their own: a span across the step has no known length.
    home_.water.covered_from(now);
    home_.water_high.hole();
    for (DeviceState& device : home_.devices) device.clock_set();
    home_.door.restart(now);
    // The silence is as long as it was; but of another time of day its surprise is another.
    const Duration far = detect::Inactivity::brief;
    if (by >= far || by <= -far) home_.inactivity.restart(now, false);
    home_.routine.clock_set(now, voice.utc_offset);
    deadline_ = next_due(home_, voice.utc_offset);
}

HouseholdView HouseholdState::view(Voice voice) const {
    HouseholdView view;
    view.household = home_.as_listed();
    view.consents = home_.consents;
    view.alerts = home_.book.pending();
    view.last_sign_of_life = home_.last_sign_of_life;
    view.decisions = home_.decisions;
    const auto presence = anju::whereabouts(home_, home_.now);
    view.whereabouts = presence.where;
    view.whereabouts_since = presence.since;
    view.best_delay = best_delay(home_);
    for (Alert& alert : view.alerts) word(alert, home_.household, voice);
    const Rules& rules = home_.household.rules;
    for (const auto& [alert, step] :
         home_.book.next({rules.ladder, home_.household.calendar, voice.utc_offset})) {
        view.next.push_back({.alert = alert,
                             .at = std::max(step.at, home_.now),
                             .to = step.to,
                             .cause = step.cause,
                             .roles = {step.roles.begin(), step.roles.end()},
                             .summons = step.summons});
    }
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        const detect::DeviceSilence& silence = home_.devices[i].silence;
        const detect::WaterMeter& meter = home_.devices[i].meter;
        view.devices.push_back({.device = home_.household.devices[i],
                                .last_heard = silence.last_heard(),
                                .health = silence.health(),
                                .meter = {.known_until = meter.known_until(),
                                          .resolution_ml = meter.total().resolution_ml(),
                                          .changed = meter.total().changed(),
                                          .changed_at = meter.total().changed_at()},
                                .watched_since = silence.watched_since()});
    }
    for (const Withheld& one : home_.withheld) {
        view.devices.push_back({.device = one.device, .collected = false});
    }
    return view;
}

HouseholdExplanation HouseholdState::explain(Instant now, Voice voice) const {
    return anju::explain(home_, now, voice.utc_offset);
}

std::string HouseholdState::save() const {
    std::string bytes = codec::begin_sealed();
    codec::Writer{bytes}(home_);
    codec::seal(bytes);
    return bytes;
}

std::optional<HouseholdState> HouseholdState::load(std::string_view bytes, Voice voice) {
    const auto sealed = codec::unseal(bytes, readable);
    if (!sealed) return std::nullopt;
    std::optional<HouseholdState> state{std::in_place};
    Home& home = state->home_;
    codec::Reader reader(sealed->body, sealed->version);
    reader(home);
    if (!reader.finished() || home.devices.size() != home.household.devices.size()) {
        return std::nullopt;
    }
    home.limits = limits_of(home.household);
    if (sealed->version < codec::personal) set_routine(home, home.household, home.now, {});
    state->deadline_ = next_due(home, voice.utc_offset);
    return state;
}

}  // namespace anju
