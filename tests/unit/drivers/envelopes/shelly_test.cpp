#include <gtest/gtest.h>

#include "drivers/shelly/shelly.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

std::string status(std::string_view params, std::string_view method = "NotifyStatus") {
    return R"({"src":"s","method":")" + std::string(method) + R"(","params":{"ts":1772324062,)" +
           std::string(params) + "}}";
}

TEST(Shelly, SaysNothingOfWhatAStatusLeavesOut) {
    DriverState state;
    const auto said =
        decode_one(state, "s/events/rpc", status(R"("flood:0":{"id":0,"mute":true})"));
    EXPECT_EQ(brief(said.readings), "alive=1");
}

TEST(Shelly, TakesMissingErrorsForNoneOnlyInAWholeStatus) {
    DriverState state;
    const std::string flood = R"("flood:0":{"id":0,"alarm":false})";
    EXPECT_EQ(brief(decode_one(state, "s/events/rpc", status(flood)).readings), "water_leak=0");
    EXPECT_EQ(brief(decode_one(state, "s/events/rpc", status(flood, "NotifyFullStatus")).readings),
              "water_leak=0 fault=0");
}

TEST(Shelly, NeverLetsOneProbeCallOffTheOthersAlarm) {
    DriverState state;
    const auto result =
        decode(state, "s/events/rpc",
               status(R"("flood:0":{"id":0,"alarm":true},"flood:1":{"id":1,"alarm":false})"));
    ASSERT_TRUE(result);
    ASSERT_EQ(result->size(), 2U);
    EXPECT_EQ(result->at(0).address + " " + brief(result->at(0).readings), "s water_leak=1");
    EXPECT_EQ(result->at(1).address + " " + brief(result->at(1).readings),
              "s/flood:1 water_leak=0");
}

TEST(Shelly, CountsWhoIsThere) {
    DriverState state;
    const auto said =
        decode_one(state, "s/events/rpc", status(R"("presence:0":{"id":0,"num_objects":2})"));
    EXPECT_EQ(brief(said.readings), "motion=1");
}

TEST(Shelly, HearsTheSignalOfTheDevice) {
    DriverState state;
    EXPECT_EQ(decode_one(state, "s/status/wifi", R"({"sta_ip":"10.0.0.2","rssi":-61})").rssi_dbm,
              -61);
}

TEST(Shelly, TakesAPrefixOfSeveralLevels) {
    DriverState state;
    const auto result = shelly::decode(
        {.topic = "home/kitchen/status/smoke:0", .payload = R"({"id":0,"alarm":true})"}, state);
    ASSERT_TRUE(result);
    ASSERT_EQ(result->size(), 1U);
    EXPECT_EQ(result->front().address, "home/kitchen");
}

TEST(Shelly, RefusesATopicThatIsNoShellys) {
    DriverState state;
    for (const char* topic : {"s/rpc", "/online", "status/", "s/status/", "s/status/a/b"}) {
        const auto result = shelly::decode({.topic = topic, .payload = "{}"}, state);
        ASSERT_FALSE(result) << topic;
        EXPECT_EQ(result.error().code, "topic_malformed") << topic;
    }
}

TEST(Shelly, ReadsNoMoreDevicesOfOneMessageThanAGatewayHas) {
    std::string many;
    for (int i = 200; i < 400; ++i) {
        many += (many.empty() ? "" : ",") + std::string("\"bthomedevice:") + std::to_string(i) +
                R"(":{"battery":50})";
    }
    DriverState state;
    const auto result = decode(state, "s/events/rpc", status(many));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->size(), 64U);
}

}  // namespace
}  // namespace anju::drivers::testing
