// anju-make-sound: runs while Anju is built. Writes the sentence that is to be spoken, from the
// catalogue, and makes an announcement of what a speech synthesiser made of it.
//   anju-make-sound text zh|en FILE
//   anju-make-sound wave SPOKEN.wav ANNOUNCEMENT.wav
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "core/text/catalogue.hpp"
#include "voice/chime.hpp"
#include "voice/wave.hpp"

namespace {

int write(const std::string& path, std::string_view content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
    file.close();
    if (file) return 0;
    std::fprintf(stderr, "anju-make-sound: cannot write %s\n", path.c_str());
    return 1;
}

int make_wave(const std::string& from, const std::string& to) {
    std::ostringstream content;
    content << std::ifstream(from, std::ios::binary).rdbuf();
    const auto speech = anju::voice::parse_wave(content.str());
    if (!speech) {
        std::fprintf(stderr, "anju-make-sound: %s %s\n", from.c_str(), speech.error().what.c_str());
        return 1;
    }
    return write(to, anju::voice::wave_bytes(anju::voice::announcement(*speech)));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc == 4 ? argv[1] : "";
    const std::string first = argc == 4 ? argv[2] : "";
    if (what == "text" && (first == "zh" || first == "en")) {
        const auto& wording = anju::text::self_check;
        return write(argv[3], std::string(first == "zh" ? wording.zh : wording.en) + "\n");
    }
    if (what == "wave") return make_wave(first, argv[3]);
    std::fprintf(stderr, "usage: anju-make-sound text zh|en FILE | wave FROM TO\n");
    return 2;
}
