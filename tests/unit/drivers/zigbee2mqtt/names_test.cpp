// Names of properties alone: what they are about, and which polarity a text gives to a contact.
#include <gtest/gtest.h>

#include "drivers/zigbee2mqtt/meaning.hpp"
#include "drivers/zigbee2mqtt/words.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

using K = ReadingKind;

TEST(Names, OfStatesKeepTheirMeaningWithAPlaceOrANumber) {
    const std::pair<const char*, K> names[] = {
        {"smoke", K::smoke},
        {"smoke_2", K::smoke},
        {"smoke_alarm_state", K::smoke},
        {"gas_alarm_1", K::gas},
        {"co_alarm", K::carbon_monoxide},
        {"carbon_monoxide_l2", K::carbon_monoxide},
        {"water_leak_left", K::water_leak},
        {"zone_3_water_leak", K::water_leak},
        {"water_leak_alarm_2", K::water_leak},
        {"occupancy_pir", K::motion},
        {"zone_1_presence", K::motion},
        {"human_motion_state", K::motion},
        {"tamper_alarm", K::tamper},
        {"channel_10_battery_low", K::battery_low},
        {"low_battery_alarm", K::battery_low},
        {"vibration_detected", K::vibration},
        {"sos_state", K::sos},
        {"sensor_fault", K::fault},
    };
    for (const auto& [name, kind] : names) {
        EXPECT_EQ(subject_of(name).topic, Topic::state) << name;
        EXPECT_EQ(subject_of(name).kind, kind) << name;
    }
}

TEST(Names, OfSettingsAndConcentrationsAreNoStates) {
    for (const char* name : {"motion_sensitivity",
                             "occupancy_timeout",
                             "presence_keep_time",
                             "no_occupancy_since",
                             "water_leak_buzzer",
                             "water_leak_alarm_control",
                             "smoke_alarm_silenced",
                             "smoke_density",
                             "gas_value",
                             "gas_density",
                             "low_gas",
                             "co2",
                             "co_ppm",
                             "vibration_count",
                             "vibration_sensitivity",
                             "fall_detection",
                             "tamper_detection",
                             "battery_type",
                             "battery_charging",
                             "moving",
                             "rainwater",
                             "water_warning",
                             "alarm_active",
                             "alarm_volume",
                             "self_test",
                             "motion_direction",
                             "fault_code",
                             "temperature_alarm",
                             "valve_volume",
                             "daily_consumption",
                             "month_consumption",
                             "irrigation_volume",
                             "real_time_irrigation_volume",
                             "window_detection",
                             "flow_state",
                             "contact_report",
                             ""}) {
        EXPECT_EQ(subject_of(name).topic, Topic::none) << name;
    }
}

TEST(Names, OfALeakAloneDoNotSayWhatLeaks) {
    for (const char* name : {"leak", "leakage_state", "leak_2"}) {
        EXPECT_EQ(subject_of(name).topic, Topic::leak) << name;
    }
    EXPECT_EQ(subject_of("water_leak").topic, Topic::state);
    EXPECT_EQ(subject_of("gas_leak").kind, K::gas);
}

TEST(Names, OfAContactWithoutConventionLeaveThePolarityOpen) {
    EXPECT_EQ(subject_of("contact").topic, Topic::contact);
    EXPECT_EQ(subject_of("contact_left").topic, Topic::contact);
    EXPECT_TRUE(subject_of("contact_alarm_1").alarm);
    for (const char* name : {"garage_door_contact", "contact_state", "door_contact", "door_state"})
        EXPECT_EQ(subject_of(name).topic, Topic::other_contact) << name;
}

TEST(Names, OfAnIasZonesAlarmsTellTheFirstFromTheSecond) {
    EXPECT_EQ(subject_of("alarm_1").topic, Topic::alarm);
    EXPECT_FALSE(subject_of("alarm_1").second);
    EXPECT_TRUE(subject_of("alarm_2").second);
    EXPECT_EQ(subject_of("alarm_3").topic, Topic::none);
}

TEST(Names, OfAnythingLongAreNotRead) {
    std::string name;
    for (int i = 0; i < 40; ++i) name += "smoke_";
    EXPECT_EQ(subject_of(name).topic, Topic::none);
}

TEST(TrueIsClosed, NeedsBothHalvesInAgreement) {
    EXPECT_EQ(true_is_closed("Indicates if the contact is closed (= true) or open (= false)"),
              true);
    EXPECT_EQ(true_is_closed("Indicates if it is open (=true) or closed (=false)"), false);
    EXPECT_EQ(true_is_closed("true: open, false: closed"), false);
    EXPECT_EQ(true_is_closed("false = open, true = closed"), true);
    for (const char* text :
         {"", "Indicates if the door is open", "true when closed",
          "open (= true) or closed (= true)", "open (= true), closed (= false), opened (= true)"}) {
        EXPECT_EQ(true_is_closed(text), std::nullopt) << text;
    }
}

TEST(Actions, CallForHelpByWordAndNotWhenTheyEndTheCall) {
    for (const char* call : {"emergency", "panic", "sos", "SOS", "emergency_1", "1_emergency",
                             "button_2_sos", "help"}) {
        EXPECT_TRUE(is_call_for_help(call)) << call;
    }
    for (const char* other :
         {"", "unlock", "sos_cancel", "emergency_off", "panic_release", "sosed", "disarm",
          "emergencyx", "emergency_unlock", "panic_disabled", "fire"}) {
        EXPECT_FALSE(is_call_for_help(other)) << other;
    }
}

TEST(Actions, SayThatAllIsWellByASecondFunction) {
    for (const char* well : {"double", "1_double", "button_2_double", "Double", "ok", "well"}) {
        EXPECT_TRUE(is_all_well(well)) << well;
        EXPECT_FALSE(is_call_for_help(well)) << well;
    }
    for (const char* other : {"", "single", "hold", "triple", "sos_double", "double_release",
                              "not_ok", "doubled", "emergency", "cancel"}) {
        EXPECT_FALSE(is_all_well(other)) << other;
    }
}

TEST(Supported, ListsEveryModelWhoseDescriptionIsCorrected) {
    const Driver* driver = find_driver_by_name("zigbee2mqtt");
    ASSERT_NE(driver, nullptr);
    const auto list = driver->supported();
    EXPECT_GE(list.size(), 12U);
    EXPECT_EQ(std::count_if(list.begin(), list.end(),
                            [](const SupportedDevice& one) { return one.model == "QT06_1"; }),
              1);
}

}  // namespace
}  // namespace anju::drivers::zigbee2mqtt
