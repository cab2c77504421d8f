// The whole system holds what it promises; and where a bug is put into what surrounds it, the
// checkers see it.
#include <gtest/gtest.h>

#include <string>

#include "tests/simulation/trial.hpp"

namespace anju::whole {
namespace {

constexpr std::uint64_t seeds_for_a_bug = 12;

std::string told(const Outcome& outcome) {
    std::string out = outcome.wrong + "\nagain: build/dev/bin/anju-whole --seed " +
                      std::to_string(outcome.seed) + " --small --steps";
    for (const std::string& line : outcome.tail) out += "\n  " + line;
    return out;
}

Outcome live(std::uint64_t seed, Plant plant = Plant::none) {
    Fate fate = small(fate_of(seed, false));
    fate.plant = plant;
    return live_through(fate);
}

TEST(Whole, TheSameSeedIsTheSameHistory) {
    const Outcome one = live(7);
    const Outcome other = live(7);
    EXPECT_EQ(one.fingerprint, other.fingerprint);
    EXPECT_EQ(one.steps, other.steps);
    EXPECT_NE(one.fingerprint, live(8).fingerprint);
}

TEST(Whole, HoldsItsPromisesOnTheRealStore) {
    std::uint64_t restarts = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Outcome outcome = live_through(small(fate_of(seed, true)), Chronicle::Detail::tail);
        EXPECT_EQ(outcome.wrong, "") << told(outcome);
        restarts += outcome.tally.restarts;
    }
    EXPECT_GT(restarts, 6U) << "too quiet to prove anything";
}

class KnownSeeds : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(KnownSeeds, HoldItsPromises) {
    const Outcome outcome = live_through(small(fate_of(GetParam())), Chronicle::Detail::tail);
    EXPECT_EQ(outcome.wrong, "") << told(outcome);
    EXPECT_GT(outcome.tally.answered, 100U) << "too quiet to prove anything";
}

INSTANTIATE_TEST_SUITE_P(First, KnownSeeds, ::testing::Range<std::uint64_t>(1, 13));

class Planted : public ::testing::TestWithParam<PlantName> {};

TEST_P(Planted, BugIsSeenWithinAFewSeedsThatPassWithoutIt) {
    for (std::uint64_t seed = 1; seed <= seeds_for_a_bug; ++seed) {
        if (live(seed, GetParam().plant).wrong.empty()) continue;
        const Outcome without = live(seed);
        EXPECT_EQ(without.wrong, "") << told(without);
        return;
    }
    ADD_FAILURE() << "nobody saw in " << seeds_for_a_bug << " seeds that " << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(All, Planted, ::testing::ValuesIn(plant_names),
                         [](const ::testing::TestParamInfo<PlantName>& one) {
                             std::string name(one.param.name);
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace anju::whole
