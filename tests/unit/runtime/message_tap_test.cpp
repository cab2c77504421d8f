// What whoever watches a device is shown of its messages, and what they are not.
#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

const DeviceId water_meter{"h1-water"};
const DeviceId smoke_alarm{"h1-smoke"};
const DeviceId door{"h1-door"};

class WatchedDevices : public GatewayTest {
protected:
    void SetUp() override {
        Household house = home();
        house.devices[2].driver = "zigbee2mqtt";
        house.devices[2].address = "front door";
        ASSERT_TRUE(gateway->set_households({house, home("h2")}, true));
        gateway->tap().tell([this](const DeviceId& device, const MessageTap::Watch& watch) {
            commits_before_told = journal.commits;
            answers_before_told = sensors.all.size();
            for (const WatchedMessage& one : watch.kept) {
                if (one.number > watch.told) told.emplace_back(device, one);
            }
        });
    }
    bool watch(const DeviceId& id) {
        const auto home_of = gateway->engine().household_of(id);
        const Household& house = *gateway->engine().find(*home_of);
        return gateway->tap().watch(*std::ranges::find(house.devices, id, &Device::id));
    }
    static Inbound zigbee(const std::string& name, std::string payload) {
        return {Source::home, "zigbee2mqtt/" + name, std::move(payload), false, false};
    }
    const WatchedMessage& only() {
        EXPECT_EQ(told.size(), 1U);
        return told.back().second;
    }
    std::vector<std::pair<DeviceId, WatchedMessage>> told;
    std::size_t commits_before_told = 0;
    std::size_t answers_before_told = 0;
};

TEST_F(WatchedDevices, AreShownWithWhatTheirMessageGave) {
    ASSERT_TRUE(watch(water_meter));
    const Inbound sent = uplink("h1-water", 7, water(12'000));
    ASSERT_TRUE(process(sent));
    const WatchedMessage& one = only();
    EXPECT_EQ(told.back().first, water_meter);
    EXPECT_EQ(one.at, clock.now.wall);
    EXPECT_EQ(one.topic, "anju/v1/up/h1-water/data");
    EXPECT_EQ(one.payload, sent.payload);
    EXPECT_EQ(one.size, sent.payload.size());
    EXPECT_EQ(one.driver, "native");
    EXPECT_EQ(one.fate, Fate::taken);
    EXPECT_TRUE(one.answered);
    EXPECT_TRUE(one.problems.empty());
    ASSERT_EQ(one.readings.size(), 1U);
    EXPECT_EQ(one.readings[0].kind, ReadingKind::water_total_ml);
    EXPECT_EQ(one.readings[0].value, 12'000);
}

TEST_F(WatchedDevices, AreTheOnlyOnesOfWhichAnythingIsKept) {
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1))));
    ASSERT_TRUE(watch(water_meter));
    EXPECT_TRUE(gateway->tap().find(water_meter)->kept.empty()) << "from before anybody watched";
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(false))));
    EXPECT_TRUE(told.empty());
    EXPECT_EQ(gateway->tap().find(smoke_alarm), nullptr);
    ASSERT_TRUE(process(uplink("h1-water", 2, water(2))));
    gateway->tap().unwatch(water_meter);
    EXPECT_EQ(gateway->tap().find(water_meter), nullptr);
    EXPECT_FALSE(gateway->tap().open());
    ASSERT_TRUE(watch(water_meter));
    EXPECT_TRUE(gateway->tap().find(water_meter)->kept.empty()) << "from the watch before";
}

TEST_F(WatchedDevices, SayThatAMessageWasSeenBefore) {
    ASSERT_TRUE(watch(water_meter));
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1))));
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1))));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].second.fate, Fate::duplicate);
    EXPECT_TRUE(told[1].second.answered);
    EXPECT_GT(told[1].second.number, told[0].second.number);
}

TEST_F(WatchedDevices, ShowWhyAMessageWasRefused) {
    ASSERT_TRUE(watch(water_meter));
    ASSERT_TRUE(process({Source::home, "anju/v1/up/h1-water/data", "nonsense", false, false}));
    const WatchedMessage& one = only();
    EXPECT_EQ(one.fate, Fate::not_understood);
    EXPECT_FALSE(one.answered) << "nobody knows which message it was";
    EXPECT_EQ(one.payload, "nonsense");
    ASSERT_EQ(one.problems.size(), 1U);
    EXPECT_FALSE(one.problems[0].code.empty());
    EXPECT_FALSE(one.problems[0].text.empty());
    EXPECT_TRUE(one.readings.empty());
}

