#include "firmware-sim/sensors/firmware.hpp"

#include <algorithm>
#include <utility>

namespace anju::sim {

void Agenda::say(Instant at, std::vector<Reading> readings, int key) {
    if (!readings.empty()) entries_.emplace(at, Entry{std::move(readings), key});
}

void Agenda::cancel(int key) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.key == key; });
}

std::optional<Instant> Agenda::next() const {
    if (entries_.empty()) return std::nullopt;
    return entries_.begin()->first;
}

std::optional<Agenda::Entry> Agenda::take(Instant now) {
    if (entries_.empty() || entries_.begin()->first > now) return std::nullopt;
    return std::move(entries_.extract(entries_.begin()).mapped());
}

Firmware::Firmware(SensorKind kind, const Behaviour& behaviour, std::uint64_t seed,
                   Instant switched_on)
    : behaviour_(behaviour),
      switched_on_(switched_on),
      radio_(derive_seed(seed, "radio")),
      family_(make_family(kind, behaviour, derive_seed(seed, "firmware"), switched_on)) {}

void Firmware::sense(const std::vector<Reading>& truth, Instant now) {
    family_->sense(truth, now, agenda_);
}

std::optional<Instant> Firmware::next() const {
    auto at = agenda_.next();
    if (!under_way_.empty()) {
        at = std::min(at.value_or(Instant::max()), under_way_.begin()->first);
    }
    return at;
}

void Firmware::advance(Instant now, std::vector<Said>& out) {
    while (const auto at = agenda_.next()) {
        auto entry = agenda_.take(now);
        if (!entry) break;
        for (auto& reading : entry->readings) reading.event_time = stamp(reading.event_time);
        // Drawn for each message, so that a loss does not change the fate of those behind it.
        const bool lost = radio_.chance(behaviour_.loss_per_mille);
        const auto more = radio_.between(0, behaviour_.repeats);
        const auto delay = Duration{radio_.between(0, behaviour_.latest.count())};
        if (lost) continue;
        under_way_.emplace(*at + delay,
                           Said{std::move(entry->readings), static_cast<unsigned>(1 + more)});
    }
    while (!under_way_.empty() && under_way_.begin()->first <= now) {
        out.push_back(std::move(under_way_.extract(under_way_.begin()).mapped()));
    }
}

Instant Firmware::stamp(Instant at) const {
    if (at == Instant{}) return at;
    const auto running = at - switched_on_;
    if (behaviour_.clock_unset) return Instant{} + std::max(running, Duration{1});
    const auto error = static_cast<double>(running.count()) * behaviour_.drift_ppm / 1e6;
    return at + Duration{static_cast<Duration::rep>(error)};
}

}  // namespace anju::sim
