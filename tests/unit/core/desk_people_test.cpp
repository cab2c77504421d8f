// Alerts, suspensions, absences, and people who move tasks.
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
const Date week = monday + 7;
const ResidentId wang = resident(1);

class DeskPeople : public ::testing::Test {
protected:
    DeskPeople() : desk(monday) {
        desk.settle_in(4);
        desk.work_through(monday + 6);
        desk.until(week, 8h + 30min);
        desk.decisions.clear();
    }
    Alert alert(AlertKind kind, Priority priority, const std::string& id = "h1-1") const {
        Alert out;
        out.id = AlertId{id};
        out.household = HouseholdId{"h1"};
        out.resident = wang;
        out.kind = kind;
        out.priority = priority;
        out.raised_at = desk.now;
        return out;
    }
    void tell(Alert alert, AlertState state = AlertState::open) {
        alert.state = state;
        desk.apply(AlertTold{CommunityId{"c1"}, alert});
    }
    [[nodiscard]] std::vector<CareTask> asked() const {
        auto open = desk.open(wang);
        std::erase_if(open, [](const CareTask& task) { return task.quota; });
        return open;
    }
    Suspension hospital(Date from, Date to) const {
        Suspension out;
        out.resident = wang;
        out.reason = ResidentStatus::hospitalised;
        out.from = from;
        out.to = to;
        out.said_by = "daughter";
        out.approver = "lead";
        return out;
    }
    CommandAnswered suspend(const Suspension& suspension, bool ended = false) {
        SuspensionSet input;
        input.suspension = suspension;
        input.ended = ended;
        return desk.order(input);
    }
    CommandAnswered absent(const WorkerId& worker, Date from, Date to, bool back = false) {
        WorkerAbsent input;
        input.worker = worker;
        input.from = from;
        input.to = to;
        input.back = back;
        return desk.order(input);
    }
    CommandAnswered command(const CareTask& task, TaskVerb verb, Date date = {},
                            const WorkerId& worker = {}, const std::string& note = "") {
        TaskCommand input;
        input.task = task.id;
        input.verb = verb;
        input.date = date;
        input.worker = worker;
        input.note = note;
        return desk.order(input);
    }
    Desk desk;
};

// ---- alerts ----

TEST_F(DeskPeople, AnOpenInactivityAlertAsksForAVisitAndASelfCheckForNothing) {
    const Alert silent = alert(AlertKind::inactivity, Priority::p2);
    tell(silent, AlertState::self_check);
    EXPECT_TRUE(asked().empty());
    tell(silent, AlertState::open);
    ASSERT_EQ(asked().size(), 1U);
    EXPECT_EQ(asked()[0].kind, TaskKind::home_visit);
    EXPECT_EQ(asked()[0].alert, silent.id);
    EXPECT_EQ(asked()[0].due, desk.now + 60min);
    tell(silent, AlertState::acknowledged);
    EXPECT_EQ(asked().size(), 1U);
}

TEST_F(DeskPeople, AVisitForAnAlertWithACompleteFormSparesThePlannedOne) {
    const CareTask planned = desk.first(wang, TaskKind::home_visit);
    tell(alert(AlertKind::inactivity, Priority::p2));
    const CareTask visit = asked()[0];
    desk.until(desk.now + 40min);
    ContactRecord record = desk.record(wang, TaskKind::home_visit, Outcome::well);
    record.alert = visit.alert;
    EXPECT_TRUE(desk.contact(record).counts);
    EXPECT_EQ(desk.task(visit.id).state, TaskState::completed);
    EXPECT_EQ(desk.task(planned.id).state, TaskState::substituted);
    const auto open = desk.open(wang);
    EXPECT_EQ(std::ranges::count(open, true, &CareTask::quota), 3) << "the calls";
}

TEST_F(DeskPeople, AVisitForAnAlertWithAnIncompleteFormSparesNothing) {
    const CareTask planned = desk.first(wang, TaskKind::home_visit);
    tell(alert(AlertKind::inactivity, Priority::p2));
    const CareTask visit = asked()[0];
    desk.until(desk.now + 40min);
    ContactRecord record = desk.record(wang, TaskKind::home_visit, Outcome::well);
    record.alert = visit.alert;
    record.form = {};
    EXPECT_FALSE(desk.contact(record).counts);
    EXPECT_EQ(desk.task(visit.id).state, TaskState::completed);
    EXPECT_LE(desk.task(planned.id).state, TaskState::in_progress);
}

