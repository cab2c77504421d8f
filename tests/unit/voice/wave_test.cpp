#include "voice/wave.hpp"

#include <gtest/gtest.h>

#include "core/model/date.hpp"
#include "voice/chime.hpp"
#include "voice/loudness.hpp"

namespace anju::voice {
namespace {

using namespace std::chrono_literals;

Instant local(std::chrono::minutes time) {
    return instant_at(make_date(2026, 3, 2), time, 8h);
}

TEST(Wave, IsReadBackAsItWasWritten) {
    const Sound sound{22050, {0, 1, -1, 32767, -32768}};
    const auto back = parse_wave(wave_bytes(sound));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->rate, sound.rate);
    EXPECT_EQ(back->samples, sound.samples);
}

TEST(Wave, PassesOverOtherChunksAndLengthsLeftOpen) {
    std::string bytes = wave_bytes({22050, {7, 8}});
    bytes.insert(36, std::string("LIST\x03\0\0\0abc\0", 12));
    ASSERT_TRUE(parse_wave(bytes));
    EXPECT_EQ(parse_wave(bytes)->samples, (std::vector<std::int16_t>{7, 8}));
    std::string open = wave_bytes({22050, {7, 8}});
    open.replace(40, 4, "\xff\xff\xff\x7f");
    ASSERT_TRUE(parse_wave(open));
    EXPECT_EQ(parse_wave(open)->samples.size(), 2U);
}

TEST(Wave, RefusesWhateverCannotBePlayed) {
    const std::string good = wave_bytes({22050, {1, 2, 3}});
    for (std::size_t size = 0; size < 44; ++size) {
        const auto cut = parse_wave(std::string_view(good).substr(0, size));
        EXPECT_FALSE(cut && !cut->samples.empty()) << size;
    }
    std::string stereo = good;
    stereo[22] = 2;
    EXPECT_FALSE(parse_wave(stereo));
    std::string eight_bit = good;
    eight_bit[34] = 8;
    EXPECT_FALSE(parse_wave(eight_bit));
}

TEST(Loudness, IsThatOfTheQuietHoursAlsoOverMidnight) {
    const Loudness loudness{90, Window{22h, 6h + 30min}, 40};
    EXPECT_EQ(volume_at(loudness, local(21h + 59min), 8h), 90);
    EXPECT_EQ(volume_at(loudness, local(22h), 8h), 40);
    EXPECT_EQ(volume_at(loudness, local(0h), 8h), 40);
    EXPECT_EQ(volume_at(loudness, local(6h + 29min), 8h), 40);
    EXPECT_EQ(volume_at(loudness, local(6h + 30min), 8h), 90);
    EXPECT_EQ(volume_at({90, Window{13h, 14h}, 0}, local(13h + 30min), 8h), 0);
    EXPECT_EQ(volume_at({90, std::nullopt, 0}, local(3h), 8h), 90);
}

TEST(Loudness, ScalesEverySample) {
    EXPECT_EQ(at_volume({8000, {100, -100, 32767, -32768}}, 50).samples,
              (std::vector<std::int16_t>{50, -50, 16383, -16384}));
}

TEST(Announcement, RingsThenSpeaksAsLoudAsFits) {
    Sound speech{22050, std::vector<std::int16_t>(22050, 0)};
    for (std::size_t i = 5000; i < 10000; ++i) speech.samples[i] = i % 2 == 0 ? 3000 : -1500;
    const Sound all = announcement(speech);
    const std::size_t ring = chime(22050).samples.size();
    ASSERT_EQ(all.samples.size(), ring + 11025 + 5000 + 11025) << "silence around it was kept";
    EXPECT_EQ(all.samples[ring + 11025], static_cast<std::int16_t>(0.9 * 32767));
    EXPECT_TRUE(std::all_of(all.samples.begin() + static_cast<std::ptrdiff_t>(ring),
                            all.samples.begin() + static_cast<std::ptrdiff_t>(ring + 11025),
                            [](std::int16_t sample) { return sample == 0; }));
}

}  // namespace
}  // namespace anju::voice
