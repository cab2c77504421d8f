// What happens in a room and what a device says of it are not the same.
#include "firmware-sim/sensors/firmware.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "firmware-sim/sensors/water_register.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

const Instant noon = from_unix_ms(1'772'424'000'000);  // 2026-03-02, 12:00 in UTC+8

struct Device {
    Device(SensorKind kind, const Behaviour& behaviour, std::uint64_t seed = 1)
        : firmware(kind, behaviour, seed, noon) {}

    void sense(ReadingKind kind, std::int64_t value, Duration after) {
        firmware.advance(noon + after, said);
        firmware.sense({{kind, 0, value, noon + after}}, noon + after);
    }
    /// "1@0 0@90000": what was said of this kind by then, value and milliseconds since noon.
    std::string heard(ReadingKind kind, Duration until = 24h) {
        firmware.advance(noon + until, said);
        std::string out;
        for (const auto& message : said) {
            for (const auto& reading : message.readings) {
                if (reading.kind != kind) continue;
                if (!out.empty()) out += ' ';
                out += fmt::format("{}@{}", reading.value, (reading.event_time - noon).count());
            }
        }
        return out;
    }

    Firmware firmware;
    std::vector<Said> said;
};

TEST(Firmware, WithoutAnyBehaviourSaysWhatItSenses) {
    for (const auto kind :
         {SensorKind::water_meter, SensorKind::smoke, SensorKind::door, SensorKind::motion,
          SensorKind::gas, SensorKind::water_leak, SensorKind::sos, SensorKind::bed}) {
        Device device(kind, {});
        const auto level =
            kind == SensorKind::door ? ReadingKind::contact_open : ReadingKind::motion;
        device.sense(level, 1, 1s);
        device.sense(level, 0, 2s);
        EXPECT_EQ(device.heard(level), "1@1000 0@2000") << static_cast<int>(kind);
        for (const auto& message : device.said) EXPECT_EQ(message.copies, 1U);
        EXPECT_FALSE(device.firmware.next());
    }
}

TEST(Firmware, OfADoorThatBouncesEndsWithHowTheDoorStands) {
    Device door(SensorKind::door, {.bounce_per_mille = 1000});
    door.sense(ReadingKind::contact_open, 1, 0s);
    const auto heard = door.heard(ReadingKind::contact_open);
    ASSERT_EQ(door.said.size(), 3U) << heard;
    EXPECT_EQ(door.said[1].readings[0].value, 0);
    EXPECT_EQ(door.said[2].readings[0].value, 1);
    EXPECT_LT(door.said[2].readings[0].event_time, noon + 1s);
}

TEST(Firmware, OfADoorSaysAMissedClosingWithItsNextHeartbeat) {
    Device door(SensorKind::door, {.missed_close_per_mille = 1000});
    door.sense(ReadingKind::contact_open, 1, 0s);
    door.sense(ReadingKind::contact_open, 0, 10s);
    door.sense(ReadingKind::battery_pct, 90, 1h);
    EXPECT_EQ(door.heard(ReadingKind::contact_open), "1@0 0@3600000");
}

TEST(Firmware, OfAMotionSensorIsBlindAndClearsByItself) {
    Device motion(SensorKind::motion, find_firmware("rtcgq11lm", SensorKind::motion)->behaviour);
    motion.sense(ReadingKind::motion, 1, 0s);
    motion.sense(ReadingKind::motion, 1, 59s);  // not seen
    motion.sense(ReadingKind::motion, 0, 70s);  // not known
    EXPECT_EQ(motion.heard(ReadingKind::motion, 100s), "1@0 0@90000");
    motion.sense(ReadingKind::motion, 1, 200s);
    motion.sense(ReadingKind::motion, 1, 261s);
    EXPECT_EQ(motion.heard(ReadingKind::motion), "1@0 0@90000 1@200000 1@261000 0@351000");
}

