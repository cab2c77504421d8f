#include "voice/loudness.hpp"

#include <algorithm>

#include "core/model/date.hpp"

namespace anju::voice {

int volume_at(const Loudness& loudness, Instant now, Duration utc_offset) {
    if (!loudness.quiet) return loudness.volume;
    const auto [from, to] = *loudness.quiet;
    const Duration time = time_of_day(now, utc_offset);
    const bool quiet = from <= to ? time >= from && time < to : time >= from || time < to;
    return quiet ? loudness.quiet_volume : loudness.volume;
}

Sound at_volume(Sound sound, int volume) {
    const int factor = std::clamp(volume, 0, 100);
    for (std::int16_t& sample : sound.samples) {
        sample = static_cast<std::int16_t>(sample * factor / 100);
    }
    return sound;
}

}  // namespace anju::voice
