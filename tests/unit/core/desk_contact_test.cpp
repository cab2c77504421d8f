#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
/// A week that was planned as a whole, on its Monday at 09:00.
const Date week = monday + 7;
const ResidentId wang = resident(1);

class DeskContact : public ::testing::Test {
protected:
    DeskContact() : desk(monday) {
        desk.settle_in(2);
        desk.work_through(monday + 6);
        desk.until(week, 8h + 30min);
        desk.decisions.clear();
    }
    /// On the day and at the end of the next planned contact of this kind.
    CareTask at_next(TaskKind kind) {
        const CareTask task = desk.first(wang, kind);
        desk.until(task.end);
        return task;
    }
    Desk desk;
};

TEST_F(DeskContact, CompletesItsTaskAndCounts) {
    const CareTask call = at_next(TaskKind::phone_call);
    const ContactRecord logged = desk.contact(wang, TaskKind::phone_call);
    EXPECT_TRUE(logged.counts) << logged.why_not;
    EXPECT_EQ(logged.task, call.id);
    EXPECT_EQ(desk.task(call.id).state, TaskState::completed);
    EXPECT_EQ(desk.view().clients[0].last_contact, logged.start);
}

TEST_F(DeskContact, ACallUnderHalfAMinuteDoesNotCountAndStaysToBeMade) {
    const CareTask call = at_next(TaskKind::phone_call);
    ContactRecord shortest = desk.record(wang, TaskKind::phone_call, Outcome::well);
    shortest.start = shortest.end - 30s + 1ms;
    EXPECT_EQ(desk.contact(shortest).why_not, "too_short");
    EXPECT_EQ(desk.task(call.id).state, TaskState::in_progress);
    shortest.start = shortest.end - 30s;
    EXPECT_TRUE(desk.contact(shortest).counts);
    EXPECT_EQ(desk.task(call.id).state, TaskState::completed);
}

TEST_F(DeskContact, AVisitCountsOnceItsFormIsComplete) {
    const CareTask visit = at_next(TaskKind::home_visit);
    ContactRecord record = desk.record(wang, TaskKind::home_visit, Outcome::well);
    record.form.needs = 0;
    EXPECT_EQ(desk.contact(record).why_not, "form_incomplete");
    EXPECT_EQ(desk.task(visit.id).state, TaskState::in_progress);
    record.form.needs = 2;
    EXPECT_TRUE(desk.contact(record).counts);
    EXPECT_EQ(desk.task(visit.id).state, TaskState::completed);
}

TEST_F(DeskContact, OneADayCountsAndNoneWithin20Hours) {
    (void)at_next(TaskKind::phone_call);
    EXPECT_TRUE(desk.contact(wang, TaskKind::phone_call).counts);
    desk.until(desk.now + 3h);
    EXPECT_EQ(desk.contact(wang, TaskKind::phone_call).why_not, "second_that_day");
    desk.until(desk.now + 17h - 3min);
    EXPECT_EQ(desk.contact(wang, TaskKind::phone_call).why_not, "too_close");
    desk.until(desk.now + 1h);
    EXPECT_TRUE(desk.contact(wang, TaskKind::phone_call).counts);
}

TEST_F(DeskContact, WithoutATaskItStandsForTheNextOneAndTheRestIsPlannedAnew) {
    const auto before = contact_days(desk.tasks_of(wang), week);
    Date day = week;
    while (std::ranges::find(before, day) != before.end()) day = day + 1;
    ASSERT_LT(day, before.back()) << "four contacts from Monday to Friday, with a day between";
    if (day > week) desk.work_through(day - 1);
    desk.until(day, 12h);
    const ContactRecord logged = desk.contact(wang, TaskKind::home_visit);
    EXPECT_TRUE(logged.counts) << logged.why_not;
    EXPECT_TRUE(logged.task.empty());
    const auto tasks = desk.tasks_of(wang);
    EXPECT_EQ(std::ranges::count(tasks, TaskState::substituted, &CareTask::state), 1);
}

TEST_F(DeskContact, AVisitInThePlaceOfACallIsASubstituteAndTheVisitStaysDue) {
    const CareTask call = at_next(TaskKind::phone_call);
    ContactRecord visit = desk.record(wang, TaskKind::home_visit, Outcome::well);
    visit.task = call.id;
    EXPECT_TRUE(desk.contact(visit).counts);
    EXPECT_EQ(desk.task(call.id).state, TaskState::substituted);
    EXPECT_EQ(desk.first(wang, TaskKind::home_visit).quota, true);
}

