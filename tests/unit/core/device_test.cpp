// Devices that need care themselves: batteries, covers, silence.
#include "support.hpp"

namespace anju::test {
namespace {

std::vector<DeviceHealth> health(const Decisions& decisions) {
    std::vector<DeviceHealth> out;
    for (const Decision& d : decisions) {
        if (const auto* change = std::get_if<DeviceHealthChanged>(&d.what))
            out.push_back(change->health);
    }
    return out;
}

World one(const DeviceId& id, SensorKind kind) {
    return World(home_with({device(id, kind)}));
}

constexpr Duration stale = 37min + 30s;  // of a device that speaks every 15 minutes

}  // namespace

TEST(LowBattery, IsRaisedAtTheLimitAndOnce) {
    World world = one(door, SensorKind::door);
    EXPECT_THAT(world.says(morning, door, ReadingKind::battery_pct, 16), IsEmpty());
    const Decisions low = world.says(morning + 1min, door, ReadingKind::battery_pct, 15);
    EXPECT_THAT(alerts(low), ElementsAre("low_battery:open"));
    EXPECT_EQ(alert_in(low).evidence.measured, 15);
    EXPECT_EQ(alert_in(low).evidence.threshold, 15);
    EXPECT_THAT(world.says(morning + 2min, door, ReadingKind::battery_pct, 14), IsEmpty());
}

TEST(LowBattery, ResolvesTenPointsAboveTheLimitOnly) {
    World world = one(door, SensorKind::door);
    world.says(morning, door, ReadingKind::battery_pct, 10);
    EXPECT_THAT(world.says(morning + 1min, door, ReadingKind::battery_pct, 25), IsEmpty());
    EXPECT_THAT(world.says(morning + 2min, door, ReadingKind::battery_pct, 15), IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 3min, door, ReadingKind::battery_pct, 26)),
                ElementsAre("low_battery:resolved"));
}

TEST(LowBattery, TakesTheDevicesOwnWord) {
    World world = one(door, SensorKind::door);
    EXPECT_THAT(alerts(world.says(morning, door, ReadingKind::battery_low)),
                ElementsAre("low_battery:open"));
    EXPECT_THAT(world.says(morning + 1min, door, ReadingKind::battery_pct, 50), IsEmpty())
        << "the device still calls it low";
    EXPECT_THAT(alerts(world.says(morning + 2min, door, ReadingKind::battery_low, 0)),
                ElementsAre("low_battery:resolved"));
}

TEST(Tamper, IsRaisedOnceAndResolvesWhenPutRight) {
    World world = one(door, SensorKind::door);
    EXPECT_THAT(world.says(morning, door, ReadingKind::tamper, 0), IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 1min, door, ReadingKind::tamper)),
                ElementsAre("tamper:open"));
    EXPECT_THAT(world.says(morning + 2min, door, ReadingKind::tamper), IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 3min, door, ReadingKind::tamper, 0)),
                ElementsAre("tamper:resolved"));
}

TEST(Silence, OfAnEvidenceSourceIsStaleData) {
    World world = one(motion, SensorKind::motion);
    world.says(morning, motion, ReadingKind::alive);
    EXPECT_THAT(world.advance(morning + stale - 1ms), IsEmpty());
    const Decisions due = world.advance(morning + stale);
    EXPECT_THAT(alerts(due), ElementsAre("data_stale:open"));
    EXPECT_THAT(health(due), ElementsAre(DeviceHealth::stale));
    EXPECT_EQ(alert_in(due).evidence.since, morning);
    EXPECT_EQ(alert_in(due).priority, Priority::p4);
    EXPECT_THAT(world.advance(morning + 48h), IsEmpty()) << "raised twice";
}

TEST(Silence, OfAProtectingDeviceIsOffline) {
    for (const auto& [id, kind] : {std::pair{smoke, SensorKind::smoke},
                                   {gas, SensorKind::gas},
                                   {leak, SensorKind::water_leak},
                                   {sos, SensorKind::sos}}) {
        World world = one(id, kind);
        world.says(morning, id, ReadingKind::alive);
        const Decisions due = world.advance(morning + stale);
        EXPECT_THAT(alerts(due), ElementsAre("device_offline:open")) << name(kind);
        EXPECT_THAT(health(due), ElementsAre(DeviceHealth::offline));
    }
}

