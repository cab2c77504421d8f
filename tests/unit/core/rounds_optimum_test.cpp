// Weeks whose least cost a mixed integer program has proved (bench_rounds --exact), chosen because
// improving one or two residents at a time ends above it.
#include <gtest/gtest.h>

#include "tests/bench/rounds/populations.hpp"

namespace anju::care {
namespace {

struct Proved {
    std::uint64_t seed;
    std::int64_t cost;
};
constexpr Proved weeks[] = {{16, 2'005'608}, {30, 1'400}, {43, 1'200},
                            {62, 1'030},     {91, 400},   {96, 200}};

TEST(RoundsOptimum, ShufflingLeadsToTheProvedCost) {
    for (const Proved& week : weeks) {
        EXPECT_EQ(plan(bench::handful(week.seed)).quality.cost, week.cost) << "seed " << week.seed;
    }
}

}  // namespace
}  // namespace anju::care
