// Has life returned to a home that stood empty?
#include "core/detect/settling.hpp"

#include "support.hpp"

namespace anju::test {

using detect::Settling;

TEST(Settling, IsOverAfterSomeHoursOfLife) {
    Settling settling;
    EXPECT_FALSE(settling.unsettled());
    settling.came_back_after(20h);
    for (Instant at = morning; at < morning + 3h; at += 15min) {
        settling.sign(at);
        EXPECT_TRUE(settling.unsettled());
    }
    settling.sign(morning + 3h);
    EXPECT_FALSE(settling.unsettled());
}

TEST(Settling, IsNotEndedByAVisitOrATimer) {
    Settling settling;
    settling.came_back_after(48h);
    for (int minute = 0; minute < 25; ++minute) settling.sign(morning + minute * 1min);
    EXPECT_TRUE(settling.unsettled()) << "somebody watered the flowers";
    for (int day = 1; day < 10; ++day) settling.sign(morning + day * 24h);
    EXPECT_TRUE(settling.unsettled()) << "a timer";
}

TEST(Settling, DoesNotBeginWithAnOrdinaryOuting) {
    Settling settling;
    settling.came_back_after(15h);
    EXPECT_FALSE(settling.unsettled());
    settling.came_back_after(16h);
    EXPECT_TRUE(settling.unsettled());
}

TEST(Settling, CountsAnewAfterALongPause) {
    Settling settling;
    settling.came_back_after(48h);
    for (int i = 0; i < 7; ++i) settling.sign(morning + i * 15min);
    const Instant next = morning + 20h;
    for (int i = 0; i < 7; ++i) settling.sign(next + i * 15min);
    EXPECT_TRUE(settling.unsettled()) << "seven of each day";
    settling.sign(next + 3h);
    EXPECT_FALSE(settling.unsettled());
}

TEST(Settling, IsNotMisledByWordsThatComeLate) {
    Settling settling;
    settling.came_back_after(48h);
    settling.sign(morning + 1h);
    for (int i = 0; i < 20; ++i) settling.sign(morning - 3h + i * 1min);
    EXPECT_TRUE(settling.unsettled());
}

}  // namespace anju::test
