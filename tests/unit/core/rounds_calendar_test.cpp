// Weeks around the public holidays of 2026, worked out by hand from the rules of the rounds and the
// notice of the State Council on the holidays of that year. The duty roster decides who works on
// days off; each resident has just one set of days that keeps every rule.
#include <gtest/gtest.h>

#include "core/model/work_calendar.hpp"
#include "rounds_weeks.hpp"

namespace anju::care {
namespace {

using namespace test;

Date on(unsigned month, unsigned day, int year = 2026) {
    return make_date(year, month, day);
}

WorkCalendar calendar() {
    WorkCalendar days;
    days.years = {2026};
    for (int day = 0; day < 9; ++day) days.days_off.push_back(on(2, 15) + day);
    for (int day = 0; day < 7; ++day) days.days_off.push_back(on(10, 1) + day);
    days.worked = {on(2, 14), on(2, 28), on(9, 20), on(10, 10)};
    return days;
}

constexpr std::uint8_t monday_bit = 1, tuesday = 2, wednesday = 4, thursday = 8, friday = 16,
                       saturday = 32, sunday = 64, any_day = 127;

/// One resident of one worker, who works when the calendar says so or the roster has a duty.
Problem week_of(Date week, Date last_contact, const std::vector<Date>& duty,
                std::uint8_t weekdays = any_day) {
    Problem problem;
    problem.week = problem.first_day = week;
    problem.utc_offset = china;
    Client one = client(0);
    one.usual = worker(0);
    one.weekdays = weekdays;
    one.last_contact = instant_at(last_contact, 10h, china);
    problem.clients.push_back(one);
    const WorkCalendar days = calendar();
    const auto staffed = [&](Date date) {
        return days.is_working(date) || std::find(duty.begin(), duty.end(), date) != duty.end();
    };
    for (int day = 0; day < 7; ++day) {
        const Date date = week + day;
        if (staffed(date)) problem.shifts.push_back(shift(0, date));
        if (!staffed(date + 7)) problem.next_off.push_back(date + 7);
        problem.calendar_missing = problem.calendar_missing || !days.covers(date);
    }
    return problem;
}

std::vector<Date> days_of(const Plan& made) {
    std::vector<Date> days;
    for (const Placed& one : made.placed) days.push_back(one.date);
    return days;
}

int visits_of(const Plan& made) {
    return static_cast<int>(
        std::count_if(made.placed.begin(), made.placed.end(),
                      [](const Placed& one) { return one.kind == TaskKind::home_visit; }));
}

void expect_whole(const Problem& problem, const std::vector<Date>& days) {
    const Plan made = plan(problem);
    EXPECT_EQ(all(breaches(problem, made.placed)), "");
    EXPECT_EQ(days_of(made), days);
    EXPECT_EQ(visits_of(made), 1);
    EXPECT_EQ(made.short_of, std::vector<Shortfall>{});
}

// Off 15 to 23 February; Saturday 14 and Saturday 28 are worked.

TEST(RoundsCalendar, WorkedSaturdayBeforeSpringFestivalIsUsed) {
    // Last contact Friday 6: Monday 9 at the latest. Sunday 15 nobody works, Monday 16 has a duty:
    // Friday 13 at the earliest must be the last. Not on Wednesdays and Fridays: 9, 10, 12, 14.
    expect_whole(
        week_of(on(2, 9), on(2, 6), {on(2, 16)}, monday_bit | tuesday | thursday | saturday),
        {on(2, 9), on(2, 10), on(2, 12), on(2, 14)});
}

TEST(RoundsCalendar, DutyRosterCarriesSpringFestival) {
    // Nobody but those on duty: Monday 16, Wednesday 18, Friday 20 and Sunday 22 it is.
    expect_whole(week_of(on(2, 16), on(2, 14), {on(2, 16), on(2, 18), on(2, 20), on(2, 22)}),
                 {on(2, 16), on(2, 18), on(2, 20), on(2, 22)});
}

TEST(RoundsCalendar, MissingDutyInSpringFestivalIsNamedWithDaysAndMinutes) {
    const Problem problem = week_of(on(2, 16), on(2, 14), {on(2, 16), on(2, 18), on(2, 20)});
    const Plan made = plan(problem);
    EXPECT_EQ(days_of(made), (std::vector<Date>{on(2, 16), on(2, 18), on(2, 20)}));
    EXPECT_EQ(visits_of(made), 1) << "the visit is worth more than a call";
    // A call is missing, six minutes and two between; and from Friday 20 to Tuesday 24, the first
    // day somebody works, are four days: a call on Saturday or Sunday would mend that too.
    Shortfall call;
    call.why = Shortage::no_duty;
    call.resident = problem.clients[0].resident;
    call.calls = 1;
    call.days = {on(2, 17), on(2, 19), on(2, 21), on(2, 22)};
    call.minutes = 8;
    Shortfall gap;
    gap.why = Shortage::gap;
    gap.resident = problem.clients[0].resident;
    gap.gap_days = 4;
    gap.days = {on(2, 21), on(2, 22)};
    gap.minutes = 8;
    EXPECT_EQ(made.short_of, (std::vector<Shortfall>{call, gap}));
}

TEST(RoundsCalendar, WeekAfterSpringFestivalBeginsOnTuesdayAndEndsOnTheWorkedSaturday) {
    // Monday 23 is off. Last contact Sunday 22; not on Thursdays: 24, 25, 27, 28.
    expect_whole(
        week_of(on(2, 23), on(2, 22), {}, monday_bit | tuesday | wednesday | friday | saturday),
        {on(2, 24), on(2, 25), on(2, 27), on(2, 28)});
}

// Off 1 to 7 October; Sunday 20 September and Saturday 10 October are worked.

TEST(RoundsCalendar, WorkedSundayBeforeNationalDayIsUsed) {
    // Not on Wednesdays, Thursdays and Saturdays: 14, 15, three days to 18, 20.
    expect_whole(week_of(on(9, 14), on(9, 11), {}, monday_bit | tuesday | friday | sunday),
                 {on(9, 14), on(9, 15), on(9, 18), on(9, 20)});
}

TEST(RoundsCalendar, OneDutyOnSaturdayBridgesNationalDay) {
    // Monday 28 to Wednesday 30 are worked, then a duty on Saturday 3 alone; the next is on
    // Tuesday 6. Three days each: within the limit.
    expect_whole(week_of(on(9, 28), on(9, 27), {on(10, 3), on(10, 6)}),
                 {on(9, 28), on(9, 29), on(9, 30), on(10, 3)});
}

TEST(RoundsCalendar, WeekAfterNationalDayUsesItsDutyAndTheWorkedSaturday) {
    expect_whole(week_of(on(10, 5), on(10, 3), {on(10, 6)}),
                 {on(10, 6), on(10, 8), on(10, 9), on(10, 10)});
}

TEST(RoundsCalendar, YearWithoutDataIsPlannedAsIfThereWereNoHolidaysAndReported) {
    // 1 January 2027 is a Friday, and nothing is known of it: Monday to Friday. Not on Wednesdays.
    const Problem problem =
        week_of(on(12, 28), on(12, 25), {}, any_day & static_cast<std::uint8_t>(~wednesday));
    const Plan made = plan(problem);
    EXPECT_EQ(days_of(made),
              (std::vector<Date>{on(12, 28), on(12, 29), on(12, 31), on(1, 1, 2027)}));
    Shortfall unknown;
    unknown.why = Shortage::calendar;
    EXPECT_EQ(made.short_of, std::vector<Shortfall>{unknown});
}

TEST(RoundsCalendar, LastWeekWithDataIsNotReported) {
    EXPECT_EQ(plan(week_of(on(12, 21), on(12, 18), {})).short_of, std::vector<Shortfall>{});
}

TEST(RoundsCalendar, HospitalFromWednesdayLeavesAVisitAndACall) {
    Problem problem = week_of(on(3, 2), on(2, 27), {});
    for (int day = 2; day < 7; ++day) problem.clients[0].off.push_back(on(3, 2) + day);
    problem.clients[0].partial = true;
    const Plan made = plan(problem);
    EXPECT_EQ(days_of(made), (std::vector<Date>{on(3, 2), on(3, 3)}));
    EXPECT_EQ(visits_of(made), 1);
    EXPECT_EQ(made.quality.due, 2U);
    EXPECT_EQ(made.short_of, std::vector<Shortfall>{}) << "what the hospital prevents is excused";
}

TEST(RoundsCalendar, HospitalToldOnTuesdayTakesAwayWhatWasPlanned) {
    const Problem before = week_of(on(3, 2), on(2, 27), {});
    Problem problem = again(before, plan(before));
    problem.first_day = on(3, 4);
    std::erase_if(problem.former, [&](const Placed& one) {
        if (one.date >= problem.first_day) return false;
        problem.fixed.push_back(one);
        return true;
    });
    const std::size_t later = problem.former.size();
    ASSERT_GT(later, 0U);
    for (int day = 2; day < 7; ++day) problem.clients[0].off.push_back(on(3, 2) + day);
    problem.clients[0].partial = true;
    const Plan made = plan(problem);
    EXPECT_EQ(made.placed, std::vector<Placed>{});
    EXPECT_EQ(made.quality.moved, later);
    EXPECT_EQ(made.short_of, std::vector<Shortfall>{});
}

}  // namespace
}  // namespace anju::care
