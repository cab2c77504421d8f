// The checker of plans is itself checked: one bad plan for every rule.
#include <gtest/gtest.h>

#include "rounds_weeks.hpp"

namespace anju::care {
namespace {

using namespace test;

Placed contact(std::size_t index, TaskKind kind, int day, Duration at, std::size_t who = 0) {
    Placed one;
    one.resident = client(index).resident;
    one.kind = kind;
    one.date = monday() + day;
    one.start = instant_at(one.date, at, china);
    one.worker = worker(who);
    return one;
}
Placed visit(std::size_t index, int day, Duration at) {
    return contact(index, TaskKind::home_visit, day, at);
}
Placed call(std::size_t index, int day, Duration at) {
    return contact(index, TaskKind::phone_call, day, at);
}

class RoundsBreaches : public testing::Test {
protected:
    void expect(const std::string& words, const std::vector<Placed>& placed) {
        const std::vector<std::string> found = breaches(problem, placed);
        ASSERT_EQ(found.size(), 1U) << all(found);
        EXPECT_NE(found.front().find(words), std::string::npos) << found.front();
    }
    Problem problem = plain(30, 1);
};

TEST_F(RoundsBreaches, NoneInASoundPlan) {
    EXPECT_EQ(all(breaches(problem, {visit(0, 0, 9h), call(0, 1, 9h), call(0, 2, 15h)})), "");
}
TEST_F(RoundsBreaches, TwoContactsOnADay) {
    problem.rules.apart = 4h;
    expect("second contact", {call(0, 0, 9h), call(0, 0, 15h)});
}
TEST_F(RoundsBreaches, LessThanTwentyHoursApart) {
    expect("too soon", {call(0, 0, 15h), call(0, 1, 10h)});
    problem.clients[0].last_contact = instant_at(monday() - 1, 18h, china);
    expect("too soon", {call(0, 0, 10h)});
}
TEST_F(RoundsBreaches, TooSoonAfterAFixedContact) {
    problem.fixed = {call(0, 0, 15h)};
    expect("too soon", {call(0, 1, 10h)});
}
TEST_F(RoundsBreaches, OutsideTheWindows) {
    expect("outside the windows", {call(0, 0, 12h)});
    expect("outside the windows", {call(0, 0, 18h + 55min)});
    expect("outside the windows", {visit(0, 0, 17h + 15min)});
}
TEST_F(RoundsBreaches, DayOff) {
    problem.clients[0].off = {monday()};
    expect("not there", {call(0, 0, 9h)});
}
TEST_F(RoundsBreaches, DayThatDoesNotSuit) {
    problem.clients[0].weekdays = 0b1111110;
    expect("does not suit", {call(0, 0, 9h)});
}
TEST_F(RoundsBreaches, NoShift) {
    expect("no shift", {call(0, 5, 9h)});
}
TEST_F(RoundsBreaches, BeforeTheFirstDay) {
    problem.first_day = monday() + 1;
    expect("before the first day", {call(0, 0, 9h)});
}
TEST_F(RoundsBreaches, OverlapOfTheWay) {
    expect("overlaps", {visit(0, 0, 9h), call(1, 0, 9h + 29min)});
    EXPECT_EQ(all(breaches(problem, {visit(0, 0, 9h), call(1, 0, 9h + 30min)})), "");
    expect("overlaps", {call(0, 0, 9h), call(1, 0, 9h + 7min)});
}
TEST_F(RoundsBreaches, OverlapWithWhatIsFixed) {
    problem.fixed = {visit(0, 0, 9h)};
    expect("overlaps", {call(1, 0, 9h + 25min)});
}
TEST_F(RoundsBreaches, MoreThanTheQuota) {
    problem.clients[0].visits_done = 1;
    expect("more visits", {visit(0, 0, 9h)});
    problem.fixed = {call(0, 0, 9h), call(0, 1, 9h), call(0, 2, 9h)};
    expect("more calls", {call(0, 3, 9h)});
}
TEST_F(RoundsBreaches, TooManyVisits) {
    problem.shifts[0].visits = 1;
    expect("too many visits", {visit(0, 0, 9h), visit(1, 0, 10h)});
}
TEST_F(RoundsBreaches, TooManyCalls) {
    problem.shifts[0].calls = 1;
    expect("too many calls", {call(0, 0, 9h), call(1, 0, 10h)});
}
TEST_F(RoundsBreaches, MoreMinutesThanTheShiftHas) {
    problem.shifts[0].time = 37min;
    expect("more minutes", {visit(0, 0, 9h), call(1, 0, 10h)});
}
TEST_F(RoundsBreaches, Strangers) {
    expect("cared for", {call(99, 0, 9h)});
}
TEST_F(RoundsBreaches, OtherKinds) {
    expect("neither a visit nor a call", {contact(0, TaskKind::return_check, 0, 9h)});
}

TEST(RoundsUnreported, WhatIsLeftOutWithoutAWordIsFound) {
    const Problem problem = plain(1, 1);
    Plan made = plan(problem);
    ASSERT_EQ(all(unreported(problem, made)), "");
    made.placed.pop_back();
    EXPECT_EQ(unreported(problem, made).size(), 2U) << "a contact, and the gap to Monday";
}

}  // namespace
}  // namespace anju::care
