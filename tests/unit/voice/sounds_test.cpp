// The sentences as they were made in this build: that somebody would hear somebody speak.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "core/text/catalogue.hpp"
#include "tests/support/broker.hpp"
#include "tests/support/child.hpp"
#include "voice/chime.hpp"
#include "voice/talker.hpp"

namespace anju::voice {
namespace {

using namespace std::chrono_literals;

class Sounds : public testing::TestWithParam<const char*> {
protected:
    /// What follows the chime and the pause.
    static std::vector<double> loudness_of_speech(const Sound& sound) {
        const std::size_t skip = chime(sound.rate).samples.size() + sound.rate / 2;
        const std::size_t frame = sound.rate / 50;
        std::vector<double> out;
        for (std::size_t at = skip; at + frame <= sound.samples.size(); at += frame) {
            double sum = 0;
            for (std::size_t i = 0; i < frame; ++i) {
                const double sample = sound.samples[at + i] / 32768.0;
                sum += sample * sample;
            }
            out.push_back(std::sqrt(sum / static_cast<double>(frame)));
        }
        return out;
    }
};

TEST_P(Sounds, HoldSpeechLongEnoughAndLoudEnough) {
    const auto sounds = load_sounds(SOUNDS, GetParam());
    ASSERT_TRUE(sounds) << sounds.error().text();
    const Sound& sound = sounds->at(Prompt::self_check);
    EXPECT_EQ(sound.rate, 22050U);
    EXPECT_GT(sound.length(), 7s);
    EXPECT_LT(sound.length(), 20s);
    const std::vector<double> frames = loudness_of_speech(sound);
    double loud = 0;
    int syllables = 0;
    bool above = false;
    for (const double level : frames) {
        if (level > 0.05) loud += 1;
        // Each vowel rises above and falls below again.
        if (!above && level > 0.1) ++syllables;
        above = above ? level > 0.04 : level > 0.1;
    }
    EXPECT_GT(loud / static_cast<double>(frames.size()), 0.4) << "mostly silence";
    EXPECT_LT(loud / static_cast<double>(frames.size()), 0.95) << "a tone, not words";
    EXPECT_GE(syllables, 12);
}

INSTANTIATE_TEST_SUITE_P(EachLanguage, Sounds, testing::Values("zh", "en"));

// The voice "cmn" of espeak-ng 1.51 takes 您好 for English: "nin two hao three".
TEST(SpokenChinese, IsReadAsChineseAndNotSpelledInEnglish) {
    const test::TempDir folder;
    const auto phonemes = [&](const std::string& voice) {
        const auto file = folder.path() / voice;
        EXPECT_EQ(test::Child(
                      {ESPEAK_NG, "-q", "-x", "-v", voice, std::string(text::self_check.zh)}, file)
                      .wait(30s),
                  0);
        std::ostringstream out;
        out << std::ifstream(file).rdbuf();
        return out.str();
    };
    const std::string spoken = phonemes("cmn-latn-pinyin");
    EXPECT_GT(spoken.size(), 100U);
    EXPECT_EQ(spoken.find("(en)"), spoken.npos) << spoken;
}

TEST(SoundFile, ThatIsNotThereIsNamed) {
    const auto none = load_sounds(SOUNDS, "fr");
    ASSERT_FALSE(none);
    EXPECT_TRUE(none.error().where.ends_with("/self_check.fr.wav"));
}

}  // namespace
}  // namespace anju::voice