TEST_F(WatchedDevices, SayThatTheSensorWasToldOfTheRefusal) {
    ASSERT_TRUE(watch(water_meter));
    ASSERT_TRUE(process(uplink("h1-water", 9, v1::SensorReading{})));
    const WatchedMessage& one = only();
    EXPECT_EQ(one.fate, Fate::not_understood);
    EXPECT_TRUE(one.answered);
    ASSERT_EQ(sensors.all.size(), 1U);
    EXPECT_EQ(sensors.all[0].message.ack().refused_size(), 1);
}

TEST_F(WatchedDevices, ShowTheGoodBesideTheBad) {
    ASSERT_TRUE(watch(door));
    ASSERT_TRUE(process(zigbee("front door", R"({"contact":false,"battery":"full"})")));
    const WatchedMessage& one = only();
    EXPECT_EQ(one.driver, "zigbee2mqtt");
    EXPECT_EQ(one.fate, Fate::taken);
    EXPECT_FALSE(one.answered) << "no foreign device is answered";
    EXPECT_FALSE(one.readings.empty());
    ASSERT_EQ(one.problems.size(), 1U);
    EXPECT_EQ(one.problems[0].property, "battery");
}

TEST_F(WatchedDevices, AreKnownByTheirTopicWhenNothingElseIsUnderstood) {
    ASSERT_TRUE(watch(water_meter));
    ASSERT_TRUE(process({Source::home, "shelves/h1-water/up", "x", false, false}));
    EXPECT_EQ(only().problems.at(0).code, "no_driver");
    ASSERT_TRUE(process({Source::home, "shelves/h1-waterfall/up", "x", false, false}));
    EXPECT_EQ(told.size(), 1U) << "another one's";
}

TEST_F(WatchedDevices, KeepTheNewestAndCountWhatWasPushedOut) {
    ASSERT_TRUE(watch(water_meter));
    std::vector<Inbound> flood;
    for (std::uint64_t i = 1; i <= 50; ++i) {
        flood.push_back(uplink("h1-water", i, water(static_cast<std::int64_t>(i))));
    }
    ASSERT_TRUE(gateway->process(flood));
    ASSERT_EQ(told.size(), 20U);
    EXPECT_EQ(told.front().second.skipped, 30U);
    EXPECT_EQ(told.front().second.readings[0].value, 31);
    EXPECT_EQ(told.back().second.readings[0].value, 50);
    EXPECT_EQ(told.back().second.skipped, 0U);
    EXPECT_EQ(gateway->tap().find(water_meter)->lost, told.front().second.number - 1);
    ASSERT_TRUE(process(uplink("h1-water", 51, water(51))));
    EXPECT_EQ(told.size(), 21U);
    EXPECT_EQ(told.back().second.skipped, 0U) << "what was told before is not missed";
    EXPECT_EQ(gateway->tap().find(water_meter)->kept.size(), 20U);
}

TEST_F(WatchedDevices, AreBoundedInNumberAndSize) {
    MessageTap tap({.devices = 2, .messages = 1, .payload_bytes = 4});
    const Household house = home();
    EXPECT_TRUE(tap.watch(house.devices[0]));
    EXPECT_TRUE(tap.watch(house.devices[1]));
    EXPECT_FALSE(tap.watch(house.devices[2]));
    EXPECT_TRUE(tap.watch(house.devices[0])) << "is watched already";
    tap.unwatch(house.devices[1].id);
    EXPECT_TRUE(tap.watch(house.devices[2]));

    const Inbound message{Source::home, std::string(600, 't'), "123456", false, false};
    tap.arrived(message, clock.now.wall);
    drivers::Decoded what;
    what.address = "h1-water";
    what.readings.assign(100, Reading{ReadingKind::water_total_ml, 0, 1, {}});
    what.problems.assign(100, {"code", "property", 0, std::string(1000, 'x')});
    tap.said(&house.devices[0].id, "native", what);
    tap.left([](const DeviceId&) { return true; }, false);
    const WatchedMessage& kept = tap.find(house.devices[0].id)->kept.front();
    EXPECT_EQ(kept.payload, "1234");
    EXPECT_EQ(kept.size, 6U);
    EXPECT_EQ(kept.topic.size(), 512U);
    EXPECT_EQ(kept.readings.size(), 64U);
    EXPECT_EQ(kept.problems.size(), 16U);
    EXPECT_EQ(kept.problems[0].text.size(), 200U);
}

