// From the readings of a message to what the detectors make of them.
#include <algorithm>

#include "core/alert/command.hpp"
#include "core/engine/listening.hpp"
#include "core/engine/routine_watch.hpp"
#include "core/engine/step.hpp"
#include "core/model/names.hpp"

namespace anju {
namespace {

void note(const Reading& reading, Reservations& reservations) {
    if ((reading.quality & quality::clock_replaced) != 0) ++reservations.clock_replaced;
    if ((reading.quality & quality::late) != 0) ++reservations.late;
    if (is_retained(reading)) ++reservations.retained;
}

/// The device itself spoke, or its bridge says that it can be reached.
bool is_sign_of_device(const Reading& reading) {
    return !is_retained(reading) && (reading.kind != ReadingKind::online || reading.value != 0);
}

/// Of several readings of one meter the registers go first: what they tell, others must not tell
/// again.
int turn(ReadingKind kind) {
    if (kind == ReadingKind::water_reverse_ml) return 0;
    return kind == ReadingKind::water_total_ml ? 1 : 2;
}

}  // namespace

Reservations Step::take(std::size_t device, const Observation& message) {
    DeviceState& state = home_.devices[device];
    if (state.messages.seen(message)) return reservations_;
    const bool newest = state.messages.add(message);

    if (std::ranges::any_of(message.readings, is_sign_of_device)) {
        const bool first = state.silence.last_heard() == Instant{};
        const bool deaf = !state.silence.listens() && !is_heard(home_);
        state.silence.heard(at_);
        const SensorKind kind = home_.kind(device);
        if (kind != SensorKind::water_meter) state.silence.proves(at_);
        if (first && home_.entrance(device)) doors_covered();
        judge_health(device);
        if (deaf) hears_again();
        if (first) cover_routine(home_, device, at_, recorder_.utc_offset());
    }
    const Instant known_before = state.meter.known_until();
    const bool by_the_hour = tells_by_the_hour(home_.household.devices[device]);
    const bool by_turns =
        home_.kind(device) == SensorKind::water_meter && message.readings.size() > 1;
    for (int now = by_turns ? 0 : 2; now <= 2; ++now) {
        for (const Reading& raw : message.readings) {
            if (by_turns && turn(raw.kind) != now) continue;
            const Reading reading = state.newest.admit(raw, at_);
            note(reading, reservations_);
            const Word word{.device = device,
                            .reading = reading,
                            .measured = message.sequence.has_value(),
                            .newest = newest};
            const Instant water_known = water_known_until(home_);
            is_retained(reading) ? restore(word) : apply(word);
            if (by_the_hour) no_water(water_known, water_known_until(home_));
        }
    }
    // A bundle is judged as a whole: what its first registers seem to prove its last may refute.
    if (state.meter.known_until() > known_before) {
        state.silence.proves(state.meter.known_until());
        judge_health(device);
        claim_water_low(device);
        claim_water_use(device);
        if (by_the_hour) judge_silence();
    }
    return reservations_;
}

void Step::carry_out(const AlertCommand& command) {
    const CommandAnswered answer = anju::carry_out(home_.book, command, at_, ladder(), recorder_);
    const Alert* alert = home_.book.find(command.alert);
    const bool ends = command.verb == AlertVerb::resolve || command.verb == AlertVerb::close;
    if (answer.status == CommandStatus::applied && ends) {
        // Of what was learned the guard runs from the telling: the next silence is another.
        detect::RepeatGuard* const guard =
            is_personal(home_, at_) ? nullptr : home_.guard_of(alert->kind);
        if (guard != nullptr) guard->restart(at_);
        if (alert->kind == AlertKind::inactivity && home_.told != Concern::none) {
            // Somebody has looked. Where nobody was found the home stands empty; a silence that
            // goes on for all that is told again, after the guard.
            if (alert->reason == ClosingReason::away) home_.settling.doubt();
            home_.told = Concern::none;
        }
    }
    if (answer.status == CommandStatus::applied && command.verb == AlertVerb::i_am_well) {
        begin_anew(*alert);
        witness(at_);
    }
    recorder_.answered(answer);
}

void Step::apply(const Word& word) {
    DeviceState& state = home_.devices[word.device];
    if (word.is(quality::test)) {
        if (word.on()) claim_moment(AlertKind::test, word.device, word.reading.event_time);
        return;
    }
    switch (word.reading.kind) {
        case ReadingKind::smoke:
            return hazard(word, state.smoke, AlertKind::smoke, name(AlertKind::smoke));
        case ReadingKind::gas:
            return hazard(word, state.gas, AlertKind::gas_leak, name(AlertKind::gas_leak));
        case ReadingKind::carbon_monoxide:
            return hazard(word, state.carbon_monoxide, AlertKind::gas_leak,
                          name(ReadingKind::carbon_monoxide));
        case ReadingKind::water_leak:
            return hazard(word, state.leak, AlertKind::flood, name(AlertKind::flood));
        case ReadingKind::sos:
            if (!word.on()) return;
            sign_of_life(word.reading.event_time, word.device);
            return claim_moment(AlertKind::sos, word.device, word.reading.event_time);
        case ReadingKind::i_am_well:
            if (!word.on()) return;
            sign_of_life(word.reading.event_time, word.device);
            return answered_by_hand(word.reading.event_time);
        case ReadingKind::contact_open:
            return door_contact(word);
        case ReadingKind::motion:
            if (word.on()) sign_of_life(word.reading.event_time, word.device);
            return;
        case ReadingKind::bed_occupied:
            if (word.is(quality::late)) return;
            if (state.bed != detect::Level::unknown && state.bed != detect::level_of(word.on())) {
                sign_of_life(word.reading.event_time, word.device);
            }
            state.bed = detect::level_of(word.on());
            return;
        case ReadingKind::vibration:
            return vibration(word);
        case ReadingKind::water_total_ml:
        case ReadingKind::water_reverse_ml:
        case ReadingKind::water_used_ml:
        case ReadingKind::water_flow_mlh:
            return water(word);
        case ReadingKind::battery_pct:
        case ReadingKind::battery_low:
            return battery(word);
        case ReadingKind::tamper:
            return tamper(word);
        case ReadingKind::fault:
            return fault(word);
        case ReadingKind::online:
            if (!word.on() && !word.is(quality::late)) state.silence.bridge_lost_it(at_);
            return;
        case ReadingKind::alive:
        case ReadingKind::battery_mv:
            return;
    }
}

void Step::restore(const Word& word) {
    DeviceState& state = home_.devices[word.device];
    if (word.is(quality::test) || word.is(quality::late)) return;
    switch (word.reading.kind) {
        case ReadingKind::smoke:
            return state.smoke.restore(word.on());
        case ReadingKind::gas:
            return state.gas.restore(word.on());
        case ReadingKind::carbon_monoxide:
            return state.carbon_monoxide.restore(word.on());
        case ReadingKind::water_leak:
            return state.leak.restore(word.on());
        case ReadingKind::contact_open:
            return state.door.restore(word.on(), at_);
        case ReadingKind::bed_occupied:
            if (state.bed == detect::Level::unknown) state.bed = detect::level_of(word.on());
            return;
        case ReadingKind::online:
            if (!word.on()) state.silence.bridge_lost_it(at_);
            return;
        default:  // the rest is worth nothing without its time
            return;
    }
}

void Step::hazard(const Word& word, detect::HazardWatch& watch, AlertKind kind,
                  std::string_view rule) {
    const DeviceId& device = home_.household.devices[word.device].id;
    const detect::HazardWatch::Report report{.on = word.on(),
                                             // A clock that was set must not make a fire old.
                                             .late = word.is(quality::late) && !word.newest,
                                             .measured = word.measured,
                                             .event_time = word.reading.event_time};
    const auto ended = home_.book.ended_at(kind, device, rule);
    switch (watch.observe(report, at_, ended, home_.household.rules.reopen_window)) {
        case detect::HazardSign::alarm:
            return claim_moment(kind, word.device, word.reading.event_time, rule);
        case detect::HazardSign::repetition:
            return home_.book.repeat(kind, device, rule);
        case detect::HazardSign::none:
            return;
    }
}

void Step::door_contact(const Word& word) {
    if (home_.kind(word.device) != SensorKind::door) return;
    detect::DoorOpenWatch& watch = home_.devices[word.device].door;
    const Instant when = word.reading.event_time;
    if (word.is(quality::late)) {
        // It differs from what came after it, so the door was used in between.
        if (watch.contact() == detect::level_of(!word.on())) {
            door_used(word.device, when);
        }
        return;
    }
    const auto change = watch.observe(word.on(), when);
    if (change == detect::DoorOpenWatch::Word::opened ||
        change == detect::DoorOpenWatch::Word::closed) {
        door_used(word.device, when);
    }
    if (change == detect::DoorOpenWatch::Word::closed) {
        recover(AlertKind::door_open_long, word.device);
    }
}

void Step::water(const Word& word) {
    const Instant when = word.reading.event_time;
    const std::int64_t value = word.reading.value;
    const bool late = word.is(quality::late);
    if (home_.kind(word.device) != SensorKind::water_meter) return;
    detect::WaterMeter& meter = home_.devices[word.device].meter;
    if (word.reading.kind == ReadingKind::water_flow_mlh) {
        if (!late && meter.observe_flow(value)) sign_of_life(when, word.device);
        return;
    }
    if (value < 0) return;
    const Instant known = meter.known_until();
    detect::MeterRegister::Step step;
    if (word.reading.kind == ReadingKind::water_used_ml) {
        step = meter.observe_used(value, when, late, home_.limits[word.device]);
    } else {
        if (late) return;
        if (word.reading.kind == ReadingKind::water_reverse_ml) return meter.observe_reverse(value);
        step = meter.observe_total(value, when);
    }
    water_drawn(step, when, word.device, known);
    water_used(word.device, step, known);
}

void Step::water_drawn(const detect::MeterRegister::Step& step, Instant when, std::size_t device,
                       Instant known) {
    if (step.doubted) ++reservations_.doubted;
    if (step.changed) ++reservations_.meter_changed;
    if (step.new_start) {
        home_.inactivity.unmetered(*step.new_start);
        home_.water.covered_from(*step.new_start);
        home_.routine.spoil(detect::all_routine_features, *step.new_start, at_,
                            recorder_.utc_offset());
    }
    if (step.drawn_earlier > 0) {
        home_.water.draw(step.earlier, step.drawn_earlier);
        home_.routine.drawn(step.drawn_earlier, step.earlier, recorder_.utc_offset());
        sign_of_life(step.earlier, device);
    }
    if (step.drawn > 0) {
        home_.water.draw(when, step.drawn);
        home_.routine.drawn(step.drawn, when, recorder_.utc_offset());
        if (step.drawn > leaked(device, known, when)) sign_of_life(when, device);
    }
}

/// What a pipe that is known to leak has lost without anybody's doing: a dripping tap must not pass
/// for a person.
std::int64_t Step::leaked(std::size_t device, Instant from, Instant to) const {
    const std::int64_t leak = home_.devices[device].flow.leak_ml_per_hour(at_);
    if (leak == 0 || to <= from) return 0;
    const detect::MeterRegister& meter = home_.devices[device].meter.total();
    // A leak is not steady: twice its least hour, and what the meter may show too much.
    return 2 * leak * (to - from).count() / Duration{std::chrono::hours{1}}.count() +
           meter.resolution_ml();
}

void Step::battery(const Word& word) {
    if (word.is(quality::late)) return;
    detect::BatteryWatch& watch = home_.devices[word.device].battery;
    const bool is_pct = word.reading.kind == ReadingKind::battery_pct;
    const int limit = home_.household.rules.battery_low_pct;
    const auto edge =
        is_pct ? watch.observe_pct(word.reading.value, limit) : watch.observe_flag(word.on());
    if (edge == detect::Edge::ended) recover(AlertKind::low_battery, word.device);
    if (edge != detect::Edge::began) return;
    Evidence evidence{.rule = is_pct ? "battery_pct" : "battery_low",
                      .until = word.reading.event_time,
                      .sources = {source(word.device)}};
    if (is_pct) {
        evidence.measured = word.reading.value;
        evidence.threshold = limit;
        evidence.unit = EvidenceUnit::percent;
    }
    raise(AlertKind::low_battery, word.device, std::move(evidence));
}

void Step::tamper(const Word& word) {
    if (word.is(quality::late)) return;
    const auto edge = detect::move(home_.devices[word.device].tamper, word.on());
    if (edge == detect::Edge::began) {
        claim_moment(AlertKind::tamper, word.device, word.reading.event_time);
    }
    if (edge == detect::Edge::ended) recover(AlertKind::tamper, word.device);
}

void Step::fault(const Word& word) {
    if (word.is(quality::late)) return;
    home_.devices[word.device].silence.says_fault(word.on(), word.reading.event_time);
    judge_health(word.device);
}

/// Somebody moves in the bed or where a motion sensor hangs. Never at a door: wind shakes it, and
/// whoever knocks in vain; that it was used its contact tells.
void Step::vibration(const Word& word) {
    const SensorKind kind = home_.kind(word.device);
    if (word.on() && (kind == SensorKind::motion || kind == SensorKind::bed)) {
        sign_of_life(word.reading.event_time, word.device);
    }
}

void Step::door_used(std::size_t device, Instant at) {
    if (home_.entrance(device)) {
        home_.door.used(at);
        home_.door_uses.used(at);
    }
    sign_of_life(at, device);
    if (home_.entrance(device)) home_.routine.passed(at, recorder_.utc_offset());
}

}  // namespace anju
