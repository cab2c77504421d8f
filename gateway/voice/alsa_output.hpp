// A loudspeaker of the box, through ALSA.
#pragma once

#include <chrono>
#include <string>

#include "voice/speaker.hpp"

namespace anju::voice {

class AlsaOutput final : public SoundOutput {
public:
    struct Options {
        std::string device = "default";  ///< a PCM of ALSA: "default", "plughw:1,0"
        /// A device that takes not one frame for so long is given up.
        std::chrono::milliseconds patience{3'000};
    };
    explicit AlsaOutput(Options options) : options_(std::move(options)) {}
    /// The device is opened for this sound alone: others may use it in between, and one that is
    /// plugged in later is found.
    [[nodiscard]] Played play(const Sound& sound, const std::atomic<bool>& stop) override;

private:
    Options options_;
};

}  // namespace anju::voice
