// ANJU_CUTS sets the number of cuts; tests/bench/store holds the long run.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/component/store/power_cut.hpp"

namespace anju::test {
namespace {

std::uint64_t cuts_to_make() {
    const char* text = std::getenv("ANJU_CUTS");
    return text == nullptr ? 200 : std::strtoull(text, nullptr, 10);
}

TEST(PowerCut, TakesNothingThatACommitHasPromised) {
    const PowerCuts result = cut_power(cuts_to_make(), 20'250'101, store::Durability::full);
    EXPECT_EQ(result.rows_lost, 0U) << result.first;
    EXPECT_EQ(result.unopenable, 0U) << result.first;
    EXPECT_EQ(result.rebuilt, 0U) << result.first;
    EXPECT_EQ(result.differing, 0U) << result.first;
    EXPECT_GT(result.commits, result.cuts);
}

TEST(PowerCut, IsNoticedWhenCommitsDoNotWaitForTheDisk) {
    const PowerCuts result = cut_power(60, 7, store::Durability::normal);
    EXPECT_GT(result.rows_lost, 0U) << "the harness sees no loss where there must be some";
}

TEST(PowerCut, IsNoticedWhenNothingIsEverSynced) {
    const PowerCuts result = cut_power(60, 7, store::Durability::off);
    EXPECT_GT(result.rows_lost + result.unopenable + result.rebuilt + result.differing, 0U);
}

}  // namespace
}  // namespace anju::test
