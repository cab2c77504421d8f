#include "store/lane_book.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace anju::store {
namespace {

TEST(LaneBook, CountsWhatTheDistrictHasNotAcknowledged) {
    LaneBook book;
    for (std::uint64_t seq = 1; seq <= 5; ++seq) book.append(seq);
    book.acknowledge(2, {4});
    EXPECT_EQ(book.state().head, 5U);
    EXPECT_EQ(book.state().first_unacked, 3U);
    EXPECT_EQ(book.state().unacknowledged, 2U);
    book.acknowledge(0, {3});
    EXPECT_EQ(book.through(), 4U);
    EXPECT_TRUE(book.ranges().empty());
    book.acknowledge(5, {});
    EXPECT_EQ(book.state().first_unacked, 0U);
}

TEST(LaneBook, IgnoresNumbersThatWereNeverGivenOut) {
    LaneBook book;
    book.append(1);
    book.acknowledge(900, {17, 0});
    EXPECT_EQ(book.through(), 1U);
    book.append(2);
    EXPECT_EQ(book.state().unacknowledged, 1U);
}

TEST(LaneBook, AgreesWithASetOverRandomAcknowledgements) {
    std::mt19937_64 chance(3);
    LaneBook book;
    std::set<std::uint64_t> open;
    std::uint64_t head = 0;
    for (int step = 0; step < 5'000; ++step) {
        if (chance() % 2 == 0) {
            book.append(++head);
            open.insert(head);
        } else if (head > 0) {
            const std::uint64_t seq = 1 + chance() % head;
            if (chance() % 8 == 0) {
                book.acknowledge(seq / 2, {seq});
                open.erase(open.begin(), open.upper_bound(seq / 2));
            } else {
                book.acknowledge(0, {seq});
            }
            open.erase(seq);
        }
        ASSERT_EQ(book.state().unacknowledged, open.size());
        ASSERT_EQ(book.state().first_unacked, open.empty() ? 0 : *open.begin());
        const std::uint64_t probe = 1 + chance() % (head + 1);
        if (probe <= head) {
            ASSERT_EQ(book.acknowledged(probe), !open.contains(probe));
        }
        ASSERT_EQ(book, LaneBook(head, book.through(), book.ranges()));
    }
}

}  // namespace
}  // namespace anju::store
