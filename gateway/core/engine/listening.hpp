// What of a home can be heard at this moment, and by which sensors.
#pragma once

#include <cstddef>
#include <optional>

#include "core/detect/inactivity.hpp"
#include "core/engine.hpp"
#include "core/engine/home.hpp"

namespace anju {

/// Gives a sign of life at the moment it happens: motion, door, bed, and a meter that is read every
/// ten minutes or more often.
[[nodiscard]] bool speaks_at_once(const Device& device);
/// A meter that tells afterwards what was drawn in an hour or a quarter of one.
[[nodiscard]] bool tells_by_the_hour(const Device& device);

/// Something listens that speaks at the moment.
[[nodiscard]] bool is_heard(const Home& home);

/// Silence is judged by what was learned: enough was, and something listens that it can be heard
/// by. Otherwise the presets hold, also after years: a meter that tells every six hours would
/// neither give an unusual silence nor, if something had ever been learned beside it, a preset's
/// alert.
[[nodiscard]] bool is_personal(const Home& home, Instant now);

/// As registered, or what is usual of the kind.
[[nodiscard]] Rhythm rhythm_of(const Device& device);

/// The delay that the sensors of a home allow at best, whatever was learned: from the moment when
/// a silence has become too long until the box can know it. Five minutes with a sensor that speaks
/// at the moment; with a meter that tells afterwards, what it measures at once and how long it may
/// take to deliver it. What was never heard allows nothing. nullopt: no sensor of life that was
/// heard, or none that tells often enough.
[[nodiscard]] std::optional<DetectionDelay> best_delay(const Home& home);

/// It can be relied upon, and is not doubted for missing what others notice.
[[nodiscard]] bool is_trusted(const Home& home, std::size_t device);

/// `now` is not earlier than the last sign of life.
[[nodiscard]] detect::Listening listening(const Home& home, Instant now, Duration utc_offset);

/// The end of the time of which every meter that can be relied upon has told what was drawn;
/// epoch 0 where there is none, or one has told nothing yet.
[[nodiscard]] Instant water_known_until(const Home& home);

}  // namespace anju
