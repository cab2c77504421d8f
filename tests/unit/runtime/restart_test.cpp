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

}  // namespace
}  // namespace anju::test
