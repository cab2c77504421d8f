// A door left open, and a door nobody uses.
#include "support.hpp"

namespace anju::test {
namespace {

constexpr std::uint16_t retained = quality::retained;

/// The door sensor reports its state every 15 minutes, so that it stays reliable.
void keep_alive(World& world, Instant from, Instant until, std::int64_t open, Decisions& out) {
    for (Instant at = from; at <= until; at += 15min) {
        for (Decision& d : world.says(at, door, ReadingKind::contact_open, open)) {
            out.push_back(std::move(d));
        }
    }
}

World door_home(std::vector<Preset> presets = {}) {
    return World(home_with({device(door, SensorKind::door)}, std::move(presets)));
}

}  // namespace

TEST(DoorOpenLong, RaisesOnceWhenTheDoorStaysOpenPastTheLimit) {
    World world = door_home();
    world.says(morning, door, ReadingKind::contact_open);
    EXPECT_THAT(world.advance(morning + 30min - 1ms), IsEmpty());
    const Decisions due = world.advance(morning + 30min);
    EXPECT_THAT(alerts(due), ElementsAre("door_open_long:open"));
    EXPECT_EQ(due[0].at, morning + 30min);
    EXPECT_EQ(alert_in(due).evidence.since, morning);
    Decisions later;
    keep_alive(world, morning + 31min, morning + 5h, 1, later);
    EXPECT_THAT(later, IsEmpty()) << "raised twice";
}

TEST(DoorOpenLong, IsDatedAtItsDueTimeHoweverLateItIsServed) {
    World world = door_home();
    world.says(morning, door, ReadingKind::contact_open);
    const Decisions due = world.says(morning + 36min, door, ReadingKind::contact_open, 0);
    ASSERT_THAT(alerts(due), ElementsAre("door_open_long:open", "door_open_long:resolved"));
    EXPECT_EQ(due[0].at, morning + 30min);
    EXPECT_EQ(due[1].at, morning + 36min);
}

TEST(DoorOpenLong, ClosingReArmsAndResolvesButAPersonCloses) {
    World world = door_home();
    world.says(morning, door, ReadingKind::contact_open);
    world.advance(morning + 30min);
    EXPECT_THAT(alerts(world.says(morning + 31min, door, ReadingKind::contact_open, 0)),
                ElementsAre("door_open_long:resolved"));
    EXPECT_THAT(raised(world.advance(morning + 3h), "door_open_long:closed"), IsEmpty());
    world.says(morning + 3h, door, ReadingKind::contact_open, 0);
    world.says(morning + 3h + 1min, door, ReadingKind::contact_open, 1);
    EXPECT_THAT(raised(world.advance(morning + 3h + 31min), "door_open_long:open"), SizeIs(1));
}

TEST(DoorOpenLong, ShortOpeningsRaiseNothing) {
    World world = door_home();
    for (int i = 0; i < 20; ++i) {
        const Instant at = morning + i * 30min;
        EXPECT_THAT(world.says(at, door, ReadingKind::contact_open), IsEmpty());
        EXPECT_THAT(world.says(at + 30min - 1ms, door, ReadingKind::contact_open, 0), IsEmpty());
    }
}

TEST(DoorOpenLong, IsNotClaimedWhileTheSensorIsUnreachable) {
    World world = door_home();
    world.says(morning, door, ReadingKind::contact_open);
    world.says(morning + 28min, door, ReadingKind::online, 0);
    EXPECT_THAT(world.advance(morning + 31min), IsEmpty());
    const Decisions back = world.says(morning + 32min, door, ReadingKind::contact_open, 1);
    EXPECT_THAT(alerts(back), ElementsAre("door_open_long:open"));
    EXPECT_EQ(back[0].at, morning + 32min) << "claimed when it is known, not before";
}

TEST(DoorOpenLong, ARestoredStateIsDatedNowAndNeedsALiveWord) {
    World world = door_home();
    world.says(morning, door, ReadingKind::contact_open, 1, retained);
    EXPECT_THAT(alerts(world.advance(morning + 35min)), IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 36min, door, ReadingKind::contact_open, 1)),
                ElementsAre("door_open_long:open"));
    world.says(morning + 37min, door, ReadingKind::contact_open, 0, retained);
    EXPECT_THAT(world.open(AlertKind::door_open_long), SizeIs(1)) << "retained rewrites nothing";
}

