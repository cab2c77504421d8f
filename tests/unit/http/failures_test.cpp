#include "http/failures.hpp"

#include <gtest/gtest.h>

namespace anju::http {
namespace {

using namespace std::chrono_literals;

const SteadyTime start = SteadyTime{} + 1h;

TEST(Failures, LetTheFirstOnesThrough) {
    Failures failures;
    for (int i = 0; i < 6; ++i) EXPECT_EQ(failures.failed("a", start), 0s) << i;
    EXPECT_EQ(failures.failed("a", start), 1s);
    EXPECT_EQ(failures.counted(), 7U);
    EXPECT_EQ(failures.turned_away(), 1U);
}

TEST(Failures, DoubleTheWaitUpToItsLimit) {
    Failures failures({.free = 0, .first = 1s, .most = 5s});
    SteadyTime now = start;
    for (const auto wait : {1s, 2s, 4s, 5s, 5s}) {
        EXPECT_EQ(failures.failed("a", now), 0s);
        EXPECT_EQ(failures.failed("a", now), wait);
        now += wait;
    }
}

TEST(Failures, DoNotLengthenTheWaitOfWhoeverAsksTooEarly) {
    Failures failures({.free = 0, .first = 10s});
    EXPECT_EQ(failures.failed("a", start), 0s);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(failures.failed("a", start + 1s), 9s);
    EXPECT_EQ(failures.failed("a", start + 10s), 0s);
}

TEST(Failures, AreForgottenAfterAQuietHour) {
    Failures failures({.free = 0, .first = 1s, .most = 7200s, .forget = 3600s});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(failures.failed("a", start + i * 10s), 0s);
    EXPECT_EQ(failures.failed("a", start + 20s + 3600s), 0s);
    EXPECT_EQ(failures.failed("a", start + 20s + 3600s), 1s);
}

TEST(Failures, OfOneAddressAreNotThoseOfAnother) {
    Failures failures({.free = 0});
    EXPECT_EQ(failures.failed("a", start), 0s);
    EXPECT_GT(failures.failed("a", start), 0s);
    EXPECT_EQ(failures.failed("b", start), 0s);
}

TEST(Failures, RememberABoundedNumberOfAddressesTheLatest) {
    Failures failures({.free = 0, .first = 100s, .addresses = 3});
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(failures.failed(std::to_string(i), start + i * 1s), 0s);
    }
    EXPECT_GT(failures.failed("3", start + 5s), 0s);
    EXPECT_EQ(failures.failed("0", start + 5s), 0s) << "the oldest was kept";
}

}  // namespace
}  // namespace anju::http
