// What the care of the community tells a home.
#include "support.hpp"

namespace anju::test {
namespace {

const ResidentId wang{"r1"};
const ResidentId spouse{"r2"};
constexpr auto at_home = ResidentStatus::active;

/// Whose devices are silent for a day without anybody's missing them.
Household quiet_home() {
    Household home = full_home();
    for (Device& d : home.devices) d.sample_every = d.deliver_every = 1000h;
    home.rules.presets.clear();
    return home;
}

AlertAsked lost(Instant since, const ResidentId& resident = wang) {
    return {home_id,
            resident,
            AlertKind::contact_failed,
            {.rule = "calls_unanswered", .since = since, .sources = {}}};
}

}  // namespace

TEST(ContactFailed, IsOpenAtOnceAndSaysWhatTheHomeKnows) {
    Household home = quiet_home();
    home.rules.ladder.self_check_asks = 2;
    World world(home);
    world.says(morning + 1h, motion, ReadingKind::motion);
    const Decisions out = world.apply(morning + 4h, lost(morning + 90min));
    const Alert alert = alert_in(out);
    EXPECT_EQ(alert.state, AlertState::open) << "the calls were the asking";
    EXPECT_EQ(alert.priority, Priority::p2);
    EXPECT_EQ(alert.resident, wang);
    EXPECT_THAT(alert.sentence_en,
                HasSubstr("Three calls since 22 Nov 09:30 were not answered; last sign of life in "
                          "the home: 09:00."));
    EXPECT_THAT(alert.sentence_zh, HasSubstr("三次电话均无人接听"));
    EXPECT_THAT(alert.sentence_en, HasSubstr("motion sensor motion last heard"));
}

TEST(ContactFailed, SaysSoWhereNothingWasEverHeard) {
    World world(quiet_home());
    const Alert alert = alert_in(world.apply(morning + 4h, lost(morning)));
    EXPECT_THAT(alert.sentence_en, HasSubstr("last sign of life in the home: never"));
    EXPECT_THAT(alert.sentence_zh, HasSubstr("从未收到"));
}

TEST(ContactFailed, IsNotRaisedOfWhoIsAwayOrUnknown) {
    World world(quiet_home());
    world.apply(morning, StatusTold{home_id, wang, ResidentStatus::away});
    EXPECT_THAT(world.apply(morning + 1h, lost(morning)), IsEmpty());
    world.apply(morning + 2h, StatusTold{home_id, wang, ResidentStatus::active});
    AlertAsked other = lost(morning);
    other.resident = ResidentId{"nobody"};
    EXPECT_THAT(world.apply(morning + 3h, other), IsEmpty());
    EXPECT_THAT(alerts(world.apply(morning + 3h, lost(morning))),
                ElementsAre("contact_failed:open"));
}

TEST(StatusTold, LeavesWhatPersonsWereCalledOutForToThem) {
    World world(quiet_home());
    world.apply(morning + 1h, lost(morning));
    world.says(morning + 1h, smoke, ReadingKind::smoke);
    world.says(morning + 1h, leak, ReadingKind::water_leak);
    world.says(morning + 1h, sos, ReadingKind::sos);
    const Decisions out =
        world.apply(morning + 2h, StatusTold{home_id, wang, ResidentStatus::hospitalised});
    EXPECT_THAT(alerts(out), ElementsAre("contact_failed:open")) << "noted, not ended";
    EXPECT_EQ(alert_in(out).cause, StepCause::suspended);
    EXPECT_EQ(world.engine.open_alert_count(), 4U);
    EXPECT_THAT(world.apply(morning + 2h, StatusTold{home_id, wang, ResidentStatus::hospitalised}),
                IsEmpty());
}

TEST(TwoInAHome, OneInHospitalDoesNotMuteTheOtherOne) {
    Household home = home_with({device(motion, SensorKind::motion, 15min)});
    home.residents.push_back({.id = spouse, .name = "Li Guoqiang", .status = at_home});
    World world(home);
    world.says(morning, motion, ReadingKind::motion);
    world.apply(morning + 1min, StatusTold{home_id, wang, ResidentStatus::hospitalised});
    Decisions out;
    for (Instant at = morning + 15min; at <= morning + 30h; at += 15min) {
        for (Decision& d : world.says(at, motion, ReadingKind::alive)) out.push_back(std::move(d));
    }
    EXPECT_THAT(alerts(out), ElementsAre("inactivity:open"));
    EXPECT_EQ(alert_in(out).resident, spouse) << "whoever is there is meant";
    world.apply(morning + 31h, StatusTold{home_id, spouse, ResidentStatus::away});
    EXPECT_THAT(world.open(AlertKind::inactivity), IsEmpty()) << "now nobody is there";
}

TEST(TwoInAHome, WhoIsMissedIsTheOneWhoWasCalled) {
    Household home = quiet_home();
    home.residents.push_back({.id = spouse, .name = "Li Guoqiang", .status = at_home});
    World world(home);
    world.apply(morning, StatusTold{home_id, wang, ResidentStatus::hospitalised});
    EXPECT_THAT(world.apply(morning + 1h, lost(morning)), IsEmpty()) << "known to be away";
    const Decisions missed = world.apply(morning + 1h, lost(morning, spouse));
    EXPECT_THAT(alerts(missed), ElementsAre("contact_failed:open"));
    EXPECT_EQ(alert_in(missed).resident, spouse);
    world.apply(morning + 2h, StatusTold{home_id, wang, at_home});
    EXPECT_THAT(alerts(world.apply(morning + 3h, lost(morning))),
                ElementsAre("contact_failed:open"))
        << "an alert of one resident does not stand for the other";
    world.apply(morning + 4h, StatusTold{home_id, wang, ResidentStatus::away});
    for (const Alert& alert : world.open(AlertKind::contact_failed)) {
        EXPECT_EQ(alert.cause == StepCause::suspended, alert.resident == wang);
    }
}

TEST(TwoInAHome, WhoIsSeenInHospitalIsNoSignOfLifeAtHome) {
    Household home = quiet_home();
    home.residents.push_back({.id = spouse, .name = "Li Guoqiang", .status = at_home});
    World world(home);
    world.apply(morning, StatusTold{home_id, wang, ResidentStatus::hospitalised});
    world.apply(morning + 1h, LifeWitnessed{home_id, wang, morning + 1h});
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
    world.apply(morning + 1h, LifeWitnessed{home_id, spouse, morning + 1h});
    EXPECT_EQ(world.view().last_sign_of_life, morning + 1h);
}

TEST(StatusTold, LeavesToWhoeverIsOnSiteWhatTheyFoundThere) {
    World world(quiet_home());
    const AlertId id = alert_in(world.apply(morning + 1h, lost(morning))).id;
    world.command(morning + 1h, id, AlertVerb::on_site);
    world.apply(morning + 2h, StatusTold{home_id, wang, ResidentStatus::hospitalised});
    EXPECT_EQ(world.view().alerts.at(0).state, AlertState::on_site);
}

TEST(LifeWitnessed, EndsTheSilence) {
    Household home = home_with({device(motion, SensorKind::motion, 15min)});
    World watched(home);
    World visited(home);
    for (World* world : {&watched, &visited}) {
        world->says(morning, motion, ReadingKind::motion);
        for (Instant at = morning + 15min; at <= morning + 20h; at += 15min) {
            world->says(at, motion, ReadingKind::alive);
        }
    }
    visited.apply(morning + 20h, LifeWitnessed{home_id, wang, morning + 19h});
    EXPECT_EQ(visited.view().last_sign_of_life, morning + 19h);
    const auto rest = [](World& world) {
        std::vector<std::string> told;
        for (Instant at = morning + 20h + 15min; at <= morning + 30h; at += 15min) {
            for (auto& text : alerts(world.says(at, motion, ReadingKind::alive))) {
                told.push_back(text);
            }
        }
        return told;
    };
    EXPECT_THAT(rest(watched), ElementsAre("inactivity:open")) << "a day, and nobody can tell";
    EXPECT_THAT(rest(visited), IsEmpty());
}

TEST(AlertMerged, TakesOnlyOpenAlertsOfDevicesAndIsQuiet) {
    World world(quiet_home());
    world.ladder = true;
    const AlertId battery = alert_in(world.says(morning, door, ReadingKind::battery_low)).id;
    const AlertId fire = alert_in(world.says(morning, smoke, ReadingKind::smoke)).id;
    const AlertId into{"community/c-1"};
    const Decisions merged = world.apply(morning + 10s, AlertMerged{battery, into});
    ASSERT_THAT(merged, SizeIs(1)) << "nobody is told";
    EXPECT_EQ(alert_in(merged).state, AlertState::merged);
    EXPECT_EQ(alert_in(merged).merged_into, into);
    EXPECT_EQ(alert_in(merged).cause, StepCause::merged);
    EXPECT_THAT(world.apply(morning + 10s, AlertMerged{battery, into}), IsEmpty());
    EXPECT_THAT(world.apply(morning + 10s, AlertMerged{fire, into}), IsEmpty());
    const HouseholdView view = world.view();
    for (const NextStep& next : view.next) EXPECT_NE(next.alert, battery);
}

TEST(AlertMerged, IsPartedAgainWhereTheConditionHolds) {
    World world(quiet_home());
    const AlertId id = alert_in(world.says(morning, door, ReadingKind::battery_low)).id;
    world.apply(morning + 1min, AlertMerged{id, AlertId{"community/c-1"}});
    const Decisions parted = world.apply(morning + 1h, AlertMerged{id, AlertId{}});
    EXPECT_THAT(alerts(parted), ElementsAre("low_battery:open"));
    EXPECT_EQ(alert_in(parted).id, id);
    EXPECT_TRUE(alert_in(parted).merged_into.empty());
}

TEST(AlertMerged, SaysThatItRecoveredAndIsNotPartedThen) {
    World world(quiet_home());
    const AlertId id = alert_in(world.says(morning, door, ReadingKind::battery_low)).id;
    world.apply(morning + 1min, AlertMerged{id, AlertId{"community/c-1"}});
    const Decisions well = world.says(morning + 2min, door, ReadingKind::battery_low, 0);
    EXPECT_THAT(alerts(well), ElementsAre("low_battery:merged"));
    EXPECT_EQ(alert_in(well).cause, StepCause::recovered);
    EXPECT_THAT(world.apply(morning + 1h, AlertMerged{id, AlertId{}}), IsEmpty());
}

}  // namespace anju::test