TEST_F(DeskContact, ACallNeverStandsForAVisit) {
    const CareTask visit = at_next(TaskKind::home_visit);
    ContactRecord call = desk.record(wang, TaskKind::phone_call, Outcome::well);
    const ContactRecord logged = desk.contact(call);
    EXPECT_TRUE(logged.task.empty());
    // It counts as the call it was, and the visit is due on another day.
    const auto still = desk.first(wang, TaskKind::home_visit);
    EXPECT_TRUE(still.quota);
    EXPECT_NE(still.date, date_of(desk.now, china));
}

TEST_F(DeskContact, MessagesCountOnlyWithAnApprovedVariant) {
    Resident deaf{.id = wang, .name = "Wang"};
    deaf.care.by_message = true;
    desk.apply(ResidentsSet{CommunityId{"c1"}, HouseholdId{"h1"}, {deaf}});
    desk.until(desk.now + 1min);
    (void)at_next(TaskKind::phone_call);
    ContactRecord message = desk.record(wang, TaskKind::phone_call, Outcome::well);
    message.start = message.end;
    EXPECT_EQ(desk.contact(message).why_not, "variant_not_approved");
    deaf.care.variant_approved_by = "lead";
    desk.apply(ResidentsSet{CommunityId{"c1"}, HouseholdId{"h1"}, {deaf}});
    EXPECT_TRUE(desk.contact(message).counts);
}

TEST_F(DeskContact, ARecordOfTheEveningBeforeCompletesWhatWasMissed) {
    const CareTask call = at_next(TaskKind::phone_call);
    const ContactRecord late = desk.record(wang, TaskKind::phone_call, Outcome::well);
    desk.until(date_of(desk.now, china) + 1, 8h + 10min);
    EXPECT_EQ(desk.task(call.id).state, TaskState::missed);
    EXPECT_TRUE(desk.contact(late).counts);
    EXPECT_EQ(desk.task(call.id).state, TaskState::completed);
    EXPECT_EQ(contact_days(desk.tasks_of(wang), week).size(), 4U);
}

TEST_F(DeskContact, CarriesWhatTheDoorSaysOfAVisitAndOfNothingElse) {
    ContactRecorded input;
    input.record = desk.record(wang, TaskKind::home_visit, Outcome::well);
    input.door = Corroboration::disagrees;
    (void)desk.order(input);
    EXPECT_EQ(desk.all<ContactLogged>().back().record.corroboration, Corroboration::disagrees);
    EXPECT_TRUE(desk.all<ContactLogged>().back().record.counts) << "flagged, never blocked";
    input.record = desk.record(resident(2), TaskKind::phone_call, Outcome::well);
    (void)desk.order(input);
    EXPECT_EQ(desk.all<ContactLogged>().back().record.corroboration, Corroboration::none);
}

TEST_F(DeskContact, RefusesWhatCannotBe) {
    ContactRecorded input;
    input.record = desk.record(ResidentId{"nobody"}, TaskKind::phone_call, Outcome::well);
    EXPECT_EQ(desk.order(input).status, CommandStatus::refused);
    input.record = desk.record(wang, TaskKind::phone_call, Outcome::well, WorkerId{"nobody"});
    EXPECT_EQ(desk.order(input).status, CommandStatus::refused);
    input.record = desk.record(wang, TaskKind::phone_call, Outcome::well);
    input.record.end = input.record.start - 1ms;
    EXPECT_EQ(desk.order(input).status, CommandStatus::refused);
    input.record = desk.record(wang, TaskKind::phone_call, Outcome::well);
    input.record.start += 1h;
    input.record.end += 1h;
    EXPECT_EQ(desk.order(input).status, CommandStatus::refused);
    input.record.start -= std::chrono::days{15};
    input.record.end -= std::chrono::days{15};
    EXPECT_EQ(desk.order(input).status, CommandStatus::refused);
    EXPECT_TRUE(desk.all<ContactLogged>().empty());
}

TEST_F(DeskContact, WhoRefusesIsAskedOnAnotherDay) {
    const CareTask call = at_next(TaskKind::phone_call);
    EXPECT_EQ(desk.contact(wang, TaskKind::phone_call, Outcome::refused).why_not, "refused");
    EXPECT_EQ(desk.task(call.id).state, TaskState::unreached);
    EXPECT_EQ(contact_days(desk.tasks_of(wang), week).size(), 4U);
}

// ---- nobody was reached ----

TEST_F(DeskContact, AFailedCallIsMadeAgainAfterAQuarterOfAnHour) {
    const CareTask call = at_next(TaskKind::phone_call);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    const CareTask again = desk.task(call.id);
    EXPECT_EQ(again.state, TaskState::in_progress);
    EXPECT_EQ(again.start, desk.now + 15min);
    EXPECT_EQ(again.attempts, 1);
    EXPECT_EQ(again.first_attempt, desk.now - 5min);
    EXPECT_EQ(again.cause, CareCause::retry);
}