TEST_F(WatchedDevices, DoNotShowTheWordsOfANeighbour) {
    MessageTap tap;
    const Household house = home();
    ASSERT_TRUE(tap.watch(house.devices[0]));
    const Inbound message{Source::home, "receiver/all", "of several", false, false};
    drivers::Decoded what;
    what.address = "h1-water";
    what.readings = {{ReadingKind::water_total_ml, 0, 1, {}}};
    tap.arrived(message, clock.now.wall);
    tap.said(&house.devices[0].id, "wmbus", what);
    tap.said(&house.devices[1].id, "wmbus", what);
    tap.left([](const DeviceId&) { return true; }, false);
    const WatchedMessage& kept = tap.find(house.devices[0].id)->kept.front();
    EXPECT_TRUE(kept.withheld);
    EXPECT_EQ(kept.payload, "");
    EXPECT_EQ(kept.size, message.payload.size());
    EXPECT_EQ(kept.readings.size(), 1U);
    tap.arrived(message, clock.now.wall);
    tap.said(nullptr, "wmbus", what);
    tap.left([](const DeviceId&) { return true; }, false);
    EXPECT_EQ(tap.find(house.devices[0].id)->kept.size(), 1U) << "a stranger's alone";
}

TEST_F(WatchedDevices, ShowNothingOfWhatAResidentRefused) {
    ASSERT_TRUE(watch(smoke_alarm));
    ASSERT_TRUE(watch(water_meter));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(false))));
    ASSERT_EQ(told.size(), 1U);
    const Consent no{ResidentId{"h1-r"}, SensorKind::smoke, ConsentState::withdrawn,
                     "林奶奶",           "form 3",          {},
                     "cli:lin"};
    ASSERT_TRUE(gateway->consent({"a", HouseholdId{"h1"}, no}));
    EXPECT_TRUE(gateway->tap().find(smoke_alarm)->kept.empty()) << "what was shown before";
    ASSERT_TRUE(process(uplink("h1-smoke", 2, smoke(true))));
    ASSERT_TRUE(process({Source::home, "anju/v1/up/h1-smoke/data", "nonsense", false, false}));
    EXPECT_EQ(told.size(), 1U);
    ASSERT_TRUE(process({Source::home, "anju/v1/up/h1-water/data", "of h1-smoke", false, false}));
    ASSERT_EQ(told.size(), 2U);
    EXPECT_TRUE(told[1].second.withheld) << "it mentions the one that was refused";
    EXPECT_EQ(told[1].second.payload + told[1].second.topic, "");
}

TEST_F(WatchedDevices, AreShownAfterEverybodyElseWasTold) {
    std::size_t decided = 0;
    gateway->watch([&](const Decisions&) {
        EXPECT_TRUE(told.empty()) << "before those who look after the alarm";
        ++decided;
    });
    ASSERT_TRUE(watch(smoke_alarm));
    const std::size_t commits = journal.commits;
    const std::size_t answers = sensors.all.size();
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    EXPECT_EQ(gateway->engine().open_alert_count(), 1U);
    EXPECT_EQ(decided, 1U);
    EXPECT_EQ(only().fate, Fate::taken);
    EXPECT_EQ(commits_before_told, commits + 1) << "shown before it was on the disk";
    EXPECT_EQ(answers_before_told, answers + 1) << "shown before the sensor was answered";
}

TEST_F(WatchedDevices, ChangeNothingOfWhatIsDecidedAndStored) {
    const auto run = [&](bool watched) {
        journal = {};
        sensors.all.clear();
        restart();
        Household house = home();
        EXPECT_TRUE(gateway->set_households({house}, true));
        for (const Device& one : house.devices) {
            EXPECT_TRUE(!watched || gateway->tap().watch(one));
        }
        EXPECT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
        EXPECT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
        EXPECT_TRUE(process({Source::home, "anju/v1/up/h1-water/data", "nonsense", false, false}));
        std::string out = std::to_string(journal.commits) + std::to_string(sensors.all.size()) +
                          std::to_string(journal.rejected.size());
        for (const auto& input : journal.inputs) out += input.bytes;
        return out;
    };
    EXPECT_EQ(run(false), run(true));
}

TEST_F(WatchedDevices, SayThatThereWasNoRoom) {
    ASSERT_TRUE(watch(water_meter));
    journal.space_now = Space::low;
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1))));
    EXPECT_EQ(only().fate, Fate::no_room);
    EXPECT_FALSE(only().answered);
}

}  // namespace
}  // namespace anju::test
