// The ports of the voice: what is said in the flat, and the lamp that goes with it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "voice/wave.hpp"

namespace anju::voice {

enum class Prompt : std::uint8_t {
    self_check = 1,  ///< 本人确认: are you well?
};

enum class Played : std::uint8_t {
    played = 1,
    failed = 2,     ///< the device was there and did not take it
    no_device = 3,  ///< or no file to play
    silent = 4,     ///< the volume of this hour is 0
};

class Speaker {
public:
    virtual ~Speaker() = default;
    /// Says it `times` times, with a pause between. Never waits: `done` is called once, on another
    /// thread, or at once when too much is waiting to be said (Played::failed). May be empty.
    virtual void say(Prompt prompt, int times, std::function<void(Played)> done) = 0;
};

/// A loudspeaker.
class SoundOutput {
public:
    virtual ~SoundOutput() = default;
    /// Plays all of it and waits for its end, or until `stop` is set: then failed. A device that
    /// takes nothing for seconds has failed.
    [[nodiscard]] virtual Played play(const Sound& sound, const std::atomic<bool>& stop) = 0;
};

/// A lamp that can be seen in the flat.
class Lamp {
public:
    virtual ~Lamp() = default;
    /// False: there is no lamp.
    virtual bool set(bool on) = 0;
    /// Off, and nothing held on to.
    virtual void release() = 0;
};

}  // namespace anju::voice
