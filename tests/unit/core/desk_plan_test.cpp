#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
const Date thursday = monday + 3;

TEST(DeskPlan, PlansTheRestOfTheWeekWhenResidentsFirstAppear) {
    Desk desk(monday);
    desk.settle_in(3);
    for (int n = 1; n <= 3; ++n) {
        const auto days = contact_days(desk.tasks_of(resident(n)), monday);
        ASSERT_GE(days.size(), 3U);
        EXPECT_GT(days.front(), monday) << "the day has begun";
    }
    EXPECT_EQ(desk.view().plans.size(), 1U);
}

TEST(DeskPlan, PlansTogetherWhatIsRegisteredTogether) {
    Desk desk(monday);
    desk.settle_in(20);
    EXPECT_EQ(desk.all<PlanMade>().size(), 1U);
}

TEST(DeskPlan, PlansTheNextWeekOnThursdayAtNoonWithItsQuota) {
    Desk desk(monday);
    desk.settle_in(4);
    desk.until(thursday, 12h - 1ms);
    EXPECT_EQ(desk.view().plans.size(), 1U);
    desk.until(thursday, 12h);
    ASSERT_EQ(desk.view().plans.size(), 2U);
    EXPECT_EQ(desk.view().plans.back().week, monday + 7);
    EXPECT_TRUE(desk.view().plans.back().short_of.empty());
    for (int n = 1; n <= 4; ++n) {
        int visits = 0;
        for (const CareTask& task : desk.tasks_of(resident(n))) {
            if (task.date < monday + 7) continue;
            visits += task.kind == TaskKind::home_visit ? 1 : 0;
            EXPECT_EQ(task.state, TaskState::planned);
        }
        const auto days = contact_days(desk.tasks_of(resident(n)), monday + 7);
        EXPECT_EQ(days.size(), 4U);
        EXPECT_EQ(visits, 1);
    }
}

TEST(DeskPlan, PlansTheNextWeekAtOnceForWhoComesAfterThursday) {
    Desk desk(monday + 4);
    desk.settle_in(1);
    EXPECT_EQ(contact_days(desk.tasks_of(resident(1)), monday + 7).size(), 4U);
}

TEST(DeskPlan, FreezesTodayAndTomorrowWhenTheDayTurns) {
    Desk desk(monday);
    desk.settle_in(10);
    desk.until(monday + 1, 2h);
    for (const CareTask& task : desk.open()) {
        EXPECT_EQ(task.state, task.date <= monday + 2 ? TaskState::assigned : TaskState::planned)
            << to_text(task.date);
    }
}

TEST(DeskPlan, EveryChangeOfATaskIsTheNextRevisionInADecision) {
    Desk desk(monday);
    desk.settle_in(5);
    desk.work_through(monday + 13);
    std::map<TaskId, CareTask> last;
    for (const TaskChanged& change : desk.all<TaskChanged>()) {
        const auto known = last.find(change.task.id);
        ASSERT_EQ(known == last.end(), !change.from.has_value());
        if (known != last.end()) {
            EXPECT_EQ(change.task.revision, known->second.revision + 1);
            EXPECT_EQ(*change.from, known->second.state);
        } else {
            EXPECT_EQ(change.task.revision, 0U);
        }
        EXPECT_FALSE(change.actor.empty());
        last[change.task.id] = change.task;
    }
    for (const CareTask& task : desk.view().tasks) EXPECT_EQ(task, last.at(task.id));
}

TEST(DeskPlan, MissesWhatNobodyTriedAndPlansItAnew) {
    Desk desk(monday);
    desk.settle_in(2);
    desk.work_through(monday + 6);
    const auto days = contact_days(desk.tasks_of(resident(1)), monday + 7);
    const CareTask first = desk.open(resident(1)).front();
    desk.until(days.front() + 1, 2h);
    const CareTask missed = desk.task(first.id);
    EXPECT_EQ(missed.state, TaskState::missed);
    EXPECT_TRUE(missed.overdue);
    EXPECT_EQ(missed.cause, CareCause::day_ended);
    EXPECT_EQ(contact_days(desk.tasks_of(resident(1)), monday + 7).size(), 4U);
}

