#include "voice/alsa_output.hpp"

#include <alsa/asoundlib.h>

#include <algorithm>
#include <memory>
#include <thread>

namespace anju::voice {
namespace {

constexpr unsigned latency_us = 300'000;
constexpr std::chrono::milliseconds step{100};

using Pcm = std::unique_ptr<snd_pcm_t, decltype(&snd_pcm_close)>;

/// The library prints what it does not find; that is ours to log, once.
void say_nothing(const char*, int, const char*, int, const char*, ...) {}

Pcm open(const std::string& device) {
    snd_lib_error_set_handler(&say_nothing);
    snd_pcm_t* raw = nullptr;
    // Not blocking, so that a device that hangs does not hang us.
    if (snd_pcm_open(&raw, device.c_str(), SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK) != 0) {
        raw = nullptr;
    }
    return {raw, &snd_pcm_close};
}

/// Waits until what was written has been heard.
bool drain(snd_pcm_t* pcm, std::chrono::milliseconds patience, const std::atomic<bool>& stop) {
    const int begun = snd_pcm_drain(pcm);
    if (begun != 0 && begun != -EAGAIN) return false;
    for (auto waited = std::chrono::milliseconds{0}; waited < patience; waited += step / 5) {
        if (snd_pcm_state(pcm) != SND_PCM_STATE_DRAINING) return true;
        if (stop) return false;
        std::this_thread::sleep_for(step / 5);
    }
    return false;
}

}  // namespace

Played AlsaOutput::play(const Sound& sound, const std::atomic<bool>& stop) {
    const Pcm pcm = open(options_.device);
    if (!pcm) return Played::no_device;
    if (snd_pcm_set_params(pcm.get(), SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1,
                           sound.rate, 1, latency_us) != 0) {
        return Played::failed;
    }
    const std::size_t chunk = sound.rate / 10;
    std::size_t at = 0;
    auto idle = std::chrono::milliseconds{0};
    while (at < sound.samples.size()) {
        if (stop || idle >= options_.patience) {
            snd_pcm_drop(pcm.get());
            return Played::failed;
        }
        const snd_pcm_sframes_t size = snd_pcm_writei(pcm.get(), sound.samples.data() + at,
                                                      std::min(chunk, sound.samples.size() - at));
        if (size > 0) {
            at += static_cast<std::size_t>(size);
            idle = std::chrono::milliseconds{0};
        } else if (size == -EAGAIN || size == 0) {
            // 0: nothing within the time; an error is met again by the next write.
            if (snd_pcm_wait(pcm.get(), static_cast<int>(step.count())) <= 0) idle += step;
        } else if (snd_pcm_recover(pcm.get(), static_cast<int>(size), 1) != 0) {
            return Played::failed;
        } else {
            idle += step;  // an underrun is mended, a device that has nothing else is not
        }
    }
    return drain(pcm.get(), options_.patience, stop) ? Played::played : Played::failed;
}

}  // namespace anju::voice
