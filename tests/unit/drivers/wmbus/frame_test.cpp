// The link layer: which form a frame came in, and what damage is seen.
#include "drivers/wmbus/frame.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "drivers/wmbus/crc.hpp"
#include "unit/drivers/wmbus/frames.hpp"

namespace anju::drivers::wmbus {
namespace {

using testing::bytes;

/// The frame without its CRCs, or the code of the error.
std::string read(const std::vector<std::uint8_t>& input) {
    std::vector<std::uint8_t> buffer;
    const auto frame = read_frame(input, buffer);
    return frame ? to_hex(frame->bytes) : frame.error().code;
}

FrameForm form_of(const std::vector<std::uint8_t>& input) {
    std::vector<std::uint8_t> buffer;
    const auto frame = read_frame(input, buffer);
    EXPECT_TRUE(frame) << frame.error().text;
    return frame ? frame->form : FrameForm::bare;
}

TEST(WmbusFrame, OfTheStandardsExampleIsFormatA) {
    const auto example = bytes("0F44AE0C7856341201074447780B134365871E6D");
    EXPECT_EQ(read(example), "0F44AE0C785634120107780B13436587");
    EXPECT_EQ(form_of(example), FrameForm::format_a);
}

TEST(WmbusFrame, IsToldApartByItsCrcsAtEveryLength) {
    for (std::size_t size = 11; size <= 250; ++size) {
        const auto bare = testing::bare_frame(size);
        EXPECT_EQ(form_of(bare), FrameForm::bare) << size;
        EXPECT_EQ(read(bare), to_hex(bare)) << size;
        const auto a = testing::format_a(bare);
        EXPECT_EQ(form_of(a), FrameForm::format_a) << size;
        EXPECT_EQ(read(a), to_hex(bare)) << size;
        const auto b = testing::format_b(bare);
        EXPECT_EQ(form_of(b), FrameForm::format_b) << size;
        EXPECT_EQ(read(b).substr(2), to_hex(bare).substr(2)) << size;
    }
}

TEST(WmbusFrame, MayBeFollowedByWhatAReceiverAppends) {
    for (auto framed :
         {testing::format_a(testing::bare_frame(40)), testing::format_b(testing::bare_frame(40))}) {
        const std::string alone = read(framed);
        framed.insert(framed.end(), {0x8A, 0x31});
        EXPECT_EQ(read(framed), alone);
    }
}

TEST(WmbusFrame, WithADamagedBitInFormatAIsRefusedWhereverItIs) {
    for (const std::size_t size : {11U, 26U, 27U, 45U, 90U, 200U}) {
        auto framed = testing::format_a(testing::bare_frame(size));
        for (std::size_t bit = 0; bit < framed.size() * 8; ++bit) {
            framed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            const std::string said = read(framed);
            EXPECT_TRUE(said == "crc" || said == "length_wrong")
                << size << " bytes, bit " << bit << ": " << said;
            framed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        }
    }
}

TEST(WmbusFrame, WithADamagedBitInFormatBIsNeverTakenForABareOne) {
    for (const std::size_t size : {13U, 26U, 45U, 90U, 124U, 140U, 200U}) {
        auto framed = testing::format_b(testing::bare_frame(size));
        for (std::size_t bit = 0; bit < framed.size() * 8; ++bit) {
            framed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            std::vector<std::uint8_t> buffer;
            const auto frame = read_frame(framed, buffer);
            EXPECT_TRUE(!frame || frame->length != Length::right) << size << ", bit " << bit;
            framed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        }
    }
}

TEST(WmbusFrame, ThatIsCutOffIsRefused) {
    const auto whole = testing::bare_frame(60);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::vector<std::uint8_t> part(whole.begin(),
                                             whole.begin() + static_cast<std::ptrdiff_t>(size));
        std::vector<std::uint8_t> buffer;
        const auto frame = read_frame(part, buffer);
        if (size == 58) {  // as if a receiver had taken off the CRC of format B
            ASSERT_TRUE(frame);
            EXPECT_EQ(frame->length, Length::counts_crcs);
            continue;
        }
        EXPECT_FALSE(frame) << size;
        EXPECT_EQ(frame.error().code, size < 11 ? "too_short" : "length_wrong") << size;
    }
}

TEST(WmbusFrame, LongerThanItSaysIsMarked) {
    auto longer = testing::bare_frame(40);
    longer.push_back(0x55);
    std::vector<std::uint8_t> buffer;
    const auto frame = read_frame(longer, buffer);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->length, Length::longer);
    EXPECT_EQ(frame->stated, 40U);
    EXPECT_FALSE(frame->last_crc_left);
}

TEST(WmbusFrame, WithOnlyTheLastCrcLeftIsMarked) {
    auto frame = testing::bare_frame(58);
    const std::uint16_t crc = crc16(Bytes(frame).subspan(42));
    frame.push_back(static_cast<std::uint8_t>(crc >> 8U));
    frame.push_back(static_cast<std::uint8_t>(crc));
    std::vector<std::uint8_t> buffer;
    const auto wrong_length = read_frame(frame, buffer);
    ASSERT_TRUE(wrong_length);
    EXPECT_TRUE(wrong_length->last_crc_left);
}

TEST(WmbusFrame, OfWiredMbusHasALengthTwiceAChecksumAndAnEnd) {
    auto wired = bytes("68090968");
    const auto inside = bytes("080572010203040506");
    wired.insert(wired.end(), inside.begin(), inside.end());
    std::uint8_t sum = 0;
    for (const auto byte : inside) sum = static_cast<std::uint8_t>(sum + byte);
    wired.insert(wired.end(), {sum, 0x16});
    EXPECT_EQ(read(wired), "080572010203040506");
    EXPECT_EQ(form_of(wired), FrameForm::wired);
    for (std::size_t bit = 0; bit < wired.size() * 8; ++bit) {
        wired[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const std::string said = read(wired);
        EXPECT_TRUE(said == "checksum" || said == "length_wrong") << bit << ": " << said;
        wired[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

}  // namespace
}  // namespace anju::drivers::wmbus
