#include "core/care/statistics.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/care/uptime.hpp"

namespace anju::care {
namespace {

using namespace std::chrono_literals;

constexpr Duration china = 8h;
const Date monday = make_date(2026, 3, 2);

Instant at(Date day, Duration time) {
    return instant_at(day, time, china);
}

ContactRecord contact(Date day, Duration time, TaskKind kind, Outcome outcome = Outcome::well) {
    ContactRecord record;
    record.resident = ResidentId{"r1"};
    record.kind = kind;
    record.outcome = outcome;
    record.start = at(day, time);
    record.end = record.start + 5min;
    record.counts = has_answered(outcome);
    return record;
}

CareTask task(Date day, TaskKind kind, TaskState state) {
    CareTask out;
    out.kind = kind;
    out.date = day;
    out.state = state;
    out.quota = true;
    return out;
}

WeekFacts full_week() {
    WeekFacts facts;
    facts.week = monday;
    facts.resident = ResidentId{"r1"};
    facts.visits = 1;
    facts.calls = 3;
    facts.utc_offset = china;
    facts.reached_before = at(monday - 3, 10h);
    facts.contacts = {contact(monday, 9h, TaskKind::phone_call),
                      contact(monday + 1, 10h, TaskKind::home_visit),
                      contact(monday + 3, 9h, TaskKind::phone_call),
                      contact(monday + 4, 15h, TaskKind::phone_call)};
    facts.tasks = {task(monday, TaskKind::phone_call, TaskState::completed),
                   task(monday + 1, TaskKind::home_visit, TaskState::completed),
                   task(monday + 3, TaskKind::phone_call, TaskState::completed),
                   task(monday + 4, TaskKind::phone_call, TaskState::completed)};
    return facts;
}

TEST(ResidentWeek, OneVisitAndThreeCallsOnTheirDaysIsAllThatIsDue) {
    const ResidentWeek week = count(full_week());
    EXPECT_EQ(week.visits_due, 1);
    EXPECT_EQ(week.calls_due, 3);
    EXPECT_EQ(week.visits_done, 1);
    EXPECT_EQ(week.calls_done, 3);
    EXPECT_EQ(week.excused, 0);
    EXPECT_EQ(week.planned, 4);
    EXPECT_EQ(week.on_time, 4);
    EXPECT_EQ(week.gaps, (std::vector<std::uint8_t>{3, 1, 2, 1}));
}

TEST(ResidentWeek, InHospitalFromWednesdayNothingIsOwedThatDoesNotFit) {
    WeekFacts facts = full_week();
    facts.off = {monday + 2, monday + 3, monday + 4, monday + 5, monday + 6};
    facts.suspended = true;
    facts.contacts.resize(2);
    const ResidentWeek week = count(facts);
    EXPECT_EQ(week.visits_due, 0);
    EXPECT_EQ(week.calls_due, 0) << "3 calls * 2 days / 7, rounded down";
    EXPECT_EQ(week.excused, 4);
    EXPECT_EQ(week.off_days, 5);
}

TEST(ResidentWeek, FourDaysOweTheVisitAndOneCall) {
    WeekFacts facts = full_week();
    facts.off = {monday + 4, monday + 5, monday + 6};
    const ResidentWeek week = count(facts);
    EXPECT_EQ(week.visits_due, 1);
    EXPECT_EQ(week.calls_due, 1);
    EXPECT_EQ(week.excused, 2);
}

TEST(ResidentWeek, ASecondVisitStandsForAMissingCallButNoCallForTheVisit) {
    WeekFacts facts = full_week();
    facts.contacts[3].kind = TaskKind::home_visit;
    EXPECT_EQ(count(facts).calls_done, 3);
    EXPECT_EQ(count(facts).visits_done, 1);

    facts = full_week();
    facts.contacts[1].kind = TaskKind::phone_call;
    const ResidentWeek week = count(facts);
    EXPECT_EQ(week.visits_done, 0);
    EXPECT_EQ(week.calls_done, 4);
}

TEST(ResidentWeek, AnUnreachedResidentIsCountedOnceTwentyFourHoursHavePassed) {
    WeekFacts facts = full_week();
    facts.contacts = {contact(monday, 9h, TaskKind::phone_call, Outcome::unreached),
                      contact(monday, 12h, TaskKind::phone_call, Outcome::unreached),
                      contact(monday + 1, 9h, TaskKind::phone_call)};
    EXPECT_EQ(count(facts).unreached_long, 0) << "24 h are not over";
    facts.contacts[2].start += 1min;
    EXPECT_EQ(count(facts).unreached_long, 1);
    EXPECT_EQ(count(facts).attempts, 3);
    EXPECT_EQ(count(facts).reached, 1);
    facts.contacts.pop_back();
    EXPECT_EQ(count(facts).unreached_long, 1) << "nobody was reached to the end of the week";
}

TEST(ResidentWeek, CallsToTheFamilyAreNoContactsWithTheResident) {
    WeekFacts facts = full_week();
    facts.contacts = {contact(monday, 9h, TaskKind::contact_call)};
    const ResidentWeek week = count(facts);
    EXPECT_EQ(week.attempts, 0);
    EXPECT_TRUE(week.gaps.empty());
}

TEST(ResidentWeek, AWaitThatGoesOnIsCountedUpToTheEndOfTheWeek) {
    WeekFacts facts = full_week();
    EXPECT_EQ(count(facts).open_gap, 2) << "reached on Friday";
    facts.contacts.clear();
    EXPECT_EQ(count(facts).open_gap, 9) << "reached on the Friday before";
    facts.reached_before = {};
    facts.since = monday - 14;
    EXPECT_EQ(count(facts).open_gap, 20) << "never reached";
    facts.off = {monday, monday + 1, monday + 6};
    EXPECT_EQ(count(facts).open_gap, 17) << "while the rounds rest nobody waits";
    facts.until = monday + 2;
    EXPECT_EQ(count(facts).open_gap, 14);

    Tally tally;
    tally.add(count(full_week()));
    EXPECT_EQ(tally.gap_days.percentile(100), 3) << "shorter than a gap that ended";
    tally.add(count(facts));
    EXPECT_EQ(tally.gap_days.percentile(100), 14) << "nobody reached is not no gap";
}

TEST(ResidentWeek, CountsWhatNobodyTriedAndWhatWasOverdue) {
    WeekFacts facts = full_week();
    facts.tasks[0].state = TaskState::missed;
    facts.tasks[0].overdue = true;
    facts.tasks[1].overdue = true;
    EXPECT_EQ(count(facts).missed, 1);
    EXPECT_EQ(count(facts).overdue, 2);
}

TEST(Tally, LeavesOutAlertsOfADrill) {
    Tally tally;
    Alert alert;
    alert.kind = AlertKind::smoke;
    alert.priority = Priority::p1;
    alert.drill = Drill::staff;
    tally.add(alert);
    EXPECT_EQ(tally.alerts[0], 0U);
    alert.drill = Drill::none;
    tally.add(alert);
    EXPECT_EQ(tally.alerts[0], 1U);
}

TEST(Tally, ShowsAlertsThatNobodyHasTakenBesideTheTimes) {
    Tally tally;
    Alert alert;
    alert.kind = AlertKind::sos;
    alert.priority = Priority::p1;
    alert.state = AlertState::open;
    alert.opened_at = at(monday, 10h);
    tally.add(alert);
    alert.state = AlertState::acknowledged;
    alert.acknowledged_at = alert.first_acknowledged_at = alert.opened_at + 1min;
    tally.add(alert);
    alert.state = AlertState::closed;
    tally.add(alert);
    EXPECT_EQ(tally.unacknowledged, 1U);
    EXPECT_EQ(tally.unarrived, 2U);
}

TEST(ResidentWeek, ATaskDoneOnAnotherDayIsNotOnTime) {
    WeekFacts facts = full_week();
    facts.contacts[3].start = at(monday + 5, 10h);
    EXPECT_EQ(count(facts).on_time, 3);
    EXPECT_EQ(count(facts).planned, 4);
}

TEST(ResidentWeek, ATaskIsNotOnTimeBecauseTheFamilyAnsweredThatDay) {
    WeekFacts facts = full_week();
    facts.contacts[3] = contact(monday + 4, 15h, TaskKind::contact_call);
    facts.contacts.push_back(contact(monday + 5, 10h, TaskKind::phone_call));
    EXPECT_EQ(count(facts).on_time, 3);
    EXPECT_EQ(count(facts).calls_done, 3);
}

TEST(Period, AWeekBelongsWhereItsThursdayLies) {
    // 1 January 2026 is a Thursday: its week began in December.
    EXPECT_EQ(parse_period("2026")->first, make_date(2025, 12, 29));
    EXPECT_EQ(parse_period("2026-W01")->first, make_date(2025, 12, 29));
    EXPECT_EQ(parse_period("2026-W53")->first, make_date(2026, 12, 28));
    EXPECT_EQ(parse_period("2026")->last, make_date(2027, 1, 4));
    // The week of 30 March has its Thursday in April.
    EXPECT_EQ(parse_period("2026-03")->last, make_date(2026, 3, 30));
    EXPECT_EQ(parse_period("2026-Q2")->first, make_date(2026, 3, 30));
}

TEST(Period, MonthsAndQuartersPartTheYear) {
    for (int year = 2024; year <= 2030; ++year) {
        const std::string name = std::to_string(year);
        Date next = parse_period(name)->first;
        for (int month = 1; month <= 12; ++month) {
            const auto part =
                parse_period(name + (month < 10 ? "-0" : "-") + std::to_string(month));
            ASSERT_TRUE(part);
            EXPECT_EQ(part->first, next);
            next = part->last;
        }
        EXPECT_EQ(next, parse_period(name)->last);
        EXPECT_EQ(parse_period(name + "-Q4")->last, next);
        EXPECT_EQ(next, parse_period(std::to_string(year + 1))->first);
    }
}

TEST(Period, NamesOfWeeksAreReadBack) {
    for (Date week = make_date(2025, 12, 22); week < make_date(2028, 1, 10); week = week + 7) {
        const auto read = parse_period(week_name(week));
        ASSERT_TRUE(read) << week_name(week);
        EXPECT_EQ(read->first, week);
    }
}

TEST(Period, IsADayOrHasWholeWeeksAndTheDaysOfTheCalendar) {
    const Period day = *parse_period("2026-11-25");
    EXPECT_TRUE(day.is_day());
    EXPECT_EQ(day.first_day, make_date(2026, 11, 25));
    const Period march = *parse_period("2026-03");
    EXPECT_EQ(march.first_day, make_date(2026, 3, 1));
    EXPECT_EQ(march.last_day, make_date(2026, 4, 1));
    EXPECT_EQ(march.first, make_date(2026, 3, 2));
    EXPECT_FALSE(march.is_week());
    EXPECT_TRUE(parse_period("2026-W09")->is_week());
}

TEST(Tally, OfADayHasItsTasksAndItsContacts) {
    Tally tally;
    tally.add(task(monday, TaskKind::home_visit, TaskState::completed));
    tally.add(task(monday, TaskKind::phone_call, TaskState::missed));
    tally.add(task(monday, TaskKind::phone_call, TaskState::excused));
    tally.add(contact(monday, 9h, TaskKind::home_visit));
    tally.add(contact(monday, 9h, TaskKind::phone_call, Outcome::unreached));
    tally.add(contact(monday, 9h, TaskKind::contact_call));
    EXPECT_EQ(tally.quota.permille(), 500);
    EXPECT_EQ(tally.missed, 1U);
    EXPECT_EQ(tally.reached.permille(), 500);
}

TEST(Period, RefusesWhatIsNone) {
    for (const char* text : {"", "26", "2026-", "2026-13", "2026-00", "2026-Q0", "2026-Q5",
                             "2026-W00", "2025-W53", "2026-W54", "2026-2", "2026-02-30", "20x6"}) {
        EXPECT_FALSE(parse_period(text)) << text;
    }
}

TEST(Sample, GivesNearestRanks) {
    Sample sample;
    EXPECT_FALSE(sample.percentile(50));
    for (const int value : {40, 10, 30, 20}) sample.add(value);
    EXPECT_EQ(sample.percentile(50), 20);
    EXPECT_EQ(sample.percentile(90), 40);
    EXPECT_EQ(sample.percentile(25), 10);
    EXPECT_EQ(sample.percentile(100), 40);
}

TEST(Tally, NobodyGetsMoreThanAllAndExtraContactsDoNotHideWhatAnotherLacks) {
    Tally tally;
    ResidentWeek much;
    much.visits_due = 1;
    much.calls_due = 3;
    much.visits_done = 1;
    much.calls_done = 6;
    ResidentWeek little = much;
    little.calls_done = 0;
    tally.add(much);
    tally.add(little);
    EXPECT_EQ(tally.quota.part, 5U);
    EXPECT_EQ(tally.quota.of, 8U);
    EXPECT_EQ(tally.quota.permille(), 625);
    EXPECT_EQ(tally.complete.permille(), 500);
}

TEST(Tally, AFullySuspendedWeekIsOutOfEveryDenominatorAndShown) {
    Tally tally;
    ResidentWeek away;
    away.excused = 4;
    away.off_days = 7;
    away.suspended = true;
    tally.add(away);
    EXPECT_FALSE(tally.quota.permille());
    EXPECT_FALSE(tally.complete.permille());
    EXPECT_EQ(tally.suspended_weeks, 1U);
    EXPECT_EQ(tally.excused, 4U);
}

TEST(Tally, CountsAlertsAcknowledgementsArrivalsAndFalseOnes) {
    Tally tally;
    Alert alert;
    alert.kind = AlertKind::inactivity;
    alert.priority = Priority::p2;
    alert.opened_at = at(monday, 10h);
    alert.first_acknowledged_at = alert.opened_at + 3min;
    alert.on_site_at = alert.opened_at + 20min;
    alert.reason = ClosingReason::late_rise;
    tally.add(alert);
    alert.reason = ClosingReason::help_given;
    alert.first_acknowledged_at = alert.opened_at + 5min;
    alert.overdue = true;
    tally.add(alert);
    alert.reason = ClosingReason::unknown;
    alert.first_acknowledged_at = {};
    alert.on_site_at = {};
    tally.add(alert);
    EXPECT_EQ(tally.alerts_unreviewed, 0U);
    alert.state = AlertState::closed;
    alert.closed_by = "cli:lin";
    Tally closed;
    closed.add(alert);
    EXPECT_EQ(closed.alerts_unreviewed, 1U);
    alert.reviewed_by = "cli:wu";
    closed.add(alert);
    EXPECT_EQ(closed.alerts_unreviewed, 1U);
    alert.kind = AlertKind::test;
    tally.add(alert);
    EXPECT_EQ(tally.alerts[1], 3U);
    EXPECT_EQ(tally.false_alerts.part, 1U);
    EXPECT_EQ(tally.false_alerts.of, 2U) << "one that nobody could explain is neither";
    EXPECT_EQ(tally.acknowledged_ms.percentile(50), 180'000);
    EXPECT_EQ(tally.acknowledged_ms.percentile(90), 300'000);
    EXPECT_EQ(tally.arrived_ms.size(), 2U);
    EXPECT_EQ(tally.alerts_overdue, 2U);
}

TEST(Uptime, IsOfTheTimeInWhichTheDeviceIsKnownOf) {
    Uptime uptime(at(monday, 0h), at(monday + 7, 0h));
    uptime.changed(at(monday + 1, 0h), DeviceHealth::stale);
    EXPECT_EQ(uptime.up(DeviceHealth::stale), 24h);

    Uptime removed(at(monday, 0h), at(monday + 7, 0h));
    removed.changed(at(monday + 1, 0h), DeviceHealth::stale);
    removed.changed(at(monday + 2, 0h), DeviceHealth::ok);
    removed.until(at(monday + 2, 0h));
    EXPECT_EQ(removed.up(DeviceHealth::ok), 24h) << "up to when it was last heard of";
}

TEST(Tally, AddsUpAlongTheTree) {
    Tally one, other, both;
    const ResidentWeek week = count(full_week());
    one.add(week);
    other.add(week);
    other.add(week);
    both.add(one);
    both.add(other);
    EXPECT_EQ(both.quota.of, 12U);
    EXPECT_EQ(both.resident_weeks, 3U);
    EXPECT_EQ(both.gap_days.size(), 12U);
}

}  // namespace
}  // namespace anju::care
