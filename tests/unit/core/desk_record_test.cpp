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
    EXPECT_EQ(desk.contact(ended(visit.arose, TaskKind::home_visit)).task, visit.id)
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

}  // namespace
}  // namespace anju::test
