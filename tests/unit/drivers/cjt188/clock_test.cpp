// The clock of a meter, in whichever order its maker writes it.
#include <gtest/gtest.h>

#include "drivers/cjt188/meter_data.hpp"

namespace anju::drivers::cjt188 {
namespace {

MeterClock clock_of(std::string_view hex) {
    std::vector<std::uint8_t> bytes;
    EXPECT_TRUE(from_hex(hex, bytes));
    return read_clock(bytes);
}

TEST(Cjt188Clock, IsReadInEitherOrder) {
    const MeterClock little = clock_of("06 20 17 09 01 17 20");
    EXPECT_EQ(little.order, ClockOrder::little_endian);
    EXPECT_EQ(little.year, 2017);
    EXPECT_EQ(little.month, 1);
    EXPECT_EQ(little.day, 9);
    EXPECT_EQ(little.hour, 17);
    EXPECT_EQ(little.minute, 20);
    EXPECT_EQ(little.second, 6);
    const MeterClock big = clock_of("20 20 05 28 20 58 24");
    EXPECT_EQ(big.order, ClockOrder::big_endian);
    EXPECT_EQ(big.month, 5);
    EXPECT_EQ(big.second, 24);
}

TEST(Cjt188Clock, ThatIsADateInBothOrdersIsAmbiguous) {
    const MeterClock clock = clock_of("20 06 04 05 09 23 20");
    EXPECT_EQ(clock.order, ClockOrder::ambiguous);
    EXPECT_EQ(clock.year, 0);
}

TEST(Cjt188Clock, ThatReadsTheSameBothWaysIsNotAmbiguous) {
    EXPECT_EQ(clock_of("20 11 10 09 10 11 20").order, ClockOrder::little_endian);
}

TEST(Cjt188Clock, ThatIsNoDateIsNone) {
    for (const char* hex :
         {"00 00 00 00 00 00 00", "FF FF FF FF FF FF FF", "60 60 20 20 00 00 00",
          "06 20 17 30 02 17 20", "06 20 24 09 01 17 20", "0A 20 17 09 01 17 20", "20 17 01"}) {
        EXPECT_EQ(clock_of(hex).order, ClockOrder::none) << hex;
    }
}

}  // namespace
}  // namespace anju::drivers::cjt188
