// A sensor that is registered as the simulator says is understood by the driver it names.
#include "firmware-sim/sensors/foreign_sensor.hpp"

#include <gtest/gtest.h>

#include <set>

#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "firmware-sim/sensors/battery.hpp"
#include "unit/drivers/support.hpp"

namespace anju::sim {
namespace {

using drivers::testing::brief;
using drivers::testing::decode_one;

const Instant noon = from_unix_ms(1'772'424'000'123);

struct Rig {
    Rig(SensorKind kind, Protocol protocol, const Behaviour& behaviour = {}) {
        device.id = DeviceId{"h1-thing"};
        device.kind = kind;
        register_device(device, protocol, behaviour.security);
        sensor.emplace(device, protocol, behaviour, 1);
        drivers::DeviceSettings settings;
        settings.key = drivers::parse_key(device.key);
        if (settings.key) state.settings().set(device.driver, device.address, settings);
    }
    std::vector<drivers::Decoded> hear(const std::vector<Reading>& readings, unsigned copies = 1) {
        std::vector<drivers::Decoded> out;
        for (const auto& message : sensor->report(readings, noon, copies)) {
            out.push_back(decode_one(state, message.topic, message.payload, message.retain));
            EXPECT_TRUE(out.back().problems.empty());
            EXPECT_EQ(out.back().address, device.address);
        }
        return out;
    }

