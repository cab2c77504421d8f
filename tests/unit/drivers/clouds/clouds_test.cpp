// What golden vectors cannot say: identity of messages, signal, bounds.
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

constexpr std::string_view up = "application/a/device/70b3d5e75e00a1b2/event/up";
constexpr std::string_view frame =
    "6810670517240000008116901F01000300002C000300002C0000000000000000FFC316";

std::string ctwing_push(std::string_view timestamp, std::string_view data) {
    return R"({"timestamp":)" + std::string(timestamp) +
           R"(,"productId":"1","messageType":"dataReport","deviceId":"d","payload":)" +
           R"({"serviceId":"s","serviceData":{"f":")" + std::string(data) + "\"}}}";
}

TEST(ChirpStack, TellsIdentitySignalAndModelOfAMessage) {
    DriverState state;
    const Decoded decoded =
        decode_one(state, up,
                   R"({"deduplicationId":"3ac7e3c4","deviceInfo":{"devEui":"70b3d5e75e00a1b2",)"
                   R"("deviceName":"kitchen","deviceProfileName":"DTU"},"rxInfo":[{"rssi":-112},)"
                   R"({"rssi":-101},{"rssi":-120},{"rssi":"loud"}]})");
    EXPECT_EQ(decoded.message_id, "3ac7e3c4");
    EXPECT_EQ(decoded.rssi_dbm, -101);
    EXPECT_EQ(decoded.model, "DTU");
    EXPECT_EQ(brief(decoded.readings), "alive=1");
}

TEST(ChirpStack, NamesTheDeviceOfWhichNothingIsKnown) {
    DriverState state;
    const auto result = decode(state, up,
                               R"({"deviceInfo":{"devEui":"70b3d5e75e00a1b2","deviceName":"k",)"
                               R"("deviceProfileName":"EM300"},"data":"AQIDBA==","fPort":85})");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "profile_missing");
    EXPECT_EQ(result.error().address, "70b3d5e75e00a1b2");
    EXPECT_EQ(result.error().alias, "k");
    EXPECT_EQ(result.error().model, "EM300");
}

TEST(ChirpStack, TakesAsManyGatewaysAsHearADevice) {
    std::string payload = R"({"deviceInfo":{"devEui":"70b3d5e75e00a1b2"},"rxInfo":[)";
    for (int i = 0; i < 40; ++i) payload += std::string(500, ' ') + R"({"rssi":-90},)";
    payload += R"({"rssi":-80}]})";
    DriverState state;
    EXPECT_EQ(decode_one(state, up, payload).rssi_dbm, -80);
}

TEST(CtWing, NamesAMessageByTimeAndContent) {
    DriverState state;
    const auto id = [&](std::string_view timestamp, std::string_view data) {
        return decode_one(state, "cloud/ctwing", ctwing_push(timestamp, data)).message_id;
    };
    const std::string longer = std::string(frame) + "00";
    EXPECT_EQ(id("1772324062842", frame), id("1772324062842", frame)) << "a push that is repeated";
    EXPECT_NE(id("1772324062842", frame), id("1772324062843", frame));
    EXPECT_NE(id("1772324062842", frame), id("1772324062842", longer));
    EXPECT_EQ(id("0", frame), "") << "content alone is no identity";
}

