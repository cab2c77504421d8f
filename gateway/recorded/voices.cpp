#include "recorded/voices.hpp"

#include <utility>

namespace anju::recorded {
namespace {

constexpr std::size_t alive = 0;
constexpr std::size_t watching = 1;

/// Without a time of its own: it is dated when it arrives, and a recording is older than any clock
/// that the engine believes.
Reading reading(ReadingKind kind, std::int64_t value) {
    return {.kind = kind, .quality = 0, .value = value, .event_time = {}};
}

}  // namespace

Voices::Voices(const Wiring& wiring, Instant begin)
    : wiring_(&wiring), begin_(begin), sensors_(wiring.speech.size()) {}

const std::vector<std::size_t>& Voices::sensors_of(std::size_t rhythm) const {
    return rhythm == watching ? wiring_->watching : wiring_->alive;
}

Instant Voices::beat_at(std::size_t rhythm) const {
    const auto sensors = static_cast<std::int64_t>(sensors_of(rhythm).size());
    if (sensors == 0) return Instant::max();
    const Duration every = rhythm == watching ? watching_every : alive_every;
    // Each in its turn, as sensors that were switched on one after another.
    return begin_ + every * static_cast<std::int64_t>(beats_[rhythm]) / sensors;
}

std::size_t Voices::next_rhythm() const {
    return beat_at(watching) < beat_at(alive) ? watching : alive;
}

Said Voices::sign() {
    const std::size_t rhythm = next_rhythm();
    const auto& sensors = sensors_of(rhythm);
    const std::size_t sensor = sensors[beats_[rhythm]++ % sensors.size()];
    const auto kind = rhythm == watching ? ReadingKind::water_used_ml : ReadingKind::alive;
    return message(sensor, {reading(kind, 0)});
}

Said Voices::say(const Row& row) {
    State& sensor = sensors_[row.sensor];
    std::vector<Reading> readings;
    switch (wiring_->speech[row.sensor]) {
        case Speech::total:
            sensor.register_ml += row.milli;  // thousandths of a litre are millilitres
            readings = {reading(ReadingKind::water_total_ml, sensor.register_ml)};
            break;
        case Speech::amounts:
            readings = {reading(ReadingKind::water_used_ml, row.milli)};
            break;
        case Speech::contact:
            readings = changed(row, ReadingKind::contact_open);
            break;
        case Speech::occupied:
            readings = changed(row, ReadingKind::bed_occupied);
            break;
        case Speech::activation:
            readings = {reading(ReadingKind::contact_open, 1),
                        reading(ReadingKind::contact_open, 0)};
            break;
        case Speech::motion:
            readings = {reading(ReadingKind::motion, row.on() ? 1 : 0)};
            break;
        case Speech::none:
        case Speech::use:
            readings = {reading(ReadingKind::motion, 1)};
            break;
    }
    return message(row.sensor, std::move(readings));
}

/// A row is a change. Where it says what was said before, one in between was lost.
std::vector<Reading> Voices::changed(const Row& row, ReadingKind kind) {
    State& sensor = sensors_[row.sensor];
    const bool lost = !sensor.known || sensor.on == row.on();
    sensor.known = true;
    sensor.on = row.on();
    std::vector<Reading> readings;
    if (lost) readings.push_back(reading(kind, row.on() ? 0 : 1));
    readings.push_back(reading(kind, row.on() ? 1 : 0));
    return readings;
}

Said Voices::message(std::size_t sensor, std::vector<Reading> readings) {
    return {wiring_->device[sensor], ++sensors_[sensor].messages, std::move(readings)};
}

void Voices::unheard_until(Instant now) {
    for (State& sensor : sensors_) sensor.known = false;
    for (const std::size_t rhythm : {alive, watching}) {
        while (beat_at(rhythm) <= now) ++beats_[rhythm];
    }
}

}  // namespace anju::recorded
