// The same bits everywhere, and close to the truth.
#include "core/detect/arithmetic.hpp"

#include <gtest/gtest.h>
#include <cmath>

namespace anju::detect {
namespace {

TEST(Arithmetic, ExponentialIsWithinATrillionthOfTheLibrarys) {
    for (double x = -60; x <= 60; x += 0.0137) {
        EXPECT_NEAR(exponential(x) / std::exp(x), 1.0, 1e-12) << x;
    }
    EXPECT_EQ(exponential(0), 1.0);
    EXPECT_EQ(exponential(1e9), exponential(700)) << "cut, not infinite";
}

TEST(Arithmetic, LogarithmIsWithinATrillionthOfTheLibrarys) {
    for (double x = 1e-12; x < 1e15; x *= 1.0173) {
        EXPECT_NEAR(logarithm(x), std::log(x), 1e-12 * (1 + std::abs(std::log(x)))) << x;
    }
    EXPECT_EQ(logarithm(1), 0.0);
    EXPECT_LT(logarithm(0), -700) << "cut, not infinite";
}

TEST(Arithmetic, GivesTheseVeryBitsOnEveryPlatform) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(exponential(1)), 0x4005BF0A8B14576AU);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(logarithm(10)), 0x40026BB1BBB55515U);
}

}  // namespace
}  // namespace anju::detect
