// The real ALSA, playing into a file.
#include "voice/alsa_output.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/broker.hpp"

namespace anju::voice {
namespace {

class Alsa : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = new test::TempDir;
        const std::string played = (folder_->path() / "played.raw").string();
        const std::string config = (folder_->path() / "asound.conf").string();
        std::ofstream(config) << "pcm.nothing { type null }\n"
                              << "pcm.paper { type file slave.pcm nothing file \"" << played
                              << "\" format raw }\n"
                              << "pcm.broken { type hw card 77 }\n";
        ::setenv("ALSA_CONFIG_PATH", config.c_str(), 1);
    }
    static void TearDownTestSuite() {
        delete folder_;
        folder_ = nullptr;
    }
    static std::vector<std::int16_t> played() {
        std::ostringstream content;
        content << std::ifstream(folder_->path() / "played.raw", std::ios::binary).rdbuf();
        const std::string bytes = content.str();
        std::vector<std::int16_t> out(bytes.size() / 2);
        std::copy_n(bytes.data(), out.size() * 2, reinterpret_cast<char*>(out.data()));
        return out;
    }
    static Played play(const std::string& device, const Sound& sound) {
        return AlsaOutput({.device = device}).play(sound, never_);
    }

    static inline test::TempDir* folder_ = nullptr;
    static inline const std::atomic<bool> never_{false};
};

TEST_F(Alsa, PlaysEverySampleInItsOrder) {
    Sound sound{22050, {}};
    for (int i = 0; i < 50'001; ++i) {
        sound.samples.push_back(static_cast<std::int16_t>(i * 7919 % 65536 - 32768));
    }
    EXPECT_EQ(play("paper", sound), Played::played);
    EXPECT_EQ(played(), sound.samples);
}

TEST_F(Alsa, SaysThatThereIsNoSuchDevice) {
    EXPECT_EQ(play("broken", {22050, {1, 2}}), Played::no_device);
    EXPECT_EQ(play("never heard of", {22050, {1, 2}}), Played::no_device);
}

TEST_F(Alsa, StopsWhenTold) {
    const std::atomic<bool> stop{true};
    EXPECT_EQ(
        AlsaOutput({.device = "nothing"}).play({22050, std::vector<std::int16_t>(22050)}, stop),
        Played::failed);
}

}  // namespace
}  // namespace anju::voice
