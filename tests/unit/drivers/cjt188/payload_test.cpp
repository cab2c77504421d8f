// From frames to readings.
#include <gtest/gtest.h>

#include "drivers/cjt188/cjt188.hpp"
#include "drivers/cjt188/meter_data.hpp"
#include "drivers/state.hpp"
#include "unit/drivers/cjt188/frames.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::cjt188 {
namespace {

using drivers::testing::brief;
using testing::make_frame;
using testing::register_of;

class Cjt188Payload : public ::testing::Test {
protected:
    PayloadResult decode(const testing::Octets& bytes) {
        return decode_payload(bytes, nullptr, state_);
    }
    std::string code(const testing::Octets& bytes) {
        const auto result = decode(bytes);
        return result ? "" : result.error().code;
    }

    DriverState state_;
};

TEST_F(Cjt188Payload, NamesMeterAndType) {
    const auto result = decode(make_frame(0x13, 0x81, register_of(1)));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->device, "20260300012345");
    EXPECT_EQ(result->model, "CJ/T 188 13h");
}

TEST_F(Cjt188Payload, SaysBatteryLowByTheThirdBitAlone) {
    for (const int status : {0x00, 0x01, 0x02, 0x03, 0x08, 0x20, 0x80}) {
        const auto result =
            decode(make_frame(0x10, 0x81, register_of(1, 0x2C, static_cast<std::uint8_t>(status))));
        ASSERT_TRUE(result);
        EXPECT_EQ(brief(result->readings), "water_total_ml=10000 battery_low=0") << status;
    }
    const auto low = decode(make_frame(0x10, 0x81, register_of(1, 0x2C, 0x07)));
    ASSERT_TRUE(low);
    EXPECT_EQ(brief(low->readings), "water_total_ml=10000 battery_low=1");
}

TEST_F(Cjt188Payload, ReadsNoUnitBesidesThoseOfVolume) {
    for (int unit = 0; unit < 256; ++unit) {
        const bool volume = unit >= 0x29 && unit <= 0x2E;
        EXPECT_EQ(code(make_frame(0x10, 0x81, register_of(1, static_cast<std::uint8_t>(unit)))),
                  volume ? "" : "unit_unknown")
            << unit;
    }
}

TEST_F(Cjt188Payload, ReadsNoTypeBesidesWater) {
    for (int type = 0x10; type <= 0x49; ++type) {
        if ((type & 0xF) > 9) continue;
        const bool water = type <= 0x19;
        EXPECT_EQ(code(make_frame(static_cast<std::uint8_t>(type), 0x81, register_of(1))),
                  water ? "" : "not_water")
            << type;
    }
}

TEST_F(Cjt188Payload, ReadsNoDataBesidesThePresentRegister) {
    testing::Octets data = register_of(1);
    for (int di = 0; di < 0x10000; di += 0x11) {
        data[0] = static_cast<std::uint8_t>(di >> 8);
        data[1] = static_cast<std::uint8_t>(di);
        EXPECT_EQ(code(make_frame(0x10, 0x81, data)), "not_meter_data") << di;
    }
}

TEST_F(Cjt188Payload, TrustsNoFrameWithAnyBitWrong) {
    const testing::Octets good = make_frame(0x10, 0x81, register_of(12'345));
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        testing::Octets bad = good;
        bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1U << (bit % 8)));
        EXPECT_FALSE(decode(bad)) << "bit " << bit;
    }
}

TEST_F(Cjt188Payload, RefusesTwoMetersInOneMessageOfOneDevice) {
    testing::Octets bytes = make_frame(0x10, 0x81, register_of(1));
    const testing::Octets again = bytes;
    bytes.insert(bytes.end(), again.begin(), again.end());
    EXPECT_EQ(code(bytes), "") << "the same said twice";
    const testing::Octets other = make_frame(0x10, 0x81, register_of(2));
    bytes.insert(bytes.end(), other.begin(), other.end());
    EXPECT_EQ(code(bytes), "several_meters");
}

TEST_F(Cjt188Payload, PointsAtTheByteThatIsWrong) {
    const auto result = decode(make_frame(0x10, 0x81, register_of(1, 0x35)));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().at, 18U);
    EXPECT_EQ(result.error().address, "20260300012345");
    EXPECT_EQ(result.error().stage, DecodeStage::payload);
}

}  // namespace
}  // namespace anju::drivers::cjt188