TEST(DoorUnused, RaisesAfterADayWithoutUse) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    world.says(morning, door, ReadingKind::contact_open, 0);
    world.says(morning + 1h, door, ReadingKind::contact_open, 1);
    world.says(morning + 1h + 1min, door, ReadingKind::contact_open, 0);
    out.clear();
    keep_alive(world, morning + 1h + 10min, morning + 25h, 0, out);
    out = world.says(morning + 25h + 1min - 1ms, door, ReadingKind::contact_open, 0);
    EXPECT_THAT(raised(out, "inactivity:open"), IsEmpty());
    out = world.says(morning + 25h + 1min, door, ReadingKind::contact_open, 0);
    ASSERT_THAT(alerts(out), ElementsAre("inactivity:open"));
    const Evidence evidence = alert_in(out).evidence;
    EXPECT_EQ(evidence.rule, "door-24h");
    EXPECT_EQ(evidence.since, morning + 1h + 1min);
    EXPECT_EQ(evidence.until, morning + 25h + 1min);
    EXPECT_EQ(evidence.threshold, Duration{24h}.count());
}

TEST(DoorUnused, ClockStartsWithTheFirstWord) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    keep_alive(world, morning + 5h, morning + 29h - 15min, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), IsEmpty());
    out.clear();
    keep_alive(world, morning + 29h, morning + 29h, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), SizeIs(1));
}

TEST(DoorUnused, AHoleInTheDataStartsTheDayAnew) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    keep_alive(world, morning, morning + 10h, 0, out);
    out.clear();
    keep_alive(world, morning + 20h, morning + 44h - 15min, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), IsEmpty())
        << "somebody may have used it while the sensor was stale";
    out.clear();
    keep_alive(world, morning + 44h, morning + 44h, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), SizeIs(1));
}

TEST(DoorUnused, IsProvedByTheSensorsWordAndNotByTheClock) {
    Device silent = device(door, SensorKind::door, 0h);  // stale after 25 h
    World world(home_with({silent}, {Preset::door_24h}));
    world.says(morning, door, ReadingKind::contact_open, 0);
    EXPECT_THAT(world.advance(morning + 24h + 30min), IsEmpty())
        << "a sensor without a word for a day may as well have lost its battery";
    const Decisions word = world.says(morning + 24h + 40min, door, ReadingKind::alive);
    ASSERT_THAT(alerts(word), ElementsAre("inactivity:open"));
    EXPECT_EQ(alert_in(word).evidence.until, morning + 24h + 40min);
    EXPECT_EQ(alert_in(word).evidence.measured, Duration{24h + 40min}.count());
}

TEST(DoorUnused, AWordThatTellsOfUseRefutesIt) {
    World world(home_with({device(door, SensorKind::door, 0h)}, {Preset::door_24h}));
    world.says(morning, door, ReadingKind::contact_open, 0);
    EXPECT_THAT(world.says(morning + 24h + 40min, door, ReadingKind::contact_open, 1), IsEmpty());
}

TEST(DoorUnused, EveryDoorMustHaveSpoken) {
    const DeviceId back{"back"};
    World world(home_with({device(door, SensorKind::door, 0h), device(back, SensorKind::door, 0h)},
                          {Preset::door_24h}));
    world.says(morning, door, ReadingKind::contact_open, 0);
    world.says(morning, back, ReadingKind::contact_open, 0);
    EXPECT_THAT(world.says(morning + 24h + 5min, door, ReadingKind::alive), IsEmpty());
    const Decisions word = world.says(morning + 24h + 9min, back, ReadingKind::alive);
    ASSERT_THAT(alerts(word), ElementsAre("inactivity:open"));
    EXPECT_EQ(alert_in(word).evidence.until, morning + 24h + 5min);
}

