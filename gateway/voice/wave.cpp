#include "voice/wave.hpp"

#include <algorithm>
#include <optional>

namespace anju::voice {
namespace {

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t out = 0;
    for (std::size_t i = size; i-- > 0;) {
        out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return out;
}

void put(std::string& out, std::uint32_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xffU);
}

Error wrong(std::string what) {
    return {std::move(what), "", "make it anew: 16 bit PCM, one channel, 8 to 48 kHz"};
}

}  // namespace

result<Sound> parse_wave(std::string_view bytes) {
    if (bytes.size() < 12 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WAVE") {
        return wrong("is no WAV file");
    }
    Sound sound;
    std::size_t at = 12;
    while (at + 8 <= bytes.size()) {
        const std::string_view name = bytes.substr(at, 4);
        const std::size_t size =
            std::min<std::size_t>(number(bytes, at + 4, 4), bytes.size() - at - 8);
        at += 8;
        if (name == "fmt ") {
            if (size < 16) return wrong("has a format that is cut off");
            sound.rate = number(bytes, at + 4, 4);
            const bool plain = number(bytes, at, 2) == 1 && number(bytes, at + 2, 2) == 1 &&
                               number(bytes, at + 14, 2) == 16;
            if (!plain || sound.rate < 8'000 || sound.rate > 48'000) {
                return wrong("is not 16 bit PCM of one channel");
            }
        } else if (name == "data") {
            if (sound.rate == 0) return wrong("has no format before its data");
            for (std::size_t i = 0; i + 2 <= size; i += 2) {
                sound.samples.push_back(static_cast<std::int16_t>(number(bytes, at + i, 2)));
            }
            return result<Sound>{boost::system::in_place_value, std::move(sound)};
        }
        at += size + size % 2;
    }
    return wrong("holds no sound");
}

std::string wave_bytes(const Sound& sound) {
    const auto size = static_cast<std::uint32_t>(sound.samples.size() * 2);
    std::string out = "RIFF";
    put(out, 36 + size, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, sound.rate, 4);
    put(out, sound.rate * 2, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out += "data";
    put(out, size, 4);
    for (const std::int16_t sample : sound.samples) {
        put(out, static_cast<std::uint16_t>(sample), 2);
    }
    return out;
}

}  // namespace anju::voice
