// The CRC of EN 13757-4.
#include "drivers/wmbus/crc.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/drivers/support.hpp"

namespace anju::drivers::wmbus {
namespace {

std::vector<std::uint8_t> bytes(std::string_view hex) {
    std::vector<std::uint8_t> out;
    EXPECT_TRUE(from_hex(hex, out)) << hex;
    return out;
}

TEST(WmbusCrc, OfTheDigitsIsTheOneInTheCatalogue) {
    EXPECT_EQ(crc16(bytes_of("123456789")), 0xC2B7);  // CRC-16/EN-13757
}

TEST(WmbusCrc, FitsTheBlocksOfTheStandardsExample) {
    EXPECT_TRUE(crc_fits(bytes("0F44AE0C7856341201074447")));
    EXPECT_TRUE(crc_fits(bytes("780B134365871E6D")));
    EXPECT_FALSE(crc_fits(bytes("780B134365861E6D")));
    EXPECT_FALSE(crc_fits(bytes("1E6D"))) << "a CRC of nothing";
}

TEST(WmbusCrc, FindsTheOneDamagedBitOfABlock) {
    const auto whole = bytes("0F44AE0C7856341201074447");
    EXPECT_FALSE(crc_fits_but_for_one_bit(whole)) << "nothing is damaged";
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        auto damaged = whole;
        damaged[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
        EXPECT_TRUE(crc_fits_but_for_one_bit(damaged)) << bit;
        EXPECT_EQ(damaged_bit(damaged), bit);
        damaged[(bit / 8 + 3) % damaged.size()] ^= 0x18;
        EXPECT_FALSE(crc_fits(damaged)) << bit;
    }
}

TEST(WmbusCrc, DoesNotTakeTwoDamagedBitsForOne) {
    auto block = bytes("0F44AE0C7856341201074447");
    block[3] ^= 0x01;
    block[7] ^= 0x10;
    EXPECT_FALSE(crc_fits_but_for_one_bit(block));
    EXPECT_FALSE(damaged_bit(block));
}

}  // namespace
}  // namespace anju::drivers::wmbus
