#include "uplink/reconnect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace anju::uplink {

using namespace std::chrono_literals;

TEST(ReconnectSpread, TheFirstTryIsUniformOverTheWindow) {
    std::mt19937 engine(1);
    std::uniform_real_distribution<double> uniform(0, 1);
    const ReconnectSpread spread(
        {.spread = 30s}, [&] { return uniform(engine); }, [] { return false; });
    std::vector<int> perThreeSeconds(10);
    for (int box = 0; box < 20'000; ++box) {
        const auto delay = spread.delay(0);
        ASSERT_GE(delay, 0ms);
        ASSERT_LT(delay, 30s);
        ++perThreeSeconds[static_cast<std::size_t>(delay / 3s)];
    }
    EXPECT_GT(*std::min_element(perThreeSeconds.begin(), perThreeSeconds.end()), 1'800);
    EXPECT_LT(*std::max_element(perThreeSeconds.begin(), perThreeSeconds.end()), 2'200);
}

TEST(ReconnectSpread, LaterTriesGrowToSixtySecondsWithFullJitter) {
    double drawn = 0.5;
    const ReconnectSpread spread({}, [&] { return drawn; }, [] { return false; });
    EXPECT_EQ(spread.delay(1), 1s);
    EXPECT_EQ(spread.delay(2), 2s);
    EXPECT_EQ(spread.delay(5), 16s);
    EXPECT_EQ(spread.delay(6), 30s);
    EXPECT_EQ(spread.delay(4'000'000), 30s);
    drawn = 0;
    EXPECT_EQ(spread.delay(9), 0ms);
}

TEST(ReconnectSpread, ABoxWithAnAlarmKnocksAtOnceAndThenWithinFiveSeconds) {
    bool alarm = true;
    const ReconnectSpread spread({}, [] { return 0.5; }, [&] { return alarm; });
    EXPECT_EQ(spread.delay(0), 0ms);
    EXPECT_EQ(spread.delay(1), 1s);
    EXPECT_EQ(spread.delay(3), 2500ms);
    EXPECT_EQ(spread.delay(30), 2500ms);
    alarm = false;
    EXPECT_EQ(spread.delay(0), 15s);
    EXPECT_EQ(spread.delay(30), 30s);
}

}  // namespace anju::uplink
