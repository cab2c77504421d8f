// The books of a week, closed on the Wednesday after it: worked out by hand.
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
const ResidentId wang = resident(1);

class DeskBooks : public ::testing::Test {
protected:
    DeskBooks() : desk(monday) { desk.settle_in(1); }
    void contact(Date day, TaskKind kind, Outcome outcome = Outcome::well, Duration time = 10h) {
        desk.until(day, time);
        (void)desk.contact(wang, kind, outcome);
    }
    /// Entered now, of another day.
    ContactRecord enter(Date day, TaskKind kind) {
        ContactRecord record = desk.record(wang, kind, Outcome::well);
        const Duration length = record.end - record.start;
        record.end = Desk::at(day, 10h);
        record.start = record.end - length;
        return desk.contact(record);
    }
    /// What the books say of the only resident, for the week that begins then.
    care::ResidentWeek closed(Date week) {
        desk.until(std::max(desk.now, Desk::at(week + 9, 12h)));
        for (const WeekClosed& one : desk.all<WeekClosed>()) {
            if (one.week == week && one.residents.size() == 1) return one.residents[0];
        }
        ADD_FAILURE() << "the books of " << to_text(week) << " say nothing";
        return {};
    }
    SuspensionSet hospital(Date from, Date to) const {
        SuspensionSet input;
        input.suspension = {.resident = wang,
                            .reason = ResidentStatus::hospitalised,
                            .from = from,
                            .to = to,
                            .said_by = "daughter",
                            .approver = "lead",
                            .note = ""};
        return input;
    }
    Desk desk;
};

TEST_F(DeskBooks, AreClosedOnceOnTheWednesdayAfterAtNoon) {
    desk.until(monday + 9, 12h - 1ms);
    EXPECT_TRUE(desk.all<WeekClosed>().empty());
    desk.until(monday + 9, 12h);
    ASSERT_EQ(desk.all<WeekClosed>().size(), 1U);
    EXPECT_EQ(desk.all<WeekClosed>()[0].week, monday);
    desk.until(monday + 16, 12h - 1ms);
    EXPECT_EQ(desk.all<WeekClosed>().size(), 1U);
}

TEST_F(DeskBooks, SayWhatWasOwedGivenAndOnTime) {
    const Date week = monday + 7;
    desk.work_through(week + 6);
    const auto books = closed(week);
    EXPECT_EQ(books.resident, wang);
    EXPECT_EQ(books.visits_due, 1);
    EXPECT_EQ(books.calls_due, 3);
    EXPECT_EQ(books.visits_done, 1);
    EXPECT_EQ(books.calls_done, 3);
    EXPECT_EQ(books.planned, 4);
    EXPECT_EQ(books.on_time, 4);
    EXPECT_EQ(books.attempts, 4);
    EXPECT_EQ(books.reached, 4);
    EXPECT_EQ(books.gaps.size(), 4U);
    EXPECT_EQ(books.off_days, 0);
}

TEST_F(DeskBooks, ARecordOfTheWeekCountsUntilTheyAreClosedAndNoLonger) {
    desk.until(monday + 9, 11h);
    EXPECT_TRUE(enter(monday + 3, TaskKind::phone_call).counts);
    EXPECT_EQ(closed(monday).calls_done, 1);
    const ContactRecord late = enter(monday + 5, TaskKind::phone_call);
    EXPECT_FALSE(late.counts);
    EXPECT_EQ(late.why_not, "books_closed");
    EXPECT_EQ(closed(monday + 7).attempts, 0) << "nor for the next week";
}

TEST_F(DeskBooks, ThreeDaysInHospitalOweTheVisitAndOneCall) {
    const Date week = monday + 7;
    desk.until(week + 1, 9h);
    EXPECT_EQ(desk.order(hospital(week + 1, week + 3)).status, CommandStatus::applied);
    const auto books = closed(week);
    EXPECT_EQ(books.off_days, 3);
    EXPECT_TRUE(books.suspended);
    EXPECT_EQ(books.visits_due, 1) << "four days are left";
    EXPECT_EQ(books.calls_due, 1) << "3 calls * 4 days / 7, rounded down";
    EXPECT_EQ(books.excused, 2);
}

TEST_F(DeskBooks, WhoComesBackEarlyRestedOnlyTheDaysThatHadPassed) {
    const Date week = monday + 7;
    desk.until(week, 9h);
    EXPECT_EQ(desk.order(hospital(week, week + 6)).status, CommandStatus::applied);
    desk.until(week + 2, 9h);
    SuspensionSet back = hospital(week, week + 6);
    back.ended = true;
    EXPECT_EQ(desk.order(back).status, CommandStatus::applied);
    EXPECT_EQ(closed(week).off_days, 2) << "Monday and Tuesday";
}

TEST_F(DeskBooks, TheDaysBeforeSomebodyWasRegisteredOweNothing) {
    Desk late(monday + 3);
    late.settle_in(1);
    late.until(monday + 9, 12h);
    const auto books = late.all<WeekClosed>().at(0).residents.at(0);
    EXPECT_EQ(books.off_days, 3);
    EXPECT_FALSE(books.suspended);
    EXPECT_EQ(books.calls_due, 1);
}

TEST_F(DeskBooks, WhoIsRegisteredAfterTheWeekIsNotInItsBooks) {
    desk.until(monday + 7, 9h);
    desk.settle_in(1, 2);
    EXPECT_EQ(closed(monday).resident, wang);
}

TEST_F(DeskBooks, AGapBeginsWhereTheResidentWasMetAndNotWhereTheFamilyAnswered) {
    contact(monday + 4, TaskKind::phone_call);
    contact(monday + 6, TaskKind::contact_call);
    contact(monday + 8, TaskKind::phone_call);
    EXPECT_EQ(closed(monday + 7).gaps, (std::vector<std::uint8_t>{4}));
}

TEST_F(DeskBooks, WhatIsEnteredOfAClosedWeekMovesNoGapBack) {
    contact(monday + 4, TaskKind::phone_call);
    desk.until(monday + 9, 13h);
    EXPECT_EQ(enter(monday + 2, TaskKind::phone_call).why_not, "books_closed");
    contact(monday + 15, TaskKind::phone_call);
    EXPECT_EQ(closed(monday + 14).gaps, (std::vector<std::uint8_t>{11}));
}

}  // namespace
}  // namespace anju::test
