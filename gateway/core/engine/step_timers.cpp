// What becomes true by the mere passing of time. A condition that needs a reliable sensor has no
// due time while the sensor is unreliable; when it speaks again the due time may lie in the past
// and is then now.
#include <algorithm>
#include <optional>

#include "core/engine/listening.hpp"
#include "core/engine/step.hpp"

namespace anju {
namespace {

std::optional<Instant> door_open_due(const Home& home, std::size_t device) {
    const DeviceState& state = home.devices[device];
    // A cupboard may stand open.
    if (!home.entrance(device) || !state.silence.reliable()) return std::nullopt;
    return state.door.deadline(home.household.rules.door_open_limit);
}

std::optional<Instant> door_unused_due(const Home& home) {
    const auto due = home.door.deadline();
    if (!due || !home.watched() || !home.has(Preset::door_24h) || is_personal(home, home.now)) {
        return std::nullopt;
    }
    const auto known = doors_known_until(home);
    const Instant provable =
        std::max(*due, home.inactivity_guard.free_from(home.household.rules.repeat_guard));
    if (!known || *known < provable ||
        home.book.has_open(AlertKind::inactivity, {}, Priority::p2)) {
        return std::nullopt;
    }
    return provable;
}

/// Silences are looked at while there is somebody to listen to and something to listen with.
std::optional<Instant> listen_due(const Home& home) {
    const auto due = home.inactivity.next_tick();
    return due && home.watched() && is_heard(home) ? due : std::nullopt;
}

bool reached(const std::optional<Instant>& due, Instant at) {
    return due && *due <= at;
}

}  // namespace

std::optional<Instant> doors_known_until(const Home& home) {
    std::optional<Instant> known;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        if (!home.entrance(i)) continue;
        const detect::DeviceSilence& silence = home.devices[i].silence;
        if (!silence.reliable()) return std::nullopt;
        known = std::min(known.value_or(silence.last_heard()), silence.last_heard());
    }
    return known;
}

std::optional<Instant> next_due(const Home& home, Duration utc_offset) {
    std::optional<Instant> first;
    const auto consider = [&](const std::optional<Instant>& due) {
        if (due && (!first || *due < *first)) first = due;
    };
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        consider(home.devices[i].silence.deadline(home.limits[i]));
        consider(door_open_due(home, i));
    }
    consider(door_unused_due(home));
    consider(listen_due(home));
    consider(home.routine.due());
    consider(presence_due(home));
    const Rules& rules = home.household.rules;
    consider(home.book.deadline(rules.reopen_window,
                                {rules.ladder, home.household.calendar, utc_offset}));
    return first ? std::optional(std::max(*first, home.now)) : std::nullopt;
}

void Step::fire() {
    for (std::size_t i = 0; i < home_.devices.size(); ++i) judge_health(i);
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        if (reached(door_open_due(home_, i), at_)) claim_door_open(i);
    }
    if (reached(door_unused_due(home_), at_)) claim_door_unused();
    if (reached(listen_due(home_), at_)) listen();
    if (reached(home_.routine.due(), at_)) judge_routine();
    claim_presence();
    home_.book.run(at_, home_.household.rules.reopen_window, ladder(), recorder_);
}

}  // namespace anju
