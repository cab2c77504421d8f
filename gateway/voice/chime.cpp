#include "voice/chime.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace anju::voice {
namespace {

constexpr double peak = 0.9 * 32767;
constexpr int silence = 200;  // samples no louder than this are silence

void append_note(Sound& out, double hertz, double seconds) {
    const auto frames = static_cast<std::size_t>(seconds * out.rate);
    for (std::size_t i = 0; i < frames; ++i) {
        const double t = static_cast<double>(i) / out.rate;
        const double attack = std::min(1.0, t / 0.01);
        const double decay = std::exp(-4.0 * t / seconds) * std::min(1.0, (seconds - t) / 0.02);
        const double phase = 2 * std::numbers::pi * hertz * t;
        // Most people who lose hearing lose the high tones: the fundamental carries it.
        const double tone = 0.75 * std::sin(phase) + 0.25 * std::sin(2 * phase);
        out.samples.push_back(static_cast<std::int16_t>(peak * attack * decay * tone));
    }
}

void append_silence(Sound& out, double seconds) {
    out.samples.resize(out.samples.size() + static_cast<std::size_t>(seconds * out.rate));
}

bool is_loud(std::int16_t sample) {
    return std::abs(int{sample}) > silence;
}

}  // namespace

Sound chime(unsigned rate) {
    Sound out{rate, {}};
    append_note(out, 659.26, 0.5);
    append_note(out, 523.25, 0.7);
    return out;
}

Sound announcement(const Sound& speech) {
    Sound out = chime(speech.rate);
    append_silence(out, 0.5);
    const auto first = std::ranges::find_if(speech.samples, is_loud);
    const auto last = std::find_if(speech.samples.rbegin(), speech.samples.rend(), is_loud).base();
    if (first < last) {
        int loudest = 1;
        for (auto one = first; one != last; ++one) loudest = std::max(loudest, std::abs(int{*one}));
        for (auto one = first; one != last; ++one) {
            out.samples.push_back(static_cast<std::int16_t>(*one * peak / loudest));
        }
    }
    append_silence(out, 0.5);
    return out;
}

}  // namespace anju::voice
