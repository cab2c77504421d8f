// Sound in memory, and as a WAV file (RIFF, PCM, 16 bit, one channel).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"

namespace anju::voice {

struct Sound {
    unsigned rate{};                    ///< frames a second, 8000..48000
    std::vector<std::int16_t> samples;  ///< one channel

    [[nodiscard]] Duration length() const {
        if (rate == 0) return Duration{0};
        return Duration{static_cast<std::int64_t>(samples.size()) * 1000 / rate};
    }
};

/// An Error says what is not as it has to be. Chunks other than "fmt " and "data" are passed over;
/// a length that streaming writers leave open means: up to the end.
[[nodiscard]] result<Sound> parse_wave(std::string_view bytes);
[[nodiscard]] std::string wave_bytes(const Sound& sound);

}  // namespace anju::voice