TEST_F(DeskPeople, PleasePhoneAsksForACallAndANightWaits) {
    const auto days = contact_days(desk.tasks_of(wang), week);
    Date free = week + 1;
    while (std::ranges::find(days, free) != days.end()) free = free + 1;
    desk.work_through(free - 1);  // until 23:00
    tell(alert(AlertKind::inactivity, Priority::p3));
    ASSERT_EQ(asked().size(), 1U);
    EXPECT_EQ(asked()[0].kind, TaskKind::extra_contact);
    EXPECT_EQ(asked()[0].start, Desk::at(free, 8h));
}

TEST_F(DeskPeople, AHomeThatCannotBeHeardIsPhonedTheSameDayOnce) {
    desk.until(week, 19h + 10min);
    tell(alert(AlertKind::data_stale, Priority::p4, "h1-1"));
    tell(alert(AlertKind::data_stale, Priority::p4, "h1-2"));
    ASSERT_EQ(asked().size(), 1U);
    EXPECT_EQ(asked()[0].date, week);
    // The second one asks on when the first is over, and the last takes it back.
    tell(alert(AlertKind::data_stale, Priority::p4, "h1-1"), AlertState::resolved);
    ASSERT_EQ(asked().size(), 1U);
    EXPECT_EQ(asked()[0].alert, AlertId{"h1-2"});
    tell(alert(AlertKind::data_stale, Priority::p4, "h1-2"), AlertState::resolved);
    EXPECT_TRUE(asked().empty());
}

TEST_F(DeskPeople, WhatHasBegunIsNotTakenBack) {
    tell(alert(AlertKind::inactivity, Priority::p2));
    EXPECT_EQ(command(asked()[0], TaskVerb::begin).status, CommandStatus::applied);
    tell(alert(AlertKind::inactivity, Priority::p2), AlertState::closed);
    EXPECT_EQ(asked().size(), 1U);
}

TEST_F(DeskPeople, AClosedAlertTakesBackItsVisit) {
    tell(alert(AlertKind::sos, Priority::p1));
    EXPECT_EQ(asked().at(0).due, desk.now + 45min);
    tell(alert(AlertKind::sos, Priority::p1), AlertState::closed);
    EXPECT_TRUE(asked().empty());
}

// ---- suspensions ----

TEST_F(DeskPeople, ASuspensionTakesReasonSourceApproverAndAtMost30Days) {
    Suspension asked_for = hospital(week, week + 29);
    asked_for.reason = ResidentStatus::active;
    EXPECT_EQ(suspend(asked_for).status, CommandStatus::refused);
    asked_for = hospital(week, week + 29);
    asked_for.said_by = " ";
    EXPECT_EQ(suspend(asked_for).status, CommandStatus::refused);
    asked_for = hospital(week, week + 29);
    asked_for.approver = "cli:chen";
    EXPECT_EQ(suspend(asked_for).status, CommandStatus::refused);
    const auto longer = suspend(hospital(week, week + 30));
    EXPECT_EQ(longer.status, CommandStatus::refused);
    EXPECT_NE(longer.text.find(to_text(week + 29)), std::string::npos) << longer.text;
    EXPECT_EQ(suspend(hospital(week, week + 29)).status, CommandStatus::applied);
    EXPECT_EQ(suspend(hospital(week, week + 29)).status, CommandStatus::already);
    EXPECT_EQ(desk.all<SuspensionChanged>().size(), 1U);
}

