// Homes and their community on one gateway: what one decides, the other hears of in the same
// transaction, and again after a restart.
#include <algorithm>

#include "core/codec/codec.hpp"
#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

const CommunityId c1{"c1"};
const HouseholdId h1{"h1"};
const ResidentId lives{"h1-r"};

class GatewayCare : public GatewayTest {
protected:
    static Community community() {
        Community out;
        out.id = c1;
        out.name = "Longxi";
        Worker lin{.id = WorkerId{"lin"}, .name = "Lin"};
        lin.weekdays = 0x7f;
        const Worker lead{.id = WorkerId{"lead"}, .name = "Lead", .role = Role::community_lead};
        out.workers = {lin, lead};
        return out;
    }
    void settle() {
        ASSERT_TRUE(gateway->set_communities({community()}, true));
        ASSERT_TRUE(gateway->set_households({home()}, true));
    }
    [[nodiscard]] CommunityView desk() const { return *gateway->engine().view(c1); }
    [[nodiscard]] std::vector<CareTask> asked() const {
        std::vector<CareTask> out;
        for (const CareTask& task : desk().tasks) {
            if (!task.alert.empty()) out.push_back(task);
        }
        return out;
    }
    ContactRecorded visit(const std::string& id) const {
        ContactRecorded input;
        input.command_id = id;
        input.community = c1;
        input.actor = "cli:chen";
        input.record.resident = lives;
        input.record.worker = WorkerId{"lin"};
        input.record.kind = TaskKind::home_visit;
        input.record.outcome = Outcome::well;
        input.record.end = clock.now.wall;
        input.record.start = clock.now.wall - 20min;
        input.record.form = {1, 1, 1, 1, 1, 1};
        return input;
    }
    v1::SensorReading door(bool open) const {
        v1::SensorReading reading;
        reading.set_event_time_ms(to_unix_ms(clock.now.wall));
        reading.set_contact_open(open);
        return reading;
    }
    template <class T>
    [[nodiscard]] std::size_t told() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(journal.inputs, [](const JournalEntry& entry) {
                const auto input = decode_input(entry.bytes);
                return input && std::holds_alternative<T>(*input);
            }));
    }
    void pass(Duration time) {
        clock.pass(time);
        ASSERT_TRUE(gateway->tick());
    }
};

TEST_F(GatewayCare, ResidentsReachTheDeskWhicheverCameFirst) {
    ASSERT_TRUE(gateway->set_households({home()}, true));
    EXPECT_EQ(told<ResidentsSet>(), 0U) << "nobody cares for the community yet";
    ASSERT_TRUE(gateway->set_communities({community()}, true));
    ASSERT_EQ(desk().clients.size(), 1U);
    EXPECT_EQ(desk().clients[0].household, h1);
    pass(1min);
    EXPECT_FALSE(desk().tasks.empty());
    ASSERT_TRUE(gateway->remove_household(h1));
    EXPECT_TRUE(desk().clients.empty());
}

TEST_F(GatewayCare, HomesOfOtherCommunitiesAreAsBefore) {
    Household other = home("h2");
    other.community = "c2";
    ASSERT_TRUE(gateway->set_communities({community()}, true));
    ASSERT_TRUE(gateway->set_households({other}, true));
    ASSERT_TRUE(process(uplink("h2-smoke", 1, smoke(true))));
    EXPECT_EQ(told<ResidentsSet>() + told<AlertTold>(), 0U);
}

TEST_F(GatewayCare, AnAlertAsksForAVisitInItsOwnTransaction) {
    settle();
    const std::size_t commits = journal.commits;
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    EXPECT_EQ(journal.commits, commits + 1);
    ASSERT_EQ(asked().size(), 1U);
    EXPECT_EQ(asked()[0].kind, TaskKind::home_visit);
    EXPECT_EQ(asked()[0].household, h1);
}

