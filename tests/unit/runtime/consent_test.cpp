// Consent through the gateway: what is committed, acknowledged and counted.
#include "gateway_fixture.hpp"

#include "core/codec/codec.hpp"

namespace anju::test {
namespace {

class ConsentTest : public GatewayTest {
protected:
    AnsweredCommand say(ConsentState state, const std::string& id) {
        const Consent consent{ResidentId{"h1-r"}, SensorKind::smoke, state, "林奶奶", "form 3", {},
                              "cli:lin"};
        return gateway->consent({id, HouseholdId{"h1"}, consent}).value();
    }
    void SetUp() override { ASSERT_TRUE(gateway->set_households({home("h1"), home("h2")}, true)); }
};

TEST_F(ConsentTest, IsCommittedWithAnErasureAndAFreshBase) {
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(false))));
    const std::size_t commits = journal.commits;
    EXPECT_EQ(say(ConsentState::withdrawn, "a").status, CommandStatus::applied);
    EXPECT_EQ(journal.commits, commits + 1) << "one transaction";
    ASSERT_EQ(journal.erasures.size(), 1U);
    EXPECT_EQ(journal.erasures[0].devices, std::vector{DeviceId{"h1-smoke"}});
    EXPECT_EQ(journal.erasures[0].addresses, std::vector<std::string>{"h1-smoke"});
    std::size_t of_home = 0;
    for (const Checkpoint& one : journal.checkpoints) of_home += one.household.value == "h1";
    EXPECT_EQ(of_home, 1U);
    EXPECT_EQ(journal.checkpoints.back().seq, journal.inputs.back().seq);
    EXPECT_TRUE(journal.checkpoints.back().base);
}

TEST_F(ConsentTest, StopsAnAlarmFromBeingTakenAndAcknowledgesIt) {
    say(ConsentState::refused, "a");
    const std::size_t inputs = journal.inputs.size();
    const std::size_t sent = sensors.all.size();
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    EXPECT_EQ(journal.inputs.size(), inputs);
    EXPECT_EQ(sensors.all.size(), sent + 1);
    EXPECT_EQ(count(Counter::without_consent), 1U);
    EXPECT_EQ(gateway->engine().open_alert_count(), 0U);
    ASSERT_TRUE(process(uplink("h2-smoke", 1, smoke(true), 1, "alarm")));
    EXPECT_EQ(gateway->engine().open_alert_count(), 1U) << "of another home it is";
}

TEST_F(ConsentTest, KeepsNoSampleOfAMessageThatNobodyUnderstands) {
    say(ConsentState::withdrawn, "a");
    ASSERT_TRUE(process({Source::home, "anju/v1/up/h1-smoke/data", "nonsense", false, false}));
    EXPECT_TRUE(journal.rejected.empty());
    ASSERT_TRUE(process({Source::home, "anju/v1/up/h2-smoke/data", "nonsense", false, false}));
    EXPECT_EQ(journal.rejected.size(), 1U);
}

TEST_F(ConsentTest, IsAppliedOnceAndHoldsAfterARestart) {
    say(ConsentState::withdrawn, "a");
    EXPECT_EQ(say(ConsentState::withdrawn, "a").status, CommandStatus::applied) << "the same again";
    EXPECT_EQ(say(ConsentState::withdrawn, "b").status, CommandStatus::already);
    EXPECT_EQ(journal.erasures.size(), 1U);
    restart();
    EXPECT_FALSE(gateway->engine().collects(DeviceId{"h1-smoke"}));
    ASSERT_TRUE(process({Source::home, "anju/v1/up/h1-smoke/data", "nonsense", false, false}));
    EXPECT_TRUE(journal.rejected.empty());
}

TEST_F(ConsentTest, LeavesTheDirectoryAsTheOperatorWroteIt) {
    say(ConsentState::withdrawn, "a");
    const auto change = gateway->set_households({home("h1"), home("h2")}, true);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->unchanged, 2U);
}

TEST_F(ConsentTest, ForAHouseholdThatIsNotThereIsRefused) {
    const Consent consent{ResidentId{"x"}, SensorKind::bed, ConsentState::given, "x", "y", {}, "z"};
    const auto answer = gateway->consent({"c", HouseholdId{"h9"}, consent});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, CommandStatus::refused);
}

/// As a store leaves a home whose checkpoints are damaged: its registration and nothing else.
TEST_F(ConsentTest, HoldsForAHomeThatIsRebuiltFromItsRegistration) {
    const std::string registered = gateway->engine().snapshot(HouseholdId{"h1"});
    say(ConsentState::withdrawn, "a");
    std::erase_if(journal.checkpoints,
                  [](const Checkpoint& one) { return one.household.value == "h1"; });
    journal.checkpoints.push_back(
        {HouseholdId{"h1"}, journal.inputs.back().seq, clock.now.wall, registered, true});
    journal.new_epoch = true;
    restart();
    EXPECT_FALSE(gateway->engine().collects(DeviceId{"h1-smoke"}));
    EXPECT_TRUE(gateway->engine().collects(DeviceId{"h2-smoke"}));
    EXPECT_EQ(journal.erasures.size(), 2U) << "what was salvaged of it goes too";
    const std::size_t inputs = journal.inputs.size();
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    EXPECT_EQ(journal.inputs.size(), inputs);
    EXPECT_EQ(gateway->engine().view(HouseholdId{"h1"})->consents.at(0).basis, "form 3");
    journal.new_epoch = false;
    restart();
    EXPECT_FALSE(gateway->engine().collects(DeviceId{"h1-smoke"}));
    EXPECT_EQ(journal.erasures.size(), 2U) << "once";
}

TEST_F(ConsentTest, HoldsForAHomeThatIsRegisteredAgain) {
    say(ConsentState::withdrawn, "a");
    ASSERT_TRUE(gateway->remove_household(HouseholdId{"h1"}));
    ASSERT_TRUE(gateway->set_households({home("h1")}, false));
    EXPECT_FALSE(gateway->engine().collects(DeviceId{"h1-smoke"}));
    EXPECT_EQ(say(ConsentState::given, "b").status, CommandStatus::applied);
    ASSERT_TRUE(gateway->remove_household(HouseholdId{"h1"}));
    ASSERT_TRUE(gateway->set_households({home("h1")}, false));
    EXPECT_TRUE(gateway->engine().collects(DeviceId{"h1-smoke"})) << "the last word counts";
}

}  // namespace
}  // namespace anju::test
