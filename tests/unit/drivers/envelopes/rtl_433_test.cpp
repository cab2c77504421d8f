#include <gtest/gtest.h>

#include "core/model/instant.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

std::int64_t time_of(std::string_view time) {
    DriverState state;
    const auto said =
        decode_one(state, "rtl_433/gw1/events",
                   R"({"model":"Honeywell-Security","id":1,"contact_open":0,"time":)" +
                       std::string(time) + "}");
    return to_unix_ms(said.readings.at(0).event_time);
}

TEST(Rtl433, TakesOnlyATimeThatCanBePlaced) {
    EXPECT_EQ(time_of(R"("2026-03-01 08:14:22")"), 0) << "local, nobody knows where";
    EXPECT_EQ(time_of(R"("2026-03-01T00:14:22Z")"), 1772324062000);
    EXPECT_EQ(time_of(R"("2026-03-01 08:14:22+0800")"), 1772324062000);
    EXPECT_EQ(time_of(R"("1772324062")"), 1772324062000);
    EXPECT_EQ(time_of(R"("1772324062.250")"), 1772324062250);
    EXPECT_EQ(time_of(R"("@0.250s")"), 0) << "seconds of a recording";
    EXPECT_EQ(time_of("null"), 0);
}

TEST(Rtl433, TakesNoSignalForDecibelsOfAMilliwatt) {
    DriverState state;
    const auto said = decode_one(
        state, "rtl_433/gw1/events",
        R"({"model":"Honeywell-Security","id":1,"contact_open":0,"rssi":-0.1,"snr":20.5})");
    EXPECT_FALSE(said.rssi_dbm);
    EXPECT_EQ(said.model, "Honeywell-Security");
}

TEST(Rtl433, NamesADeviceByModelIdAndChannel) {
    DriverState state;
    const auto address = [&](std::string_view rest) {
        return decode_one(state, "rtl_433/gw1/events",
                          R"({"model":"M","contact_open":1)" + std::string(rest) + "}")
            .address;
    };
    EXPECT_EQ(address(""), "M");
    EXPECT_EQ(address(R"(,"id":"0a1b","channel":"A")"), "M-0a1b-A");
    EXPECT_EQ(address(R"(,"id":4294967295)"), "M-4294967295");
}

TEST(Rtl433, RefusesANameThatNoDeviceHas) {
    DriverState state;
    const auto result = decode(state, "rtl_433/gw1/events",
                               R"({"model":"M","id":")" + std::string(65, 'x') + R"("})");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "name_too_long");
}

constexpr std::string_view water =
    R"({"time":"2026-03-01T00:14:22Z","model":"Wireless-MBus","id":1,"M":"ABC","data":)"
    R"("1844AE4C4455223368077A55000000041389E20100023B0000"})";

TEST(Rtl433, HandsATelegramToTheMeterItself) {
    DriverState state;
    const auto said = decode_one(state, "rtl_433/gw1/events", water);
    EXPECT_EQ(said.address, "SEN-33225544") << "by its bytes, whatever the receiver calls it";
    EXPECT_EQ(said.driver, "wmbus");
    EXPECT_NE(brief(said.readings).find("water_total_ml=123529000"), std::string::npos);
    EXPECT_EQ(to_unix_ms(said.readings.at(0).event_time), 1772324062000);
}

TEST(Rtl433, MarksATelegramThatTheBrokerKept) {
    DriverState state;
    for (const Reading& reading : decode_one(state, "rtl_433/gw1/events", water, true).readings) {
        EXPECT_TRUE(is_retained(reading));
        EXPECT_NE(reading.kind, ReadingKind::alive);
    }
}

TEST(Rtl433, PointsAtTheByteOfTheMessageWhereATelegramBreaks) {
    DriverState state;
    const std::string cut = R"({"model":"Wireless-MBus","data":"1844AE4C44"})";
    const auto result = decode(state, "rtl_433/gw1/events", cut);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().driver, "wmbus");
    EXPECT_GE(result.error().at, cut.find("1844"));
    EXPECT_LE(result.error().at, cut.size());
}

}  // namespace
}  // namespace anju::drivers::testing