TEST_F(GatewayCare, AHomeToPractiseWithIsMarkedAndNobodyIsSentThere) {
    Household invented = home();
    invented.drill = Drill::maintainers;
    ASSERT_TRUE(gateway->set_communities({community()}, true));
    ASSERT_TRUE(gateway->set_households({invented}, true));
    pass(1min);
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    restart();
    EXPECT_TRUE(desk().clients.empty());
    EXPECT_TRUE(asked().empty());
    EXPECT_EQ(told<AlertTold>(), 0U);
    ASSERT_EQ(gateway->engine().view(h1)->alerts.size(), 1U);
    EXPECT_EQ(gateway->engine().view(h1)->alerts.front().drill, Drill::maintainers);
    pass(72h);
    bool heard_nothing = false;
    for (const Decision& decision : journal.decisions) {
        if (const auto* changed = std::get_if<AlertChanged>(&decision.what)) {
            EXPECT_EQ(changed->alert.drill, Drill::maintainers) << changed->alert.id.value;
        }
        if (const auto* health = std::get_if<DeviceHealthChanged>(&decision.what)) {
            EXPECT_TRUE(health->drill) << health->device.value;
            heard_nothing = true;
        }
    }
    EXPECT_TRUE(heard_nothing) << "no device became stale in three days";
}