TEST(Firmware, OfASilencedSmokeAlarmIsLoudAgainUntilTheSmokeIsGone) {
    Device alarm(SensorKind::smoke, {.hush_after = 2min});
    alarm.sense(ReadingKind::smoke, 1, 0s);
    EXPECT_EQ(alarm.heard(ReadingKind::smoke, 3min), "1@0 0@120000");
    alarm.sense(ReadingKind::smoke, 0, 13min);
    EXPECT_EQ(alarm.heard(ReadingKind::smoke), "1@0 0@120000 1@720000 0@780000");
}

TEST(Firmware, OfASmokeAlarmSaysThatItsTenYearsAreOver) {
    Device alarm(SensorKind::smoke, {.age = 24h * 3'650});
    alarm.sense(ReadingKind::battery_pct, 80, 24h);
    EXPECT_EQ(alarm.heard(ReadingKind::fault, 25h), "");
    alarm.sense(ReadingKind::battery_pct, 80, 24h * 3);
    EXPECT_EQ(alarm.heard(ReadingKind::fault, 24h * 4), "1@259200000");
}

TEST(Firmware, OfADustySmokeAlarmCriesWolfOverTheStoveOnly) {
    Device alarm(SensorKind::smoke, {.dust_per_mille = 1000});
    alarm.sense(ReadingKind::battery_pct, 80, 0s);  // 12:00
    alarm.sense(ReadingKind::battery_pct, 80, 3h);  // 15:00
    EXPECT_EQ(alarm.heard(ReadingKind::smoke), "1@60000 0@240000");
}

TEST(Firmware, OfAGasAlarmHeatsUpAndFails) {
    Device gas(SensorKind::gas, {.warm_up = 3min, .fails_after = 2h});
    gas.sense(ReadingKind::gas, 1, 2min);
    gas.sense(ReadingKind::gas, 1, 3min);
    gas.sense(ReadingKind::gas, 1, 3h);
    EXPECT_EQ(gas.heard(ReadingKind::gas), "1@180000");
    EXPECT_EQ(gas.heard(ReadingKind::fault), "1@10800000");
}

TEST(Firmware, OfAButtonInFrightIsPressedAgain) {
    Device button(SensorKind::sos, {.press_again_per_mille = 1000});
    button.sense(ReadingKind::sos, 1, 0s);
    button.heard(ReadingKind::sos);
    EXPECT_GE(button.said.size(), 2U);
    EXPECT_LE(button.said.size(), 4U);
    EXPECT_LE(button.said.back().readings[0].event_time, noon + 10s);
}

TEST(Firmware, OfABedLosesItsSleeperForMomentsAndNeverAtTheEnd) {
    Device bed(SensorKind::bed, {.gap_every = 40min});
    bed.sense(ReadingKind::bed_occupied, 1, 0s);
    bed.sense(ReadingKind::bed_occupied, 0, 8h);
    bed.heard(ReadingKind::bed_occupied);
    ASSERT_GE(bed.said.size(), 10U);
    for (std::size_t i = 0; i < bed.said.size(); ++i) {
        EXPECT_EQ(bed.said[i].readings[0].value, i % 2 == 0 ? 1 : 0) << i;
    }
    EXPECT_EQ(bed.said.back().readings[0].event_time, noon + 8h);
}

TEST(Firmware, OfAMeterCountsPulsesAndWraps) {
    Device meter(SensorKind::water_meter, {.resolution_ml = 10'000, .wraps_at_ml = 1'000'000});
    meter.sense(ReadingKind::water_total_ml, 999'999, 1s);
    meter.sense(ReadingKind::water_total_ml, 1'012'345, 2s);
    EXPECT_EQ(meter.heard(ReadingKind::water_total_ml), "990000@1000 10000@2000");
    WaterRegister fitted(1'000, 0);
    fitted.replace(5'000'000);
    EXPECT_EQ(fitted.shown(5'000'999), 0);
    EXPECT_EQ(fitted.shown(5'002'000), 2'000);
}

TEST(Firmware, OfAMeterThatIsReplacedBeginsAtZero) {
    Device meter(SensorKind::water_meter, {.resolution_ml = 1'000, .replaced_after = 1h});
    meter.sense(ReadingKind::water_total_ml, 123'456'789, 30min);
    meter.sense(ReadingKind::water_total_ml, 123'500'000, 1h);
    meter.sense(ReadingKind::water_total_ml, 123'502'500, 2h);
    EXPECT_EQ(meter.heard(ReadingKind::water_total_ml), "123456000@1800000 0@3600000 2000@7200000");
}

TEST(Firmware, OfAMeterCountsWhatFlowsBackInARegisterOfItsOwn) {
    Device meter(SensorKind::water_meter, {.resolution_ml = 1'000, .backflow_per_mille = 100});
    meter.sense(ReadingKind::water_total_ml, 500'000'000, 1s);
    meter.sense(ReadingKind::water_total_ml, 500'095'000, 2s);
    EXPECT_EQ(meter.heard(ReadingKind::water_reverse_ml), "0@1000 9000@2000");
    EXPECT_EQ(meter.heard(ReadingKind::water_total_ml), "500000000@1000 500095000@2000");
}

TEST(Firmware, LosesTheSameFramesForTheSameSeed) {
    const auto run = [](std::uint64_t seed) {
        Device device(SensorKind::water_leak, {.loss_per_mille = 300}, seed);
        for (int i = 0; i < 200; ++i) device.sense(ReadingKind::alive, i, Duration{1'000 * i});
        device.heard(ReadingKind::alive);
        std::vector<std::int64_t> out;
        for (const auto& message : device.said) out.push_back(message.readings[0].value);
        return out;
    };
    EXPECT_EQ(run(1), run(1));
    EXPECT_NE(run(1), run(2));
    EXPECT_GT(run(1).size(), 110U);
    EXPECT_LT(run(1).size(), 170U);
}

TEST(Firmware, IsHeardSeveralTimesAndLateWithTheTimeItIsOf) {
    Device device(SensorKind::water_meter, {.repeats = 3, .latest = 10min});
    for (int i = 1; i <= 50; ++i) device.sense(ReadingKind::water_total_ml, i, Duration{1'000 * i});
    device.firmware.advance(noon + 1h, device.said);
    ASSERT_EQ(device.said.size(), 50U);
    unsigned copies = 0;
    bool overtaken = false;
    for (std::size_t i = 0; i < device.said.size(); ++i) {
        const auto& reading = device.said[i].readings[0];
        copies += device.said[i].copies;
        EXPECT_EQ((reading.event_time - noon).count(), reading.value * 1'000);
        if (i > 0 && reading.value < device.said[i - 1].readings[0].value) overtaken = true;
    }
    EXPECT_GT(copies, 80U);
    EXPECT_TRUE(overtaken);
}

TEST(Firmware, HasAClockThatIsWrong) {
    Device fast(SensorKind::door, {.drift_ppm = 100});
    fast.sense(ReadingKind::contact_open, 1, 24h * 10);
    EXPECT_EQ(fast.heard(ReadingKind::contact_open, 24h * 11), "1@864086400") << "86.4 s fast";
    Device unset(SensorKind::door, {.clock_unset = true});
    unset.sense(ReadingKind::contact_open, 1, 90s);
    unset.heard(ReadingKind::contact_open);
    EXPECT_EQ(to_unix_ms(unset.said[0].readings[0].event_time), 90'000);
}

TEST(Firmware, IsNamedWithASourceAndForOneKindOfSensor) {
    for (const auto& each : named_firmware()) {
        EXPECT_EQ(find_firmware(each.name, each.kind), &each);
        EXPECT_FALSE(each.source.empty()) << each.name;
        EXPECT_NE(each.behaviour, Behaviour{}) << each.name;
    }
    EXPECT_EQ(find_firmware("reed", SensorKind::smoke), nullptr);
}

}  // namespace
}  // namespace anju::sim
