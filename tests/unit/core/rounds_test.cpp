// What the planner of the rounds gives in plain weeks, why something is short, and what a replan
// leaves alone.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "rounds_weeks.hpp"

namespace anju::care {
namespace {

using namespace test;

Plan sound(const Problem& problem) {
    Plan made = plan(problem);
    EXPECT_EQ(all(breaches(problem, made.placed)), "");
    EXPECT_EQ(all(unreported(problem, made)), "");
    return made;
}

Shortfall only(const Plan& made) {
    EXPECT_EQ(made.short_of.size(), 1U);
    return made.short_of.empty() ? Shortfall{} : made.short_of.front();
}

TEST(Rounds, EverybodyHasAVisitAndThreeCallsFromTheirOwnWorker) {
    const Problem problem = plain(40, 2);
    const Plan made = sound(problem);
    EXPECT_EQ(made.placed.size(), 160U);
    EXPECT_EQ(made.quality.same_worker, 160U);
    EXPECT_EQ(std::count_if(made.placed.begin(), made.placed.end(),
                            [](const Placed& one) { return one.kind == TaskKind::home_visit; }),
              40);
    EXPECT_TRUE(made.short_of.empty());
}

TEST(Rounds, LastContactOfAWeekLeavesMondayInTime) {
    for (const Client& one : plain(40, 2).clients) {
        const Plan made = plan(plain(40, 2));
        const auto friday =
            std::any_of(made.placed.begin(), made.placed.end(), [&](const Placed& placed) {
                return placed.resident == one.resident && placed.date == monday() + 4;
            });
        EXPECT_TRUE(friday) << one.resident.value;
    }
}

TEST(Rounds, TwentyEightResidentsOfOneWorkerFit) {
    EXPECT_TRUE(sound(plain(28, 1)).short_of.empty());
}

TEST(Rounds, ThirtyResidentsOfOneWorkerHaveTheirQuotaAndSomeALongGap) {
    // 30 visits and 90 calls take 1,620 of 1,650 minutes; but not all can be on Monday and Friday.
    const Plan made = sound(plain(30, 1));
    EXPECT_EQ(made.quality.placed, 120U);
    EXPECT_FALSE(made.short_of.empty());
    for (const Shortfall& one : made.short_of) EXPECT_EQ(one.why, Shortage::gap);
}

TEST(Rounds, LoadsOfTheDaysAreAlike) {
    std::map<Date, int> minutes;
    for (const Placed& one : plan(plain(20, 1)).placed) {
        minutes[one.date] += one.kind == TaskKind::home_visit ? 30 : 8;
    }
    ASSERT_EQ(minutes.size(), 5U);
    for (const auto& [date, used] : minutes) {
        EXPECT_LE(used, 250) << to_text(date);  // 1,080 in all: 216 a day
        EXPECT_GE(used, 180) << to_text(date);
    }
}

TEST(Rounds, CallsFallWhereThePersonIsUpAndAtHome) {
    Problem problem = plain(10, 1);
    for (Client& one : problem.clients) one.at_home = {{15h, 17h}};
    EXPECT_EQ(sound(problem).quality.off_rhythm, 0U);
}

TEST(Rounds, NewResidentsGoToTheWorkerWithFewest) {
    Problem problem = plain(23, 1);
    for (int day = 0; day < 5; ++day) problem.shifts.push_back(shift(1, monday() + day));
    sort_shifts(problem);
    for (std::size_t i = 21; i < 23; ++i) problem.clients[i].usual = {};
    const Plan made = sound(problem);
    for (const Placed& one : made.placed) {
        EXPECT_EQ(one.worker, one.resident < client(21).resident ? worker(0) : worker(1));
    }
}

TEST(Rounds, WorkerAskedForByNameComes) {
    Problem problem = plain(4, 2);
    problem.clients[0].wanted = worker(1);
    for (const Placed& one : sound(problem).placed) {
        if (one.resident != problem.clients[0].resident) continue;
        EXPECT_EQ(one.worker, worker(1));
    }
}

TEST(Rounds, ReducedQuotaIsHeldToTheGapThatItsContactsAllow) {
    Problem problem = plain(1, 1);
    problem.clients[0].visits = 1;
    problem.clients[0].calls = 1;  // every 3.5 days: 4
    EXPECT_TRUE(sound(problem).short_of.empty());
    problem.clients[0].calls = 0;
    EXPECT_TRUE(sound(problem).short_of.empty());
}

TEST(Rounds, ExtraContactTakesTheResidentsDay) {
    Problem problem = plain(1, 1);
    Placed extra;
    extra.resident = problem.clients[0].resident;
    extra.kind = TaskKind::extra_contact;
    extra.date = monday() + 1;
    extra.start = instant_at(extra.date, 16h, china);
    extra.worker = worker(0);
    extra.quota = false;
    problem.fixed = {extra};
    const Plan made = sound(problem);
    EXPECT_EQ(made.placed.size(), 4U) << "it does not count";
    for (const Placed& one : made.placed) EXPECT_NE(one.date, extra.date);
}

TEST(Rounds, FixedContactOfTheQuotaCounts) {
    Problem problem = plain(1, 1);
    const Plan first = plan(problem);
    problem.fixed = {first.placed[1]};
    EXPECT_EQ(sound(problem).placed.size(), 3U);
}

// Why something is short.

TEST(RoundsShort, NobodyMakesRounds) {
    const Shortfall why = plan(plain(1, 0)).short_of.front();
    EXPECT_EQ(why.why, Shortage::no_worker);
    EXPECT_EQ(why.visits, 1);
    EXPECT_EQ(why.calls, 3);
    EXPECT_EQ(why.minutes, 30U + 3 * 8);
}

TEST(RoundsShort, WorkersHaveNoTime) {
    Problem problem = plain(2, 1);
    for (Shift& one : problem.shifts) one.time = 8min;  // five calls, and eight are due
    for (Client& one : problem.clients) one.visits = 0, one.calls = 4;
    const Plan made = sound(problem);
    EXPECT_EQ(made.placed.size(), 5U);
    std::uint32_t minutes = 0;
    for (const Shortfall& one : made.short_of) {
        if (one.why == Shortage::gap) continue;
        EXPECT_EQ(one.why, Shortage::capacity);
        minutes += one.minutes;
    }
    EXPECT_EQ(minutes, 3U * 8);
}

TEST(RoundsShort, ResidentsDaysAreTooFew) {
    Problem problem = plain(1, 1);
    problem.clients[0].weekdays = 0b0010101;  // Monday, Wednesday, Friday
    const Shortfall why = only(sound(problem));
    EXPECT_EQ(why.why, Shortage::preference);
    EXPECT_EQ(why.calls, 1);
    EXPECT_EQ(why.minutes, 0U) << "time would not help";
}

TEST(RoundsShort, ResidentsHoursLieOutsideEveryShiftOfTwentyMinutes) {
    Problem problem = plain(1, 1);
    problem.clients[0].visit_windows = {{10h, 10h + 15min}};  // a visit takes 20
    const Shortfall why = only(sound(problem));
    EXPECT_EQ(why.why, Shortage::preference);
    EXPECT_EQ(why.visits, 1);
}

TEST(RoundsShort, TooFewDaysAreLeft) {
    Problem problem = plain(1, 1);
    problem.first_day = monday() + 5;
    problem.clients[0].last_contact = instant_at(monday() + 4, 10h, china);
    const Shortfall why = only(sound(problem));
    EXPECT_EQ(why.why, Shortage::too_late);
    EXPECT_EQ(why.visits + why.calls, 4);
}

TEST(RoundsShort, GapThatNobodyCanPreventIsNamedWithItsLength) {
    Problem problem = plain(1, 1);
    problem.clients[0].last_contact = instant_at(monday() - 5, 10h, china);
    const Shortfall why = only(sound(problem));
    EXPECT_EQ(why.why, Shortage::gap);
    EXPECT_EQ(why.gap_days, 5) << "from Wednesday to Monday";
    EXPECT_EQ(why.minutes, 0U) << "it lies in the past";
}

TEST(RoundsShort, MoreResidentsThanTheWorkersMayHave) {
    Problem problem = plain(31, 1);
    const Plan made = sound(problem);
    EXPECT_EQ(made.short_of.front().why, Shortage::worker_cap);
    EXPECT_TRUE(made.short_of.front().resident.empty());
}

// Planning again.

TEST(RoundsReplan, ARegisteredResidentMovesNobodyElse) {
    Problem problem = plain(40, 2);
    const Plan first = plan(problem);
    problem.clients.push_back(client(40));
    problem = again(problem, first);
    const Plan made = sound(problem);
    EXPECT_EQ(made.quality.moved, 0U);
    EXPECT_EQ(made.placed.size(), 164U);
}

TEST(RoundsReplan, AnAbsentWorkersContactsAreAllThatMoves) {
    const Problem before = plain(40, 2);
    Problem problem = again(before, plan(before));
    const Date ill = monday() + 2;
    std::erase_if(problem.shifts,
                  [&](const Shift& one) { return one.worker == worker(0) && one.date == ill; });
    const auto lost = std::count_if(
        problem.former.begin(), problem.former.end(),
        [&](const Placed& one) { return one.worker == worker(0) && one.date == ill; });
    ASSERT_GT(lost, 0);
    const Plan made = sound(problem);
    EXPECT_EQ(made.quality.moved, static_cast<std::uint32_t>(lost));
    EXPECT_EQ(made.quality.placed, 160U);
}

TEST(RoundsReplan, TasksKeepTheirNamesWhenTheyMove) {
    const Problem before = plain(4, 2);
    Problem problem = again(before, plan(before));
    std::erase_if(problem.shifts, [&](const Shift& one) { return one.date == monday() + 2; });
    std::set<TaskId> were;
    for (const Placed& one : problem.former) were.insert(one.task);
    std::set<TaskId> are;
    for (const Placed& one : sound(problem).placed) are.insert(one.task);
    EXPECT_EQ(are, were);
}

}  // namespace
}  // namespace anju::care
