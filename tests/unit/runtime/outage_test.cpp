// A street without power, through the whole gateway: homes fall silent one after another, and their
// alerts are one of the community, or stay their own where they are too few.
#include <algorithm>
#include <map>

#include "core/codec/codec.hpp"
#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

const CommunityId c1{"c1"};

class StreetOutage : public GatewayTest {
protected:
    /// So many homes with a smoke alarm each, which is heard once, ten seconds after the one of the
    /// home before; then there is no power.
    void lose(int homes) {
        Community community;
        community.id = c1;
        ASSERT_TRUE(gateway->set_communities({community}, true));
        std::vector<Household> all;
        for (int n = 0; n < homes; ++n) {
            all.push_back(home(name(n)));
            std::erase_if(all.back().devices,
                          [](const Device& one) { return one.kind != SensorKind::smoke; });
        }
        ASSERT_TRUE(gateway->set_households(all, true));
        for (int n = 0; n < homes; ++n) {
            clock.pass(10s);
            hear(n);
        }
        serve(clock.now.wall + 24h);
    }
    void hear(int n) {
        ASSERT_TRUE(process(uplink(name(n) + "-smoke", ++heard_[n], smoke(false))));
    }
    static std::string name(int n) { return "h" + std::to_string(100 + n); }
    /// Every timer when it is due.
    void serve(Instant until) {
        while (gateway->deadline() && *gateway->deadline() <= until) {
            clock.pass(std::max<Duration>(*gateway->deadline() - clock.now.wall, 1ms));
            ASSERT_TRUE(gateway->tick());
        }
        clock.pass(until - clock.now.wall);
        ASSERT_TRUE(gateway->tick());
    }
    /// As it was told last.
    [[nodiscard]] std::vector<Alert> alerts(AlertKind kind) const {
        std::map<AlertId, Alert> all;
        for (const Decision& decision : journal.decisions) {
            const auto* changed = std::get_if<AlertChanged>(&decision.what);
            if (changed != nullptr) all[changed->alert.id] = changed->alert;
        }
        std::vector<Alert> out;
        for (const auto& [id, alert] : all) {
            if (alert.kind == kind) out.push_back(alert);
        }
        return out;
    }
    [[nodiscard]] std::vector<Alert> of_homes() const {
        std::vector<Alert> out = alerts(AlertKind::device_offline);
        for (Alert& alert : alerts(AlertKind::data_stale)) out.push_back(std::move(alert));
        return out;
    }

private:
    std::map<int, std::uint64_t> heard_;
};

TEST_F(StreetOutage, TwentyHomesAreTwentyMatters) {
    lose(20);
    EXPECT_TRUE(alerts(AlertKind::area_outage).empty());
    const auto all = of_homes();
    EXPECT_EQ(all.size(), 20U);
    for (const Alert& alert : all) EXPECT_EQ(alert.state, AlertState::open) << alert.id.value;
}

TEST_F(StreetOutage, TwentyOneAreOneAndTheirAlertsAreMergedIntoIt) {
    lose(21);
    const auto area = alerts(AlertKind::area_outage);
    ASSERT_EQ(area.size(), 1U);
    EXPECT_EQ(area[0].state, AlertState::open);
    EXPECT_EQ(area[0].household, unit_of(c1));
    const auto all = of_homes();
    EXPECT_EQ(all.size(), 21U);
    for (const Alert& alert : all) {
        EXPECT_EQ(alert.state, AlertState::merged) << alert.id.value;
        EXPECT_EQ(alert.merged_into, area[0].id);
    }
}

TEST_F(StreetOutage, WhenHalfAreBackItIsOverAndTheOthersAreMattersOfTheirOwn) {
    lose(21);
    for (int n = 0; n < 10; ++n) hear(n);
    EXPECT_EQ(alerts(AlertKind::area_outage).at(0).state, AlertState::open);
    hear(10);
    EXPECT_EQ(alerts(AlertKind::area_outage).at(0).state, AlertState::resolved);
    int open = 0;
    for (const Alert& alert : of_homes()) {
        const bool back = alert.household.value <= name(10);
        EXPECT_EQ(alert.state, back ? AlertState::merged : AlertState::open) << alert.id.value;
        open += alert.state == AlertState::open ? 1 : 0;
    }
    EXPECT_EQ(open, 10);
}

TEST_F(StreetOutage, ItLastsOverARestart) {
    lose(21);
    restart();
    for (int n = 0; n < 11; ++n) hear(n);
    EXPECT_EQ(alerts(AlertKind::area_outage).at(0).state, AlertState::resolved);
}

TEST_F(StreetOutage, TheJournalGivesTheSameDecisionsAgain) {
    lose(21);
    for (int n = 0; n < 11; ++n) hear(n);
    Engine engine;
    Decisions again;
    for (const JournalEntry& entry : journal.inputs) {
        engine.apply(entry.at, *decode_input(entry.bytes), again);
    }
    engine.advance(gateway->now(), again);
    std::map<HouseholdId, std::string> recorded;
    std::map<HouseholdId, std::string> computed;
    for (const Decision& one : journal.decisions) recorded[one.household] += encode(one);
    for (const Decision& one : again) computed[one.household] += encode(one);
    EXPECT_EQ(recorded.size(), 22U);
    EXPECT_TRUE(recorded == computed);
}

}  // namespace
}  // namespace anju::test