    Device device;
    std::optional<ForeignSensor> sensor;
    drivers::DriverState state;
};

Reading total(std::int64_t ml) {
    return {ReadingKind::water_total_ml, 0, ml, noon};
}

TEST(ForeignSensor, OfEachProtocolSaysTheRegisterUnderItsRegisteredAddress) {
    for (const auto protocol :
         {Protocol::wmbus, Protocol::cjt188_chirpstack, Protocol::cjt188_ctwing}) {
        Rig rig(SensorKind::water_meter, protocol, {.resolution_ml = 10'000});
        const auto heard = rig.hear({total(123'450'000)});
        ASSERT_EQ(heard.size(), 1U) << name_of(protocol);
        EXPECT_NE(brief(heard[0].readings).find("water_total_ml=123450000"), std::string::npos)
            << brief(heard[0].readings);
        EXPECT_NE(brief(heard[0].readings).find("battery_low=0"), std::string::npos);
    }
}

TEST(ForeignSensor, WritesPulsesOfAnyWeightWithoutLosingAny) {
    for (const auto protocol :
         {Protocol::wmbus, Protocol::cjt188_chirpstack, Protocol::cjt188_ctwing}) {
        for (const std::int64_t pulse : {1'000, 5'000, 10'000, 25'000, 100'000, 1'000'000}) {
            Rig rig(SensorKind::water_meter, protocol, {.resolution_ml = pulse});
            const auto heard = rig.hear({total(pulse * 4321)});
            ASSERT_EQ(heard.size(), 1U);
            EXPECT_EQ(heard[0].readings[0].value, pulse * 4321) << name_of(protocol) << pulse;
        }
    }
}

TEST(ForeignSensor, RemembersWhatItSaidAndShowsTheNewest) {
    Rig rig(SensorKind::water_meter, Protocol::wmbus);
    auto older = total(1'000);
    older.event_time -= std::chrono::hours{1};
    EXPECT_TRUE(rig.hear({{ReadingKind::alive, 0, 1, noon}}).empty()) << "no register yet";
    rig.hear({total(5'000), older});
    const auto heard = rig.hear({{ReadingKind::battery_pct, 0, 5, noon}});
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(brief(heard[0].readings),
              "water_total_ml=5000 battery_low=1 fault=0 battery_mv=3500");
}

TEST(ForeignSensor, SaysBackflowAndAColdBattery) {
    Rig rig(SensorKind::water_meter, Protocol::wmbus, {.celsius = -20});
    const auto heard = rig.hear({total(5'000),
                                 {ReadingKind::water_reverse_ml, 0, 2'000, noon},
                                 {ReadingKind::battery_pct, 0, 90, noon}});
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(brief(heard[0].readings),
              "water_total_ml=5000 water_reverse_ml=2000 battery_low=0 fault=0 battery_mv=3400");
}

TEST(ForeignSensor, OfWmbusIsReadInEverySecurityModeAndSealsEveryTelegramAnew) {
    for (const auto security :
         {WmbusSecurity::none, WmbusSecurity::mode_5, WmbusSecurity::mode_7}) {
        Rig rig(SensorKind::water_meter, Protocol::wmbus, {.security = security});
        EXPECT_EQ(rig.device.key.empty(), security == WmbusSecurity::none);
        std::set<std::string> sent;
        for (int i = 1; i <= 3; ++i) {
            const auto messages = rig.sensor->report({total(i * 7'000)}, noon);
            ASSERT_EQ(messages.size(), 1U);
            sent.insert(messages[0].payload);
            const auto heard = decode_one(rig.state, messages[0].topic, messages[0].payload);
            EXPECT_EQ(brief(heard.readings).find("water_total_ml=" + std::to_string(i * 7'000)), 0U)
                << brief(heard.readings);
            if (i == 2) (void)rig.sensor->reboot(noon);
        }
        EXPECT_EQ(sent.size(), 3U);
    }
}

TEST(ForeignSensor, TellsTheVoltageOfTheCellThatIsInIt) {
    Rig rig(SensorKind::water_meter, Protocol::wmbus, {.cell = Cell::lithium_manganese});
    const auto heard = rig.hear({total(5'000), {ReadingKind::battery_pct, 0, 90, noon}});
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_NE(brief(heard[0].readings).find("battery_mv=3000"), std::string::npos)
        << brief(heard[0].readings);
}

TEST(ForeignSensor, OfWmbusIsHeardByTwoReceiversAsOneTelegram) {
    Rig rig(SensorKind::water_meter, Protocol::wmbus);
    const auto both = rig.sensor->report({total(5'000)}, noon, 2);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_NE(both[0].topic, both[1].topic);
    const auto telegram = [](const Publication& message) {
        return message.payload.substr(0, message.payload.find(",\"rssi"));
    };
    EXPECT_EQ(telegram(both[0]), telegram(both[1]));
    const auto next = rig.sensor->report({total(5'000)}, noon, 1);
    EXPECT_NE(telegram(both[0]), telegram(next[0])) << "a new access number, another secret";
}

TEST(ForeignSensor, OfNetworksIsDeliveredTwiceUnderOneName) {
    for (const auto protocol : {Protocol::cjt188_chirpstack, Protocol::cjt188_ctwing}) {
        Rig rig(SensorKind::water_meter, protocol);
        const auto heard = rig.hear({total(50'000)}, 3);
        ASSERT_GE(heard.size(), 2U);
        EXPECT_FALSE(heard[0].message_id.empty());
        EXPECT_EQ(heard[0].message_id, heard[1].message_id);
        EXPECT_EQ(heard[0].readings[0].event_time, noon);
    }
}

TEST(ForeignSensor, OfASmokeAlarmAndADoorSayTheirState) {
    Rig smoke(SensorKind::smoke, Protocol::wmbus);
    EXPECT_EQ(brief(smoke.hear({{ReadingKind::smoke, 0, 1, noon}})[0].readings),
              "smoke=1 battery_low=0 fault=0 tamper=0");
    EXPECT_EQ(brief(smoke.hear({{ReadingKind::smoke, 0, 0, noon}})[0].readings),
              "smoke=0 battery_low=0 fault=0 tamper=0");
    const auto test = smoke.hear({{ReadingKind::smoke, quality::test, 1, noon}});
    EXPECT_NE(test[0].readings[0].quality & quality::test, 0);
    Rig door(SensorKind::door, Protocol::wmbus);
    EXPECT_EQ(brief(door.hear({{ReadingKind::contact_open, 0, 1, noon},
                               {ReadingKind::tamper, 0, 1, noon}})[0]
                        .readings),
              "contact_open=1 battery_low=0 fault=0 tamper=1");
}

TEST(ForeignSensor, OfLorawanJoinsAgainAfterAReboot) {
    Rig rig(SensorKind::water_meter, Protocol::cjt188_chirpstack);
    const auto first = rig.sensor->report({total(10'000)}, noon);
    EXPECT_NE(first[0].payload.find("\"fCnt\":0"), std::string::npos);
    const auto second = rig.sensor->report({total(20'000)}, noon);
    EXPECT_NE(second[0].payload.find("\"fCnt\":1"), std::string::npos);
    ASSERT_EQ(rig.sensor->reboot(noon).size(), 1U);
    const auto again = rig.sensor->report({total(20'000)}, noon + std::chrono::hours{1});
    EXPECT_NE(again[0].payload.find("\"fCnt\":0"), std::string::npos);
}

TEST(Protocol, IsSpokenByTheKindsThatThereAre) {
    EXPECT_TRUE(speaks(SensorKind::water_meter, Protocol::cjt188_ctwing));
    EXPECT_FALSE(speaks(SensorKind::door, Protocol::cjt188_chirpstack));
    EXPECT_FALSE(speaks(SensorKind::motion, Protocol::wmbus));
    EXPECT_FALSE(speaks(SensorKind::water_meter, Protocol::zigbee2mqtt));
    EXPECT_TRUE(speaks(SensorKind::bed, Protocol::native));
    for (const auto* text :
         {"native", "zigbee2mqtt", "wmbus", "cjt188-chirpstack", "cjt188-ctwing"}) {
        ASSERT_TRUE(parse_protocol(text));
        EXPECT_EQ(name_of(*parse_protocol(text)), text);
    }
    EXPECT_FALSE(parse_protocol("lora"));
}

TEST(Battery, IsFlatForLongAndThenFallsOverItsKnee) {
    const auto full = millivolts_of(Cell::lithium_thionyl, 950, 20);
    EXPECT_LE(full - millivolts_of(Cell::lithium_thionyl, 100, 20), 30);
    EXPECT_GE(full - millivolts_of(Cell::lithium_thionyl, 20, 20), 250);
    for (const auto cell : {Cell::lithium_thionyl, Cell::lithium_manganese, Cell::alkaline}) {
        for (int charge = 1; charge <= 1000; ++charge) {
            ASSERT_GE(millivolts_of(cell, charge, 20), millivolts_of(cell, charge - 1, 20));
        }
        EXPECT_LT(millivolts_of(cell, 500, -10), millivolts_of(cell, 500, 20)) << "cold";
        EXPECT_EQ(shown_percent(cell, millivolts_of(cell, 1000, 20)), 100);
        EXPECT_EQ(shown_percent(cell, millivolts_of(cell, 0, -30)), 0);
    }
}

}  // namespace
}  // namespace anju::sim
