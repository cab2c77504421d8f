#include "core/engine/listening.hpp"

#include <algorithm>

#include "core/engine/step.hpp"

namespace anju {

using namespace std::chrono_literals;

namespace {

constexpr Duration at_once = 10min;
// Until this many silences were ended by known sensors every sensor counts alike.
constexpr float few_silences = 5;

}  // namespace

bool speaks_at_once(const Device& device) {
    switch (device.kind) {
        case SensorKind::motion:
        case SensorKind::door:
        case SensorKind::bed:
            return true;
        case SensorKind::water_meter:
            return rhythm_of(device).deliver_every <= at_once;
        case SensorKind::smoke:
        case SensorKind::gas:
        case SensorKind::water_leak:
        case SensorKind::sos:
            return false;
    }
    return false;
}

bool tells_by_the_hour(const Device& device) {
    return device.kind == SensorKind::water_meter && !speaks_at_once(device);
}

bool is_heard(const Home& home) {
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        if (speaks_at_once(home.household.devices[i]) && home.devices[i].silence.listens()) {
            return true;
        }
    }
    return false;
}

Rhythm rhythm_of(const Device& device) {
    const Rhythm usual = default_rhythm(device.kind);
    return {
        .sample_every = device.sample_every > 0ms ? device.sample_every : usual.sample_every,
        .deliver_every = device.deliver_every > 0ms ? device.deliver_every : usual.deliver_every};
}

namespace {

/// Life and its silences are told of so often that something can be learned of them.
bool teaches(const Device& device) {
    return speaks_at_once(device) || (tells_by_the_hour(device) &&
                                      rhythm_of(device).sample_every <= detect::Inactivity::hole);
}

}  // namespace

bool is_personal(const Home& home, Instant now) {
    if (!home.learned(now)) return false;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        if (home.devices[i].silence.listens() && teaches(home.household.devices[i])) return true;
    }
    return false;
}

std::optional<DetectionDelay> best_delay(const Home& home) {
    std::optional<DetectionDelay> best;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        const Device& device = home.household.devices[i];
        if (home.devices[i].silence.last_heard() == Instant{} || !teaches(device)) continue;
        Duration length = detect::Inactivity::every;
        if (!speaks_at_once(device)) {
            const Rhythm rhythm = rhythm_of(device);
            length = rhythm.sample_every + rhythm.deliver_every;
        }
        if (!best || length < best->length) best = {.length = length, .device = device.id};
    }
    return best;
}

bool is_trusted(const Home& home, std::size_t device) {
    const DeviceState& state = home.devices[device];
    return state.silence.listens() && !state.muted.doubted(home.busy.count());
}

detect::Listening listening(const Home& home, Instant now, Duration utc_offset) {
    const bool at_home = home.watched() && !home.settling.unsettled() &&
                         whereabouts_of_silence(home, now).where != Whereabouts::out;
    detect::Listening out{.utc_offset = utc_offset, .counts = at_home};
    float heard = 0;
    float all = 0;
    int sensors = 0;
    int trusted = 0;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        const Device& device = home.household.devices[i];
        if (tells_by_the_hour(device) && home.devices[i].silence.listens()) {
            out.by_the_hour = true;
        }
        if (!speaks_at_once(device)) continue;
        const bool trust = is_trusted(home, i);
        ++sensors;
        all += home.devices[i].ended_silences;
        if (trust) {
            ++trusted;
            heard += home.devices[i].ended_silences;
        }
    }
    if (trusted > 0) {
        out.share = all < few_silences ? static_cast<double>(trusted) / sensors
                                       : static_cast<double>(heard) / static_cast<double>(all);
    }
    if (home.last_spoke > 0 && home.last_spoke <= home.devices.size()) {
        out.after = &home.devices[home.last_spoke - 1].after;
    }
    return out;
}

Instant water_known_until(const Home& home) {
    Instant until = Instant::max();
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        if (!tells_by_the_hour(home.household.devices[i]) || !home.devices[i].silence.reliable()) {
            continue;
        }
        until = std::min(until, home.devices[i].meter.known_until());
    }
    return until == Instant::max() ? Instant{} : until;
}

}  // namespace anju
