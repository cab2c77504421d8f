#include "support.hpp"

namespace anju::test {

template <class Enum, class Parse>
void every_name_is_read_back(unsigned count, Parse parse) {
    for (unsigned number = 1; number <= count; ++number) {
        const auto value = static_cast<Enum>(number);
        ASSERT_FALSE(name(value).empty()) << number;
        EXPECT_EQ(parse(name(value)), value) << name(value);
    }
    EXPECT_TRUE(name(static_cast<Enum>(count + 1)).empty());
    EXPECT_FALSE(parse("Smoke ")) << "only exact spellings are read";
    EXPECT_FALSE(parse(""));
}

TEST(Names, AreReadBackAsWritten) {
    every_name_is_read_back<SensorKind>(8, parse_sensor_kind);
    every_name_is_read_back<ResidentStatus>(7, parse_resident_status);
    every_name_is_read_back<Preset>(4, parse_preset);
    every_name_is_read_back<AlertKind>(23, parse_alert_kind);
    every_name_is_read_back<AlertState>(11, parse_alert_state);
    every_name_is_read_back<ClosingReason>(9, parse_closing_reason);
    EXPECT_EQ(parse_closing_reason("none"), ClosingReason::none);
}

TEST(Names, StandAtTheirNumbers) {
    EXPECT_EQ(name(AlertKind::test), "test");
    EXPECT_EQ(name(AlertKind::channel_failed), "channel_failed");
    EXPECT_EQ(name(AlertKind::door_open_long), "door_open_long");
    EXPECT_EQ(name(AlertState::closed), "closed");
    EXPECT_EQ(name(ReadingKind::battery_mv), "battery_mv");
    EXPECT_EQ(name(ReadingKind::carbon_monoxide), "carbon_monoxide");
    EXPECT_EQ(name(ReadingKind::fault), "fault");
    EXPECT_TRUE(name(static_cast<ReadingKind>(22)).empty());
    EXPECT_EQ(name(Preset::h24_8l), "24h-8L");
    EXPECT_EQ(name(EvidenceUnit::percent), "%");
    EXPECT_EQ(name(EvidenceUnit::time_of_day), "ms_of_day");
    EXPECT_EQ(name(EvidenceUnit::thousandths), "thousandths");
    EXPECT_EQ(name(Priority::p1), "P1");
    EXPECT_EQ(name(ClosingReason::unknown), "unknown");
    EXPECT_THAT(preset_names(), ElementsAre("SH-12", "24h-10L", "24h-8L", "door-24h"));
    EXPECT_EQ(closing_reason_names().front(), "true_emergency");
    EXPECT_EQ(sensor_kind_names().size(), 8U);
    EXPECT_EQ(resident_status_names().back(), "deceased");
}

TEST(Priority, FollowsTheLadder) {
    EXPECT_EQ(priority_of(AlertKind::smoke), Priority::p1);
    EXPECT_EQ(priority_of(AlertKind::sos), Priority::p1);
    EXPECT_EQ(priority_of(AlertKind::water_low), Priority::p2);
    EXPECT_EQ(priority_of(AlertKind::not_returned), Priority::p2);
    EXPECT_EQ(priority_of(AlertKind::flood), Priority::p3);
    EXPECT_EQ(priority_of(AlertKind::channel_failed), Priority::p3);
    EXPECT_EQ(priority_of(AlertKind::area_outage), Priority::p4);
    EXPECT_EQ(priority_of(AlertKind::test), Priority::p4);
}

TEST(AlertState, IsOpenUntilSomebodyHasResolvedIt) {
    EXPECT_TRUE(is_open(AlertState::suspected));
    EXPECT_TRUE(is_open(AlertState::on_site));
    EXPECT_FALSE(is_open(AlertState::resolved));
    EXPECT_FALSE(is_open(AlertState::cancelled));
}

TEST(StaleAfter, IsOneSampleAndOneAndAHalfDeliveriesAndAtLeastHalfAnHour) {
    EXPECT_EQ(stale_after(device(meter, SensorKind::water_meter, 1h)), 150min);
    EXPECT_EQ(stale_after(device(meter, SensorKind::water_meter, 16s)), 30min);
    Device daily = device(meter, SensorKind::water_meter, 1h);
    daily.deliver_every = 24h;
    EXPECT_EQ(stale_after(daily), 37h);
}

TEST(StaleAfter, TakesTheUsualRhythmWhereNoneIsGiven) {
    EXPECT_EQ(stale_after(device(door, SensorKind::door, 0ms)), 25h);
    EXPECT_EQ(stale_after(device(meter, SensorKind::water_meter, 0ms)), 150min);
}

}  // namespace anju::test