TEST_F(DeskPeople, InHospitalFromWednesdayOnNothingIsDueAndTheContactIsPhonedWeekly) {
    EXPECT_EQ(suspend(hospital(week + 2, week + 15)).status, CommandStatus::applied);
    EXPECT_TRUE(desk.all<SuspensionChanged>().empty()) << "it has not begun";
    for (const CareTask& task : desk.open(wang)) EXPECT_LT(task.date, week + 2);
    desk.work_through(week + 1);
    desk.until(week + 2, 2h);
    ASSERT_EQ(desk.all<SuspensionChanged>().size(), 1U);
    EXPECT_FALSE(desk.all<SuspensionChanged>()[0].ended);
    EXPECT_EQ(desk.first(wang, TaskKind::contact_call).date, week + 2);
    desk.until(week + 2, 10h);
    (void)desk.contact(wang, TaskKind::contact_call);
    EXPECT_TRUE(desk.open(wang).empty());
    desk.until(week + 9, 9h);
    EXPECT_EQ(desk.first(wang, TaskKind::contact_call).date, week + 9);
    for (const PlanMade& plan : desk.all<PlanMade>()) {
        for (const Shortfall& shortfall : plan.short_of) EXPECT_NE(shortfall.resident, wang);
    }
}

TEST_F(DeskPeople, WithinADayOfItsEndSomebodyLooksAndTheRoundsGoOn) {
    (void)suspend(hospital(week, week + 8));
    desk.until(week + 9, 2h);
    const auto changes = desk.all<SuspensionChanged>();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_TRUE(changes[1].ended);
    const CareTask check = desk.first(wang, TaskKind::return_check);
    EXPECT_EQ(check.date, week + 9);
    EXPECT_EQ(check.due, desk.now + 24h);
    EXPECT_TRUE(std::ranges::none_of(
        desk.open(wang), [](const CareTask& task) { return task.kind == TaskKind::contact_call; }));
    EXPECT_GE(contact_days(desk.tasks_of(wang), week + 7).size(), 3U);
}

TEST_F(DeskPeople, WhoComesBackEarlyIsLookedAfterAtOnce) {
    (void)suspend(hospital(week, week + 20));
    desk.until(week + 1, 10h);
    EXPECT_EQ(suspend(hospital(week, week), true).status, CommandStatus::applied);
    EXPECT_LE(desk.first(wang, TaskKind::return_check).due, desk.now + 24h);
    EXPECT_EQ(suspend(hospital(week, week), true).status, CommandStatus::already);
    EXPECT_FALSE(desk.view().clients[0].suspension);
}

TEST_F(DeskPeople, DeathEndsTheRoundsAndWithdrawnConsentToSensorsDoesNot) {
    Suspension said = hospital(week, week);
    said.reason = ResidentStatus::withdrawn;
    EXPECT_EQ(suspend(said).status, CommandStatus::refused);
    EXPECT_FALSE(desk.open(wang).empty());
    said.reason = ResidentStatus::deceased;
    EXPECT_EQ(suspend(said).status, CommandStatus::applied);
    desk.until(week + 60, 9h);
    EXPECT_TRUE(desk.open(wang).empty()) << "and nobody is phoned";
}

TEST_F(DeskPeople, ARegistrationThatDoesNotKnowOfASuspensionIsToldOfIt) {
    (void)suspend(hospital(week, week + 5));
    desk.apply(ResidentsSet{CommunityId{"c1"}, HouseholdId{"h1"}, {{.id = wang, .name = "Wang"}}});
    ASSERT_EQ(desk.all<SuspensionChanged>().size(), 2U);
    EXPECT_FALSE(desk.all<SuspensionChanged>()[1].ended);
}

// ---- workers ----

TEST_F(DeskPeople, AnAbsenceGivesFrozenTasksToOthersAndLeavesTheRest) {
    const WorkerId ill = desk.open(wang).front().worker;
    const WorkerId other = ill == lin ? zhao : lin;
    const auto before = desk.open();
    EXPECT_EQ(absent(ill, week, week + 1).status, CommandStatus::applied);
    for (const CareTask& task : before) {
        const CareTask now = desk.task(task.id);
        if (task.worker != ill || task.date > week + 1) {
            EXPECT_EQ(now, task) << "the rest stays";
        } else if (now.state <= TaskState::in_progress) {
            EXPECT_EQ(now.worker, other);
            EXPECT_EQ(now.date, task.date);
            EXPECT_EQ(now.cause, CareCause::absence);
        }
    }
    for (int n = 1; n <= 4; ++n) {
        EXPECT_EQ(contact_days(desk.tasks_of(resident(n)), week).size(), 4U);
    }
    EXPECT_EQ(desk.view().absences.size(), 1U);
    EXPECT_EQ(absent(ill, week, week + 1, true).status, CommandStatus::applied);
    EXPECT_TRUE(desk.view().absences.empty());
}