TEST(OneNet, KeepsTheNewestOfMorePointsThanAMessageMayHold) {
    std::string points;
    for (int i = 0; i < 100; ++i) {
        points += (i == 0 ? "" : ",") + std::string(R"({"type":2,"dev_id":5,"status":1,"at":)") +
                  std::to_string(1'772'324'062'000 + (99 - i) * 1000) + "}";
    }
    DriverState state;
    const Decoded decoded = decode_one(state, "cloud/onenet", R"({"msg":[)" + points + "]}");
    ASSERT_EQ(decoded.readings.size(), 64U);
    EXPECT_EQ(to_unix_ms(decoded.readings.front().event_time), 1'772'324'062'000 + 36'000);
    EXPECT_EQ(to_unix_ms(decoded.readings.back().event_time), 1'772'324'062'000 + 99'000);
    ASSERT_EQ(decoded.problems.size(), 1U);
    EXPECT_EQ(decoded.problems[0].code, "too_many");
}

TEST(OneNet, BoundsTheDevicesOfOneMessage) {
    std::string points;
    for (int i = 0; i < 200; ++i) {
        points += (i == 0 ? "" : ",") + std::string(R"({"type":2,"status":1,"dev_id":)") +
                  std::to_string(1000 + i) + "}";
    }
    DriverState state;
    const auto result = decode(state, "cloud/onenet", R"({"msg":[)" + points + "]}");
    ASSERT_TRUE(result);
    EXPECT_EQ(result->size(), 64U);
    ASSERT_EQ(result->back().problems.size(), 1U);
    EXPECT_EQ(result->back().problems[0].code, "too_many");
}

TEST(OneNet, ReadsPropertiesOfOneTimeTogether) {
    DriverState state;
    const Decoded decoded = decode_one(
        state, "cloud/onenet",
        R"({"notifyType":"property","productId":"p","deviceName":"m","data":{"params":{)"
        R"("f":[{"value":")" +
            std::string(frame) + R"(","time":1772324062000},{"value":")" + std::string(frame) +
            R"(","time":1772324063000}],"level":{"value":3,"time":1772324062000}}}})");
    EXPECT_EQ(brief(decoded.readings),
              "water_total_ml=3000000 battery_low=0 water_total_ml=3000000 battery_low=0");
    EXPECT_TRUE(decoded.problems.empty());
}

TEST(HuaweiIotda, TakesTheNodeForTheAddressAndTheProductForTheModel) {
    DriverState state;
    const auto result = decode(state, "$oc/devices/5e1b_860374050000001/sys/properties/report",
                               R"({"services":[{"service_id":"s","properties":{"level":3}}]})");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "profile_missing");
    EXPECT_EQ(result.error().address, "860374050000001");
    EXPECT_EQ(result.error().alias, "5e1b_860374050000001");
    EXPECT_EQ(result.error().model, "5e1b");
}

/// A register of meter 00002417050067, in hundredths of a m³ as written, and its sum.
constexpr std::string_view same_meter_later =
    "6810670517240000008116901F01000400002C000300002C0000000000000000FFC416";
constexpr std::string_view other_meter =
    "6810680517240000008116901F01000300002C000300002C0000000000000000FFC416";

std::string two_fields(std::string_view one, std::string_view other) {
    return R"({"timestamp":1772324062842,"messageType":"dataReport","deviceId":"d","payload":)"
           R"({"serviceId":"s","serviceData":{"a":")" +
           std::string(one) + R"(","b":")" + std::string(other) + "\"}}}";
}

TEST(CloudReport, RefusesSeveralMetersInTheFieldsOfOneDevice) {
    DriverState state;
    const auto code = [&](std::string_view one, std::string_view other) {
        const auto result = decode(state, "cloud/ctwing", two_fields(one, other));
        return result ? std::string("read") : result.error().code;
    };
    EXPECT_EQ(code(frame, frame), "read");
    EXPECT_EQ(code(frame, other_meter), "several_meters");
    EXPECT_EQ(code(frame, same_meter_later), "several_meters") << "two totals at one time";
}

TEST(CloudReport, TakesWhatOneMeterHadKept) {
    const auto point = [](std::string_view time, std::string_view bytes) {
        return R"({"type":1,"dev_id":"5","ds_id":"s","at":)" + std::string(time) + R"(,"value":")" +
               std::string(bytes) + "\"}";
    };
    DriverState state;
    const Decoded decoded = decode_one(state, "cloud/onenet",
                                       R"({"msg":[)" + point("1772324062842", frame) + "," +
                                           point("1772410462842", same_meter_later) + "]}");
    EXPECT_TRUE(decoded.problems.empty());
    EXPECT_EQ(std::ranges::count(decoded.readings, ReadingKind::water_total_ml, &Reading::kind), 2);
    const auto mixed = decode(state, "cloud/onenet",
                              R"({"msg":[)" + point("1772324062842", frame) + "," +
                                  point("1772410462842", other_meter) + "]}");
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, "several_meters");
}

}  // namespace
}  // namespace anju::drivers::testing
