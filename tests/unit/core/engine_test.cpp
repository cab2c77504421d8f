// Households in one engine: independent, replaceable, restorable.
#include "support.hpp"

namespace anju::test {

TEST(Engine, IgnoresDevicesItDoesNotKnow) {
    World world;
    EXPECT_THAT(world.says(morning, DeviceId{"stranger"}, ReadingKind::smoke), IsEmpty());
    EXPECT_EQ(world.engine.household_of(DeviceId{"stranger"}), nullptr);
    EXPECT_FALSE(world.engine.seen(message(DeviceId{"stranger"}, {})));
}

TEST(Engine, FindsHouseholdsByDeviceAndByAlert) {
    World world;
    world.set(morning, full_home(HouseholdId{"block-3-flat-2"}, "x-"));
    EXPECT_EQ(*world.engine.household_of(DeviceId{"x-smoke"}), HouseholdId{"block-3-flat-2"});
    EXPECT_EQ(*world.engine.household_of(AlertId{"block-3-flat-2-17"}),
              HouseholdId{"block-3-flat-2"});
    EXPECT_EQ(world.engine.household_of(AlertId{"block-3-flat-3-17"}), nullptr);
    EXPECT_EQ(world.engine.household_of(AlertId{"h1"}), nullptr);
    EXPECT_THAT(world.engine.households(), ElementsAre(HouseholdId{"block-3-flat-2"}, home_id));
    EXPECT_EQ(world.engine.household_count(), 2U);
    EXPECT_EQ(world.engine.device_count(), 16U);
}

TEST(Engine, NumbersTheDecisionsOfEachHouseholdForItself) {
    World world;
    world.set(morning, full_home(HouseholdId{"h2"}, "x-"));
    EXPECT_EQ(world.says(morning, smoke, ReadingKind::smoke)[0].number, 1U);
    EXPECT_EQ(world.says(morning, DeviceId{"x-smoke"}, ReadingKind::smoke)[0].number, 1U);
    EXPECT_EQ(world.says(morning, gas, ReadingKind::gas)[0].number, 3U)
        << "an alert and who is told of it";
    EXPECT_EQ(world.view().decisions, 4U);
}

TEST(Engine, TellsWhenItWantsToBeWokenAndNeverTooLate) {
    Engine engine;
    EXPECT_EQ(engine.deadline(), std::nullopt);
    World world(home_with({device(door, SensorKind::door)}));
    world.says(morning, door, ReadingKind::contact_open);
    ASSERT_TRUE(world.engine.deadline());
    EXPECT_LE(*world.engine.deadline(), morning + 30min);
    world.advance(*world.engine.deadline());
    EXPECT_LE(*world.engine.deadline(), morning + 37min + 30s);
    EXPECT_GT(*world.engine.deadline(), morning + 30min);
}

TEST(HouseholdSet, KeepsTheStateOfDevicesThatStay) {
    World world;
    world.says(morning, smoke, ReadingKind::smoke);
    world.says(morning, door, ReadingKind::contact_open);
    Household changed = full_home();
    changed.devices.erase(changed.devices.begin());
    changed.devices.back().label = "bedroom";
    EXPECT_THAT(world.set(morning + 1min, changed), IsEmpty());
    EXPECT_THAT(world.says(morning + 2min, smoke, ReadingKind::smoke), IsEmpty())
        << "the alert is still open";
    EXPECT_THAT(alerts(world.advance(morning + 30min)), ElementsAre("door_open_long:open"));
    EXPECT_EQ(world.engine.household_of(meter), nullptr);
}

TEST(HouseholdSet, ADeviceOfAnotherKindStartsAnew) {
    World world(home_with({device(door, SensorKind::door)}));
    world.says(morning, door, ReadingKind::contact_open);
    world.set(morning + 1min, home_with({device(door, SensorKind::motion)}));
    EXPECT_EQ(world.view().devices[0].last_heard, Instant{});
    EXPECT_THAT(world.advance(morning + 30min), IsEmpty());
}

TEST(HouseholdSet, DropsTheSecondOfTwoDevicesWithOneId) {
    World world(home_with({device(door, SensorKind::door), device(door, SensorKind::motion)}));
    EXPECT_THAT(world.view().household.devices, ElementsAre(device(door, SensorKind::door)));
}

TEST(HouseholdSet, TheHouseholdSetLastOwnsADeviceAndGivesItBack) {
    World world(home_with({device(smoke, SensorKind::smoke)}));
    Household other = home_with({device(smoke, SensorKind::smoke)});
    other.id = HouseholdId{"h0"};
    world.set(morning + 1min, other);
    EXPECT_EQ(*world.engine.household_of(smoke), other.id);
    EXPECT_EQ(world.says(morning + 1min, smoke, ReadingKind::smoke)[0].household, other.id);

    Engine restored;
    ASSERT_TRUE(restored.restore(world.engine.snapshot(other.id)));
    ASSERT_TRUE(restored.restore(world.engine.snapshot(home_id)));
    EXPECT_EQ(*restored.household_of(smoke), other.id) << "whatever the order of restoring";

    world.apply(morning + 2min, HouseholdRemoved{other.id});
    EXPECT_EQ(*world.engine.household_of(smoke), home_id);
    world.apply(morning + 2min, HouseholdRemoved{home_id});
    EXPECT_EQ(world.engine.household_of(smoke), nullptr);
    EXPECT_EQ(world.engine.device_count(), 0U);
}

TEST(HouseholdRemoved, ForgetsEverything) {
    World world;
    world.says(morning, smoke, ReadingKind::smoke);
    world.apply(morning + 1min, HouseholdRemoved{home_id});
    EXPECT_EQ(world.engine.household_count(), 0U);
    EXPECT_EQ(world.engine.deadline(), std::nullopt);
    EXPECT_FALSE(world.engine.view(home_id));
    EXPECT_EQ(world.engine.snapshot(home_id), "");
    EXPECT_THAT(world.apply(morning + 1min, HouseholdRemoved{home_id}), IsEmpty());
}

TEST(HouseholdRemoved, CancelsWhatWasNotClosed) {
    World world;
    const Alert closed = alert_in(world.says(morning, sos, ReadingKind::sos));
    world.command(morning, closed.id, AlertVerb::close);
    const Alert resolved = alert_in(world.says(morning, gas, ReadingKind::gas));
    world.command(morning, resolved.id, AlertVerb::resolve);
    world.says(morning, smoke, ReadingKind::smoke);
    const Decisions out = world.apply(morning + 1min, HouseholdRemoved{home_id});
    ASSERT_THAT(alerts(out), ElementsAre("gas_leak:cancelled", "smoke:cancelled"));
    EXPECT_EQ(alert_in(out).actor, "system");
    EXPECT_EQ(out[0].at, morning + 1min);
    EXPECT_EQ(std::get<AlertChanged>(out[0].what).from, AlertState::resolved);
}

TEST(HouseholdRemoved, AHomeRegisteredAgainGivesNoAlertNumberTwice) {
    World world;
    std::vector<AlertId> given;
    for (int time = 0; time < 3; ++time) {
        const Instant at = morning + time * 2s;
        world.set(at, full_home());
        given.push_back(alert_in(world.says(at, smoke, ReadingKind::smoke)).id);
        given.push_back(alert_in(world.says(at, gas, ReadingKind::gas)).id);
        EXPECT_EQ(*world.engine.household_of(given.back()), home_id);
        world.apply(at + 1s, HouseholdRemoved{home_id});
    }
    EXPECT_TRUE(std::ranges::is_sorted(given));
    EXPECT_TRUE(std::ranges::adjacent_find(given) == given.end()) << "a number was given twice";
}

TEST(ClockStep, KeepsElapsedTimes) {
    for (const Duration by :
         {Duration{-50 * 365 * 24h}, Duration{-3h}, Duration{90min}, Duration{20 * 365 * 24h}}) {
        World world(home_with({device(door, SensorKind::door)}));
        world.says(morning, door, ReadingKind::contact_open);
        const Instant after = morning + 10min + by;
        EXPECT_THAT(world.apply(after, ClockStep{by}), IsEmpty()) << "no silence of years";
        EXPECT_THAT(world.advance(after + 20min - 1ms), IsEmpty());
        const Decisions due = world.advance(after + 20min);
        EXPECT_THAT(alerts(due), ElementsAre("door_open_long:open"));
        EXPECT_EQ(alert_in(due).evidence.since, morning + by);
    }
}

TEST(ClockStep, DecidesFirstWhatWasDueBefore) {
    World world(home_with({device(door, SensorKind::door)}));
    world.says(morning, door, ReadingKind::contact_open);
    const Decisions out = world.apply(morning + 31min - 5h, ClockStep{-5h});
    EXPECT_THAT(alerts(out), ElementsAre("door_open_long:open"));
    EXPECT_EQ(out[0].at, morning + 30min);
    EXPECT_EQ(world.view().alerts[0].raised_at, morning + 30min - 5h);
}

TEST(ClockStep, NoWindowLooksAcrossIt) {
    World world(
        home_with({device(meter, SensorKind::water_meter, 8h), device(door, SensorKind::door, 8h)},
                  {Preset::sh_12, Preset::door_24h}));
    const auto speak = [&](Instant at) {
        Decisions out = world.says(at, meter, ReadingKind::water_total_ml, 5);
        for (Decision& d : world.says(at, door, ReadingKind::contact_open, 0)) {
            out.push_back(std::move(d));
        }
        return alerts(out);
    };
    EXPECT_THAT(speak(morning), IsEmpty());
    EXPECT_THAT(speak(morning + 11h), IsEmpty());
    const Instant after = morning + 11h + 5h;
    world.apply(after, ClockStep{5h});
    EXPECT_THAT(speak(after + 12h - 1ms), IsEmpty());
    EXPECT_THAT(speak(after + 12h), ElementsAre("water_low:open"));
    EXPECT_THAT(speak(after + 24h - 1ms), IsEmpty());
    EXPECT_THAT(speak(after + 24h), ElementsAre("inactivity:open"));
}

TEST(Outage, AdvancingPastItsStartIsABrokenContract) {
    World world;
    world.advance(morning + 1h);
    EXPECT_THAT(world.apply(morning + 2h, Outage{morning + 1h}), IsEmpty());
    world.advance(morning + 3h);
    EXPECT_DEATH(world.apply(morning + 4h, Outage{morning + 3h - 1ms}), "start of an outage");
    world.apply(morning, ClockStep{-4h});
    world.apply(morning, Outage{morning - 1h});  // what was 3 h is now -1 h
}

TEST(Outage, BeginsForEachHomeNotBeforeItsLastInput) {
    World world(home_with({device(door, SensorKind::door)}));
    world.says(morning, door, ReadingKind::contact_open);
    world.command(morning + 31min, alert_id(99), AlertVerb::close);
    ASSERT_THAT(world.open(AlertKind::door_open_long), SizeIs(1));
    EXPECT_THAT(world.apply(morning + 10h, Outage{morning + 1min}), IsEmpty());
    EXPECT_THAT(world.open(AlertKind::door_open_long), SizeIs(1));
}

TEST(Outage, OfTheGatewayIsNotSilenceOfItsDevices) {
    World world;
    for (const DeviceId* id : {&meter, &smoke, &door, &motion, &gas, &leak, &sos, &bed}) {
        world.says(morning, *id, ReadingKind::alive);
    }
    world.says(morning, meter, ReadingKind::water_total_ml, 5);
    const Instant back = morning + 10h;
    EXPECT_THAT(world.apply(back, Outage{morning + 1min}), IsEmpty());
    EXPECT_THAT(world.advance(back + 37min + 30s - 1ms), IsEmpty());
    EXPECT_THAT(world.advance(back + 37min + 30s), SizeIs(16)) << "now they had their chance";
}

TEST(Outage, DecidesWhatWasDueBeforeItBegan) {
    World world(home_with({device(door, SensorKind::door)}));
    world.says(morning, door, ReadingKind::contact_open);
    const Decisions out = world.apply(morning + 10h, Outage{morning + 31min});
    ASSERT_THAT(alerts(out), ElementsAre("door_open_long:open"));
    EXPECT_EQ(out[0].at, morning + 30min);
}

TEST(Outage, WhatNobodySawIsNotClaimed) {
    World world(home_with({device(door, SensorKind::door, 8h)}, {Preset::door_24h}));
    world.says(morning, door, ReadingKind::contact_open);
    const Instant back = morning + 10h;
    EXPECT_THAT(world.apply(back, Outage{morning + 1min}), IsEmpty());
    EXPECT_THAT(world.advance(back + 1h), IsEmpty()) << "it may have been closed meanwhile";
    EXPECT_THAT(alerts(world.says(back + 1h, door, ReadingKind::contact_open)),
                ElementsAre("door_open_long:open"));
    for (int h = 2; h < 24; ++h) {
        EXPECT_THAT(world.says(back + h * 1h, door, ReadingKind::contact_open), IsEmpty());
    }
    EXPECT_THAT(alerts(world.says(back + 24h, door, ReadingKind::contact_open)),
                ElementsAre("inactivity:open"));
}

TEST(Outage, LeavesWhatWasAmissAmiss) {
    World world(
        home_with({device(motion, SensorKind::motion), device(door, SensorKind::door, 8h)}));
    world.advance(morning + 1h);
    ASSERT_THAT(world.open(AlertKind::data_stale), SizeIs(1));
    world.apply(morning + 2h, Outage{morning + 1h});
    world.says(morning + 2h, door, ReadingKind::contact_open);
    world.advance(morning + 2h + 30min);
    EXPECT_THAT(world.open(AlertKind::data_stale), SizeIs(1)) << "it has not been heard";
}

TEST(Outage, ARegisterFromBeforeProvesNothingAboutNow) {
    World world(home_with({device(meter, SensorKind::water_meter)}, {Preset::sh_12}));
    const auto reads = [&](Instant at, Instant when) {
        return world.says_numbered(at, meter, {reading(ReadingKind::water_total_ml, 5, when)});
    };
    reads(morning, morning);
    world.apply(morning + 16h, Outage{morning + 1min});
    EXPECT_THAT(reads(morning + 16h, morning + 13h), IsEmpty()) << "three hours old";
    EXPECT_THAT(alerts(reads(morning + 16h, morning + 16h)), ElementsAre("water_low:open"));
}

TEST(Engine, RefusesATimeThatGoesBack) {
    World world;
    world.says(morning + 1h, smoke, ReadingKind::alive);
    EXPECT_DEATH(world.says(morning, smoke, ReadingKind::alive), "order of time");
}

TEST(View, ShowsWhatTheEngineKnows) {
    World world;
    world.says(morning + 1min, motion, ReadingKind::motion);
    world.says(morning + 2min, smoke, ReadingKind::smoke);
    const HouseholdView view = world.view();
    EXPECT_EQ(view.household, full_home());
    ASSERT_THAT(view.devices, SizeIs(8));
    EXPECT_EQ(view.devices[1].last_heard, morning + 2min);
    EXPECT_EQ(view.devices[1].health, DeviceHealth::ok);
    EXPECT_EQ(view.last_sign_of_life, morning + 1min);
    ASSERT_THAT(view.alerts, SizeIs(1));
    EXPECT_THAT(view.alerts[0].sentence_zh, HasSubstr("烟"));
}

TEST(Engine, HoldsThousandsOfHouseholds) {
    Engine engine;
    Decisions out;
    constexpr int count = 3'000;
    const auto prefix = [](int i) { return "p" + std::to_string(i) + "-"; };
    for (int i = 0; i < count; ++i) {
        engine.apply(morning,
                     HouseholdSet{full_home(HouseholdId{"h" + std::to_string(i)}, prefix(i))}, out);
    }
    for (int i = 0; i < count; i += 100) {
        engine.apply(morning + 1min,
                     message(DeviceId{prefix(i) + "smoke"}, {reading(ReadingKind::smoke)}), out);
    }
    EXPECT_EQ(engine.open_alert_count(), 30U);
    EXPECT_THAT(out, SizeIs(60)) << "the alert, and who is told at once";
    out.clear();
    engine.advance(morning + 1h, out);
    EXPECT_EQ(out.size(), static_cast<std::size_t>(count) * 8 * 3 + 30 * (6 * 2 + 1))
        << "health, alert and telling of each device; of smoke six more tellings, and that it is "
           "overdue";
}

}  // namespace anju::test
