// What persons may do to an alert beyond taking and ending it.
#include "told.hpp"

namespace anju::test {

TEST_F(Told, ReopenedByAPersonFromTheStart) {
    const AlertId id = raise_p1();
    does(30s, id, AlertVerb::close);
    EXPECT_EQ(does(10min, id, AlertVerb::reopen, "cli:wu"), CommandStatus::applied);
    EXPECT_EQ(now().state, AlertState::open);
    EXPECT_EQ(now().cause, StepCause::person);
    EXPECT_EQ(now().actor, "cli:wu");
    EXPECT_EQ(now().opened_at, monday + 10min);
    EXPECT_EQ(now().reason, ClosingReason::none);
    EXPECT_EQ(told().back(), (Telling{10min, again, p1_first}));
    until(15min);
    EXPECT_EQ(told().back(), (Telling{15min, ask_119, everybody}));
    EXPECT_EQ(does(16min, id, AlertVerb::reopen), CommandStatus::already);
}

TEST_F(Told, NotOfAnOldAlertWhereThereIsANewerOneOfTheSame) {
    const AlertId id = raise_p1();
    does(30s, id, AlertVerb::close);
    world.says(monday + 1min, smoke, ReadingKind::smoke, 0);
    const AlertId newer = alert_in(world.says(monday + 2h, smoke, ReadingKind::smoke)).id;
    ASSERT_NE(newer, id);
    EXPECT_EQ(does(3h, id, AlertVerb::reopen), CommandStatus::refused);
    EXPECT_THAT(answer.text, HasSubstr(newer.value));
}

TEST_F(Told, HandingOverGivesTheNewOwnerTheTimeAnew) {
    const AlertId id = raise_p2();
    EXPECT_EQ(does(1min, id, AlertVerb::hand_over, "cli:lin", "cli:wu"), CommandStatus::refused)
        << "nobody has it";
    does(2min, id, AlertVerb::en_route);
    EXPECT_EQ(does(10min, id, AlertVerb::hand_over, "cli:lin", " \n"), CommandStatus::refused);
    EXPECT_EQ(does(10min, id, AlertVerb::hand_over, "cli:lin", "cli:wu "), CommandStatus::applied);
    EXPECT_EQ(now().owner, "cli:wu");
    EXPECT_EQ(now().state, AlertState::acknowledged) << "who has it now is not on the way";
    until(30min - 1ms);
    EXPECT_EQ(now().state, AlertState::acknowledged);
    until(30min);
    EXPECT_THAT(told(), testing::Contains(Telling{30min, not_moving, {second_worker}}));
}

TEST_F(Told, WhoeverAnAlertIsHandedTo) {
    const AlertId id = raise_p2();
    does(2min, id, AlertVerb::on_site);
    does(3min, id, AlertVerb::hand_over, "cli:lin", "worker:w2");
    EXPECT_EQ(told().back(), (Telling{3min, SummonsCause::told, {Role::owner}}));
    EXPECT_EQ(now().owner, "worker:w2");
    EXPECT_EQ(does(4min, id, AlertVerb::hand_over, "cli:lin", "link:worker:w2"),
              CommandStatus::already);
}

TEST_F(Told, AnEmergencyIsNotDealtWithUnseenAndWithoutAWord) {
    const AlertId id = raise_p1();
    EXPECT_EQ(does(1min, id, AlertVerb::resolve, "cli:x", " "), CommandStatus::refused);
    EXPECT_THAT(answer.text, HasSubstr("on_site"));
    EXPECT_EQ(now().state, AlertState::open);
    EXPECT_EQ(does(2min, id, AlertVerb::resolve, "cli:x", "the fire brigade is there"),
              CommandStatus::applied);
}

TEST_F(Told, WhoeverWasThereNeedsNoWordToResolve) {
    const AlertId id = raise_p1();
    does(1min, id, AlertVerb::on_site);
    EXPECT_EQ(does(2min, id, AlertVerb::resolve, "cli:x", ""), CommandStatus::applied);
}

TEST_F(Told, GoingBackIsRefusedWithWhatToDo) {
    const AlertId id = raise_p1();
    does(1s, id, AlertVerb::on_site);
    EXPECT_EQ(does(2s, id, AlertVerb::en_route), CommandStatus::refused);
    EXPECT_THAT(answer.text, HasSubstr("hand it over"));
    does(3s, id, AlertVerb::resolve);
    EXPECT_EQ(does(4s, id, AlertVerb::on_site), CommandStatus::refused);
    EXPECT_THAT(answer.text, HasSubstr("reopen"));
    EXPECT_EQ(does(4s, id, AlertVerb::review, "cli:wu"), CommandStatus::refused);
    EXPECT_EQ(does(4s, id, AlertVerb::i_am_well), CommandStatus::refused);
}

}  // namespace anju::test