TEST(Silence, OfADeviceNeverHeardCountsFromItsRegistration) {
    World world = one(smoke, SensorKind::smoke);
    EXPECT_THAT(world.advance(morning + stale - 1ms), IsEmpty());
    EXPECT_THAT(alerts(world.advance(morning + stale)), ElementsAre("device_offline:open"));
}

TEST(Silence, EndsWithAWordAndTheAlertClosesHalfAnHourLater) {
    World world = one(motion, SensorKind::motion);
    world.advance(morning + 2h);
    const Decisions back = world.says(morning + 2h, motion, ReadingKind::alive);
    EXPECT_THAT(alerts(back), ElementsAre("data_stale:resolved"));
    EXPECT_THAT(health(back), ElementsAre(DeviceHealth::ok));
    world.says(morning + 2h + 15min, motion, ReadingKind::alive);
    EXPECT_THAT(world.advance(morning + 2h + 30min - 1ms), IsEmpty());
    const Decisions closed = world.advance(morning + 2h + 30min);
    ASSERT_THAT(alerts(closed), ElementsAre("data_stale:closed"));
    EXPECT_EQ(alert_in(closed).reason, ClosingReason::device_fault);
    EXPECT_EQ(alert_in(closed).actor, "system");
    EXPECT_FALSE(alert_in(closed).note.empty());
}

TEST(Silence, AMeterThatTalksWithoutMeasuringIsStale) {
    World world = one(meter, SensorKind::water_meter);
    world.says(morning, meter, ReadingKind::water_total_ml, 5);
    Decisions all;
    for (int i = 1; i <= 8; ++i) {
        for (Decision& d : world.says(morning + i * 10min, meter, ReadingKind::alive))
            all.push_back(std::move(d));
    }
    EXPECT_THAT(alerts(all), ElementsAre("data_stale:open"));
    EXPECT_THAT(alerts(world.says(morning + 90min, meter, ReadingKind::water_total_ml, 5)),
                ElementsAre("data_stale:resolved"));
}

TEST(Silence, ARetainedMessageIsNotAWord) {
    World world = one(motion, SensorKind::motion);
    world.says(morning, motion, ReadingKind::alive);
    world.says(morning + 30min, motion, ReadingKind::motion, 1, quality::retained);
    EXPECT_THAT(alerts(world.advance(morning + stale)), ElementsAre("data_stale:open"));
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
}

TEST(Unreachable, ForFiveMinutesIsOffline) {
    World world = one(door, SensorKind::door);
    world.says(morning, door, ReadingKind::alive);
    world.says(morning + 1min, door, ReadingKind::online, 0);
    world.says(morning + 3min, door, ReadingKind::online, 0);
    EXPECT_THAT(world.advance(morning + 6min - 1ms), IsEmpty());
    const Decisions due = world.advance(morning + 6min);
    EXPECT_THAT(alerts(due), ElementsAre("device_offline:open"));
    EXPECT_EQ(alert_in(due).evidence.rule, "unreachable");
    EXPECT_THAT(world.advance(morning + 24h), IsEmpty()) << "not stale as well";
    EXPECT_THAT(alerts(world.says(morning + 24h, door, ReadingKind::online, 1)),
                ElementsAre("device_offline:resolved"));
}

TEST(Unreachable, ForAMomentIsNothing) {
    World world = one(door, SensorKind::door);
    world.says(morning, door, ReadingKind::alive);
    world.says(morning + 1min, door, ReadingKind::online, 0);
    world.says(morning + 5min, door, ReadingKind::contact_open, 0);
    EXPECT_THAT(world.advance(morning + 30min), IsEmpty()) << "a device that speaks is reachable";
}

