// When many homes of a community fall silent at once, its desk raises one alert and says which
// alerts of the homes are merged into it; and what becomes of that alert.
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);

class DeskOutage : public ::testing::Test {
protected:
    DeskOutage() : desk(monday) { desk.decisions.clear(); }

    static Alert of(int home) {
        Alert alert;
        alert.household = HouseholdId{"h" + std::to_string(100 + home)};
        alert.id = AlertId{alert.household.value + "-1"};
        alert.kind = AlertKind::mains_lost;
        alert.priority = Priority::p4;
        alert.state = AlertState::open;
        return alert;
    }
    void tell(Alert alert, AlertState state = AlertState::open) {
        alert.state = state;
        if (state == AlertState::merged) alert.cause = StepCause::recovered;
        desk.apply(AlertTold{CommunityId{"c1"}, alert});
    }
    /// So many homes, ten seconds apart.
    void lose(int homes) {
        for (int home = 0; home < homes; ++home) {
            tell(of(home));
            desk.until(desk.now + 10s);
        }
    }
    CommandAnswered resolve() {
        AlertCommand command;
        command.command_id = "resolve";
        command.alert = desk.view().alerts.at(0).id;
        command.verb = AlertVerb::resolve;
        command.note = "the transformer was repaired";
        command.actor = "cli:wu";
        desk.apply(command);
        return desk.all<CommandAnswered>().back();
    }
    Desk desk;
};

TEST_F(DeskOutage, OfTwentyHomesIsNone) {
    lose(20);
    EXPECT_TRUE(desk.decisions.empty());
    EXPECT_TRUE(desk.view().alerts.empty());
}

TEST_F(DeskOutage, OfTwentyOneIsOneAlertAndNamesTheirs) {
    lose(21);
    const auto alerts = desk.view().alerts;
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts[0].kind, AlertKind::area_outage);
    EXPECT_EQ(alerts[0].household, unit_of(CommunityId{"c1"}));
    EXPECT_EQ(alerts[0].evidence.measured, 21'000);
    EXPECT_EQ(alerts[0].evidence.threshold, 20'000);
    EXPECT_FALSE(alerts[0].sentence_zh.empty());
    const auto summons = desk.all<Summons>();
    ASSERT_EQ(summons.size(), 1U);
    EXPECT_EQ(summons[0].roles, std::vector{Role::maintainer});
    const auto spread = desk.all<OutageSpread>();
    ASSERT_EQ(spread.size(), 1U);
    EXPECT_EQ(spread[0].into, alerts[0].id);
    EXPECT_EQ(spread[0].alerts.size(), 21U);
}

TEST_F(DeskOutage, TakesOneMoreHomeIntoTheSameAlert) {
    lose(22);
    const auto spread = desk.all<OutageSpread>();
    ASSERT_EQ(spread.size(), 2U);
    EXPECT_EQ(spread[1].into, spread[0].into);
    EXPECT_EQ(spread[1].alerts, std::vector{of(21).id});
}

TEST_F(DeskOutage, IsResolvedWhenHalfOfThemAreBackAndLetsTheOthersGo) {
    lose(21);
    for (int home = 0; home < 10; ++home) tell(of(home), AlertState::merged);
    EXPECT_EQ(desk.view().alerts.at(0).state, AlertState::open) << "eleven of 21 are lost";
    tell(of(10), AlertState::merged);
    EXPECT_EQ(desk.view().alerts.at(0).state, AlertState::resolved);
    const auto spread = desk.all<OutageSpread>();
    EXPECT_TRUE(spread.back().into.empty());
    EXPECT_EQ(spread.back().alerts.size(), 10U);
}

TEST_F(DeskOutage, EndsWithHomesThatLeave) {
    lose(21);
    for (int home = 0; home < 11; ++home) {
        desk.apply(ResidentsSet{CommunityId{"c1"}, of(home).household, {}});
    }
    EXPECT_EQ(desk.view().alerts.at(0).state, AlertState::resolved);
}

TEST_F(DeskOutage, ThatSomebodyResolvedTakesNoMoreHomes) {
    lose(21);
    EXPECT_EQ(resolve().status, CommandStatus::applied);
    const std::size_t before = desk.all<OutageSpread>().size();
    tell(of(30));
    EXPECT_EQ(desk.all<OutageSpread>().size(), before) << "theirs stands for itself";
}

TEST_F(DeskOutage, ClimbsItsLadderLikeAnyOtherAlert) {
    lose(21);
    desk.until(desk.now + 24h);
    const auto summons = desk.all<Summons>();
    ASSERT_EQ(summons.size(), 2U);
    EXPECT_EQ(summons[1].roles, std::vector{Role::community_lead});
    EXPECT_TRUE(desk.view().alerts.at(0).escalated);
}

TEST_F(DeskOutage, IsCancelledWithTheCommunity) {
    lose(21);
    desk.desk.withdraw(desk.now, desk.voice, desk.decisions);
    EXPECT_TRUE(desk.view().alerts.empty());
    EXPECT_EQ(desk.all<AlertChanged>().back().alert.state, AlertState::cancelled);
}

}  // namespace
}  // namespace anju::test
