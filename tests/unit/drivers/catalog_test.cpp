#include "drivers/catalog.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "unit/drivers/support.hpp"

namespace anju::drivers {
namespace {

TEST(Catalog, FindsTheDriverOfATopic) {
    const Catalog catalog;
    const auto name_of = [&](std::string_view topic) -> std::string_view {
        const Driver* driver = catalog.find_driver(topic);
        return driver == nullptr ? "none" : driver->name;
    };
    EXPECT_EQ(name_of("anju/v1/up/meter-1/data"), "native");
    EXPECT_EQ(name_of("anju/v1/up/meter-1/alarm"), "native");
    EXPECT_EQ(name_of("anju/v1/down/meter-1"), "none");
    EXPECT_EQ(name_of("zigbee2mqtt/kitchen/smoke"), "zigbee2mqtt");
    EXPECT_EQ(name_of("zigbee2mqttx/kitchen"), "none");
}

TEST(Catalog, NamesAreThoseOfTheDirectoryFile) {
    ASSERT_NE(find_driver_by_name("native"), nullptr);
    ASSERT_NE(find_driver_by_name("zigbee2mqtt"), nullptr);
    EXPECT_EQ(find_driver_by_name("zigbee"), nullptr);
    std::set<std::string_view> names;
    for (const Driver& driver : all_drivers()) {
        names.insert(driver.name);
        EXPECT_EQ(find_driver_by_name(driver.name), &driver);
        EXPECT_FALSE(driver.title.empty());
        EXPECT_FALSE(driver.filters.empty());
    }
    EXPECT_EQ(names.size(), all_drivers().size()) << "two drivers of one name";
}

TEST(Catalog, ListensToADriverOnlyWhenItIsSwitchedOn) {
    const std::string_view topic = "rtl_433/gw1/events";
    EXPECT_EQ(Catalog().find(topic), nullptr);
    Catalog::Options options;
    options.topics["rtl_433"];
    ASSERT_NE(Catalog(options).find(topic), nullptr);
    EXPECT_EQ(Catalog(options).find_driver(topic)->name, "rtl_433");
    options.topics["rtl_433"] = {"radio/+"};
    EXPECT_EQ(Catalog(options).find(topic), nullptr);
    EXPECT_EQ(Catalog(options).find_driver("radio/1")->name, "rtl_433");
}

TEST(Catalog, GivesATopicToTheFilterThatBeginsMostSpecifically) {
    const Catalog catalog(Catalog::everything());
    EXPECT_EQ(catalog.find_driver("shelly-1/online")->name, "shelly");
    EXPECT_EQ(catalog.find_driver("zigbee2mqtt/online")->name, "zigbee2mqtt");
    for (const Driver& driver : all_drivers()) {
        for (const std::string_view filter : driver.filters) {
            std::string topic(filter);
            for (char& c : topic) {
                if (c == '+' || c == '#') c = 'x';
            }
            if (topic.starts_with("{base}")) topic.replace(0, 6, "zigbee2mqtt");
            ASSERT_NE(catalog.find_driver(topic), nullptr) << topic;
            EXPECT_EQ(catalog.find_driver(topic)->name, driver.name) << topic;
        }
    }
}

TEST(Catalog, SubscribesToEachConfiguredBase) {
    const Catalog catalog({.zigbee2mqtt_bases = {"home/z2m", "upstairs"}});
    ASSERT_EQ(catalog.routes().size(), 3U);
    EXPECT_EQ(catalog.routes()[1].filter, "home/z2m/#");
    EXPECT_EQ(catalog.routes()[2].filter, "upstairs/#");
    EXPECT_EQ(catalog.find_driver("zigbee2mqtt/x"), nullptr);
    EXPECT_EQ(Catalog({.zigbee2mqtt_bases = {}}).routes().size(), 1U);
}

TEST(Catalog, RefusesABaseThatIsNoPrefix) {
    EXPECT_THROW(Catalog({.zigbee2mqtt_bases = {""}}), std::invalid_argument);
    EXPECT_THROW(Catalog({.zigbee2mqtt_bases = {"a/#"}}), std::invalid_argument);
}

TEST(Catalog, KeepsEqualNamesOfTwoBridgesApart) {
    const Catalog catalog({.zigbee2mqtt_bases = {"home/z2m", "home/z2m/upstairs"}});
    DriverState state;
    const auto address_of = [&](std::string_view topic) {
        const auto result = catalog.find(topic)->decode(topic, R"({"smoke":true})", false, state);
        return result && result->size() == 1 ? result->front().address : std::string("?");
    };
    EXPECT_EQ(address_of("home/z2m/kitchen"), "kitchen");
    EXPECT_EQ(address_of("home/z2m/upstairs/kitchen"), "home/z2m/upstairs/kitchen");
}

TEST(Catalog, AllowsTheBridgesListToBeLarge) {
    const Catalog catalog;
    const auto limit = [&](std::string_view topic) {
        return catalog.find(topic)->max_payload(topic);
    };
    EXPECT_EQ(limit("zigbee2mqtt/bridge/devices"), 8U * 1024 * 1024);
    EXPECT_EQ(limit("zigbee2mqtt/kitchen"), max_payload_bytes);
    EXPECT_EQ(limit("anju/v1/up/x/data"), max_payload_bytes);
}

TEST(Catalog, RefusesOversizeBeforeReadingIt) {
    DriverState state;
    const std::string large(max_payload_bytes + 1, ' ');
    for (const char* topic : {"zigbee2mqtt/kitchen", "anju/v1/up/x/data"}) {
        const auto result = testing::decode(state, topic, large);
        ASSERT_FALSE(result) << topic;
        EXPECT_EQ(result.error().code, "payload_too_large") << topic;
    }
}

}  // namespace
}  // namespace anju::drivers
