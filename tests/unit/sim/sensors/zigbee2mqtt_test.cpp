// The simulated bridge speaks as Zigbee2MQTT does, and the driver reads what the sensors meant.
#include "firmware-sim/sensors/zigbee2mqtt.hpp"

#include <gtest/gtest.h>

#include "drivers/state.hpp"
#include "firmware-sim/sensors/zigbee_models.hpp"
#include "unit/drivers/support.hpp"

namespace anju::sim {
namespace {

using drivers::testing::brief;
using drivers::testing::decode;
using drivers::testing::decode_one;

const Instant noon = from_unix_ms(1'772'424'000'123);

Reading reading(ReadingKind kind, std::int64_t value, std::uint16_t flags = 0, Instant at = noon) {
    return {kind, flags, value, at};
}

/// A bridge that the driver has been told of.
struct Rig {
    explicit Rig(Zigbee2Mqtt::Options options = {}) : bridge(std::move(options)) {}

    void add(std::string_view name, SensorKind kind) {
        bridge.add(name, kind, 96);
        hear(bridge.announce());
    }
    /// What the driver makes of it: "name: readings", one for each device that was heard.
    std::vector<std::string> hear(const std::vector<Publication>& messages) {
        std::vector<std::string> out;
        for (const auto& message : messages) {
            const auto read = decode(state, message.topic, message.payload, message.retain);
            if (!read) {
                ADD_FAILURE() << message.topic << " " << message.payload << ": "
                              << read.error().code << " " << read.error().text;
                continue;
            }
            for (const auto& one : *read) {
                EXPECT_TRUE(one.problems.empty()) << message.payload;
                last = one;
                out.push_back(one.alias + ": " + brief(one.readings));
            }
        }
        return out;
    }
    std::string say(std::string_view name, const Reading& one) {
        const auto heard = hear(bridge.report(name, {one}));
        return heard.empty() ? "" : heard.back();
    }

