// Suspensions as the books see them, and who may approve one.
#include "core/care/statistics.hpp"
#include "core/model/person.hpp"
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
const Date week = monday + 7;
const ResidentId wang = resident(1);

class DeskRest : public ::testing::Test {
protected:
    DeskRest() : desk(monday, staffed()) {
        desk.settle_in(2);
        desk.work_through(monday + 6);
        desk.until(week, 8h + 30min);
        desk.decisions.clear();
    }
    static Community staffed() {
        Community out = community();
        out.workers.push_back({.id = WorkerId{"S1"}, .name = "周敏", .role = Role::street_centre});
        return out;
    }
    CommandAnswered suspend(Date from, Date to, const std::string& approver = "lead",
                            const std::string& actor = "cli:chen",
                            ResidentStatus reason = ResidentStatus::hospitalised) {
        SuspensionSet input;
        input.suspension = {.resident = wang,
                            .reason = reason,
                            .from = from,
                            .to = to,
                            .said_by = "daughter",
                            .approver = approver,
                            .note = ""};
        return desk.order(input, actor);
    }
    CommandAnswered end() {
        SuspensionSet input;
        input.suspension.resident = wang;
        input.ended = true;
        return desk.order(input);
    }
    Desk desk;
};

TEST_F(DeskRest, WhoRecordsItCannotApproveItUnderAnyOtherSpelling) {
    for (const char* approver : {"lead", " lead ", "LEAD", "cli:lead", "link:worker:lead"}) {
        EXPECT_EQ(suspend(week, week + 5, approver, "cli:lead").code, "own_approval") << approver;
    }
    EXPECT_EQ(suspend(week, week + 5, "周敏", "cli:s1").code, "own_approval")
        << "the id and the name of one person";
    EXPECT_EQ(suspend(week, week + 5, "s1", "cli:lead").status, CommandStatus::applied);
}

TEST_F(DeskRest, AnApproverIsSomebodyOfTheDirectoryWhoMayApprove) {
    EXPECT_EQ(suspend(week, week + 5, "mayor").code, "unknown_approver");
    EXPECT_EQ(suspend(week, week + 5, "cli: ").code, "takes_approver");
    EXPECT_EQ(suspend(week, week + 5, "lin").code, "may_not_approve");
    EXPECT_EQ(suspend(week, week, "lin", "cli:chen", ResidentStatus::deceased).code,
              "may_not_approve");
    EXPECT_EQ(suspend(week, week, "周敏", "cli:chen", ResidentStatus::deceased).status,
              CommandStatus::applied);
}

TEST_F(DeskRest, ANameThatTwoHaveIsNobodys) {
    Community twins = community(0);
    twins.workers = {{.id = WorkerId{"a"}, .name = "Li"}, {.id = WorkerId{"b"}, .name = "Li"}};
    EXPECT_EQ(find_person(twins, "Li"), nullptr);
    EXPECT_EQ(find_person(twins, "cli:B")->id, WorkerId{"b"});
    EXPECT_FALSE(same_person(twins, "a", "b"));
    EXPECT_TRUE(same_person(twins, "cli:Li", "li "));
}

TEST_F(DeskRest, MessagesInsteadOfCallsAreApprovedByWhoeverMay) {
    Resident deaf{.id = wang, .name = "Wang"};
    deaf.care.by_message = true;
    deaf.care.variant_approved_by = "lin";
    desk.apply(ResidentsSet{CommunityId{"c1"}, HouseholdId{"h1"}, {deaf}});
    ContactRecord message = desk.record(wang, TaskKind::phone_call, Outcome::well);
    message.start = message.end;
    EXPECT_EQ(desk.contact(message).why_not, "variant_not_approved");
    deaf.care.variant_approved_by = "周敏";
    desk.apply(ResidentsSet{CommunityId{"c1"}, HouseholdId{"h1"}, {deaf}});
    EXPECT_EQ(desk.contact(message).why_not, "");
}

TEST_F(DeskRest, WhatIsEnteredAfterwardsExcusesNothingThatWasDue) {
    desk.until(week + 6, 10h);  // nobody did anything the whole week
    EXPECT_EQ(suspend(week, week + 9).status, CommandStatus::applied);
    desk.until(week + 10, 9h);
    ASSERT_EQ(desk.all<WeekClosed>().size(), 2U);
    const care::ResidentWeek closed = desk.all<WeekClosed>()[1].residents[0];
    EXPECT_EQ(closed.visits_due, 1);
    EXPECT_EQ(closed.calls_due, 2) << "six days that were over, and the Sunday that was not";
    EXPECT_EQ(closed.off_days, 1);
    EXPECT_EQ(closed.late_days, 6);
}

TEST_F(DeskRest, ASecondSuspensionIsRefusedWhileOneStandsAndTheEndIsLookedAt) {
    EXPECT_EQ(suspend(week, week + 5).status, CommandStatus::applied);
    const auto refused = suspend(week + 3, week + 12, "lead", "cli:chen", ResidentStatus::away);
    EXPECT_EQ(refused.code, "overlaps");
    EXPECT_NE(refused.text.find(to_text(week + 5)), std::string::npos) << refused.text;
    EXPECT_EQ(suspend(week, week + 8).status, CommandStatus::applied) << "it takes longer";
    EXPECT_EQ(desk.view().clients[0].suspension->to, week + 8);
    EXPECT_EQ(suspend(week, week + 30).code, "at_most");
    desk.until(week + 2, 10h);
    EXPECT_EQ(end().status, CommandStatus::applied);
    EXPECT_EQ(desk.first(wang, TaskKind::return_check).state, TaskState::assigned);
    EXPECT_EQ(suspend(week + 3, week + 12, "lead", "cli:chen", ResidentStatus::away).status,
              CommandStatus::applied);
}

TEST_F(DeskRest, TheRunningWeekIsToldAsItStands) {
    desk.work_through(week + 1);
    const auto weeks = desk.view().so_far;
    ASSERT_EQ(weeks.size(), 2U) << "the books of the last one are closed at noon of Wednesday";
    EXPECT_EQ(weeks[1].week, week);
    const care::ResidentWeek now = weeks[1].residents[0];
    EXPECT_EQ(now.visits_due + now.calls_due, 4);
    EXPECT_GE(now.visits_done + now.calls_done, 1);
    EXPECT_LE(now.open_gap, 2);
}

TEST_F(DeskRest, AnAbsenceOfSixteenYearsIsRefused) {
    WorkerAbsent input;
    input.worker = lin;
    input.from = make_date(2020, 1, 1);
    input.to = make_date(2036, 1, 1);
    EXPECT_EQ(desk.order(input).code, "absence_too_long");
}

}  // namespace
}  // namespace anju::test
