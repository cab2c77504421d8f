// A process that is thrown away at any moment and started again decides exactly what one that
// ran through would have decided.
#include <random>

#include "core/codec/codec.hpp"
#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

class Restart : public GatewayTest, public ::testing::WithParamInterface<unsigned> {
protected:
    /// One seeded fortnight of two homes; `restarts` says whether processes die on the way.
    std::vector<std::string> run(unsigned seed, bool restarts) {
        journal = MemoryJournal{};
        clock = HandClock{};
        restart();
        EXPECT_TRUE(gateway->set_households({home("h1"), home("h2")}, true));
        std::mt19937 random(seed);
        std::mt19937 deaths(seed + 1);
        std::map<std::string, std::uint64_t> seqs;
        std::map<std::string, std::int64_t> totals;
        for (int step = 0; step < 14 * 24; ++step) {
            clock.pass(1h);
            for (const std::string home_id : {"h1", "h2"}) {
                if (random() % 40 == 0) continue;  // a lost hour
                const std::string meter = home_id + "-water";
                if (random() % 3 == 0) totals[meter] += static_cast<std::int64_t>(random() % 9000);
                EXPECT_TRUE(process(uplink(meter, ++seqs[meter], water(totals[meter]))));
                if (random() % 30 == 0) {
                    const std::string alarm = home_id + "-smoke";
                    EXPECT_TRUE(process(uplink(alarm, ++seqs[alarm], smoke(random() % 2 == 0))));
                }
            }
            if (random() % 20 == 0) {
                EXPECT_TRUE(gateway->tick());
            }
            if (restarts && deaths() % 25 == 0) restart();
        }
        std::vector<std::string> out;
        for (const Decision& decision : journal.decisions) out.push_back(encode(decision));
        return out;
    }
};

TEST_P(Restart, DecidesTheSameAsARunWithoutOne) {
    const auto whole = run(GetParam(), false);
    const auto broken = run(GetParam(), true);
    EXPECT_GT(whole.size(), 10U) << "the story is too quiet to prove anything";
    EXPECT_EQ(whole, broken);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Restart, ::testing::Range(0U, 10U));

/// A store that came from a backup: what was told since is not in it.
class Restored : public GatewayTest {
protected:
    AlertId smoke_alert(std::uint64_t seq) {
        const std::size_t before = journal.decisions.size();
        EXPECT_TRUE(process(uplink("h1-smoke", seq, smoke(true), 1, "alarm")));
        for (std::size_t i = before; i < journal.decisions.size(); ++i) {
            const auto* changed = std::get_if<AlertChanged>(&journal.decisions[i].what);
            if (changed != nullptr) return changed->alert.id;
        }
        return {};
    }
    /// From the copy on another board, a day later; returns what its next alert is called.
    AlertId goes_on_from(const MemoryJournal& copy, std::chrono::hours later) {
        journal = copy;
        journal.new_epoch = true;
        ++journal.epoch;
        clock.pass(later);
        restart();
        journal.new_epoch = false;
        return smoke_alert(2);
    }
};

TEST_F(Restored, GivesNoNumberThatMayHaveBeenGivenSince) {
    ASSERT_TRUE(gateway->set_households({home("h1")}, true));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(false))));
    const MemoryJournal copy = journal;
    const std::uint64_t last = *gateway->engine().decisions(HouseholdId{"h1"});
    const AlertId lost = smoke_alert(2);

    const AlertId first = goes_on_from(copy, 24h);
    EXPECT_NE(first, lost);
    EXPECT_GT(*gateway->engine().decisions(HouseholdId{"h1"}), last + 1'000'000);
    const AlertId second = goes_on_from(copy, 24h);
    EXPECT_NE(second, lost);
    EXPECT_NE(second, first) << "the same backup, once more";
    EXPECT_FALSE(second.empty());
}

TEST_F(Restored, LeavesOutNumbersBeforeItDecidesWhatFellDueMeanwhile) {
    ASSERT_TRUE(gateway->set_households({home("h1")}, true));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    const MemoryJournal copy = journal;
    const std::size_t before = copy.decisions.size();
    const std::uint64_t last = copy.decisions.back().number;
    (void)goes_on_from(copy, 24h);
    ASSERT_GT(journal.decisions.size(), before) << "nothing fell due";
    for (std::size_t i = before; i < journal.decisions.size(); ++i) {
        EXPECT_GT(journal.decisions[i].number, last + 1'000'000) << i;
    }
}

TEST_F(Restored, DecidesTheSameAfterARestartAndSkipsOnce) {
    ASSERT_TRUE(gateway->set_households({home("h1")}, true));
    (void)goes_on_from(MemoryJournal{journal}, 24h);
    const std::uint64_t now = *gateway->engine().decisions(HouseholdId{"h1"});
    const std::string state = gateway->engine().snapshot(HouseholdId{"h1"});
    restart();
    EXPECT_EQ(*gateway->engine().decisions(HouseholdId{"h1"}), now);
    EXPECT_EQ(gateway->engine().snapshot(HouseholdId{"h1"}), state);
}

TEST_F(Restored, AnEmptyStoreHasNothingToSkip) {
    journal.new_epoch = true;
    restart();
    EXPECT_TRUE(journal.inputs.empty());
}

}  // namespace
}  // namespace anju::test
