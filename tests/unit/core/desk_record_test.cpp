// What a record can have been for, and which records are none.
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
const Date week = monday + 7;
const ResidentId wang = resident(1);

class DeskRecord : public ::testing::Test {
protected:
    DeskRecord() : desk(monday) {
        desk.settle_in(2);
        desk.work_through(monday + 6);
        desk.until(week, 8h + 30min);
        desk.decisions.clear();
    }
    void tell(AlertKind kind, Priority priority, const std::string& id = "h1-1") {
        Alert alert;
        alert.id = AlertId{id};
        alert.household = HouseholdId{"h1"};
        alert.resident = wang;
        alert.kind = kind;
        alert.priority = priority;
        alert.raised_at = desk.now;
        alert.state = AlertState::open;
        desk.apply(AlertTold{CommunityId{"c1"}, alert});
    }
    [[nodiscard]] std::vector<CareTask> asked() const {
        auto open = desk.open(wang);
        std::erase_if(open, [](const CareTask& task) { return task.quota; });
        return open;
    }
    /// The contact, as if it had ended at `end`.
    ContactRecord ended(Instant end, TaskKind kind, Outcome outcome = Outcome::well) const {
        ContactRecord record = desk.record(wang, kind, outcome);
        record.start -= record.end - end;
        record.end = end;
        return record;
    }
    CommandAnswered say(const ContactRecord& record) {
        ContactRecorded input;
        input.record = record;
        return desk.order(input);
    }
    Desk desk;
};

// ---- what a contact can have been for ----

TEST_F(DeskRecord, AVisitOfTenDaysAgoIsNotTheOneThatAnAlertOfTodayAsksFor) {
    desk.until(week + 6, 10h);
    tell(AlertKind::sos, Priority::p1);
    ASSERT_EQ(asked().size(), 1U);
    const CareTask visit = asked()[0];
    const ContactRecord old = desk.contact(ended(Desk::at(week - 4, 10h), TaskKind::home_visit));
    EXPECT_TRUE(old.task.empty()) << old.task.value;
    EXPECT_EQ(desk.task(visit.id), visit) << "somebody still has to go there";
    EXPECT_EQ(desk.contact(ended(visit.arose - 1ms, TaskKind::home_visit)).task, TaskId{});
    EXPECT_EQ(desk.task(visit.id), visit);
    ContactRecord there = ended(visit.arose, TaskKind::home_visit);
    there.worker = zhao;
    EXPECT_EQ(desk.contact(there).task, visit.id)
        << "who was there when the alert came has seen to it";
    EXPECT_EQ(desk.task(visit.id).state, TaskState::completed);
}

TEST_F(DeskRecord, WhoWasThereBeforeASecondAlertHasNotSeenToIt) {
    tell(AlertKind::inactivity, Priority::p2, "h1-1");
    ASSERT_EQ(asked().size(), 1U);
    const CareTask visit = asked()[0];
    desk.until(desk.now + 40min);
    const Instant gone = desk.now;
    desk.until(desk.now + 10min);
    tell(AlertKind::sos, Priority::p1, "h1-2");
    (void)desk.contact(ended(gone, TaskKind::home_visit));
    EXPECT_LE(desk.task(visit.id).state, TaskState::in_progress);
    desk.until(desk.now + 30min);
    (void)desk.contact(ended(desk.now, TaskKind::home_visit));
    EXPECT_EQ(desk.task(visit.id).state, TaskState::completed);
}

TEST_F(DeskRecord, ACallInVainOfYesterdayIsNoAttemptAtTheVisitOrTheCallOfToday) {
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    desk.until(std::max(call.date, week + 1), 10h);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    const auto before = desk.open(wang);
    (void)desk.contact(ended(desk.now - 20h, TaskKind::phone_call, Outcome::unreached));
    EXPECT_EQ(desk.open(wang), before);
}

TEST_F(DeskRecord, WhatWasBeforeTheResidentWasRegisteredIsRefused) {
    const auto said = say(ended(Desk::at(monday - 1, 18h), TaskKind::phone_call));
    EXPECT_EQ(said.status, CommandStatus::refused);
    EXPECT_NE(said.text.find(to_text(monday)), std::string::npos) << said.text;
    EXPECT_EQ(say(ended(Desk::at(monday, 8h), TaskKind::phone_call)).status,
              CommandStatus::applied);
}

// ---- what is refused, and what is only flagged ----

TEST_F(DeskRecord, WhatHasNotEndedOrLastsTooLongIsRefused) {
    ContactRecord call = desk.record(wang, TaskKind::phone_call, Outcome::well);
    call.end = desk.now + 5min + 1ms;
    EXPECT_EQ(say(call).code, "in_future");
    call.end = desk.now + 24h;
    EXPECT_EQ(say(call).code, "in_future") << "nobody is known to be alive tomorrow";
    call.start = desk.now - 2h - 1ms;
    call.end = desk.now;
    EXPECT_EQ(say(call).code, "too_long");
    ContactRecord visit = desk.record(wang, TaskKind::home_visit, Outcome::well);
    visit.start = desk.now - 8h;
    EXPECT_EQ(say(visit).status, CommandStatus::applied);
    EXPECT_TRUE(desk.all<ContactLogged>().back().record.by_night)
        << "it began at half past midnight";
}