TEST(DoorUnused, AStaleSensorNeverProvesIt) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    keep_alive(world, morning, morning + 23h, 0, out);
    const Decisions week = world.advance(morning + 7 * 24h);
    EXPECT_THAT(raised(week, "inactivity:open"), IsEmpty());
    EXPECT_THAT(raised(week, "data_stale:open"), SizeIs(1));
}

TEST(DoorUnused, AllDoorsMustBeWatched) {
    World world(
        home_with({device(door, SensorKind::door), device(DeviceId{"back"}, SensorKind::door)},
                  {Preset::door_24h}));
    Decisions out;
    keep_alive(world, morning, morning + 26h, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), IsEmpty()) << "the back door is not heard";
}

TEST(DoorUnused, IsRaisedAtMostOnceInTwelveHoursAndNotBeforeTwelveHoursAfterItsEnd) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    keep_alive(world, morning, morning + 25h, 0, out);
    ASSERT_THAT(raised(out, "inactivity:open"), SizeIs(1));
    world.command(morning + 25h, world.open(AlertKind::inactivity)[0].id, AlertVerb::close);
    out.clear();
    keep_alive(world, morning + 25h + 1min, morning + 37h - 1min, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), IsEmpty());
    keep_alive(world, morning + 37h, morning + 37h, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), SizeIs(1)) << "still nobody used the door";
}

TEST(DoorUnused, CanBeEndedLongAfterItWasRaised) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    keep_alive(world, morning, morning + 60h, 0, out);
    const AlertId id = world.open(AlertKind::inactivity).at(0).id;
    const Decisions resolved = world.command(morning + 60h, id, AlertVerb::resolve);
    EXPECT_THAT(alerts(resolved), ElementsAre("inactivity:acknowledged", "inactivity:resolved"));
    out.clear();
    keep_alive(world, morning + 60h + 1min, morning + 71h, 0, out);
    const Decisions closed = world.command(morning + 71h, id, AlertVerb::close);
    EXPECT_THAT(alerts(closed), ElementsAre("inactivity:closed"));
    keep_alive(world, morning + 71h + 1min, morning + 83h - 1min, 0, out);
    EXPECT_THAT(alerts(out), IsEmpty()) << "reopened under the hands of who closed it";
}

TEST(DoorUnused, AnOpenAlertIsNotRepeated) {
    World world = door_home({Preset::door_24h});
    Decisions out;
    keep_alive(world, morning, morning + 96h, 0, out);
    EXPECT_THAT(raised(out, "inactivity:open"), SizeIs(1));
}

TEST(DoorUnused, IsMutedWhileTheResidentIsAwayAndStartsAnewOnReturn) {
    Household home = home_with({device(door, SensorKind::door)}, {Preset::door_24h});
    home.residents[0].status = ResidentStatus::hospitalised;
    World world(home);
    Decisions out;
    keep_alive(world, morning, morning + 72h, 0, out);
    EXPECT_THAT(out, IsEmpty());
    home.residents[0].status = ResidentStatus::active;
    EXPECT_THAT(world.set(morning + 72h, home), IsEmpty());
    keep_alive(world, morning + 72h, morning + 96h - 1min, 0, out);
    EXPECT_THAT(out, IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 96h, door, ReadingKind::contact_open, 0)),
                ElementsAre("inactivity:open"));
}

TEST(DoorUnused, ALateWordThatDiffersProvesUse) {
    World world = door_home({Preset::door_24h});
    world.says_numbered(morning, door, {reading(ReadingKind::contact_open, 0, morning)});
    world.says_numbered(morning + 2h, door, {reading(ReadingKind::contact_open, 0, morning + 2h)});
    world.says_numbered(morning + 2h, door, {reading(ReadingKind::contact_open, 1, morning + 1h)});
    EXPECT_EQ(world.view().last_sign_of_life, morning + 1h);
    Decisions out;
    keep_alive(world, morning + 2h + 1min, morning + 26h - 1min, 0, out);
    ASSERT_THAT(
        raised(world.says(morning + 26h, door, ReadingKind::contact_open, 0), "inactivity:open"),
        SizeIs(1));
    EXPECT_EQ(world.open(AlertKind::inactivity)[0].evidence.since, morning + 2h)
        << "the return from stale at 2 h is later than the use";
}

}  // namespace anju::test