TEST_F(DeskContact, TheThirdCallIsTwoHoursLaterInAnotherWindow) {
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    desk.until(call.date, 10h);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    desk.until(call.date, 10h + 20min);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    EXPECT_EQ(desk.task(call.id).start, Desk::at(call.date, 14h + 30min));
}

TEST_F(DeskContact, InTheLastWindowTheThirdCallIsTwoHoursLaterAllTheSame) {
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    desk.until(call.date, 15h);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    desk.until(call.date, 15h + 20min);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    EXPECT_EQ(desk.task(call.id).start, Desk::at(call.date, 17h + 20min));
}

TEST_F(DeskContact, NobodyIsPhonedByNight) {
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    desk.until(call.date, 19h + 50min);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    EXPECT_EQ(desk.task(call.id).start, Desk::at(call.date + 1, 8h));
}

TEST_F(DeskContact, WhoIsPhonedTomorrowInsteadIsPhonedBySomebodyWhoWorksThen) {
    Community staffed = community();
    staffed.workers[0].weekdays = staffed.workers[1].weekdays = 0x7f;
    desk.apply(CommunitySet{staffed});
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    WorkerAbsent tomorrow;
    tomorrow.worker = call.worker;
    tomorrow.from = tomorrow.to = call.date + 1;
    EXPECT_EQ(desk.order(tomorrow).status, CommandStatus::applied);
    desk.until(call.date, 19h + 50min);
    (void)desk.contact(desk.record(wang, TaskKind::phone_call, Outcome::unreached, call.worker));
    EXPECT_EQ(desk.task(call.id).date, call.date + 1);
    EXPECT_EQ(desk.task(call.id).worker, call.worker == lin ? zhao : lin);
}

class DeskLost : public DeskContact {
protected:
    /// Three calls in vain on one day; the last at 15:00.
    CareTask three_calls(Instant last_sign_of_life) {
        const CareTask call = desk.first(wang, TaskKind::phone_call);
        for (const Duration time : {Duration{10h}, Duration{10h + 20min}, Duration{15h}}) {
            desk.until(call.date, time);
            (void)desk.contact(desk.record(wang, TaskKind::phone_call, Outcome::unreached),
                               last_sign_of_life);
        }
        return desk.task(call.id);
    }
};

TEST_F(DeskLost, WithALaterSignOfLifeTheCallIsMadeTheNextMorning) {
    const Date day = desk.first(wang, TaskKind::phone_call).date;
    const CareTask call = three_calls(Desk::at(day, 12h));
    EXPECT_EQ(call.state, TaskState::unreached);
    EXPECT_TRUE(desk.all<ContactLost>().empty());
    const auto open = desk.open(wang);
    EXPECT_TRUE(std::ranges::any_of(
        open, [&](const CareTask& task) { return task.date == day + 1 && task.quota; }));
    EXPECT_EQ(contact_days(desk.tasks_of(wang), week).size(), 4U);
}

TEST_F(DeskLost, WithoutOneSomebodyGoesThereWithinFourHoursAndTheAlertIsAskedFor) {
    const Date day = desk.first(wang, TaskKind::phone_call).date;
    const CareTask call = three_calls(Desk::at(day, 9h));
    EXPECT_EQ(call.state, TaskState::unreached);
    const auto lost = desk.all<ContactLost>();
    ASSERT_EQ(lost.size(), 1U);
    EXPECT_EQ(lost[0].household, HouseholdId{"h1"});
    EXPECT_EQ(lost[0].evidence.since, Desk::at(day, 9h + 55min));
    EXPECT_EQ(lost[0].evidence.measured, 3);
    const auto open = desk.open(wang);
    const auto visit = std::ranges::find_if(open, [](const CareTask& task) { return !task.quota; });
    ASSERT_NE(visit, open.end());
    EXPECT_EQ(visit->kind, TaskKind::home_visit);
    EXPECT_EQ(visit->due, desk.now + 4h);
    EXPECT_FALSE(visit->worker.empty());
    EXPECT_EQ(visit->state, TaskState::assigned);

    Alert alert;
    alert.id = AlertId{"h1-1"};
    alert.household = HouseholdId{"h1"};
    alert.resident = wang;
    alert.kind = AlertKind::contact_failed;
    alert.priority = Priority::p2;
    alert.raised_at = desk.now;
    desk.apply(AlertTold{CommunityId{"c1"}, alert});
    EXPECT_EQ(desk.task(visit->id).alert, alert.id) << "one visit, not two";
    EXPECT_EQ(desk.open(wang).size(), open.size());

    desk.until(desk.now + 4h);
    EXPECT_TRUE(desk.task(visit->id).overdue);
}

