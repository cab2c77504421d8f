// The load generator keeps the sensor contract for every one of its devices.
#include "firmware-sim/load_tracker.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/directory.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1000s};

LoadTracker make_tracker(std::size_t window = 64) {
    return LoadTracker{{.devices = 20, .per_home = 5, .boot_id = 3, .window = window}};
}

TEST(LoadTracker, StopsAtTheWindowAndGoesOnAfterAnAckInAnyOrder) {
    auto tracker = make_tracker(3);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(tracker.make(1, Topic::data, 0, start));
    EXPECT_FALSE(tracker.make(1, Topic::data, 0, start));
    EXPECT_TRUE(tracker.make(2, Topic::data, 0, start)) << "another device has its own window";
    ASSERT_TRUE(tracker.settle(1, 2, false));
    EXPECT_FALSE(tracker.settle(1, 2, false)) << "settled twice";
    const auto next = tracker.make(1, Topic::data, 0, start);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->seq, 4U);
    EXPECT_EQ(tracker.unacknowledged(), 4U);
}

TEST(LoadTracker, RepeatsTheSameBytesUntilSettled) {
    auto tracker = make_tracker();
    const auto first = tracker.make(1, Topic::data, 1234, start);
    EXPECT_FALSE(tracker.repeat(start + 16s - 1ms));
    const auto second = tracker.repeat(start + 16s);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->bytes, first->bytes);
    EXPECT_FALSE(tracker.repeat(start + 48s - 1ms));
    EXPECT_TRUE(tracker.repeat(start + 48s));
    ASSERT_TRUE(tracker.settle(1, 1, false));
    EXPECT_FALSE(tracker.repeat(start + 24h));
    const auto alarm = tracker.make(1, Topic::alarm, 1234, start + 24h);
    ASSERT_TRUE(alarm);
    EXPECT_FALSE(tracker.repeat(start + 24h + 2s - 1ms));
    EXPECT_TRUE(tracker.repeat(start + 24h + 2s)) << "an alarm waits for nothing";
    ASSERT_TRUE(tracker.settle(1, alarm->seq, false));
    EXPECT_EQ(tracker.unacknowledged(), 0U);
}

TEST(LoadTracker, NamesItsDevicesAsTheDirectoryDoes) {
    const auto tracker = make_tracker();
    const auto homes = load_homes(20, 5);
    ASSERT_EQ(homes.size(), 4U);
    std::size_t index = 0;
    for (const auto& home : homes) {
        EXPECT_EQ(home.devices.front().device.kind, SensorKind::smoke);
        for (const auto& device : home.devices) {
            EXPECT_EQ(LoadTracker::device_id(index), device.device.id.value);
            EXPECT_EQ(tracker.device_of(device.device.id.value), index);
            ++index;
        }
    }
    EXPECT_FALSE(tracker.device_of("load-000020")) << "beyond the last device";
    EXPECT_FALSE(tracker.device_of("load-00000x"));
}

}  // namespace
}  // namespace anju::sim