    Zigbee2Mqtt bridge;
    drivers::DriverState state;
    drivers::Decoded last;
};

TEST(Zigbee2Mqtt, OfEveryKindSaysWhatTheSensorMeant) {
    const std::pair<SensorKind, ReadingKind> kinds[] = {
        {SensorKind::smoke, ReadingKind::smoke},
        {SensorKind::door, ReadingKind::contact_open},
        {SensorKind::motion, ReadingKind::motion},
        {SensorKind::water_leak, ReadingKind::water_leak},
        {SensorKind::gas, ReadingKind::gas},
    };
    for (const auto& [kind, level] : kinds) {
        Rig rig;
        rig.add("thing", kind);
        for (const std::int64_t value : {1, 0, 1}) {
            rig.say("thing", reading(level, value));
            EXPECT_EQ(rig.last.address, zigbee_ieee("thing"));
            bool found = false;
            for (const auto& read : rig.last.readings) {
                if (read.kind != level) continue;
                found = true;
                EXPECT_EQ(read.value, value) << static_cast<int>(kind);
            }
            EXPECT_TRUE(found) << static_cast<int>(kind);
        }
    }
}

TEST(Zigbee2Mqtt, RepeatsEveryPropertyItRemembers) {
    Rig rig;
    rig.add("door", SensorKind::door);
    rig.say("door", reading(ReadingKind::contact_open, 1));
    EXPECT_EQ(rig.say("door", reading(ReadingKind::battery_pct, 40)),
              "door: battery_pct=40 battery_low=0 contact_open=1 battery_mv=2910");
}

TEST(Zigbee2Mqtt, SaysAnActionOnceAndForgetsIt) {
    Rig rig;
    rig.add("button", SensorKind::sos);
    EXPECT_NE(rig.say("button", reading(ReadingKind::sos, 1)).find("sos=1"), std::string::npos);
    EXPECT_EQ(rig.say("button", reading(ReadingKind::battery_pct, 90)).find("sos"),
              std::string::npos)
        << "a battery report is no second call for help";
    EXPECT_NE(rig.say("button", reading(ReadingKind::i_am_well, 1)).find("i_am_well=1"),
              std::string::npos);
}

TEST(Zigbee2Mqtt, MarksWhatItsTestButtonDid) {
    Rig rig;
    rig.add("alarm", SensorKind::smoke);
    const auto marked = [&](std::uint16_t flags) {
        rig.say("alarm", reading(ReadingKind::smoke, 1, flags));
        for (const auto& read : rig.last.readings) {
            if (read.kind == ReadingKind::smoke && read.value == 1) {
                return (read.quality & quality::test) != 0 ? "test" : "smoke";
            }
        }
        return "nothing";
    };
    EXPECT_STREQ(marked(quality::test), "test");
    EXPECT_STREQ(marked(0), "smoke");
}

TEST(Zigbee2Mqtt, SaysTamperTroubleAndALowBattery) {
    Rig rig;
    rig.add("alarm", SensorKind::smoke);
    rig.say("alarm", reading(ReadingKind::tamper, 1));
    rig.say("alarm", reading(ReadingKind::fault, 1));
    const auto all = rig.say("alarm", reading(ReadingKind::battery_low, 1));
    for (const auto* part : {"tamper=1", "fault=1", "battery_low=1", "smoke=0"}) {
        EXPECT_NE(all.find(part), std::string::npos) << part << " in " << all;
    }
}

TEST(Zigbee2Mqtt, KeepsItsListAndAvailabilityOnTheBroker) {
    Zigbee2Mqtt bridge;
    EXPECT_TRUE(bridge.announce().empty());
    EXPECT_TRUE(bridge.stop().empty());
    bridge.add("door", SensorKind::door, 96);
    const auto messages = bridge.announce();
    ASSERT_EQ(messages.size(), 4U);
    for (const auto& message : messages) EXPECT_TRUE(message.retain) << message.topic;
    EXPECT_EQ(bridge.stop()[0].payload, R"({"state":"offline"})");
}

TEST(Zigbee2Mqtt, SaysThatADeviceIsGoneAndBackInEitherForm) {
    for (const bool legacy : {false, true}) {
        Zigbee2Mqtt::Options options;
        options.legacy_availability = legacy;
        Rig rig(options);
        rig.add("door", SensorKind::door);
        EXPECT_EQ(rig.say("door", reading(ReadingKind::online, 0)), "door: online=0");
        const auto back =
            rig.hear(rig.bridge.report("door", {reading(ReadingKind::battery_pct, 9)}));
        ASSERT_EQ(back.size(), 2U) << "reachable again as soon as it speaks";
        EXPECT_EQ(back[0], "door: online=1");
    }
}

TEST(Zigbee2Mqtt, RepeatsItsCacheAtAStartWithTheTimeItIsOf) {
    for (const auto form : {Zigbee2Mqtt::LastSeen::iso_8601, Zigbee2Mqtt::LastSeen::epoch}) {
        Zigbee2Mqtt::Options options;
        options.last_seen = form;
        Rig rig(options);
        rig.add("motion", SensorKind::motion);
        rig.say("motion", reading(ReadingKind::motion, 1));
        const auto before = rig.last;
        rig.last = {};
        rig.hear(rig.bridge.start());
        ASSERT_FALSE(rig.last.readings.empty());
        EXPECT_EQ(rig.last.readings, before.readings) << "old values, not retained";
        for (const auto& read : rig.last.readings) EXPECT_EQ(read.event_time, noon);
    }
}

TEST(Zigbee2Mqtt, NeverRepeatsACallForHelpAtAStart) {
    Rig rig;
    rig.add("button", SensorKind::sos);
    rig.say("button", reading(ReadingKind::sos, 1));
    for (const auto& line : rig.hear(rig.bridge.start())) {
        EXPECT_EQ(line.find("sos"), std::string::npos) << line;
    }
}

TEST(Zigbee2Mqtt, LetsTheBrokerKeepStatesWhereItIsSetSo) {
    Zigbee2Mqtt::Options options;
    options.retain_states = true;
    Rig rig(options);
    rig.add("alarm", SensorKind::smoke);
    rig.say("alarm", reading(ReadingKind::smoke, 1));
    ASSERT_FALSE(rig.last.readings.empty());
    for (const auto& read : rig.last.readings) EXPECT_TRUE(is_retained(read));
}

TEST(Zigbee2Mqtt, TellsTheQualityOfTheLink) {
    Rig rig;
    rig.add("door", SensorKind::door);
    rig.bridge.set_link_quality("door", 31);
    rig.say("door", reading(ReadingKind::contact_open, 1));
    EXPECT_EQ(rig.last.lqi, 31);
}

}  // namespace
}  // namespace anju::sim