TEST_F(DeskPeople, WhatNobodyElseCanDoIsCancelledOnceForWhoeverHadIt) {
    const CareTask task = desk.open(wang).front();
    EXPECT_EQ(absent(task.worker == lin ? zhao : lin, week, week + 6).status,
              CommandStatus::applied);
    const CareTask before = desk.open(wang).front();
    desk.decisions.clear();
    EXPECT_EQ(absent(before.worker, before.date, before.date).status, CommandStatus::applied);
    std::vector<CareTask> told;
    for (const TaskChanged& change : desk.all<TaskChanged>()) {
        if (change.task.id == before.id) told.push_back(change.task);
    }
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].state, TaskState::cancelled);
    EXPECT_EQ(told[0].worker, before.worker);
}

TEST_F(DeskPeople, TheResidentsWorkerIsAskedFirstThenAnotherOnShift) {
    const CareTask today = desk.open(wang).front();
    const Instant then = Desk::at(today.date, 12h);
    const auto first = desk.desk.who(Role::grid_worker, wang, then);
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0], today.worker);
    const auto second = desk.desk.who(Role::second_worker, wang, then);
    ASSERT_EQ(second.size(), 1U);
    EXPECT_NE(second[0], first[0]);
    EXPECT_EQ(desk.desk.who(Role::community_lead, wang, then), (std::vector<WorkerId>{lead}));
    const Instant sunday = Desk::at(week + 6, 12h);
    EXPECT_EQ(desk.desk.who(Role::grid_worker, wang, sunday).size(), 1U)
        << "an alert on a day without duty finds somebody";
}

TEST_F(DeskPeople, PeopleAcceptBeginHandOverMoveAndCancel) {
    const CareTask task = desk.open(wang).back();
    EXPECT_EQ(command(task, TaskVerb::accept).status, CommandStatus::applied);
    EXPECT_EQ(command(task, TaskVerb::accept).status, CommandStatus::already);
    const WorkerId other = task.worker == lin ? zhao : lin;
    EXPECT_EQ(command(task, TaskVerb::hand_to, {}, lead).status, CommandStatus::refused);
    EXPECT_EQ(command(task, TaskVerb::hand_to, {}, other).status, CommandStatus::applied);
    EXPECT_EQ(desk.task(task.id).worker, other);
    EXPECT_EQ(command(task, TaskVerb::cancel).status, CommandStatus::refused) << "without a note";
    EXPECT_EQ(command(task, TaskVerb::cancel, {}, {}, "asked for another day").status,
              CommandStatus::applied);
    EXPECT_EQ(desk.task(task.id).state, TaskState::cancelled);
    const auto days = contact_days(desk.tasks_of(wang), week);
    EXPECT_EQ(days.size(), 4U) << "the contact is due all the same";
    EXPECT_TRUE(std::ranges::find(days, task.date) == days.end()) << "on another day";
    EXPECT_EQ(command(task, TaskVerb::begin).status, CommandStatus::refused);
}

TEST_F(DeskPeople, AMoveIsRefusedWhereAHardRuleForbidsIt) {
    const auto days = contact_days(desk.tasks_of(wang), week);
    const CareTask last = desk.open(wang).back();
    const auto why = [&](Date date) { return command(last, TaskVerb::move, date).text; };
    EXPECT_NE(why(days.front()).find("another contact"), std::string::npos);
    EXPECT_NE(why(week + 7).find("stays in its week"), std::string::npos);
    EXPECT_NE(why(week + 5).find("nobody works"), std::string::npos);
    EXPECT_NE(why(week - 1).find("is over"), std::string::npos);
    Date free = week;
    while (std::ranges::find(days, free) != days.end()) free = free + 1;
    EXPECT_EQ(command(last, TaskVerb::move, free).status, CommandStatus::applied);
    EXPECT_EQ(desk.task(last.id).date, free);
    EXPECT_EQ(desk.task(last.id).cause, CareCause::person);
}

}  // namespace
}  // namespace anju::test