TEST_F(DeskLost, OnASundayWhatIsLostIsNamedForNoDayIsLeft) {
    Community staffed = community();
    staffed.workers[0].weekdays = staffed.workers[1].weekdays = 0x7f;
    desk.apply(CommunitySet{staffed});
    desk.until(desk.now + 1min);
    const Date sunday = week + 6;
    TaskCommand later;
    later.task = desk.open(wang).back().id;
    for (const CareTask& task : desk.open(wang)) {
        if (monday_of(task.date) == week && task.kind == TaskKind::phone_call) later.task = task.id;
    }
    later.verb = TaskVerb::move;
    later.date = sunday;
    EXPECT_EQ(desk.order(later).status, CommandStatus::applied);
    desk.work_through(sunday - 1);
    for (const Duration time : {Duration{10h}, Duration{10h + 20min}, Duration{15h}}) {
        desk.until(sunday, time);
        (void)desk.contact(desk.record(wang, TaskKind::phone_call, Outcome::unreached),
                           Desk::at(sunday, 12h));
    }
    EXPECT_EQ(desk.task(later.task).state, TaskState::unreached);
    const auto plans = desk.view().plans;
    const auto plan = std::ranges::find(plans, week, &PlanMade::week);
    ASSERT_NE(plan, plans.end());
    const auto named = std::ranges::find_if(plan->short_of, [](const Shortfall& shortfall) {
        return shortfall.resident == wang && shortfall.calls == 1;
    });
    ASSERT_NE(named, plan->short_of.end());
    EXPECT_EQ(named->why, Shortage::too_late);
    EXPECT_TRUE(named->days.empty());
}

TEST_F(DeskLost, ANeighboursWordIsASignOfLife) {
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    desk.until(call.date, 10h);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    desk.until(call.date, 10h + 20min);
    EXPECT_EQ(desk.contact(wang, TaskKind::phone_call, Outcome::by_other).why_not, "by_other");
    desk.until(call.date, 15h);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    EXPECT_TRUE(desk.all<ContactLost>().empty());
}

TEST_F(DeskLost, NobodyOpensSomebodyIsAskedAndGoesAgainWithinADay) {
    const CareTask visit = at_next(TaskKind::home_visit);
    (void)desk.contact(wang, TaskKind::home_visit, Outcome::unreached);
    const CareTask again = desk.task(visit.id);
    EXPECT_EQ(again.state, TaskState::in_progress);
    EXPECT_EQ(again.due, desk.now + 24h);
    EXPECT_LE(again.end, again.due);
    EXPECT_GT(again.start, desk.now);
    EXPECT_EQ(desk.first(wang, TaskKind::contact_call).start, desk.now);
    EXPECT_TRUE(desk.all<ContactLost>().empty());

    desk.until(again.end);
    (void)desk.contact(wang, TaskKind::home_visit, Outcome::unreached);
    EXPECT_EQ(desk.task(visit.id).state, TaskState::unreached);
    ASSERT_EQ(desk.all<ContactLost>().size(), 1U);
    EXPECT_EQ(desk.all<ContactLost>()[0].evidence.rule, "visits_unanswered");
    EXPECT_EQ(desk.all<ContactLost>()[0].evidence.measured, 2);
}

TEST_F(DeskLost, WhoGoesAgainIsNamedByTheDecisionThatSaysWhen) {
    Community staffed = community();
    staffed.workers[0].weekdays = staffed.workers[1].weekdays = 0x7f;
    desk.apply(CommunitySet{staffed});
    const CareTask visit = desk.first(wang, TaskKind::home_visit);
    WorkerAbsent tomorrow;
    tomorrow.worker = visit.worker;
    tomorrow.from = tomorrow.to = visit.date + 1;
    EXPECT_EQ(desk.order(tomorrow).status, CommandStatus::applied);
    desk.until(visit.date, 16h);
    desk.decisions.clear();
    (void)desk.contact(desk.record(wang, TaskKind::home_visit, Outcome::unreached, visit.worker));
    std::vector<CareTask> told;
    for (const TaskChanged& change : desk.all<TaskChanged>()) {
        if (change.task.id == visit.id) told.push_back(change.task);
    }
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].date, visit.date + 1);
    EXPECT_EQ(told[0].worker, visit.worker == lin ? zhao : lin);
    EXPECT_EQ(told[0], desk.task(visit.id)) << "nothing of it changes without being told";
}

TEST_F(DeskLost, WhatWasNotTriedAgainGoesOnTheNextDay) {
    const CareTask call = at_next(TaskKind::phone_call);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    const Date day = call.date + 1;
    desk.until(day, 9h);
    const auto open = desk.open(wang);
    const auto goes_on = std::ranges::find_if(
        open, [&](const CareTask& task) { return task.date == day && task.quota; });
    ASSERT_NE(goes_on, open.end());
    EXPECT_EQ(goes_on->attempts, goes_on->kind == TaskKind::phone_call ? 1 : 0);
}

}  // namespace
}  // namespace anju::test
