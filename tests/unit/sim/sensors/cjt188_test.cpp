// What a simulated CJ/T 188 meter means is what the drivers read, whichever network carries it.
#include <gtest/gtest.h>

#include "drivers/state.hpp"
#include "firmware-sim/sensors/cjt188_frame.hpp"
#include "firmware-sim/sensors/envelopes.hpp"
#include "unit/drivers/support.hpp"

namespace anju::sim {
namespace {

using drivers::testing::brief;
using drivers::testing::decode_one;

const Instant noon = from_unix_ms(1'772'424'000'123);

Cjt188Answer answer() {
    return {.number = 20260300012345, .total_ml = 123'450'000, .clock = noon};
}

std::string text_of(const Octets& bytes) {
    return {bytes.begin(), bytes.end()};
}

LoraUplink uplink() {
    return {.f_cnt = 7, .time = noon, .rssi_dbm = {-112, -101}, .data = frame_of(answer())};
}

const LoraSender lora{"70b3d5e75e00a1b2", "kitchen"};
const CtwingSender ctwing{"860374050000001", "40edca19b012"};

TEST(Cjt188Frame, IsReadWithItsNumberItsRegisterAndItsBattery) {
    for (const bool order : {false, true}) {
        drivers::DriverState state;
        auto meant = answer();
        meant.order_of_2018 = order;
        const auto read = decode_one(state, "cjt188/bus", text_of(frame_of(meant)));
        EXPECT_EQ(read.address, "20260300012345");
        EXPECT_EQ(brief(read.readings), "water_total_ml=123450000 battery_low=0");
    }
}

TEST(Cjt188Frame, CountsInTheUnitThatTheMeterHas) {
    for (const std::int64_t step : {1'000, 10'000, 100'000, 1'000'000}) {
        drivers::DriverState state;
        auto meant = answer();
        meant.step_ml = step;
        meant.total_ml = 34'567'890;
        const auto read = decode_one(state, "cjt188/bus", text_of(frame_of(meant)));
        ASSERT_FALSE(read.readings.empty());
        EXPECT_EQ(read.readings[0].value, 34'567'890 / step * step) << step;
    }
}

TEST(Cjt188Frame, BeginsAtZeroBehindEightNines) {
    drivers::DriverState state;
    auto meant = answer();
    meant.step_ml = 1'000;
    meant.total_ml = cjt188_wrap_ml(1'000) + 5'000;
    EXPECT_EQ(brief(decode_one(state, "cjt188/bus", text_of(frame_of(meant))).readings),
              "water_total_ml=5000 battery_low=0");
}

TEST(Cjt188Frame, SaysALowBatteryAndKeepsTheMakersBitsToItself) {
    drivers::DriverState state;
    auto meant = answer();
    meant.status = cjt188_status::battery_low | cjt188_status::burst | cjt188_status::frozen;
    const auto read = decode_one(state, "cjt188/bus", text_of(frame_of(meant)));
    EXPECT_EQ(brief(read.readings), "water_total_ml=123450000 battery_low=1");
    EXPECT_TRUE(read.problems.empty());
}

TEST(Envelopes, OfLorawanTellTimeStrengthAndFrame) {
    drivers::DriverState state;
    const auto message = publication_of(lora, uplink());
    const auto read = decode_one(state, message.topic, message.payload);
    EXPECT_EQ(read.address, lora.dev_eui);
    EXPECT_EQ(read.alias, "kitchen");
    EXPECT_EQ(read.rssi_dbm, -101) << "of the better gateway";
    EXPECT_EQ(brief(read.readings), "water_total_ml=123450000 battery_low=0");
    EXPECT_EQ(read.readings[0].event_time, noon);
}

TEST(Envelopes, OfOneLorawanFrameHaveOneNameAndOfTwoFramesTwo) {
    drivers::DriverState state;
    const auto name = [&](const LoraUplink& up) {
        const auto message = publication_of(lora, up);
        return decode_one(state, message.topic, message.payload).message_id;
    };
    auto next = uplink();
    next.f_cnt = 8;
    EXPECT_EQ(name(uplink()), name(uplink()));
    EXPECT_NE(name(uplink()), name(next));
    EXPECT_EQ(name(uplink()).size(), 36U);
}

TEST(Envelopes, OfAJoinHoldNoReadingAndThoseOfAStatusTheBattery) {
    drivers::DriverState state;
    const auto joined = join_of(lora, noon);
    const auto nothing = drivers::testing::decode(state, joined.topic, joined.payload);
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->empty());
    const auto status = status_of(lora, noon, 74, 9);
    EXPECT_EQ(brief(decode_one(state, status.topic, status.payload).readings), "battery_pct=74");
}

TEST(Envelopes, OfCtwingTellDeviceTimeAndRegister) {
    drivers::DriverState state;
    const auto message = data_report(ctwing, noon, frame_of(answer()));
    const auto read = decode_one(state, message.topic, message.payload);
    EXPECT_EQ(read.address, ctwing.imei);
    EXPECT_EQ(read.alias, ctwing.device_id);
    EXPECT_EQ(brief(read.readings), "water_total_ml=123450000 battery_low=0");
    EXPECT_EQ(read.readings[0].event_time, noon);
    EXPECT_EQ(read.message_id, decode_one(state, message.topic, message.payload).message_id);
    const auto later = data_report(ctwing, noon + std::chrono::hours{24}, frame_of(answer()));
    EXPECT_NE(read.message_id, decode_one(state, later.topic, later.payload).message_id);
}

TEST(Envelopes, OfCtwingTellWhenADeviceIsGone) {
    drivers::DriverState state;
    for (const bool online : {true, false}) {
        const auto message = online_report(ctwing, noon, online);
        EXPECT_EQ(brief(decode_one(state, message.topic, message.payload).readings),
                  online ? "online=1" : "online=0");
    }
}

}  // namespace
}  // namespace anju::sim
