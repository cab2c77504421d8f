// The bridge speaks as Zigbee2MQTT does.
#include "firmware-sim/homes/zigbee_bridge.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace anju::sim {
namespace {

SimDevice make_door() {
    SimDevice device;
    device.device.id = DeviceId{"h1-door"};
    device.device.address = "h1-door";
    device.device.kind = SensorKind::door;
    device.protocol = Protocol::zigbee2mqtt;
    return device;
}

boost::json::object parse(const std::string& text) {
    return boost::json::parse(text).as_object();
}

TEST(ZigbeeBridge, RepeatsEveryPropertyItRemembers) {
    ZigbeeBridge bridge;
    const auto door = make_door();
    bridge.add(door);
    const auto opened = bridge.report(door.device, {{ReadingKind::contact_open, 0, 1, {}}});
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].topic, "zigbee2mqtt/h1-door");
    EXPECT_FALSE(opened[0].retain);
    EXPECT_FALSE(parse(opened[0].payload).at("contact").as_bool()) << "true means closed";

    const auto battery = bridge.report(door.device, {{ReadingKind::battery_pct, 0, 40, {}}});
    ASSERT_EQ(battery.size(), 1U);
    const auto state = parse(battery[0].payload);
    EXPECT_EQ(state.at("battery").as_int64(), 40);
    EXPECT_FALSE(state.at("contact").as_bool()) << "the door is still open";
}

TEST(ZigbeeBridge, AnnouncesItsDevicesRetained) {
    ZigbeeBridge bridge;
    EXPECT_TRUE(bridge.announce().empty());
    bridge.add(make_door());
    const auto messages = bridge.announce();
    ASSERT_EQ(messages.size(), 3U);
    for (const auto& message : messages) EXPECT_TRUE(message.retain);
    EXPECT_EQ(messages[1].topic, "zigbee2mqtt/bridge/devices");
    const auto list = boost::json::parse(messages[1].payload).as_array();
    ASSERT_EQ(list.size(), 2U) << "the coordinator and the door";
    const auto& door = list[1].as_object();
    EXPECT_EQ(door.at("friendly_name").as_string(), "h1-door");
    const auto& contact = door.at("definition").at("exposes").at(0);
    EXPECT_EQ(contact.at("property").as_string(), "contact");
    EXPECT_FALSE(contact.at("value_on").as_bool());
}

TEST(ZigbeeBridge, SaysThatADeviceIsGoneThroughItsAvailability) {
    ZigbeeBridge bridge;
    const auto door = make_door();
    bridge.add(door);
    const auto messages = bridge.report(door.device, {{ReadingKind::online, 0, 0, {}}});
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].topic, "zigbee2mqtt/h1-door/availability");
    EXPECT_TRUE(messages[0].retain);
    EXPECT_EQ(parse(messages[0].payload).at("state").as_string(), "offline");
}

}  // namespace
}  // namespace anju::sim
