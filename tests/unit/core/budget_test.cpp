// Does a threshold cost what its budget says? Streams of peaks whose tail is known.
#include "core/detect/budget.hpp"

#include <array>
#include <random>

#include "core/detect/arithmetic.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

using detect::Budget;
using detect::moments_tail;

/// Peaks that exceed a score so often a month: `often` times 3, and e times more rarely every
/// `slope` above it.
struct Person {
    double often{};
    double slope{};

    [[nodiscard]] double per_month(double score) const {
        return often * detect::exponential((3 - score) / slope);
    }
    void live(Budget& budget, std::mt19937_64& random, int days) const {
        const double daily = often / 30.44;
        for (int day = 0; day < days; ++day) {
            // At most a few a day: a hundred chances give them at random times.
            for (int i = 0; i < 100; ++i) {
                if (uniform(random) < daily / 100) {
                    budget.harmless(3 - slope * detect::logarithm(uniform(random)));
                }
            }
            budget.harmless(0.4);
            budget.listened(24h);
            budget.fade(1);
        }
    }
    static double uniform(std::mt19937_64& random) {
        return (static_cast<double>(random() >> 11U) + 0.5) / 9007199254740992.0;
    }
};

}  // namespace

TEST(Budget, CostsWhatItSaysAfterOneThreeAndTwelveMonths) {
    constexpr int people = 40;
    for (const Person person : {Person{30, 1.1}, Person{20, 0.8}, Person{40, 1.4}}) {
        for (const int months : {1, 3, 12}) {
            std::array<double, 4> cost{};
            const std::array<double, 4> budgets{3, 1, 1.0 / 3, 1.0 / 12};
            for (int seed = 0; seed < people; ++seed) {
                std::mt19937_64 random(static_cast<std::uint64_t>(seed));
                Budget budget;
                person.live(budget, random, months * 30);
                for (std::size_t i = 0; i < budgets.size(); ++i) {
                    cost[i] +=
                        person.per_month(budget.threshold(budgets[i], moments_tail)) / people;
                }
            }
            // Of a person unlike others little can be read off a month, and nothing of a year.
            const bool like_others = person.slope == moments_tail.slope;
            if (!like_others && months == 1) continue;
            for (std::size_t i = 0; i < (like_others ? 4U : 3U); ++i) {
                EXPECT_GT(cost[i], budgets[i] / 2)
                    << months << " months, slope " << person.slope << ", budget " << budgets[i];
                EXPECT_LT(cost[i], budgets[i] * 2)
                    << months << " months, slope " << person.slope << ", budget " << budgets[i];
            }
        }
    }
}

TEST(Budget, SaysWhatIsUsualWhileNothingWasCounted) {
    const Budget budget;
    EXPECT_NEAR(budget.threshold(3, moments_tail), moments_tail.at_three, 0.01);
    EXPECT_NEAR(budget.per_month(moments_tail.at_three, moments_tail), 3, 0.03);
    EXPECT_NEAR(budget.threshold(3 / 2.718281828, moments_tail),
                moments_tail.at_three + moments_tail.slope, 0.01);
}

TEST(Budget, AsksForMoreTheLessItMayCost) {
    std::mt19937_64 random(1);
    Budget budget;
    for (int month = 0; month < 6; ++month) {
        double before = 1e9;
        for (const double often : {0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0}) {
            const double threshold = budget.threshold(often, moments_tail);
            EXPECT_LT(threshold, before);
            EXPECT_NEAR(budget.per_month(threshold, moments_tail), often, often * 1e-6)
                << "one is the inverse of the other";
            before = threshold;
        }
        Person{30, 1.1}.live(budget, random, 30);
    }
}

TEST(Budget, IsNotMovedByPeaksOfNothing) {
    Budget budget;
    budget.listened(24h * 60);
    const double before = budget.threshold(1, moments_tail);
    for (int i = 0; i < 100; ++i) budget.harmless(0);
    budget.harmless(-1);
    EXPECT_EQ(budget.threshold(1, moments_tail), before);
}

TEST(Budget, HoldsAnyScoreAndForgets) {
    Budget budget;
    for (int i = 0; i < 30; ++i) budget.harmless(1e9);
    budget.listened(24h * 30);
    EXPECT_GT(budget.threshold(1, moments_tail), 15) << "a person of whom nothing can be told";
    budget.fade(5'000);
    EXPECT_NEAR(budget.threshold(3, moments_tail), moments_tail.at_three, 0.01);
}

}  // namespace anju::test