TEST(DeskPlan, TellsOfAYearWithoutHolidayData) {
    Community set = community();
    set.calendar.years = {2025};
    Desk desk(monday, set);
    desk.settle_in(1);
    const auto told = desk.view().plans.front().short_of;
    EXPECT_TRUE(std::ranges::any_of(
        told, [](const Shortfall& shortfall) { return shortfall.why == Shortage::calendar; }));
}

TEST(DeskPlan, PlansTheYearOfTheLaterDaysOfAWeekToo) {
    Community set = community();
    set.calendar.years = {2026};
    Desk desk(make_date(2026, 12, 21), set);
    desk.settle_in(1);
    EXPECT_TRUE(desk.view().plans.front().short_of.empty());
    desk.until(make_date(2026, 12, 24), 13h);
    EXPECT_EQ(desk.view().plans.back().week, make_date(2026, 12, 28));
    EXPECT_EQ(desk.view().plans.back().short_of.front().why, Shortage::calendar);
}

TEST(DeskPlan, SaysWhenNobodyMakesRounds) {
    Desk desk(monday, community(0));
    desk.settle_in(1);
    ASSERT_FALSE(desk.view().plans.empty());
    ASSERT_FALSE(desk.view().plans.front().short_of.empty());
    EXPECT_EQ(desk.view().plans.front().short_of.front().why, Shortage::no_worker);
}

TEST(DeskPlan, KeepsTheSameWorkerWeekAfterWeek) {
    Desk desk(monday, community(3));
    desk.settle_in(30);
    desk.work_through(monday + 27);
    std::map<ResidentId, std::map<WorkerId, int>> contacts;
    int all = 0;
    for (const ContactLogged& logged : desk.all<ContactLogged>()) {
        ++contacts[logged.record.resident][logged.record.worker];
        ++all;
    }
    int by_usual = 0;
    for (const auto& [who, by] : contacts) {
        by_usual +=
            std::ranges::max_element(by, {}, [](const auto& w) { return w.second; })->second;
    }
    EXPECT_GE(by_usual * 100, all * 80);
}

TEST(DeskPlan, EveryWeekHasItsQuotaDoneOnFourDaysWithoutLongGaps) {
    Desk desk(monday);
    desk.settle_in(12);
    desk.work_through(monday + 34);
    std::map<ResidentId, std::vector<Date>> days;
    for (const ContactLogged& logged : desk.all<ContactLogged>()) {
        days[logged.record.resident].push_back(date_of(logged.record.start, china));
    }
    ASSERT_EQ(days.size(), 12U);
    for (const auto& [who, contacts] : days) {
        for (std::size_t i = 1; i < contacts.size(); ++i) {
            EXPECT_LE(contacts[i] - contacts[i - 1], 3) << who.value << to_text(contacts[i]);
        }
        for (int week = 1; week < 5; ++week) {
            const auto in_week = std::ranges::count_if(
                contacts, [&](Date day) { return monday_of(day) == monday + 7 * week; });
            EXPECT_EQ(in_week, 4) << who.value << " week " << week;
        }
    }
}

TEST(DeskPlan, ChangesNobodyElseWhenAResidentMovesIn) {
    Desk desk(monday);
    desk.settle_in(8);
    const auto before = desk.open();
    desk.settle_in(1, 9);
    for (const CareTask& task : before) EXPECT_EQ(desk.task(task.id), task);
    EXPECT_FALSE(desk.open(resident(9)).empty());
}

TEST(DeskPlan, CancelsTheContactsOfWhoMovesOut) {
    Desk desk(monday);
    desk.settle_in(2);
    desk.apply(ResidentsSet{CommunityId{"c1"}, HouseholdId{"h1"}, {}});
    EXPECT_TRUE(desk.open(resident(1)).empty());
    EXPECT_EQ(desk.tasks_of(resident(1)).front().state, TaskState::cancelled);
    EXPECT_EQ(desk.view().clients.size(), 1U);
}

TEST(DeskPlan, GivesTheDecisionsOfAWithdrawnCommunityAnEnd) {
    Desk desk(monday);
    desk.settle_in(2);
    desk.desk.withdraw(desk.now, desk.voice, desk.decisions);
    EXPECT_TRUE(desk.open().empty());
}

}  // namespace
}  // namespace anju::test
