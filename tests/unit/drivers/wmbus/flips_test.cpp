// One damaged bit in a frame that came with its CRCs: always refused, whatever the frame holds.
#include <gtest/gtest.h>

#include <string>

#include "drivers/wmbus/telegram.hpp"
#include "unit/drivers/wmbus/frames.hpp"

namespace anju::drivers::wmbus {
namespace {

using testing::bytes;

constexpr std::string_view frames[] = {
    // clear, short header
    "1844AE4C4455223368077A55000000041389E20100023B0000",
    "1E44AE4C9956341268077A360010002F2F0413181E0000023B00002F2F2F2F",
    // mode 5, with and without a clear end; both with a key that opens them
    "3944FA122162092002067A3600202567C94D48D00DC47B11213E23383DB51968A705AAFA60C60E263D50CD259D7C"
    "9A03FD0C08000002FD0B0011",
    "2E44FA122162092002067A3600202567C94D48D00DC47B11213E23383DB51968A705AAFA60C60E263D50CD259D7C"
    "9A",
    // mode 7
    "434474262957702231078C2095900F002C25D744B09ED5F29B859C53BF0C7AD7002007101D13D1E8E4A3CBF2AA35"
    "5A4DA96771D1F1F1673D1F45D86D26D8850F5AC280D8",
    // extended link layer, encrypted and opened
    "2D442D2C776655441B168D2083B48D3A2033AF50C068F85DCA16AD388A78EBD65BD1E730CE0F52AE9581F4F1E168",
    "2D442D2C776655441B168D2083B48D3A2046887802FF20000004132F4E000092013B3D01A1015B028101E7FF0F03",
    // long header; the maker's own layout
    "1C449344682268363537726666666693443507720000200C1367051200",
    "1944304CDEFFE420CC01A263120013258F907B0AFF12529AC33B",
    "3E4401061405410305077A190030852F2F0F86B4B89529020040C6C1B4F0F3F341555942FA701000F001010000"
    "10BC780000FFFFFFFFFFFFFFFFFFFFFF2483"};

constexpr std::string_view keys[] = {"", "BEDB81B52C29B5C143388CBB0D15A051",
                                     "9C537459154128F102FFAF810A8A6B69"};

void expect_every_flip_refused(testing::Frame framed, const Settings& settings) {
    Scratch scratch;
    ASSERT_FALSE(framed.empty());
    for (std::size_t bit = 0; bit < framed.size() * 8; ++bit) {
        framed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const auto result = parse_telegram(framed, KeySource{settings}, scratch);
        ASSERT_FALSE(result) << "bit " << bit << " of " << to_hex(framed);
        const std::string& code = result.error().code;
        EXPECT_TRUE(code == "crc" || code == "length_wrong" || code == "checksum")
            << "bit " << bit << " of " << to_hex(framed) << ": " << code;
        framed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

TEST(WmbusDamage, OfOneBitIsAlwaysSeen) {
    for (const std::string_view frame : frames) {
        for (const std::string_view key : keys) {
            Settings settings;
            if (!key.empty()) {
                settings.set_fallback(DeviceSettings{.key = parse_key(key), .profile = {}});
            }
            expect_every_flip_refused(testing::format_a(bytes(frame)), settings);
            expect_every_flip_refused(testing::format_b(bytes(frame)), settings);
        }
    }
}

}  // namespace
}  // namespace anju::drivers::wmbus