TEST(Unreachable, AfterStaleTellsHealthButRaisesNoSecondAlert) {
    World world = one(door, SensorKind::door);
    world.says(morning, door, ReadingKind::alive);
    world.advance(morning + 1h);
    world.says(morning + 1h, door, ReadingKind::online, 0);
    const Decisions due = world.advance(morning + 1h + 5min);
    EXPECT_THAT(health(due), ElementsAre(DeviceHealth::offline));
    EXPECT_THAT(alerts(due), IsEmpty());
    const Decisions back = world.says(morning + 2h, door, ReadingKind::alive);
    EXPECT_THAT(alerts(back), ElementsAre("data_stale:resolved"));
}

TEST(Silence, OneBlindDeviceDoesNotBlindAnother) {
    World world;
    world.advance(morning + 2h);
    EXPECT_THAT(raised(world.says(morning + 2h, smoke, ReadingKind::smoke), "smoke:open"),
                SizeIs(1));
    EXPECT_EQ(world.view().devices[1].health, DeviceHealth::ok);
    EXPECT_EQ(world.view().devices[4].health, DeviceHealth::offline);
}

TEST(SignOfLife, ComesFromPeopleNotFromDevices) {
    World world;
    const auto sign = [&] { return world.view().last_sign_of_life; };
    world.says(morning, meter, ReadingKind::water_total_ml, 100);
    world.says(morning, door, ReadingKind::contact_open, 0);
    world.says(morning, motion, ReadingKind::motion, 0);
    world.says(morning, bed, ReadingKind::bed_occupied, 1);
    world.says(morning, sos, ReadingKind::sos, 1, quality::test);
    EXPECT_EQ(sign(), Instant{});
    world.says(morning + 1min, meter, ReadingKind::water_total_ml, 101);
    EXPECT_EQ(sign(), morning + 1min);
    world.says(morning + 2min, door, ReadingKind::contact_open, 1);
    EXPECT_EQ(sign(), morning + 2min);
    world.says(morning + 3min, motion, ReadingKind::motion, 1);
    EXPECT_EQ(sign(), morning + 3min);
    world.says(morning + 4min, bed, ReadingKind::bed_occupied, 0);
    EXPECT_EQ(sign(), morning + 4min);
    world.says(morning + 5min, sos, ReadingKind::sos);
    EXPECT_EQ(sign(), morning + 5min);
}

TEST(SignOfLife, IsVibrationOfABedOrWherePeopleMoveAndNowhereElse) {
    World world;
    for (const DeviceId* id : {&meter, &smoke, &door, &gas, &leak, &sos}) {
        world.says(morning, *id, ReadingKind::vibration);
        EXPECT_EQ(world.view().last_sign_of_life, Instant{}) << id->value;
    }
    world.says(morning, motion, ReadingKind::vibration, 0);
    world.says(morning, motion, ReadingKind::vibration, 1, quality::retained);
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
    world.says(morning + 1min, motion, ReadingKind::vibration);
    EXPECT_EQ(world.view().last_sign_of_life, morning + 1min);
    world.says(morning + 2min, bed, ReadingKind::vibration);
    EXPECT_EQ(world.view().last_sign_of_life, morning + 2min);
}

TEST(Fault, MakesADeviceUnreliableAndIsToldOnce) {
    World world = one(smoke, SensorKind::smoke);
    EXPECT_THAT(world.says(morning, smoke, ReadingKind::fault, 0), IsEmpty());
    const Decisions told = world.says(morning + 1min, smoke, ReadingKind::fault);
    EXPECT_THAT(alerts(told), ElementsAre("device_offline:open"));
    EXPECT_THAT(health(told), ElementsAre(DeviceHealth::faulty));
    EXPECT_EQ(alert_in(told).evidence.rule, "fault");
    EXPECT_EQ(alert_in(told).evidence.until, morning + 1min);
    EXPECT_EQ(alert_in(told).priority, Priority::p4);
    EXPECT_FALSE(alert_in(told).evidence.sources.at(0).reliable);
    EXPECT_EQ(alert_in(told).sentence_zh,
              "烟感 smoke于 11月22日 08:01 报告自身故障，目前不能正常工作。");
    EXPECT_THAT(world.says(morning + 2min, smoke, ReadingKind::fault), IsEmpty());
    EXPECT_EQ(world.view().devices[0].health, DeviceHealth::faulty);
}

