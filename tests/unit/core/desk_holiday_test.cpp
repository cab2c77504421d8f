// Weeks with holidays as they were in China in 2026, worked by hand.
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

std::vector<DutyDay> duty(Date from, Date to, const std::vector<WorkerId>& workers) {
    std::vector<DutyDay> days;
    for (Date day = from; day <= to; day = day + 1) days.push_back({day, workers});
    return days;
}

/// Nine days off, from Sunday 15 to Monday 23 February; Saturdays 14 and 28 are worked.
TEST(DeskHoliday, AtSpringFestivalTheDutyRosterKeepsTheQuota) {
    Community set = community();
    set.duty = duty(make_date(2026, 2, 15), make_date(2026, 2, 23), {lin});
    Desk desk(make_date(2026, 2, 2), set);
    desk.settle_in(6);
    desk.work_through(make_date(2026, 3, 1));
    std::map<ResidentId, std::vector<Date>> days;
    for (const ContactLogged& logged : desk.all<ContactLogged>()) {
        const Date day = date_of(logged.record.start, china);
        days[logged.record.resident].push_back(day);
        if (day >= make_date(2026, 2, 15) && day <= make_date(2026, 2, 23)) {
            EXPECT_EQ(logged.record.worker, lin) << to_text(day);
        }
    }
    for (const auto& [who, contacts] : days) {
        for (const Date week :
             {make_date(2026, 2, 9), make_date(2026, 2, 16), make_date(2026, 2, 23)}) {
            EXPECT_EQ(
                std::ranges::count_if(contacts, [&](Date day) { return monday_of(day) == week; }),
                4)
                << who.value << " " << to_text(week);
        }
        for (std::size_t i = 1; i < contacts.size(); ++i) {
            EXPECT_LE(contacts[i] - contacts[i - 1], 3) << who.value << to_text(contacts[i]);
        }
    }
}

TEST(DeskHoliday, WithoutDutyTheWeekOfSpringFestivalIsReportedShortAWeekBefore) {
    Desk desk(make_date(2026, 2, 2));
    desk.settle_in(2);
    desk.work_through(make_date(2026, 2, 12));
    const PlanMade plan = desk.view().plans.back();
    ASSERT_EQ(plan.week, make_date(2026, 2, 16));
    EXPECT_EQ(plan.tasks, 0U) << "Monday to Sunday are all off";
    ASSERT_FALSE(plan.short_of.empty());
    int calls = 0;
    for (const Shortfall& shortfall : plan.short_of) {
        EXPECT_TRUE(shortfall.why == Shortage::no_duty || shortfall.why == Shortage::gap);
        calls += shortfall.calls;
    }
    EXPECT_EQ(calls, 6);
}

TEST(DeskHoliday, AWeekendDayWorkedForTheHolidayIsADayOfRounds) {
    Desk desk(make_date(2026, 2, 9));
    desk.settle_in(1);
    EXPECT_EQ(
        desk.desk.who(Role::grid_worker, resident(1), Desk::at(make_date(2026, 2, 14), 10h)).size(),
        1U);
    const auto days = contact_days(desk.tasks_of(resident(1)), make_date(2026, 2, 9));
    EXPECT_EQ(days.back(), make_date(2026, 2, 14)) << "nobody comes from the 15th to the 23rd";
}

/// 1 to 7 October off, Thursday to Wednesday; Sunday 20 September and Saturday 10 October worked.
TEST(DeskHoliday, AtNationalDayTheFourContactsOfAHalfWeekFallOnItsWorkingDays) {
    Community set = community();
    set.duty = duty(make_date(2026, 10, 3), make_date(2026, 10, 3), {zhao});
    Desk desk(make_date(2026, 9, 21), set);
    desk.settle_in(1);
    desk.work_through(make_date(2026, 9, 27));
    const auto days = contact_days(desk.tasks_of(resident(1)), make_date(2026, 9, 28));
    EXPECT_EQ(days, (std::vector<Date>{make_date(2026, 9, 28), make_date(2026, 9, 29),
                                       make_date(2026, 9, 30), make_date(2026, 10, 3)}));
}

TEST(DeskHoliday, TheYearsEndIsAWeekLikeAnyOther) {
    Community set = community();
    set.duty = duty(make_date(2026, 1, 1), make_date(2026, 1, 3), {zhao});
    Desk desk(make_date(2025, 12, 22), set);
    desk.settle_in(3);
    desk.work_through(make_date(2026, 1, 4));
    for (int n = 1; n <= 3; ++n) {
        EXPECT_EQ(contact_days(desk.tasks_of(resident(n)), make_date(2025, 12, 29)).size(), 4U);
    }
}

}  // namespace
}  // namespace anju::test
