// What holds for every plan, over thousands of seeded weeks. A failure names its seed.
#include <gtest/gtest.h>

#include "rounds_weeks.hpp"

namespace anju::care {
namespace {

using namespace test;

Mix mix_of(std::uint64_t seed) {
    Dice dice(seed * 7919 + 1);
    Mix mix;
    mix.clients = dice.one_in(10) ? 60 + dice.below(60) : 1 + dice.below(40);
    mix.workers = 1 + mix.clients / 20 + dice.below(2);
    mix.tight = dice.one_in(4);
    return mix;
}

TEST(RoundsProperty, NothingHardIsBrokenAndWhatIsMissingIsNamed) {
    for (std::uint64_t seed = 0; seed < 1'200; ++seed) {
        const Problem problem = random_problem(seed, mix_of(seed));
        const Plan made = plan(problem);
        ASSERT_EQ(all(breaches(problem, made.placed)), "") << "seed " << seed;
        ASSERT_EQ(all(unreported(problem, made)), "") << "seed " << seed;
        std::uint32_t said = 0;
        for (const Shortfall& one : made.short_of) said += std::uint32_t{one.visits} + one.calls;
        ASSERT_EQ(made.quality.due, made.quality.placed + said) << "seed " << seed;
        ASSERT_EQ(made.quality.placed, made.placed.size()) << "seed " << seed;
        ASSERT_EQ(made.quality.cost, judge(problem, made.placed).cost) << "seed " << seed;
    }
}

TEST(RoundsProperty, NothingChangesWhenNothingHasChanged) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const Problem problem = random_problem(seed, mix_of(seed));
        const Problem later = again(problem, plan(problem));
        const Plan made = plan(later);
        ASSERT_EQ(made.quality.moved, 0U) << "seed " << seed;
        ASSERT_EQ(made.placed, later.former) << "seed " << seed;
    }
}

TEST(RoundsProperty, OrderOfTheFactsDoesNotMatter) {
    for (std::uint64_t seed = 0; seed < 80; ++seed) {
        const Problem problem = again(random_problem(seed, mix_of(seed)),
                                      plan(random_problem(seed + 1'000'000, mix_of(seed))));
        Problem shuffled = problem;
        Dice dice(seed);
        const auto shuffle = [&](auto& list) {
            for (std::size_t i = list.size(); i > 1; --i) {
                std::swap(list[i - 1], list[dice.below(i)]);
            }
        };
        shuffle(shuffled.clients);
        shuffle(shuffled.shifts);
        shuffle(shuffled.fixed);
        shuffle(shuffled.former);
        const Plan one = plan(problem);
        const Plan other = plan(shuffled);
        ASSERT_EQ(one.placed, other.placed) << "seed " << seed;
        ASSERT_EQ(one.short_of, other.short_of) << "seed " << seed;
    }
}

}  // namespace
}  // namespace anju::care
