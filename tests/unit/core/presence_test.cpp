// Who is at home, in days written by hand.
#include "core/detect/presence.hpp"

#include "core/detect/passage_habit.hpp"
#include "flat.hpp"

namespace anju::test {

using detect::Presence;

TEST(Presence, IsOutAfterThePersonLeftAndInAfterTheReturn) {
    Flat flat;
    EXPECT_EQ(flat.where(), Whereabouts::unknown) << "nobody was heard yet";
    flat.live(morning + 1h, morning + 2h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    flat.leave(morning + 2h + 10min);
    flat.until(morning + 2h + 20min);
    EXPECT_EQ(flat.where(), Whereabouts::unknown) << "may be about to go or to come";
    flat.until(morning + 5h);
    EXPECT_EQ(flat.where(), Whereabouts::out);
    EXPECT_EQ(flat.world.view().whereabouts_since, morning + 2h + 10min + 5s);
    flat.come(morning + 6h);
    flat.until(morning + 12h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    EXPECT_EQ(flat.world.view().whereabouts_since, morning + 6h);
}

TEST(Presence, IsAtHomeWhenThePersonReturnsAndFallsSilentInTheHall) {
    Flat flat;
    flat.live(morning + 1h, morning + 2h);
    flat.leave(morning + 2h + 10min);
    flat.use_door(morning + 4h);
    flat.hear(morning + 4h + 20s, hall);
    flat.until(morning + 10h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    flat.use_door(morning + 11h);
    flat.until(morning + 12h);
    EXPECT_EQ(flat.where(), Whereabouts::out) << "the next passage leads out again";
}

TEST(Presence, IsAtHomeWhenAVisitorComesAndGoes) {
    Flat flat;
    flat.live(morning + 1h, morning + 2h);
    flat.use_door(morning + 2h + 10min);
    flat.live(morning + 2h + 12min, morning + 3h);
    flat.use_door(morning + 3h + 5min);
    flat.hear(morning + 3h + 7min, living);
    flat.until(morning + 8h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
}

TEST(Presence, IsUnknownAfterAPassageOfWhichNobodyKnowsWhichWayItWent) {
    Flat flat;
    flat.use_door(morning + 1h);
    flat.until(morning + 5h);
    EXPECT_EQ(flat.where(), Whereabouts::unknown);
}

TEST(Presence, TakesBackAnAbsenceThatASensorInsideContradicts) {
    Flat flat;
    flat.live(morning + 1h, morning + 2h);
    flat.leave(morning + 2h + 10min);
    flat.until(morning + 5h);
    flat.hear(morning + 5h, living);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    EXPECT_LE(flat.world.view().whereabouts_since, morning + 2h) << "was in all the time";
    EXPECT_THAT(alerts(flat.all), IsEmpty());
}

TEST(Presence, IsUnknownWhileTheDoorSaysNothingAndAfterAHole) {
    Flat flat;
    flat.live(morning + 1h, morning + 2h);
    flat.mute = door;
    flat.live(morning + 2h + 15min, morning + 4h);
    flat.until(morning + 5h);
    EXPECT_EQ(flat.where(), Whereabouts::unknown);
    flat.mute = {};
    flat.until(morning + 5h + 30min);
    EXPECT_EQ(flat.where(), Whereabouts::unknown) << "it may have been used meanwhile";
    flat.hear(morning + 6h, living);
    flat.until(morning + 7h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    flat.world.apply(morning + 8h, Outage{morning + 7h});
    EXPECT_EQ(flat.where(), Whereabouts::unknown);
}

TEST(Presence, LatchesALongAbsenceUntilSomebodyMovesAboutInside) {
    Flat flat;
    flat.live(morning + 1h, morning + 2h);
    flat.leave(morning + 2h + 10min);
    flat.use_door(morning + 50h);
    flat.hear(morning + 50h + 20s, hall);
    flat.until(morning + 55h);
    EXPECT_EQ(flat.where(), Whereabouts::out) << "somebody looked in";
    flat.come(morning + 60h);
    flat.until(morning + 62h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    EXPECT_EQ(flat.world.view().whereabouts_since, morning + 60h);
}

TEST(Presence, BelievesTheHallWhenTheContactIsDead) {
    Flat flat;
    flat.days(1, 12);
    // From now on the contact speaks and tells nothing.
    const Instant start = midnight + 24h * 13;
    for (int day = 0; day < 20; ++day) flat.live(start + 24h * day + 7h, start + 24h * day + 22h);
    flat.hear(start + 24h * 20 + 8h, living);
    flat.until(start + 24h * 20 + 10h);
    EXPECT_EQ(flat.where(), Whereabouts::unknown) << "not at home for certain, by a dead contact";
    flat.hear(start + 24h * 20 + 11h, hall);
    flat.until(start + 24h * 20 + 12h);
    EXPECT_EQ(flat.where(), Whereabouts::out);
    flat.until(start + 24h * 20 + 24h);
    EXPECT_EQ(flat.where(), Whereabouts::unknown) << "for half a day only";
}

TEST(Presence, DoesNotTakeAMeterThatTellsAfterwardsForSomebodyInside) {
    Presence presence;
    const detect::Cover cover{.doors = true, .interior = true};
    const auto sign = [&](Instant at, bool at_door, Duration uncertain = {}) {
        presence.take({.at = at, .device = 0, .door = at_door, .uncertain = uncertain}, cover);
        presence.speaker_is(true, false);
    };
    sign(morning, false);
    sign(morning + 10min, true);
    sign(morning + 30min, false, 1h);
    EXPECT_EQ(presence.belief(morning + 40min, cover).where, Whereabouts::out)
        << "it may have run before the door was used";
    sign(morning + 75min, false, 1h);
    EXPECT_EQ(presence.belief(morning + 80min, cover).where, Whereabouts::home);
}

TEST(Presence, TellsWhatCountsAsKnownForTheSilenceThatHasJustBegun) {
    Presence presence;
    const detect::Cover cover{.doors = true, .interior = true};
    const auto sign = [&](Instant at, bool at_door, bool leaves) {
        presence.take({.at = at, .device = 0, .door = at_door}, cover);
        presence.speaker_is(leaves, false);
    };
    sign(morning, false, false);
    EXPECT_FALSE(presence.belief(morning, cover).known) << "a door that was never used";
    sign(morning + 1h, true, true);
    EXPECT_EQ(presence.belief(morning + 1h, cover).where, Whereabouts::out);
    sign(morning + 1h + 30s, false, false);
    EXPECT_EQ(presence.belief(morning + 1h + 30s, cover).where, Whereabouts::home);
    EXPECT_FALSE(presence.belief(morning + 1h + 30s, cover).known) << "seldom is not never";
    sign(morning + 1h + 2min, false, false);
    EXPECT_TRUE(presence.belief(morning + 1h + 2min, cover).known);
    EXPECT_FALSE(presence.belief(morning + 1h + 2min, {.interior = true}).known);
}

TEST(Presence, IsNotConfusedByWhatComesLate) {
    Presence presence;
    const detect::Cover cover{.doors = true, .interior = true};
    presence.take({.at = morning, .device = 1}, cover);
    presence.take({.at = morning + 1h, .device = 1}, cover);
    presence.take({.at = morning + 1h - 20s, .device = 0, .door = true}, cover);
    presence.speaker_is(true, false);
    EXPECT_EQ(presence.belief(morning + 2h, cover).where, Whereabouts::out);
    presence.take({.at = morning + 30min, .device = 1}, cover);
    EXPECT_EQ(presence.last_sign(), morning + 1h);
}

TEST(PassageHabit, LearnsWhichSensorSeesPeopleLeave) {
    detect::PassageHabit couch;
    EXPECT_TRUE(couch.leaves(false)) << "nothing is known of it";
    couch.followed(false);
    EXPECT_FALSE(couch.leaves(false));
    detect::PassageHabit contact;
    for (int i = 0; i < 9; ++i) contact.followed(false);
    EXPECT_TRUE(contact.leaves(true));
    contact.followed(false);
    EXPECT_TRUE(!contact.leaves(true)) << "4.5 of 15";
    for (int i = 0; i < 60; ++i) contact.followed(true);
    EXPECT_TRUE(contact.leaves(true)) << "forgets slowly";
    EXPECT_FALSE(couch.may_leave());
    couch.fell_silent(true);
    EXPECT_TRUE(couch.may_leave());
}

TEST(Presence, GoesOnFromASnapshotWhereverItIsTaken) {
    Flat whole;
    Flat restored;
    for (int number = 1; number <= 18; ++number) {
        const Instant start = midnight + 24h * number;
        for (Flat* flat : {&whole, &restored}) {
            flat->live(start + 7h, start + 9h);
            flat->leave(start + 10h);
            flat->until(start + 10h + number * 3min);
        }
        ASSERT_TRUE(restored.world.engine.restore(restored.world.engine.snapshot(home_id)));
        for (Flat* flat : {&whole, &restored}) flat->come(start + 11h + number * 17min);
    }
    EXPECT_EQ(restored.world.engine.snapshot(home_id), whole.world.engine.snapshot(home_id));
    EXPECT_EQ(restored.all, whole.all);
    EXPECT_LT(whole.world.engine.snapshot(home_id).size(), 32'000U);
}

TEST(Presence, KeepsWhatWasLearnedWhenDevicesAreAddedAndReordered) {
    Household home = flat();
    Flat flat(home);
    flat.days(1, 3);
    const Instant start = midnight + 24h * 4;
    flat.leave(start + 10h);
    std::ranges::reverse(home.devices);
    home.devices.insert(home.devices.begin(), device(bed, SensorKind::bed));
    flat.until(start + 10h + 1min);
    flat.world.set(start + 10h + 1min, home);
    flat.until(start + 12h);
    EXPECT_EQ(flat.where(), Whereabouts::out);
    flat.come(start + 13h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
}

TEST(Presence, TakesOnlyEntranceDoorsForPassages) {
    Household home = flat();
    home.devices.push_back(device(DeviceId{"fridge"}, SensorKind::door));
    home.devices.back().entrance = false;
    home.rules.presets = {Preset::door_24h};
    Flat flat(home);
    flat.live(morning + 1h, morning + 2h);
    for (int hour = 3; hour < 26; ++hour) {
        flat.until(morning + hour * 1h);
        flat.world.says(morning + hour * 1h, DeviceId{"fridge"}, ReadingKind::contact_open,
                        hour % 2);
    }
    flat.until(morning + 26h);
    EXPECT_EQ(flat.where(), Whereabouts::home);
    EXPECT_THAT(flat.told(AlertKind::inactivity), SizeIs(1)) << "the entrance was not used";
}

TEST(Presence, DoesNotKeepAPhoneCallFromWhomNobodyElseMisses) {
    Flat flat;
    flat.days(0, 20);
    flat.leave(midnight + 21 * 24h + 10h);
    flat.come(midnight + 22 * 24h + 10h);  // after a night elsewhere, for an hour
    flat.live(midnight + 22 * 24h + 10h + 15min, midnight + 22 * 24h + 11h);
    flat.all.clear();
    flat.leave(midnight + 22 * 24h + 11h);
    flat.until(midnight + 25 * 24h);
    EXPECT_THAT(flat.told(AlertKind::not_returned), IsEmpty()) << "an outing of one who is away";
    ASSERT_THAT(flat.told(AlertKind::inactivity), SizeIs(1));
    EXPECT_EQ(flat.alert(AlertKind::inactivity).evidence.rule, "silent_unknown");
    EXPECT_EQ(flat.first(AlertKind::inactivity).at, midnight + 23 * 24h + 11h + 5min);
}

TEST(Presence, MissesWhoLeftBeforeTheWarmUpWasOver) {
    Household home = test::flat();
    home.rules.presets = {};
    Flat flat(home);
    flat.days(0, 12);
    flat.leave(midnight + 13 * 24h + 12h);
    flat.until(midnight + 16 * 24h);
    EXPECT_THAT(flat.told(AlertKind::not_returned), SizeIs(1));
}

TEST(Presence, DoesNotCallOutForWhomAnOutageFoundOut) {
    Flat flat;
    flat.days(0, 20);
    const Instant out = midnight + 21 * 24h + 8h;
    flat.live(out - 1h, out - 15min);
    flat.leave(out);
    flat.all.clear();
    flat.deaf(out + 2h, out + 3h);
    flat.until(out + 23h);
    EXPECT_THAT(flat.told(AlertKind::inactivity), IsEmpty());
    flat.until(out + 26h);
    ASSERT_THAT(flat.told(AlertKind::inactivity), SizeIs(1)) << "but somebody should phone";
    EXPECT_EQ(flat.alert(AlertKind::inactivity).priority, Priority::p3);
}

TEST(Presence, KeepsTheBackstopOfADayThroughOutages) {
    Household home = test::flat();
    home.rules.presets = {};
    home.rules.home_backstop = 48h;
    Flat flat(home);
    flat.days(0, 2);
    flat.all.clear();
    const Instant last = midnight + 2 * 24h + 22h;
    for (int outage = 1; outage <= 3; ++outage) {
        flat.deaf(last + outage * 8h, last + outage * 8h + 40min);
    }
    flat.until(last + 30h);
    ASSERT_THAT(flat.told(AlertKind::inactivity), SizeIs(1));
    const Alert alert = flat.alert(AlertKind::inactivity);
    EXPECT_EQ(alert.evidence.rule, "silent_unknown");
    EXPECT_GE(alert.evidence.until - alert.evidence.since, 24h) << "what was listened to";
    EXPECT_LT(flat.first(AlertKind::inactivity).at, last + 28h);
}

TEST(Presence, TellsAgainOfASilenceThatGoesOnAfterSomebodyLooked) {
    Flat flat;
    flat.days(0, 20);
    flat.all.clear();
    flat.until(midnight + 22 * 24h);
    ASSERT_THAT(flat.told(AlertKind::inactivity), SizeIs(testing::Ge(1U)));
    const Alert alert = flat.world.open(AlertKind::inactivity).at(0);
    const std::size_t before = flat.told(AlertKind::inactivity).size();
    flat.world.command(midnight + 22 * 24h, alert.id, AlertVerb::close, ClosingReason::late_rise);
    flat.until(midnight + 23 * 24h);
    EXPECT_GT(flat.told(AlertKind::inactivity).size(), before);
}

}  // namespace anju::test
