// Smoke, gas, water on the floor, the help button.
#include "core/detect/hazard.hpp"

#include "support.hpp"

namespace anju::test {

TEST(Hazard, IsRaisedAtOnce) {
    World world;
    EXPECT_THAT(alerts(world.says(morning, smoke, ReadingKind::smoke)), ElementsAre("smoke:open"));
    EXPECT_THAT(alerts(world.says(morning, gas, ReadingKind::gas)), ElementsAre("gas_leak:open"));
    EXPECT_THAT(alerts(world.says(morning, leak, ReadingKind::water_leak)),
                ElementsAre("flood:open"));
    EXPECT_THAT(alerts(world.says(morning, sos, ReadingKind::sos)), ElementsAre("sos:open"));
}

TEST(Hazard, IsNotRaisedByItsAbsence) {
    World world;
    for (const auto& [from, kind] : {std::pair{smoke, ReadingKind::smoke},
                                     {gas, ReadingKind::gas},
                                     {leak, ReadingKind::water_leak},
                                     {sos, ReadingKind::sos}}) {
        EXPECT_THAT(world.says(morning, from, kind, 0), IsEmpty());
    }
}

TEST(Hazard, RepeatsAreCountedNotRaised) {
    World world;
    world.says(morning, smoke, ReadingKind::smoke);
    for (int i = 1; i <= 5; ++i) {
        EXPECT_THAT(world.says(morning + i * 10s, smoke, ReadingKind::smoke), IsEmpty());
    }
    ASSERT_THAT(world.open(AlertKind::smoke), SizeIs(1));
    EXPECT_EQ(world.open(AlertKind::smoke)[0].repeats, 5U);
}

TEST(Hazard, ClearingChangesNoAlert) {
    World world;
    world.says(morning, smoke, ReadingKind::smoke);
    EXPECT_THAT(world.says(morning + 1min, smoke, ReadingKind::smoke, 0), IsEmpty());
    EXPECT_THAT(world.open(AlertKind::smoke), SizeIs(1)) << "P1 never closes by itself";
}

TEST(Hazard, ASecondSensorJoinsTheOpenAlert) {
    Household home = full_home();
    home.devices.push_back(device(DeviceId{"smoke2"}, SensorKind::smoke));
    home.devices.push_back(device(DeviceId{"leak2"}, SensorKind::water_leak));
    World world(home);
    world.says(morning, smoke, ReadingKind::smoke);
    const Decisions joined = world.says(morning, DeviceId{"smoke2"}, ReadingKind::smoke);
    ASSERT_THAT(joined, SizeIs(1)) << "smoke in a second room is news";
    const auto& change = std::get<AlertChanged>(joined[0].what);
    EXPECT_EQ(change.from, AlertState::open);
    EXPECT_THAT(change.alert.evidence.sources, SizeIs(2));
    EXPECT_THAT(world.says(morning, DeviceId{"smoke2"}, ReadingKind::smoke), IsEmpty());
    EXPECT_THAT(world.open(AlertKind::smoke), SizeIs(1));
    world.says(morning, leak, ReadingKind::water_leak);
    EXPECT_THAT(alerts(world.says(morning, DeviceId{"leak2"}, ReadingKind::water_leak)),
                ElementsAre("flood:open"))
        << "water in another room is another place to look at";
}

namespace {

/// A smoke sensor behind a bridge that repeats its cached "smoke" every 15 minutes; what is
/// raised is closed at once. Which words, by number, led to an alarm.
std::vector<int> believed(World& world, Instant from, int words) {
    std::vector<int> out;
    for (int i = 1; i <= words; ++i) {
        const Instant at = from + i * 15min;
        const Decisions decisions = world.apply(
            at,
            message(smoke, {reading(ReadingKind::battery_pct, 80), reading(ReadingKind::smoke)}));
        if (alerts(decisions).empty()) continue;
        out.push_back(i);
        world.command(at, alert_in(decisions).id, AlertVerb::close);
    }
    return out;
}

}  // namespace

TEST(Hazard, ABridgeThatInsistsIsBelievedAfterTheReopenWindowAndThenOnceADay) {
    World world(home_with({device(smoke, SensorKind::smoke)}));
    const Alert alert = alert_in(world.says(morning, smoke, ReadingKind::smoke));
    world.command(morning, alert.id, AlertVerb::close);
    EXPECT_THAT(believed(world, morning, 200), ElementsAre(2, 2 + 96, 2 + 192))
        << "the all-clear may have been lost, or it may be a memory";
    EXPECT_THAT(world.open(AlertKind::smoke), IsEmpty());
}

TEST(Hazard, AnAllClearMakesTheNextWordOfABridgeAnAlarmAtOnce) {
    World world(home_with({device(smoke, SensorKind::smoke)}));
    const Alert alert = alert_in(world.says(morning, smoke, ReadingKind::smoke));
    world.command(morning, alert.id, AlertVerb::close);
    ASSERT_THAT(believed(world, morning, 4), ElementsAre(2));
    world.says(morning + 3h, smoke, ReadingKind::smoke, 0);
    EXPECT_THAT(raised(world.says(morning + 3h + 1s, smoke, ReadingKind::smoke), "smoke:open"),
                SizeIs(1));
}

TEST(Hazard, AMeasuringSensorIsBelievedWhenItBurnsStill) {
    World world(home_with({device(smoke, SensorKind::smoke)}));
    const auto on = [](Instant when) { return std::vector{reading(ReadingKind::smoke, 1, when)}; };
    const Alert first = alert_in(world.says_numbered(morning, smoke, on(morning)));
    world.command(morning + 2min, first.id, AlertVerb::close);
    EXPECT_THAT(world.says_numbered(morning + 3min, smoke, on(morning + 1min)), IsEmpty())
        << "measured before somebody closed it";
    const Decisions soon = world.says_numbered(morning + 4min, smoke, on(morning + 4min));
    EXPECT_THAT(alerts(soon), ElementsAre("smoke:open"));
    EXPECT_EQ(alert_in(soon).id, first.id) << "within the reopen window it is the same alert";
    world.command(morning + 5min, first.id, AlertVerb::close);
    const Decisions later = world.says_numbered(morning + 35min, smoke, on(morning + 35min));
    EXPECT_EQ(raised(later, "smoke:open").size(), 1U);
    EXPECT_NE(world.open(AlertKind::smoke).at(0).id, first.id);
}

TEST(Hazard, ASensorThatWasGoneIsBelievedAnew) {
    World world;
    const Alert first = alert_in(world.says(morning, smoke, ReadingKind::smoke));
    world.command(morning + 1min, first.id, AlertVerb::close);
    world.advance(morning + 2h);
    EXPECT_THAT(raised(world.says(morning + 2h, smoke, ReadingKind::smoke), "smoke:open"),
                SizeIs(1))
        << "it may have cleared and begun again while nobody heard it";
}

TEST(Hazard, RetainedIsNoEventAndTheLiveReadingAfterItStillIs) {
    World world;
    EXPECT_THAT(world.says(morning, smoke, ReadingKind::smoke, 1, quality::retained), IsEmpty());
    EXPECT_EQ(world.view().devices[1].last_heard, Instant{}) << "a retained message is not a word";
    EXPECT_THAT(alerts(world.says(morning + 1s, smoke, ReadingKind::smoke)),
                ElementsAre("smoke:open"));
}

TEST(Hazard, ALateAlarmOfThePastIsRaisedOnce) {
    World world;
    world.says_numbered(morning + 10min, smoke, {reading(ReadingKind::smoke, 0, morning + 10min)});
    const auto late = [&](Instant at) {
        return alerts(
            world.says_numbered(at, smoke, {reading(ReadingKind::smoke, 1, morning + 5min)}));
    };
    EXPECT_THAT(late(morning + 11min), ElementsAre("smoke:open"));
    EXPECT_THAT(late(morning + 12min), IsEmpty());
    EXPECT_THAT(alerts(world.says_numbered(morning + 13min, smoke,
                                           {reading(ReadingKind::smoke, 1, morning + 13min)})),
                IsEmpty())
        << "one open alert per kind";
}

TEST(Hazard, IsAnAlarmThoughTheClockOfTheBoxWasSetForwardInBetween) {
    World world;
    const auto says = [&](Instant at, int on, Instant by_its_own_clock) {
        return raised(
            world.says_numbered(at, smoke, {reading(ReadingKind::smoke, on, by_its_own_clock)}),
            "smoke:open");
    };
    EXPECT_THAT(says(morning, 1, morning), SizeIs(1));
    EXPECT_THAT(says(morning + 1min, 0, morning + 1min), IsEmpty());
    world.command(morning + 2min, alert_id(1), AlertVerb::close);
    world.apply(morning + 3min + 14 * 24h, ClockStep{14 * 24h});
    // Nine days later the box is still two weeks ahead; the sensor's clock was right all the time.
    const Instant fire = morning + 9 * 24h;
    EXPECT_THAT(says(fire + 14 * 24h, 1, fire), SizeIs(1));
    EXPECT_THAT(says(fire + 14 * 24h + 1min, 1, fire + 1min), IsEmpty()) << "it burns still";
}

TEST(Hazard, IsAnAlarmThoughTheClockWasSetForwardAndItsFirstWordIsOvertaken) {
    World world;
    const auto says = [&](Instant at, std::uint64_t number, Reading one) {
        Observation numbered = message(smoke, {one});
        numbered.sequence = Sequence{.boot = 7, .number = number};
        return raised(world.apply(at, numbered), "smoke:open");
    };
    EXPECT_THAT(says(morning, 1, reading(ReadingKind::smoke, 1, morning)), SizeIs(1));
    EXPECT_THAT(says(morning + 1min, 2, reading(ReadingKind::smoke, 0, morning + 1min)), IsEmpty());
    world.command(morning + 2min, alert_id(1), AlertVerb::close);
    world.apply(morning + 3min + 31 * 24h, ClockStep{31 * 24h});
    const Instant fire = morning + 9 * 24h;
    const Instant heard = fire + 31 * 24h + 1h;
    EXPECT_THAT(says(heard, 5, reading(ReadingKind::battery_pct, 80, fire + 3min)), IsEmpty());
    EXPECT_THAT(says(heard, 3, reading(ReadingKind::smoke, 1, fire)), SizeIs(1));
    EXPECT_THAT(says(heard, 4, reading(ReadingKind::smoke, 1, fire + 1min)), IsEmpty())
        << "the same fire";
}

TEST(Hazard, IsAnAlarmThoughTheAllClearBeforeItWasLostAndTheClockSetForward) {
    World world;
    const auto says = [&](Instant at, Instant by_its_own_clock) {
        return raised(
            world.says_numbered(at, smoke, {reading(ReadingKind::smoke, 1, by_its_own_clock)}),
            "smoke:open");
    };
    EXPECT_THAT(says(morning, morning), SizeIs(1));
    world.command(morning + 2min, alert_id(1), AlertVerb::close);
    world.apply(morning + 3min + 2 * 24h, ClockStep{2 * 24h});
    EXPECT_THAT(says(morning + 30min + 2 * 24h, morning + 30min), SizeIs(1));
    EXPECT_THAT(says(morning + 31min + 2 * 24h, morning + 31min), IsEmpty()) << "it burns still";
}

TEST(Hazard, ALateAllClearDoesNotClear) {
    using detect::HazardWatch;
    HazardWatch watch;
    const auto observe = [&](bool on, bool late) {
        return watch.observe({.on = on, .late = late, .measured = false, .event_time = morning},
                             morning, std::nullopt, 30min);
    };
    EXPECT_EQ(observe(true, false), detect::HazardSign::alarm);
    EXPECT_EQ(observe(false, true), detect::HazardSign::none);
    EXPECT_EQ(observe(true, false), detect::HazardSign::repetition) << "it never cleared";
}

TEST(Hazard, TheTestButtonRaisesATestAndNothingElse) {
    World world;
    const Decisions decisions = world.says(morning, smoke, ReadingKind::smoke, 1, quality::test);
    EXPECT_THAT(alerts(decisions), ElementsAre("test:open"));
    EXPECT_EQ(alert_in(decisions).priority, Priority::p4);
    EXPECT_THAT(alerts(world.says(morning + 1s, smoke, ReadingKind::smoke)),
                ElementsAre("smoke:open"));
    EXPECT_THAT(alerts(world.says(morning + 2s, sos, ReadingKind::sos, 1, quality::test)),
                ElementsAre("test:open"));
}

TEST(Sos, EachPressIsAnEvent) {
    World world;
    const Alert first = alert_in(world.says(morning, sos, ReadingKind::sos));
    EXPECT_THAT(world.says(morning + 1s, sos, ReadingKind::sos), IsEmpty());
    world.command(morning + 1min, first.id, AlertVerb::close);
    const Decisions soon = world.says(morning + 2min, sos, ReadingKind::sos);
    EXPECT_THAT(alerts(soon), ElementsAre("sos:open"));
    EXPECT_EQ(alert_in(soon).id, first.id);
    EXPECT_EQ(alert_in(soon).reopened, 1U);
}

TEST(Hazard, IsHeardWhateverTheResidentsStatus) {
    Household home = full_home();
    home.residents[0].status = ResidentStatus::hospitalised;
    World world(home);
    EXPECT_THAT(alerts(world.says(morning, smoke, ReadingKind::smoke)), ElementsAre("smoke:open"));
    EXPECT_THAT(alerts(world.says(morning, gas, ReadingKind::gas)), ElementsAre("gas_leak:open"));
    EXPECT_THAT(alerts(world.says(morning, leak, ReadingKind::water_leak)),
                ElementsAre("flood:open"));
}

TEST(CarbonMonoxide, IsToldByItsNameInAGasAlert) {
    World world;
    const Alert alert = alert_in(world.says(morning, gas, ReadingKind::carbon_monoxide));
    EXPECT_EQ(alert.kind, AlertKind::gas_leak);
    EXPECT_EQ(alert.priority, Priority::p1);
    EXPECT_EQ(alert.evidence.rule, "carbon_monoxide");
    EXPECT_THAT(alert.sentence_zh, HasSubstr("一氧化碳"));
    EXPECT_THAT(alert.sentence_zh, testing::Not(HasSubstr("燃气超标")));
    EXPECT_THAT(alert.sentence_en, HasSubstr("carbon monoxide"));
}

TEST(CarbonMonoxide, BesideCombustibleGasIsAnotherAlert) {
    World world;
    const Decisions both = world.apply(
        morning, message(gas, {reading(ReadingKind::gas), reading(ReadingKind::carbon_monoxide)}));
    EXPECT_THAT(alerts(both), ElementsAre("gas_leak:open", "gas_leak:open"));
    ASSERT_THAT(world.open(AlertKind::gas_leak), SizeIs(2));
    EXPECT_EQ(world.open(AlertKind::gas_leak)[0].evidence.rule, "gas_leak");
    EXPECT_EQ(world.open(AlertKind::gas_leak)[1].evidence.rule, "carbon_monoxide");
    world.says(morning + 10s, gas, ReadingKind::carbon_monoxide);
    EXPECT_EQ(world.open(AlertKind::gas_leak)[0].repeats, 0U);
    EXPECT_EQ(world.open(AlertKind::gas_leak)[1].repeats, 1U);
}

TEST(CarbonMonoxide, EndsAndComesBackWithoutTouchingTheOtherGas) {
    World world;
    world.says(morning, gas, ReadingKind::gas);
    const Alert co = alert_in(world.says(morning, gas, ReadingKind::carbon_monoxide));
    world.command(morning + 1min, co.id, AlertVerb::close);
    EXPECT_THAT(world.says(morning + 2min, gas, ReadingKind::carbon_monoxide, 0), IsEmpty());
    const Decisions again = world.says(morning + 3min, gas, ReadingKind::carbon_monoxide);
    ASSERT_THAT(alerts(again), ElementsAre("gas_leak:open"));
    EXPECT_EQ(alert_in(again).id, co.id);
    EXPECT_EQ(alert_in(again).evidence.rule, "carbon_monoxide");
    EXPECT_THAT(world.says(morning + 4min, gas, ReadingKind::gas), IsEmpty()) << "still open";
}

TEST(CarbonMonoxide, OfASecondSensorJoins) {
    Household home = full_home();
    home.devices.push_back(device(DeviceId{"co2"}, SensorKind::gas));
    World world(home);
    world.says(morning, gas, ReadingKind::carbon_monoxide);
    const Decisions joined = world.says(morning, DeviceId{"co2"}, ReadingKind::carbon_monoxide);
    ASSERT_THAT(joined, SizeIs(1));
    EXPECT_THAT(alert_in(joined).evidence.sources, SizeIs(2));
}

TEST(CarbonMonoxide, OfTheTestButtonIsATest) {
    World world;
    EXPECT_THAT(alerts(world.says(morning, gas, ReadingKind::carbon_monoxide, 1, quality::test)),
                ElementsAre("test:open"));
    EXPECT_THAT(world.open(AlertKind::gas_leak), IsEmpty());
}

TEST(CarbonMonoxide, RetainedIsNoEventAndItsAbsenceIsNone) {
    World world;
    EXPECT_THAT(world.says(morning, gas, ReadingKind::carbon_monoxide, 1, quality::retained),
                IsEmpty());
    EXPECT_THAT(world.says(morning, gas, ReadingKind::carbon_monoxide, 0), IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 1s, gas, ReadingKind::carbon_monoxide)),
                ElementsAre("gas_leak:open"));
}

TEST(CarbonMonoxide, OfASensorThatWasGoneIsBelievedAnew) {
    World world;
    const Alert first = alert_in(world.says(morning, gas, ReadingKind::carbon_monoxide));
    world.command(morning + 1min, first.id, AlertVerb::close);
    world.advance(morning + 2h);
    EXPECT_THAT(
        raised(world.says(morning + 2h, gas, ReadingKind::carbon_monoxide), "gas_leak:open"),
        SizeIs(1));
}

}  // namespace anju::test
