#include "drivers/profile/decimal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace anju::drivers {
namespace {

Decimal read(std::string_view text) {
    const auto value = decimal(text);
    EXPECT_TRUE(value) << text;
    return value.value_or(Decimal{});
}

TEST(Decimals, AreReadAsTheyAreWritten) {
    EXPECT_EQ(read("12.50"), (Decimal{125, -1}));
    EXPECT_EQ(read("-0.007"), (Decimal{-7, -3}));
    EXPECT_EQ(read("1200"), (Decimal{12, 2}));
    EXPECT_EQ(read("10.05"), (Decimal{1005, -2}));
    EXPECT_EQ(read("1e-3"), (Decimal{1, -3}));
    EXPECT_EQ(read("2.5E+4"), (Decimal{25, 3}));
    EXPECT_EQ(read("0.000"), (Decimal{0, 0}));
    EXPECT_EQ(read("000100"), (Decimal{1, 2}));
}

TEST(Decimals, AreNothingElseThanNumbers) {
    for (const char* text : {"", "-", ".5", "5.", "1.2.3", "1e", "1e1x", "0x10", " 1", "1 ", "1,5",
                             "nan", "inf", "+1", "1e999", "1234567890123456789"}) {
        EXPECT_FALSE(decimal(std::string_view(text))) << text;
    }
}

TEST(Decimals, OfBinaryFractionsAreWhatTheSenderWrote) {
    EXPECT_EQ(decimal(0.1), (Decimal{1, -1}));
    EXPECT_EQ(decimal(123456.789), (Decimal{123456789, -3}));
    EXPECT_EQ(decimal(12.345F), (Decimal{12345, -3}));
    EXPECT_EQ(decimal(1e21), (Decimal{1, 21}));
    EXPECT_FALSE(decimal(std::nan("")));
    EXPECT_FALSE(decimal(std::numeric_limits<double>::infinity()));
}

TEST(Decimals, MultiplyExactly) {
    EXPECT_EQ(rounded_product(read("123.529"), read("1000000")), 123'529'000);
    EXPECT_EQ(rounded_product(read("0.1"), read("3")), 0);
    EXPECT_EQ(rounded_product(read("0.5"), read("1")), 1);
    EXPECT_EQ(rounded_product(read("-0.5"), read("1")), -1);
    EXPECT_EQ(rounded_product(read("0.49999999999"), read("1")), 0);
    EXPECT_EQ(rounded_product(read("98765432.1"), read("3785.411784")), 373'867'830'523);
    EXPECT_FALSE(rounded_product(read("1e18"), read("1e18")));
    EXPECT_EQ(rounded_product(read("1e-300"), read("5")), 0);
}

TEST(Decimals, AddExactly) {
    EXPECT_EQ(sum(read("0.1"), read("0.2")), read("0.3"));
    EXPECT_EQ(sum(read("2.5"), read("-2.5")), (Decimal{0, 0}));
    EXPECT_EQ(sum(read("1e3"), read("1e-3")), read("1000.001"));
    EXPECT_FALSE(sum(read("1e300"), read("1e-3"))) << "does not fit, and is not rounded";
}

TEST(Decimals, CompareAcrossAllSizes) {
    EXPECT_TRUE(compare(read("1.0"), read("1")) == 0);
    EXPECT_TRUE(compare(read("0.999"), read("1")) < 0);
    EXPECT_TRUE(compare(read("1e300"), read("1e-300")) > 0);
    EXPECT_TRUE(compare(read("-1e300"), read("1")) < 0);
    EXPECT_TRUE(compare(read("1"), read("1e300")) < 0);
    EXPECT_TRUE(compare(read("1"), read("-1e300")) > 0);
    EXPECT_TRUE(compare(read("0"), read("1e300")) < 0);
}

}  // namespace
}  // namespace anju::drivers
