#include "app/score/player.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "core/check.hpp"

namespace anju::score {
namespace {

using recorded::alive_every;
using recorded::Source;
using recorded::Speech;
using recorded::watching_every;

constexpr Engine::Options local{.utc_offset = Duration{0}};
constexpr std::size_t alive = 0;
constexpr std::size_t watching = 1;

/// Without a time of its own: it is dated when it arrives, and a recording is older than any clock
/// that the engine believes.
Reading reading(ReadingKind kind, std::int64_t value) {
    return {.kind = kind, .quality = 0, .value = value, .event_time = {}};
}

}  // namespace

Player::Player(const Wiring& wiring, Instant begin) : Player(wiring, local) {
    begin_ = now_ = begin;
    sensors_.resize(wiring.speech.size());
    apply(HouseholdSet{wiring.household});
}

Player Player::fork() const {
    Player future(wiring_, local);
    const bool restored = future.engine_.restore(snapshot());
    ANJU_CHECK(restored, "the engine reads what it wrote");
    future.log_ = log_.fork();
    future.begin_ = begin_;
    future.now_ = now_;
    future.silent_since_ = silent_since_;
    future.sensors_ = sensors_;
    future.beats_ = beats_;
    future.commands_ = commands_;
    future.readings_ = readings_;
    future.status_ = status_;
    future.known_ = known_;
    return future;
}

void Player::wait(Instant now) {
    ANJU_CHECK(now >= now_, "time does not go backwards");
    // What falls due while the gateway is silent is left to the Outage with which it returns.
    if (!silent_since_) {
        for (;;) {
            const std::size_t next = beat_at(watching) < beat_at(alive) ? watching : alive;
            if (beat_at(next) > now) break;
            now_ = std::max(now_, beat_at(next));
            say_alive(next);
        }
        engine_.advance(now, decisions_);
        hear();
    }
    now_ = now;
}

void Player::take(const Row& row) {
    wait(row.at);
    if (row.source == Source::status) {
        if (row.on()) return returned();
        if (!silent_since_) silent_since_ = now_;
        return;
    }
    if (silent_since_) return;
    if (!row.is_use()) return speak(row);
    // Whoever was sent to look meets somebody. What this very row raises is not over with it.
    const std::vector<AlertId> over = log_.to_close(row.at);
    log_.used(row.at);
    speak(row);
    close_alerts(over);
}

void Player::resident_is(ResidentStatus status) {
    status_ = status;
    if (!silent_since_) tell_status();
}

void Player::tell_status() {
    if (std::exchange(known_, status_) == status_) return;
    Household home = wiring_.household;
    home.residents.front().status = status_;
    apply(HouseholdSet{std::move(home)});
}

void Player::returned() {
    if (!silent_since_) return;
    apply(Outage{*silent_since_});
    silent_since_.reset();
    // Doors and beds were used unheard: what they say next is a use, whatever it is.
    for (SensorState& sensor : sensors_) sensor.known = false;
    for (const std::size_t rhythm : {alive, watching}) {
        while (beat_at(rhythm) <= now_) ++beats_[rhythm];
    }
    tell_status();
}

Instant Player::beat_at(std::size_t rhythm) const {
    const auto sensors = rhythm == watching ? wiring_.watching.size() : wiring_.alive.size();
    if (sensors == 0) return Instant::max();
    const Duration every = rhythm == watching ? watching_every : alive_every;
    // Each in its turn, as sensors that were switched on one after another.
    return begin_ +
           every * static_cast<std::int64_t>(beats_[rhythm]) / static_cast<std::int64_t>(sensors);
}

void Player::say_alive(std::size_t rhythm) {
    const auto& sensors = rhythm == watching ? wiring_.watching : wiring_.alive;
    const std::size_t sensor = sensors[beats_[rhythm]++ % sensors.size()];
    send(sensor,
         {reading(rhythm == watching ? ReadingKind::water_used_ml : ReadingKind::alive, 0)});
}

void Player::speak(const Row& row) {
    SensorState& sensor = sensors_[row.sensor];
    ++readings_;
    switch (wiring_.speech[row.sensor]) {
        case Speech::none:
            return;
        case Speech::total:
            sensor.register_ml += row.milli;  // thousandths of a litre are millilitres
            return send(row.sensor, {reading(ReadingKind::water_total_ml, sensor.register_ml)});
        case Speech::amounts:
            return send(row.sensor, {reading(ReadingKind::water_used_ml, row.milli)});
        case Speech::contact:
            return changed(row, ReadingKind::contact_open);
        case Speech::occupied:
            return changed(row, ReadingKind::bed_occupied);
        case Speech::activation:
            return send(row.sensor, {reading(ReadingKind::contact_open, 1),
                                     reading(ReadingKind::contact_open, 0)});
        case Speech::motion:
            return send(row.sensor, {reading(ReadingKind::motion, row.on() ? 1 : 0)});
        case Speech::use:
            return send(row.sensor, {reading(ReadingKind::motion, 1)});
    }
}

/// A row is a change. Where it says what was said before, one in between was lost.
void Player::changed(const Row& row, ReadingKind kind) {
    SensorState& sensor = sensors_[row.sensor];
    const bool lost = !sensor.known || sensor.on == row.on();
    sensor.known = true;
    sensor.on = row.on();
    std::vector<Reading> readings;
    if (lost) readings.push_back(reading(kind, row.on() ? 0 : 1));
    readings.push_back(reading(kind, row.on() ? 1 : 0));
    send(row.sensor, std::move(readings));
}

void Player::send(std::size_t sensor, std::vector<Reading> readings) {
    const Device& device = wiring_.household.devices[wiring_.device[sensor]];
    apply(Observation{.device = device.id,
                      .sequence = Sequence{.boot = 1, .number = ++sensors_[sensor].messages},
                      .fingerprint = 0,
                      .redelivered = false,
                      .readings = std::move(readings)});
}

void Player::close_alerts(const std::vector<AlertId>& ids) {
    for (const AlertId& id : ids) {
        apply(AlertCommand{.command_id = "seen-" + std::to_string(++commands_),
                           .alert = id,
                           .verb = AlertVerb::close,
                           .reason = ClosingReason::unknown,
                           .note = "somebody was seen",
                           .actor = "score"});
    }
}

void Player::apply(const Input& input) {
    engine_.apply(now_, input, decisions_);
    hear();
}

void Player::hear() {
    log_.hear(decisions_);
    decisions_.clear();
}

}  // namespace anju::score
