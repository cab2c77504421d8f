// Finding frames among other bytes.
#include <gtest/gtest.h>

#include <random>

#include "drivers/cjt188/cjt188.hpp"
#include "drivers/cjt188/frame.hpp"
#include "unit/drivers/cjt188/frames.hpp"

namespace anju::drivers::cjt188 {
namespace {

using testing::make_frame;
using testing::register_of;
using Octets = std::vector<std::uint8_t>;

Octets joined(const std::vector<Octets>& parts) {
    Octets out;
    for (const Octets& part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

TEST(Cjt188Scan, FindsAFrameBehindJunkThatLooksLikeOne) {
    const Octets frame = make_frame(0x10, 0x81, register_of(12'345));
    const Octets bytes = joined({{0x68, 0x10, 0x68, 0x68, 0x11, 0xFE, 0xFE}, frame, {0x16, 0x68}});
    const Scan found = scan(bytes);
    ASSERT_EQ(found.count, 1U);
    EXPECT_EQ(found.frames[0].offset, 7U);
    EXPECT_EQ(found.frames[0].preamble_fe, 2U);
    EXPECT_EQ(found.frames[0].size, frame.size());
}

TEST(Cjt188Scan, PrefersTheRegisterAmongFramesOfOtherKinds) {
    const Octets question = make_frame(0x10, 0x01, {0x90, 0x1F, 0x01});
    const Octets valve = make_frame(0x10, 0x84, {0xA0, 0x17, 0x01, 0x00, 0x00});
    const Octets answer = make_frame(0x10, 0x81, register_of(1));
    const Scan found = scan(joined({question, valve, answer}));
    ASSERT_EQ(found.count, 1U);
    EXPECT_EQ(kind_of(found.frames[0]), FrameKind::water_register);
    EXPECT_EQ(kind_of(scan(joined({question, valve})).frames[0]), FrameKind::other_data);
}

TEST(Cjt188Scan, DoesNotLookForFramesInsideOfARegister) {
    Octets data = register_of(1);
    const Octets inner = make_frame(0x10, 0x81, register_of(2));
    data.insert(data.end(), inner.begin(), inner.end());
    const Scan found = scan(make_frame(0x10, 0x81, data));
    ASSERT_EQ(found.count, 1U);
    EXPECT_EQ(found.frames[0].offset, 0U);
}

TEST(Cjt188Scan, HoldsNoMoreFramesThanItHasRoomFor) {
    std::vector<Octets> parts(40, make_frame(0x10, 0x81, register_of(1)));
    EXPECT_EQ(scan(joined(parts)).count, Scan::most);
}

TEST(Cjt188Scan, TakesDlt645ForWhatItIs) {
    Octets bytes{0xFE, 0x68, 0x12, 0x90, 0x78, 0x56, 0x34, 0x12, 0x68, 0x91,
                 0x08, 0x33, 0x33, 0x34, 0x33, 0x45, 0x67, 0x89, 0xAB};
    unsigned sum = 0;
    for (std::size_t i = 1; i < bytes.size(); ++i) sum += bytes[i];
    bytes.push_back(static_cast<std::uint8_t>(sum));
    bytes.push_back(0x16);
    EXPECT_TRUE(scan(bytes).dlt645);
    EXPECT_TRUE(recognises(bytes));
    bytes[bytes.size() - 2] ^= 1U;
    EXPECT_FALSE(scan(bytes).dlt645);
    EXPECT_FALSE(recognises(bytes));
}

TEST(Cjt188Recognition, HoldsForADamagedRegisterAndForNothingThatIsNot) {
    Octets bytes = make_frame(0x10, 0x81, register_of(12'345));
    EXPECT_TRUE(recognises(bytes));
    bytes[bytes.size() - 2] ^= 1U;
    EXPECT_TRUE(recognises(bytes)) << "all other marks are there";
    bytes.back() = 0x17;
    EXPECT_FALSE(recognises(bytes));
    EXPECT_FALSE(recognises({}));
}

TEST(Cjt188Recognition, TakesNoRandomBytesForAFrame) {
    std::mt19937 random(188);
    Octets bytes(64);
    for (int i = 0; i < 20'000; ++i) {
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        ASSERT_FALSE(recognises(bytes)) << to_hex(bytes);
    }
}

}  // namespace
}  // namespace anju::drivers::cjt188