TEST(Fault, EndsWhenTheDeviceSaysSoAndTheAlertClosesHalfAnHourLater) {
    World world = one(smoke, SensorKind::smoke);
    world.says(morning, smoke, ReadingKind::fault);
    EXPECT_THAT(world.says(morning + 5min, smoke, ReadingKind::alive), IsEmpty())
        << "it speaks, and nothing says that it works";
    const Decisions well = world.says(morning + 10min, smoke, ReadingKind::fault, 0);
    EXPECT_THAT(alerts(well), ElementsAre("device_offline:resolved"));
    EXPECT_THAT(health(well), ElementsAre(DeviceHealth::ok));
    EXPECT_THAT(alerts(world.advance(morning + 40min)), ElementsAre("device_offline:closed"));
}

TEST(Fault, OfASilentDeviceIsItsSilence) {
    World protects = one(smoke, SensorKind::smoke);
    protects.says(morning, smoke, ReadingKind::fault);
    const Decisions silent = protects.advance(morning + stale);
    EXPECT_THAT(health(silent), ElementsAre(DeviceHealth::offline));
    EXPECT_THAT(alerts(silent), IsEmpty()) << "its alert stands";

    World tells = one(motion, SensorKind::motion);
    tells.says(morning, motion, ReadingKind::fault);
    EXPECT_THAT(alerts(tells.advance(morning + stale)),
                ElementsAre("device_offline:resolved", "data_stale:open"));
    EXPECT_THAT(alerts(tells.says(morning + 45min, motion, ReadingKind::alive)),
                ElementsAre("data_stale:resolved", "device_offline:open"))
        << "it speaks again and was never mended";
}

TEST(Fault, StopsNoAlarm) {
    World world = one(smoke, SensorKind::smoke);
    world.says(morning, smoke, ReadingKind::smoke);
    EXPECT_THAT(alerts(world.says(morning + 1min, smoke, ReadingKind::fault)),
                ElementsAre("device_offline:open"));
    EXPECT_THAT(world.says(morning + 2min, smoke, ReadingKind::smoke), IsEmpty())
        << "a repetition: the device was heard all the time";
    World faulty = one(smoke, SensorKind::smoke);
    faulty.says(morning, smoke, ReadingKind::fault);
    EXPECT_THAT(alerts(faulty.says(morning + 1min, smoke, ReadingKind::smoke)),
                ElementsAre("smoke:open"));
}

TEST(Fault, RetainedOrLateIsNoWord) {
    World world = one(smoke, SensorKind::smoke);
    EXPECT_THAT(world.says(morning, smoke, ReadingKind::fault, 1, quality::retained), IsEmpty());
    world.says_numbered(morning + 2min, smoke, {reading(ReadingKind::fault, 0, morning + 2min)});
    EXPECT_THAT(world.says_numbered(morning + 3min, smoke,
                                    {reading(ReadingKind::fault, 1, morning + 1min)}),
                IsEmpty());
}

TEST(Fault, OfTheTestButtonIsATest) {
    World world = one(smoke, SensorKind::smoke);
    EXPECT_THAT(alerts(world.says(morning, smoke, ReadingKind::fault, 1, quality::test)),
                ElementsAre("test:open"));
    EXPECT_EQ(world.view().devices[0].health, DeviceHealth::ok);
}

TEST(Fault, OutlivesAnOutageOfTheGateway) {
    World world = one(smoke, SensorKind::smoke);
    world.says(morning, smoke, ReadingKind::fault);
    world.apply(morning + 5h, Outage{morning + 1min});
    EXPECT_EQ(world.view().devices[0].health, DeviceHealth::faulty);
    EXPECT_THAT(world.advance(morning + 5h + stale - 1ms), IsEmpty());
    EXPECT_THAT(health(world.advance(morning + 5h + stale)), ElementsAre(DeviceHealth::offline));
}

}  // namespace anju::test