TEST_F(DeskRecord, ATaskOrAnAlertOfSomebodyElseIsRefused) {
    ContactRecord call = desk.record(wang, TaskKind::phone_call, Outcome::well);
    call.task = TaskId{"c1:7"};
    EXPECT_EQ(say(call).code, "unknown_task");
    call.task = desk.first(resident(2), TaskKind::phone_call).id;
    EXPECT_EQ(say(call).code, "foreign_task");
    call.task = desk.first(wang, TaskKind::home_visit).id;
    EXPECT_EQ(say(call).code, "other_task") << "a call never stands for a visit";
    tell(AlertKind::sos, Priority::p1);
    ContactRecord before = ended(desk.now - 1h, TaskKind::home_visit);
    before.task = asked().at(0).id;
    EXPECT_EQ(say(before).code, "later_task");
    call.task = {};
    call.alert = AlertId{"h2-1"};
    EXPECT_EQ(say(call).code, "foreign_alert");
    call.alert = AlertId{"h1-9"};
    EXPECT_EQ(say(call).status, CommandStatus::applied) << "an alert that is over";
}

TEST_F(DeskRecord, SaysInBothLanguagesWhetherItCountsAndWhyNot) {
    desk.until(desk.first(wang, TaskKind::phone_call).end);
    ContactRecord call = desk.record(wang, TaskKind::phone_call, Outcome::well);
    call.start = call.end - 10s;
    EXPECT_EQ(say(call).text_zh, "不计入：通话不足最短时长");
    call.start = call.end - 40s;
    const auto said = say(call);
    EXPECT_EQ(said.code, "counts");
    EXPECT_EQ(said.text, "it counts for the quota");
}

TEST_F(DeskRecord, TheLeadMayPhoneAndIsFlaggedAMaintainerMayNot) {
    Community with = community();
    with.workers.push_back({.id = WorkerId{"fix"}, .name = "fix", .role = Role::maintainer});
    desk.apply(CommunitySet{with});
    (void)desk.contact(desk.record(wang, TaskKind::phone_call, Outcome::well, lead));
    EXPECT_TRUE(desk.all<ContactLogged>().back().record.off_role);
    EXPECT_EQ(say(desk.record(wang, TaskKind::phone_call, Outcome::well, WorkerId{"fix"})).code,
              "makes_no_contacts");
}

// ---- nobody was reached ----

TEST_F(DeskRecord, TheSameAttemptThriceInAMinuteIsOneAttempt) {
    const CareTask call = desk.first(wang, TaskKind::phone_call);
    desk.until(call.date, 10h);
    const ContactRecord vain = desk.record(wang, TaskKind::phone_call, Outcome::unreached);
    EXPECT_EQ(say(vain).status, CommandStatus::applied);
    EXPECT_EQ(say(vain).status, CommandStatus::already);
    EXPECT_EQ(say(vain).code, "recorded_already");
    for (const Duration later : {Duration{1min}, Duration{6min}, Duration{12min}}) {
        desk.until(call.date, 10h + later);
        ContactRecord again = desk.record(wang, TaskKind::phone_call, Outcome::unreached);
        again.start = again.end;
        EXPECT_EQ(say(again).code, "too_soon");
    }
    EXPECT_EQ(desk.task(call.id).attempts, 1);
    EXPECT_TRUE(desk.all<ContactLost>().empty());
    desk.until(call.date, 10h + 20min);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    desk.until(call.date, 11h);
    (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    EXPECT_EQ(desk.task(call.id).attempts, 2) << "the third is two hours after the second";
}

TEST_F(DeskRecord, AFormThatIsCompletedLaterIsTheSameVisit) {
    desk.until(desk.first(wang, TaskKind::home_visit).end);
    ContactRecord visit = desk.record(wang, TaskKind::home_visit, Outcome::well);
    visit.form.mind = 0;
    EXPECT_EQ(say(visit).code, "form_incomplete");
    EXPECT_EQ(say(visit).code, "recorded_already") << "it says nothing new";
    visit.form.mind = 1;
    EXPECT_EQ(say(visit).code, "counts");
    EXPECT_EQ(say(visit).code, "recorded_already");
    const auto weeks = desk.view().so_far;
    EXPECT_EQ(weeks.back().residents[0].attempts, weeks.back().residents[0].reached);
}

TEST_F(DeskRecord, CallsInVainOnADayThatHasOnlyAVisitRaiseTheSame) {
    const CareTask visit = desk.first(wang, TaskKind::home_visit);
    desk.until(visit.date, 9h + 40min);
    for (const Duration time : {Duration{9h + 50min}, Duration{10h + 10min}, Duration{15h}}) {
        desk.until(visit.date, time);
        (void)desk.contact(wang, TaskKind::phone_call, Outcome::unreached);
    }
    ASSERT_EQ(desk.all<ContactLost>().size(), 1U);
    EXPECT_EQ(desk.all<ContactLost>()[0].evidence.measured, 3);
}

TEST_F(DeskRecord, WhoIsInHospitalIsNotPhonedBecauseTheHomeCannotBeHeard) {
    SuspensionSet input;
    input.suspension = {.resident = wang,
                        .reason = ResidentStatus::hospitalised,
                        .from = week,
                        .to = week + 10,
                        .said_by = "daughter",
                        .approver = "lead",
                        .note = ""};
    ASSERT_EQ(desk.order(input).status, CommandStatus::applied);
    tell(AlertKind::data_stale, Priority::p4);
    for (const CareTask& task : asked()) EXPECT_EQ(task.kind, TaskKind::contact_call);
    tell(AlertKind::smoke, Priority::p1, "h1-2");
    EXPECT_TRUE(std::ranges::any_of(
        asked(), [](const CareTask& task) { return task.kind == TaskKind::home_visit; }));
}

}  // namespace
}  // namespace anju::test
