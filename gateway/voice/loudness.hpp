// How loud, and when softer.
#pragma once

#include <cstdint>
#include <optional>

#include "core/model/care_rules.hpp"
#include "core/model/instant.hpp"
#include "voice/wave.hpp"

namespace anju::voice {

struct Loudness {
    int volume = 100;             ///< per cent of what the files hold, 0..100; 0: not a sound
    std::optional<Window> quiet;  ///< local time; `from` after `to` goes over midnight
    int quiet_volume = 60;        ///< in `quiet`
};

[[nodiscard]] int volume_at(const Loudness& loudness, Instant now, Duration utc_offset);

/// Each sample times `volume` / 100, rounded towards zero.
[[nodiscard]] Sound at_volume(Sound sound, int volume);

}  // namespace anju::voice
