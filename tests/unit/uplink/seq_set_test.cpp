#include "uplink/seq_set.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace anju::uplink {

TEST(SeqSet, NeighboursBecomeOneRange) {
    SeqSet set;
    set.add({3, 4});
    set.add({7, 7});
    EXPECT_EQ(set.ranges(), 2U);
    set.add({5, 6});
    EXPECT_EQ(set.ranges(), 1U);
    EXPECT_EQ(set.front(), (SeqRange{3, 7}));
    EXPECT_EQ(set.count(), 5U);
    EXPECT_EQ(set.next_absent(3), 8U);
    EXPECT_EQ(set.next_absent(2), 2U);
    EXPECT_EQ(set.next_present(1), 3U);
    EXPECT_EQ(set.next_present(8), std::nullopt);
    set.remove_through(5);
    EXPECT_EQ(set.front(), (SeqRange{6, 7}));
}

TEST(SeqSet, BehavesLikeASetOfNumbers) {
    std::mt19937 random(4711);
    for (int round = 0; round < 200; ++round) {
        SeqSet set;
        std::set<std::uint64_t> model;
        for (int step = 0; step < 40; ++step) {
            const std::uint64_t first = 1 + random() % 60;
            const std::uint64_t last = first + random() % 8;
            if (random() % 5 != 0) {
                set.add({first, last});
                for (auto seq = first; seq <= last; ++seq) model.insert(seq);
            } else {
                set.remove_through(first / 4);
                model.erase(model.begin(), model.upper_bound(first / 4));
            }
            ASSERT_EQ(set.count(), model.size());
            for (std::uint64_t seq = 1; seq < 70; ++seq) {
                ASSERT_EQ(set.contains(seq), model.count(seq) == 1) << seq;
                const auto present = model.lower_bound(seq);
                ASSERT_EQ(set.next_present(seq), present == model.end()
                                                     ? std::nullopt
                                                     : std::optional<std::uint64_t>(*present));
            }
        }
    }
}

}  // namespace anju::uplink
