// What is told of coming and going, in days written by hand.
#include "flat.hpp"

namespace anju::test {

TEST(NightExit, IsToldAfterAQuarterOfAnHourOfSilence) {
    Flat flat;
    flat.days(1, 15);
    const Instant night = midnight + 24h * 16 + 2h;
    flat.hear(night - 5min, living);
    flat.leave(night);
    flat.until(night + 14min);
    EXPECT_THAT(flat.told(AlertKind::night_exit), IsEmpty());
    flat.until(night + 1h);
    EXPECT_THAT(flat.told(AlertKind::night_exit), SizeIs(1));
    EXPECT_EQ(flat.first(AlertKind::night_exit).at, night + 15min + 5s);
    EXPECT_THAT(flat.alert(AlertKind::night_exit).sentence_en,
                HasSubstr("used in the night at 8 Dec 02:00, and for more than 15 min"));
}

TEST(NightExit, IsNotToldOfAReturnOrWhenSomethingMovesInside) {
    Flat flat;
    flat.days(1, 15);
    Instant night = midnight + 24h * 16;
    flat.leave(night - 1h - 30min);
    flat.come(night);
    flat.hear(night + 2h, living);
    flat.use_door(night + 2h + 5min);
    flat.hear(night + 2h + 8min, living);
    flat.until(night + 5h);
    EXPECT_THAT(flat.told(AlertKind::night_exit), IsEmpty());
}

TEST(NightExit, IsNotToldInTheWarmUpNorOfAHabit) {
    Flat flat;
    for (int number = 1; number <= 20; ++number) {
        flat.day(number);
        if (number % 7 != 0) continue;
        const Instant night = midnight + 24h * (number + 1);
        flat.leave(night);
        flat.come(night + 1h);
    }
    EXPECT_THAT(flat.told(AlertKind::night_exit), IsEmpty()) << "two nights of warm-up";
    const Instant night = midnight + 24h * 21 + 1h;
    flat.hear(night - 5min, living);
    flat.leave(night);
    flat.until(night + 4h);
    EXPECT_THAT(flat.told(AlertKind::night_exit), IsEmpty()) << "a third one in a month";
}

TEST(NotReturned, IsToldOnceInTheEvening) {
    Flat flat;
    flat.days(1, 15);
    const Instant start = midnight + 24h * 16;
    flat.live(start + 6h, start + 6h + 30min);
    flat.leave(start + 7h);
    flat.until(start + 21h + 45min);
    EXPECT_THAT(flat.told(AlertKind::not_returned), IsEmpty()) << "may still be on the way";
    flat.until(start + 40h);
    EXPECT_THAT(flat.told(AlertKind::not_returned), SizeIs(1));
    const Alert alert = flat.alert(AlertKind::not_returned);
    EXPECT_EQ(flat.first(AlertKind::not_returned).at, start + 22h);
    EXPECT_EQ(alert.priority, Priority::p2);
    EXPECT_EQ(alert.evidence.threshold, Duration{1h - 5s}.count()) << "what is usual";
    EXPECT_THAT(alert.sentence_en, HasSubstr("usually no longer than 59 min"));
    EXPECT_THAT(alert.sentence_zh, HasSubstr("仍未见回来"));
    flat.until(start + 80h);
    EXPECT_THAT(flat.told(AlertKind::not_returned), SizeIs(1)) << "at most one an absence";
}

TEST(NotReturned, IsNotToldOfWhatIsUsualNorBeforeAnythingIsKnown) {
    Flat flat;
    for (int number = 1; number <= 20; ++number) {
        const Instant start = midnight + 24h * number;
        flat.live(start + 6h, start + 6h + 30min);
        flat.leave(start + 7h);
        flat.come(start + 23h);
    }
    EXPECT_THAT(flat.told(AlertKind::not_returned), IsEmpty());
}

TEST(NotReturned, IsNotToldWhileTheDoorSaysNothing) {
    Flat flat;
    flat.days(1, 15);
    const Instant start = midnight + 24h * 16;
    flat.leave(start + 7h);
    flat.mute = door;
    flat.until(start + 40h);
    EXPECT_THAT(flat.told(AlertKind::not_returned), IsEmpty());
}

TEST(NoExit, IsToldOnceAStayAndResolvedByGoingOut) {
    Flat flat;
    flat.days(1, 20);
    const auto stay_in = [&](int first, int last) {
        for (int number = first; number <= last; ++number) {
            flat.live(midnight + 24h * number + 7h, midnight + 24h * number + 22h);
        }
    };
    stay_in(21, 22);
    EXPECT_THAT(flat.told(AlertKind::no_exit), IsEmpty());
    stay_in(23, 26);
    EXPECT_THAT(flat.told(AlertKind::no_exit), SizeIs(1));
    EXPECT_EQ(flat.first(AlertKind::no_exit).at, midnight + 24h * 23 + 11h);
    EXPECT_THAT(flat.alert(AlertKind::no_exit).sentence_en, HasSubstr("check the door sensor"));
    flat.day(27);
    EXPECT_THAT(raised(flat.all, "no_exit:resolved"), SizeIs(1));
    stay_in(28, 31);
    EXPECT_THAT(flat.told(AlertKind::no_exit), SizeIs(2)) << "armed again";
}

TEST(ActivityWhileAway, IsToldOnceAndNotOfABlip) {
    Household home = flat();
    Flat flat(home);
    home.residents[0].status = ResidentStatus::hospitalised;
    flat.until(morning + 1h);
    flat.world.set(morning + 1h, home);
    flat.live(morning + 1h, morning + 2h);
    flat.hear(morning + 6h, living);
    flat.hear(morning + 6h + 30s, living);
    flat.hear(morning + 6h + 50s, living);
    flat.use_door(morning + 8h);
    flat.live(morning + 8h + 1min, morning + 9h);
    EXPECT_THAT(flat.told(AlertKind::activity_while_away), IsEmpty())
        << "packing; a curtain; a neighbour with a key";
    flat.until(morning + 20h);
    for (int i = 0; i < 9; ++i) flat.hear(morning + 20h + i * 40s, i % 2 == 0 ? hall : living);
    EXPECT_THAT(flat.told(AlertKind::activity_while_away), SizeIs(1));
    EXPECT_EQ(flat.where(), Whereabouts::unknown) << "a home that is not watched";
    EXPECT_THAT(flat.alert(AlertKind::activity_while_away).sentence_en,
                HasSubstr("from 23 Nov 04:00 to 04:01"));
}

TEST(ActivityWhileAway, IsNotToldWhileOneOfTwoIsAtHome) {
    Household home = flat();
    home.residents.push_back(
        {.id = ResidentId{"r2"}, .name = "", .status = ResidentStatus::active});
    home.residents[0].status = ResidentStatus::away;
    Flat flat(home);
    flat.until(morning + 5h);
    for (int i = 0; i < 9; ++i) flat.hear(morning + 5h + i * 40s, living);
    EXPECT_THAT(flat.told(AlertKind::activity_while_away), IsEmpty());
}

}  // namespace anju::test
