// Who is told of an alert, when, and what happens when nobody moves: every row and column of the
// table of priorities.
#include "core/alert/ladder.hpp"

#include "told.hpp"

namespace anju::test {

TEST_F(Told, OfSmokeOfGasAndOfACallForHelpAreContactWorkerAndStreetAtOnce) {
    for (const auto& [kind, from] :
         {std::pair{ReadingKind::smoke, smoke}, {ReadingKind::gas, gas}, {ReadingKind::sos, sos}}) {
        all.clear();
        raise(kind, from);
        EXPECT_THAT(told(), ElementsAre(Telling{0ms, SummonsCause::told, p1_first}));
        EXPECT_EQ(now().rung, 1);
        EXPECT_EQ(now().opened_at, monday);
        EXPECT_EQ(now().told_at, monday);
        EXPECT_EQ(now().cause, StepCause::raised);
        EXPECT_FALSE(now().escalated);
    }
}

TEST_F(Told, OfAP1ThatNobodyAcknowledgesAreMoreEveryMinuteOrTwo) {
    raise_p1();
    until(44min);
    EXPECT_THAT(
        told(),
        ElementsAre(Telling{0ms, SummonsCause::told, p1_first},
                    Telling{1min, unanswered, {neighbour, second_worker}},
                    Telling{3min, unanswered, street}, Telling{5min, ask_119, everybody},
                    Telling{20min, unanswered, street}, Telling{35min, unanswered, street}));
    EXPECT_TRUE(now().escalated);
    EXPECT_FALSE(now().overdue);
    EXPECT_EQ(now().state, AlertState::open);
    EXPECT_EQ(now().cause, StepCause::unanswered);
    EXPECT_EQ(now().actor, "system");
    EXPECT_EQ(now().rung, 6);
}

TEST_F(Told, OfAP1ThatNobodyEverAcknowledgesIsTheStreetForEver) {
    raise_p1();
    until(45min);
    EXPECT_TRUE(now().overdue) << "three quarters of an hour, and nobody there";
    until(30 * 24h);
    const auto all_told = told();
    EXPECT_EQ(all_told.size(), 4U + 96 + 695) << "every quarter, after a day every hour";
    EXPECT_EQ(now().rung, 255);
    EXPECT_EQ(now().state, AlertState::open);
}

TEST_F(Told, OfAP2ThatNobodyAcknowledgesAreMoreEveryQuarterOrHalfAnHour) {
    raise_p2();
    until(180min);
    EXPECT_THAT(told(),
                ElementsAre(Telling{0ms, SummonsCause::told, p2_first},
                            Telling{15min, unanswered, {second_worker}},
                            Telling{30min, unanswered, {community_lead}},
                            Telling{60min, unanswered, street}, Telling{120min, unanswered, street},
                            Telling{180min, unanswered, street}));
    EXPECT_TRUE(now().escalated);
    EXPECT_TRUE(now().overdue);
}

TEST_F(Told, OfAP3IsTheLeadAfterFourWorkingHoursAndAtTheEndOfTheNextWorkingDay) {
    raise(ReadingKind::water_leak, leak);
    until(14 * 24h);
    EXPECT_THAT(told(), ElementsAre(Telling{0ms, SummonsCause::told, {grid_worker}},
                                    Telling{4h, unanswered, {community_lead}},
                                    Telling{32h, SummonsCause::overdue, {community_lead}}));
    EXPECT_TRUE(now().overdue);
}

TEST_F(Told, OfAP3WaitsForWorkingHours) {
    const Instant friday_evening = monday + 4 * 24h + 7h;  // 17:00
    all.clear();
    const Decisions raised = world.says(friday_evening, leak, ReadingKind::water_leak);
    Decisions later = world.advance(friday_evening + 10 * 24h);
    const auto told_later = tellings(later, friday_evening);
    ASSERT_THAT(told_later, SizeIs(2));
    EXPECT_EQ(told_later[0].after, 64h + 3h) << "an hour on Friday, three on Monday from nine";
    EXPECT_EQ(told_later[1].after, 73h) << "Monday at six";
}

TEST_F(Told, OfADeviceAreTheMaintainerAndAfterADayTheLead) {
    raise(ReadingKind::battery_low, smoke);
    until(20 * 24h);
    EXPECT_THAT(told(),
                ElementsAre(Telling{0ms, SummonsCause::told, {maintainer}},
                            Telling{24h, unanswered, {community_lead}},
                            Telling{72h, SummonsCause::overdue, {community_lead, maintainer}}));
}

TEST_F(Told, OfADeviceThatProtectsNobodyIsOverdueAfterADay) {
    raise(ReadingKind::tamper, smoke);
    until(20 * 24h);
    EXPECT_THAT(told(),
                ElementsAre(Telling{0ms, SummonsCause::told, {maintainer}},
                            Telling{24h, SummonsCause::overdue, {community_lead, maintainer}}));
}

TEST_F(Told, OfAnyOtherDeviceIsOverdueAfterThree) {
    raise(ReadingKind::tamper, door);
    until(71h);
    EXPECT_FALSE(now().overdue);
    until(72h);
    EXPECT_TRUE(now().overdue);
}

TEST_F(Told, OfATestIsTheMaintainerAlone) {
    const Decisions out = world.says(monday, smoke, ReadingKind::smoke, 1, quality::test);
    EXPECT_THAT(tellings(out, monday), ElementsAre(Telling{0ms, SummonsCause::told, {maintainer}}));
    EXPECT_THAT(tellings(world.advance(monday + 90 * 24h), monday), IsEmpty());
}

TEST_F(Told, NobodyMoreWhileSomebodyIsOnTheWay) {
    const AlertId id = raise_p1();
    EXPECT_EQ(does(30s, id, AlertVerb::acknowledge), CommandStatus::applied);
    EXPECT_EQ(now().owner, "cli:lin");
    EXPECT_EQ(now().acknowledged_at, monday + 30s);
    EXPECT_EQ(does(4min, id, AlertVerb::en_route), CommandStatus::applied);
    EXPECT_EQ(does(12min, id, AlertVerb::on_site), CommandStatus::applied);
    EXPECT_EQ(now().en_route_at, monday + 4min);
    EXPECT_EQ(now().on_site_at, monday + 12min);
    until(5 * 24h);
    EXPECT_THAT(told(), SizeIs(1));
    EXPECT_FALSE(now().overdue);
    EXPECT_FALSE(now().escalated);
}

TEST_F(Told, TheLadderGoesOnWhereItStoodWhenNobodyMoves) {
    const AlertId id = raise_p2();
    does(5min, id, AlertVerb::acknowledge);
    until(25min - 1ms);
    EXPECT_EQ(now().state, AlertState::acknowledged);
    until(25min);
    EXPECT_EQ(now().state, AlertState::open);
    EXPECT_EQ(now().cause, StepCause::not_moving);
    EXPECT_EQ(now().actor, "system");
    EXPECT_EQ(now().owner, "");
    EXPECT_EQ(now().opened_at, monday) << "the time goes on";
    until(60min);
    EXPECT_THAT(told(), ElementsAre(Telling{0ms, SummonsCause::told, p2_first},
                                    Telling{25min, not_moving, {second_worker}},
                                    Telling{30min, unanswered, {community_lead}},
                                    Telling{60min, unanswered, street}));
}

TEST_F(Told, TheFirstWhoAcknowledgedIsRememberedWhenASecondHasTo) {
    const AlertId id = raise_p2();
    does(5min, id, AlertVerb::acknowledge);
    until(25min);
    EXPECT_EQ(now().acknowledged_at, Instant{}) << "nobody has it";
    EXPECT_EQ(now().first_acknowledged_at, monday + 5min);
    does(40min, id, AlertVerb::acknowledge, "cli:zhao");
    does(45min, id, AlertVerb::hand_over, "cli:zhao", "wu");
    EXPECT_EQ(now().acknowledged_at, monday + 45min);
    EXPECT_EQ(now().first_acknowledged_at, monday + 5min);
    does(50min, id, AlertVerb::close);
    does(60min, id, AlertVerb::reopen);
    EXPECT_EQ(now().first_acknowledged_at, Instant{}) << "the ladder begins anew";
}

TEST_F(Told, WhatWasDueMeanwhileIsDueWhenNobodyMoves) {
    const AlertId id = raise_p1();
    does(2min, id, AlertVerb::acknowledge);
    until(8min);
    EXPECT_THAT(told(),
                ElementsAre(Telling{0ms, SummonsCause::told, p1_first},
                            Telling{1min, unanswered, {neighbour, second_worker}},
                            Telling{7min, not_moving, street}, Telling{7min, ask_119, everybody}));
}

TEST_F(Told, ThePromptFor119IsNotLostWhenTheLadderResumesThere) {
    const AlertId id = raise_p1();
    does(4min, id, AlertVerb::acknowledge);
    until(9min);
    EXPECT_EQ(told().back(), (Telling{9min, ask_119, everybody}));
    EXPECT_EQ(now().cause, StepCause::not_moving);
}

TEST_F(Told, TheNextRungWhenSomebodyIsOnTheWayForTooLong) {
    const AlertId id = raise_p2();
    does(1min, id, AlertVerb::en_route);
    until(59min);
    EXPECT_FALSE(now().overdue);
    until(60min);
    EXPECT_TRUE(now().overdue);
    EXPECT_EQ(now().state, AlertState::en_route);
    EXPECT_EQ(now().cause, StepCause::overdue);
    EXPECT_EQ(told().back(), (Telling{60min, SummonsCause::overdue, {second_worker}}));
    until(180min);
    EXPECT_EQ(told().back(), (Telling{180min, SummonsCause::overdue, street}));
    EXPECT_THAT(told(), SizeIs(4));
}

TEST_F(Told, ThatItIsOverAreThoseWhoWereTold) {
    const AlertId id = raise_p2();
    until(20min);
    does(21min, id, AlertVerb::resolve);
    EXPECT_EQ(told().back(),
              (Telling{21min, stood_down, {emergency_contact, grid_worker, second_worker}}));
    does(22min, id, AlertVerb::close);
    EXPECT_THAT(told(), SizeIs(3)) << "once";
}

TEST_F(Told, ASupervisorWhoDidNotLookAtAClosingWithinADay) {
    const AlertId id = raise_p1();
    does(30s, id, AlertVerb::close);
    until(24h + 29s);
    EXPECT_THAT(told(), SizeIs(2));
    until(60 * 24h);
    ASSERT_THAT(told(), SizeIs(3)) << "once";
    EXPECT_EQ(told().back(),
              (Telling{24h + 30s, SummonsCause::review, {community_lead, street_centre}}));
    EXPECT_TRUE(now().overdue);
    EXPECT_EQ(now().state, AlertState::closed);
}

TEST_F(Told, NobodyOfAClosingThatWasReviewed) {
    const AlertId id = raise_p1();
    does(30s, id, AlertVerb::close);
    EXPECT_EQ(does(1h, id, AlertVerb::review), CommandStatus::refused);
    EXPECT_THAT(answer.text, HasSubstr("somebody else"));
    EXPECT_EQ(does(1h, id, AlertVerb::review, "cli:wu"), CommandStatus::applied);
    EXPECT_EQ(now().reviewed_by, "cli:wu");
    EXPECT_EQ(now().closed_by, "cli:lin");
    EXPECT_EQ(does(2h, id, AlertVerb::review, "cli:he"), CommandStatus::already);
    until(60 * 24h);
    EXPECT_THAT(told(), SizeIs(2));
}

TEST_F(Told, AClosingThatAwaitsItsReviewIsKept) {
    const AlertId id = raise_p1();
    does(30s, id, AlertVerb::close);
    for (int i = 0; i < 20; ++i) {
        const Instant at = monday + 1min + i * 40min;
        world.says(at, door, ReadingKind::tamper, 1);
        world.says(at + 1s, door, ReadingKind::tamper, 0);
    }
    EXPECT_EQ(does(20h, id, AlertVerb::review, "cli:wu"), CommandStatus::applied);
}

TEST_F(Told, AfterAnOutageEverythingThatFellDueInIt) {
    raise_p1();
    until(30s);
    const Decisions back = world.apply(monday + 50min, Outage{monday + 30s});
    EXPECT_THAT(
        tellings(back, monday),
        ElementsAre(Telling{50min, unanswered, {neighbour, second_worker}},
                    Telling{50min, unanswered, street}, Telling{50min, ask_119, everybody}));
    EXPECT_TRUE(world.view().alerts[0].overdue);
    EXPECT_EQ(tellings(world.advance(monday + 65min), monday).size(), 1U);
}

TEST_F(Told, AgainWhenASecondSensorSaysTheSame) {
    Household home = quiet_home();
    home.devices.push_back(device(DeviceId{"smoke-2"}, SensorKind::smoke, 1000h));
    world.set(monday, home);
    raise_p1();
    until(1min);
    const Decisions joined = world.says(monday + 2min, DeviceId{"smoke-2"}, ReadingKind::smoke);
    EXPECT_THAT(tellings(joined, monday), ElementsAre(Telling{2min, again, everybody}));
}

TEST_F(Told, WhatComesNextIsShown) {
    const AlertId id = raise_p1();
    EXPECT_THAT(world.view().next, ElementsAre(NextStep{.alert = id,
                                                        .at = monday + 1min,
                                                        .to = AlertState::open,
                                                        .cause = StepCause::unanswered,
                                                        .roles = {neighbour, second_worker},
                                                        .summons = unanswered}));
    does(30s, id, AlertVerb::on_site);
    EXPECT_THAT(world.view().next, IsEmpty());
    does(40s, id, AlertVerb::close);
    ASSERT_THAT(world.view().next, SizeIs(1)) << "a supervisor is awaited";
    EXPECT_EQ(world.view().next[0].at, monday + 40s + 24h);
}

TEST(Ladder, OfAnAlertOfBeforeBeginsWithItsLastStep) {
    Alert old;
    old.kind = AlertKind::smoke;
    old.priority = Priority::p1;
    old.changed_at = monday;
    take_up_ladder(old);
    const LadderRules rules;
    const WorkCalendar calendar;
    const auto next = Ladder(rules, calendar, 8h).next(old);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->at, monday + 1min);
    old.state = AlertState::closed;
    old.opened_at = {};
    take_up_ladder(old);
    EXPECT_EQ(old.opened_at, Instant{});
    EXPECT_FALSE(Ladder(rules, calendar, 8h).next(old)) << "nobody reviewed those of before";
}

}  // namespace anju::test