TEST_F(GatewayCare, AVisitIsEvidenceOfLifeForTheHomeAndItsDoorForTheVisit) {
    settle();
    pass(1h);
    ASSERT_TRUE(process(uplink("h1-door", 1, door(false))));
    pass(1h);
    ASSERT_TRUE(process(uplink("h1-door", 2, door(true))));
    ASSERT_TRUE(process(uplink("h1-door", 3, door(false))));
    pass(20min);
    const auto answer = gateway->care(visit("a"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, CommandStatus::applied) << answer->text;
    EXPECT_EQ(told<LifeWitnessed>(), 1U);
    ContactRecord logged;
    for (const Decision& decision : journal.decisions) {
        if (const auto* what = std::get_if<ContactLogged>(&decision.what)) logged = what->record;
    }
    EXPECT_EQ(logged.corroboration, Corroboration::agrees);

    // Three hours later the door has been heard and was not used.
    pass(3h);
    ASSERT_TRUE(process(uplink("h1-door", 4, door(false))));
    EXPECT_EQ(gateway->engine().corroborate(h1, clock.now.wall - 40min, clock.now.wall - 20min),
              Corroboration::disagrees);
    EXPECT_EQ(gateway->engine().corroborate(h1, clock.now.wall - 10min, clock.now.wall + 10min),
              Corroboration::none)
        << "the door has not spoken since";
}

TEST_F(GatewayCare, ACareCommandIsAppliedOncePerId) {
    settle();
    pass(1h);
    const auto first = gateway->care(visit("a"));
    const std::size_t inputs = journal.inputs.size();
    const auto again = gateway->care(visit("a"));
    ASSERT_TRUE(first && again);
    EXPECT_EQ(again->status, first->status);
    EXPECT_EQ(journal.inputs.size(), inputs);
    ContactRecorded elsewhere = visit("b");
    elsewhere.community = CommunityId{"c9"};
    EXPECT_EQ(gateway->care(elsewhere)->status, CommandStatus::refused);
}

TEST_F(GatewayCare, ASuspensionReachesTheHomeAndItsEndToo) {
    settle();
    SuspensionSet input;
    input.command_id = "s1";
    input.community = c1;
    input.actor = "cli:chen";
    const Date today = date_of(clock.now.wall, 8h);
    input.suspension.resident = lives;
    input.suspension.reason = ResidentStatus::hospitalised;
    input.suspension.from = today;
    input.suspension.to = today + 5;
    input.suspension.said_by = "daughter";
    input.suspension.approver = "lead";
    ASSERT_EQ(gateway->care(input)->status, CommandStatus::applied);
    const auto status = [&] { return gateway->engine().find(h1)->residents.front().status; };
    EXPECT_EQ(status(), ResidentStatus::hospitalised);
    // The register says `active` again; the suspension stands.
    ASSERT_TRUE(gateway->set_households({home()}, true));
    EXPECT_EQ(status(), ResidentStatus::hospitalised);
    input.command_id = "s2";
    input.ended = true;
    ASSERT_EQ(gateway->care(input)->status, CommandStatus::applied);
    EXPECT_EQ(status(), ResidentStatus::active);
}

TEST_F(GatewayCare, AfterARestartTheDeskIsWhereItWas) {
    settle();
    pass(1h);
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    for (int hour = 0; hour < 60; ++hour) {
        pass(1h);
        if (hour == 20) {
            ASSERT_TRUE(gateway->stop());
        }
        if (hour == 30) {
            ASSERT_TRUE(gateway->care(visit("v")));
        }
    }
    const HouseholdId unit = unit_of(c1);
    const std::string before = gateway->engine().snapshot(unit);
    const std::string home_before = gateway->engine().snapshot(h1);
    ASSERT_FALSE(before.empty());
    restart();
    EXPECT_TRUE(gateway->engine().snapshot(unit) == before);
    EXPECT_TRUE(gateway->engine().snapshot(h1) == home_before);
}

TEST_F(GatewayCare, TheWholeJournalGivesTheSameDecisionsAgain) {
    settle();
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    for (int hour = 0; hour < 90; ++hour) {
        pass(1h);
        if (hour == 30) {
            ASSERT_TRUE(gateway->care(visit("v")));
        }
    }
    Engine engine;
    Decisions again;
    for (const JournalEntry& entry : journal.inputs) {
        engine.apply(entry.at, *decode_input(entry.bytes), again);
    }
    engine.advance(gateway->now(), again);
    const auto of = [](const Decisions& all, const HouseholdId& unit) {
        std::string bytes;
        for (const Decision& decision : all) {
            if (decision.household == unit) bytes += encode(decision);
        }
        return bytes;
    };
    for (const HouseholdId& unit : {unit_of(c1), h1}) {
        EXPECT_FALSE(of(journal.decisions, unit).empty());
        EXPECT_TRUE(of(journal.decisions, unit) == of(again, unit)) << unit.value;
    }
}

TEST_F(GatewayCare, AClockThatIsSetWhileItHearsNothingMovesItWithoutDeciding) {
    settle();
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    const auto rung = [&] { return gateway->engine().view(h1)->alerts.at(0).rung; };
    const int before = rung();
    ASSERT_TRUE(gateway->listening(false));
    for (const Duration by : {Duration{278 * 24h}, Duration{-277 * 24h}}) {
        clock.pass(100s);
        clock.now.wall += by;
        ASSERT_TRUE(gateway->tick());
        EXPECT_EQ(rung(), before) << "what it does not hear may have ended it";
    }
    EXPECT_EQ(count(Counter::clock_steps), 2U);
    clock.pass(100s);
    ASSERT_TRUE(gateway->listening(true));
    ASSERT_TRUE(gateway->tick());
    EXPECT_GT(rung(), before) << "five minutes have passed, whatever the clock showed";
    const auto snapshot = gateway->engine().snapshot(h1);
    const auto of_the_desk = gateway->engine().snapshot(unit_of(c1));
    restart();
    EXPECT_EQ(gateway->engine().snapshot(h1), snapshot);
    EXPECT_EQ(gateway->engine().snapshot(unit_of(c1)), of_the_desk);
}

TEST_F(GatewayCare, ACommunityThatIsRemovedIsForgotten) {
    settle();
    const auto change = gateway->set_communities({}, true);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->removed, 1U);
    EXPECT_TRUE(gateway->engine().communities().empty());
    restart();
    EXPECT_TRUE(gateway->engine().communities().empty());
}

}  // namespace
}  // namespace anju::test
