// Devices that nobody has registered, from their first word to the home that takes them.
#include "core/model/names.hpp"
#include "drivers/settings.hpp"
#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

class Discovery : public GatewayTest {
protected:
    Discovery() { EXPECT_TRUE(gateway->set_households({home()}, true)); }

    static Inbound zigbee(const std::string& name, const std::string& payload) {
        return {Source::home, "zigbee2mqtt/" + name, payload, false, false};
    }
    void accept(const std::string& address) {
        Household house = gateway->engine().view(HouseholdId{"h1"})->household;
        house.devices.push_back({.id = DeviceId{"found"},
                                 .kind = SensorKind::smoke,
                                 .label = "hall",
                                 .driver = "zigbee2mqtt",
                                 .address = address,
                                 .sample_every = 10h,
                                 .deliver_every = 10h});
        ASSERT_TRUE(gateway->set_households({house}, false));
    }
    std::size_t alerts() { return gateway->engine().view(HouseholdId{"h1"})->alerts.size(); }
};

TEST_F(Discovery, ProposesAStrangerAndTrustsNothingItSays) {
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":true,"battery":90,"linkquality":77})")));
    ASSERT_EQ(gateway->proposals().size(), 1U);
    const Proposal& one = *gateway->proposals().all().front();
    EXPECT_EQ(one.driver, "zigbee2mqtt");
    EXPECT_EQ(one.address, "hall");
    EXPECT_EQ(one.kind, SensorKind::smoke);
    EXPECT_EQ(one.topic, "zigbee2mqtt/hall");
    EXPECT_EQ(alerts(), 0U);
    EXPECT_TRUE(journal.inputs.size() == 1) << "the home alone";
}

TEST_F(Discovery, TakesADeviceAtOnceWhenAHomeHasIt) {
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":false})")));
    accept("hall");
    EXPECT_EQ(gateway->proposals().size(), 0U);
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":true})")));
    EXPECT_EQ(alerts(), 1U);
    restart();
    EXPECT_EQ(gateway->proposals().size(), 0U);
    EXPECT_EQ(alerts(), 1U);
}

TEST_F(Discovery, KeepsNewProposalsOverAKillAndIgnoredOnesHidden) {
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":false})")));
    ASSERT_TRUE(process(zigbee("neighbour", R"({"contact":true})")));
    ASSERT_TRUE(*gateway->ignore("zigbee2mqtt", "neighbour"));
    restart();
    ASSERT_EQ(gateway->proposals().size(), 1U);
    EXPECT_EQ(gateway->proposals().all().front()->address, "hall");
    ASSERT_TRUE(process(zigbee("neighbour", R"({"contact":true})")));
    EXPECT_EQ(gateway->proposals().size(), 1U);
    EXPECT_EQ(count(Counter::ignored_device), 1U);
    EXPECT_EQ(count(Counter::unknown_device), 0U);
    ASSERT_TRUE(*gateway->unignore("zigbee2mqtt", "neighbour"));
    EXPECT_FALSE(*gateway->unignore("zigbee2mqtt", "neighbour"));
    ASSERT_TRUE(process(zigbee("neighbour", R"({"contact":true})")));
    EXPECT_EQ(gateway->proposals().size(), 2U);
}

TEST_F(Discovery, ForgetsThatADeviceWasIgnoredOnceAHomeHasIt) {
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":false})")));
    ASSERT_TRUE(*gateway->ignore("zigbee2mqtt", "hall"));
    accept("hall");
    EXPECT_TRUE(gateway->proposals().ignored().empty());
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":true})")));
    EXPECT_EQ(alerts(), 1U);
}

TEST_F(Discovery, DoesNotWriteForEveryWordOfAStranger) {
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":false})")));
    const std::size_t before = journal.commits;
    for (int i = 0; i < 100; ++i) {
        clock.pass(1s);
        ASSERT_TRUE(process(zigbee("hall", R"({"smoke":false})")));
    }
    EXPECT_LE(journal.commits, before + 1);
    ASSERT_TRUE(gateway->stop());
    restart();
    EXPECT_EQ(gateway->proposals().all().front()->messages, 101U) << "an orderly stop keeps all";
}

TEST_F(Discovery, GivesTheDriversTheKeysAndProfilesOfTheDevicesThereAre) {
    Household house = home();
    house.devices.push_back({.id = DeviceId{"meter"},
                             .kind = SensorKind::water_meter,
                             .label = "",
                             .driver = "wmbus",
                             .address = "12345678",
                             .profile = "no-such-profile",
                             .key = "000102030405060708090a0b0c0d0e0f",
                             .sample_every = 1h,
                             .deliver_every = 1h});
    ASSERT_TRUE(gateway->set_households({house}, true));
    const auto settings = [&] { return gateway->settings().find("wmbus", "12345678"); };
    ASSERT_NE(settings(), nullptr);
    EXPECT_EQ(settings()->key, drivers::parse_key("000102030405060708090a0b0c0d0e0f"));
    EXPECT_EQ(settings()->profile, "no-such-profile");
    EXPECT_EQ(gateway->without_profile(), std::vector{DeviceId{"meter"}});
    restart();
    ASSERT_NE(settings(), nullptr) << "forgotten over a restart";
    ASSERT_TRUE(gateway->set_households({home()}, true));
    EXPECT_EQ(settings(), nullptr) << "still known of a device that is gone";
    EXPECT_TRUE(gateway->without_profile().empty());
}

TEST_F(Discovery, CountsTheMessagesOfEveryRoute) {
    ASSERT_TRUE(process(zigbee("hall", R"({"smoke":false})")));
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1))));
    for (std::size_t i = 0; i < catalog.routes().size(); ++i) {
        const auto name = catalog.routes()[i].driver->name;
        EXPECT_EQ(gateway->heard(i), name == "zigbee2mqtt" || name == "native" ? 1U : 0U) << name;
    }
}

}  // namespace
}  // namespace anju::test
