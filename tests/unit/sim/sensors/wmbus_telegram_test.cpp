// What a simulated meter means is what the wmbus driver reads.
#include "firmware-sim/sensors/wmbus_telegram.hpp"

#include <gtest/gtest.h>

#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "unit/drivers/support.hpp"

namespace anju::sim {
namespace {

using drivers::testing::brief;
using drivers::testing::decode_one;

constexpr AesBlock key{0x51, 0x7f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

WmbusTelegram meter() {
    WmbusTelegram out;
    out.meter.number = 40123456;
    out.access = 0xA7;
    put_volume(out.records, 123'456'000, 1'000);
    put_flow(out.records, 37);
    put_battery(out.records, 3'600);
    return out;
}

std::string text_of(const WmbusTelegram& telegram, WmbusFrame form = WmbusFrame::bare) {
    return hex_of(frame_of(telegram, form));
}

void set_key(drivers::DriverState& state, const WmbusIdentity& identity) {
    drivers::DeviceSettings settings;
    settings.key = key;
    state.settings().set("wmbus", identity.address(), settings);
}

constexpr auto everything =
    "water_total_ml=123456000 water_flow_mlh=37000 battery_low=0 fault=0 battery_mv=3600";

TEST(WmbusTelegram, IsReadInEveryFormOfFrame) {
    for (const auto form : {WmbusFrame::bare, WmbusFrame::format_a, WmbusFrame::format_b}) {
        for (const auto header : {WmbusHeader::short_header, WmbusHeader::long_header}) {
            drivers::DriverState state;
            auto telegram = meter();
            telegram.header = header;
            const auto read = decode_one(state, "wmbus/raw", text_of(telegram, form));
            EXPECT_EQ(read.address, "DWZ-40123456");
            EXPECT_EQ(brief(read.readings), everything);
        }
    }
}

TEST(WmbusTelegram, IsOpenedWithTheMetersKeyInBothModes) {
    for (const auto security : {WmbusSecurity::mode_5, WmbusSecurity::mode_7}) {
        for (const auto form : {WmbusFrame::bare, WmbusFrame::format_a, WmbusFrame::format_b}) {
            drivers::DriverState state;
            auto telegram = meter();
            telegram.security = security;
            telegram.key = key;
            telegram.counter = 4711;
            set_key(state, telegram.meter);
            EXPECT_EQ(brief(decode_one(state, "wmbus/raw", text_of(telegram, form)).readings),
                      everything);
        }
    }
}

TEST(WmbusTelegram, SaysNothingWithoutItsKeyAndNothingWithAWrongOne) {
    for (const auto security : {WmbusSecurity::mode_5, WmbusSecurity::mode_7}) {
        drivers::DriverState state;
        auto telegram = meter();
        telegram.security = security;
        telegram.key = key;
        const auto without = drivers::testing::decode(state, "wmbus/raw", text_of(telegram));
        ASSERT_FALSE(without);
        EXPECT_EQ(without.error().code, "key_missing");
        EXPECT_EQ(without.error().address, "DWZ-40123456");

        set_key(state, telegram.meter);
        telegram.key[3] ^= 1U;
        const auto wrong = drivers::testing::decode(state, "wmbus/raw", text_of(telegram));
        ASSERT_FALSE(wrong);
        EXPECT_EQ(wrong.error().code,
                  security == WmbusSecurity::mode_5 ? "key_wrong" : "mac_wrong");
    }
}

TEST(WmbusTelegram, OfTheSameValueDiffersWithEveryAccessNumber) {
    auto telegram = meter();
    telegram.security = WmbusSecurity::mode_5;
    const auto first = text_of(telegram);
    EXPECT_EQ(first, text_of(telegram)) << "a repetition is the same frame";
    ++telegram.access;
    const auto second = text_of(telegram);
    EXPECT_NE(first.substr(30), second.substr(30)) << "the body is sealed with it";
}

TEST(WmbusTelegram, OfARadioModuleIsAboutTheMeterBehindIt) {
    for (const auto security :
         {WmbusSecurity::none, WmbusSecurity::mode_5, WmbusSecurity::mode_7}) {
        drivers::DriverState state;
        auto telegram = meter();
        telegram.sender = WmbusIdentity{"RAD", 77, 0x01, 0x37};
        telegram.security = security;
        telegram.key = key;
        set_key(state, telegram.meter);
        const auto read = decode_one(state, "wmbus/raw", text_of(telegram));
        EXPECT_EQ(read.address, "DWZ-40123456");
        EXPECT_EQ(brief(read.readings), everything);
    }
}

TEST(WmbusTelegram, CarriesTheStatusOfTheMeter) {
    drivers::DriverState state;
    auto telegram = meter();
    telegram.records.clear();
    put_volume(telegram.records, 5'000, 1'000);
    put_backward_volume(telegram.records, 2'000, 1'000);
    telegram.status = wmbus_status::power_low | wmbus_status::permanent_error | wmbus_status::leak;
    EXPECT_EQ(brief(decode_one(state, "wmbus/raw", text_of(telegram)).readings),
              "water_total_ml=5000 water_reverse_ml=2000 battery_low=1 fault=1");
}

TEST(WmbusTelegram, CountsInTheStepsOfItsRegister) {
    for (const std::int64_t step : {100, 1'000, 10'000}) {
        drivers::DriverState state;
        auto telegram = meter();
        telegram.records.clear();
        put_volume(telegram.records, 98'765'432, step);
        const auto read = decode_one(state, "wmbus/raw", text_of(telegram));
        ASSERT_FALSE(read.readings.empty());
        EXPECT_EQ(read.readings[0].value, 98'765'432 / step * step);
    }
}

TEST(WmbusTelegram, OfASmokeAlarmTellsSmokeFromATest) {
    drivers::DriverState state;
    WmbusTelegram alarm;
    alarm.meter = {"LAS", 12, 0x09, 0x1A};
    put_error_flags(alarm.records, 0x0004);
    EXPECT_EQ(brief(decode_one(state, "wmbus/raw", text_of(alarm)).readings),
              "smoke=1 battery_low=0 fault=0 tamper=0");
    alarm.records.clear();
    put_error_flags(alarm.records, 0x0008);
    const auto test = decode_one(state, "wmbus/raw", text_of(alarm));
    ASSERT_FALSE(test.readings.empty());
    EXPECT_EQ(test.readings[0].kind, ReadingKind::smoke);
    EXPECT_NE(test.readings[0].quality & quality::test, 0);
}

TEST(WmbusTelegram, OfADoorSaysOpenAndClosed) {
    for (const bool open : {true, false}) {
        drivers::DriverState state;
        WmbusTelegram door;
        door.meter = {"LAS", 13, 0x07, 0x1D};
        door.status = wmbus_status::tamper;
        put_contact(door.records, open);
        EXPECT_EQ(
            brief(decode_one(state, "wmbus/raw", text_of(door)).readings),
            std::string("contact_open=") + (open ? "1" : "0") + " battery_low=0 fault=0 tamper=1");
    }
}

TEST(WmbusTelegram, TravelsInTheReceiversJson) {
    drivers::DriverState state;
    const auto read = decode_one(state, "wmbus/raw", wmbus_json(frame_of(meter()), -71));
    EXPECT_EQ(read.rssi_dbm, -71);
    EXPECT_EQ(brief(read.readings), everything);
}

}  // namespace
}  // namespace anju::sim
