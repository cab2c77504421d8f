// Which drivers are switched on, and the topics they listen to.
#include <array>

#include "config/home_drivers.hpp"
#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using Strings = std::vector<std::string>;

constexpr std::array<std::string_view, 5> known{"native", "zigbee2mqtt", "wmbus", "rtl_433",
                                                "shelly"};

class HomeDrivers : public InFolder {
protected:
    boost::system::result<Config, Errors> read(const std::string& home) {
        return load(write("anju.toml",
                          "[gateway]\nid = \"box\"\n[home]\nuri = "
                          "\"mqtt://127.0.0.1\"\n" +
                              home),
                    known);
    }
    Strings wrong(const std::string& home) {
        const auto config = read(home);
        return config ? Strings{} : plain(config.error());
    }
};

TEST_F(HomeDrivers, AreOffUnlessTheConfigurationNamesThem) {
    const auto config = read("");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->drivers, Strings{});
    EXPECT_TRUE(config->topics.empty());
    EXPECT_EQ(config->profiles_dir, folder_ / "profiles");
}

TEST_F(HomeDrivers, AreReadWithTheirTopicsAndShownAgain) {
    const auto config = read(
        "drivers = [\"wmbus\", \"rtl_433\"]\nprofiles_dir = \"/srv/p\"\n[home.topics]\nwmbus = "
        "[\"meters/+/raw\", \"$oc/devices/+/up\"]\n");
    ASSERT_TRUE(config) << plain(config.error()).front();
    EXPECT_EQ(config->drivers, (Strings{"wmbus", "rtl_433"}));
    EXPECT_EQ(config->topics.at("wmbus"), (Strings{"meters/+/raw", "$oc/devices/+/up"}));
    EXPECT_EQ(config->topics.size(), 1U);
    EXPECT_EQ(config->profiles_dir, "/srv/p");
    const auto again = load(write("again.toml", masked(*config)), known);
    ASSERT_TRUE(again) << plain(again.error()).front() << "\n" << masked(*config);
    EXPECT_EQ(masked(*again), masked(*config));
    EXPECT_EQ(again->topics, config->topics);
}

TEST_F(HomeDrivers, AreCorrectedWhenMistyped) {
    EXPECT_EQ(wrong("drivers = [\"wmbuss\", \"rtl433\", \"wmbus\", \"wmbus\"]\n"),
              (Strings{"anju.toml:5:12: home.drivers holds 'wmbuss', which is not a driver (did "
                       "you mean 'wmbus'?)",
                       "anju.toml:5:22: home.drivers holds 'rtl433', which is not a driver (did "
                       "you mean 'rtl_433'?)",
                       "anju.toml:5:41: home.drivers holds 'wmbus' twice (remove one of them)"}));
}

TEST_F(HomeDrivers, AreRefusedTopicsThatMakeNoSense) {
    const std::string remedy = " (write an MQTT topic filter such as \"meters/+/raw\")";
    EXPECT_EQ(
        wrong("drivers = [\"wmbus\", \"rtl_433\"]\ntopics = { wmbus = [\"a+\", \"a/#/b\", \"\", "
              "\"#\", \"+/v1/up/+/+\", \"$share/g/a\", \"x/#\"], rtl_433 = [\"x/#\"] }\n"),
        (Strings{
            "anju.toml:6:21: home.topics.wmbus holds 'a+', which holds a wildcard that is not "
            "a whole level" +
                remedy,
            "anju.toml:6:27: home.topics.wmbus holds 'a/#/b', which holds # before the last "
            "level" +
                remedy,
            "anju.toml:6:36: home.topics.wmbus holds '', which is not 1 to 200 bytes long" + remedy,
            "anju.toml:6:40: home.topics.wmbus holds '#', which takes the topics of Anju's "
            "own sensors too" +
                remedy,
            "anju.toml:6:45: home.topics.wmbus holds '+/v1/up/+/+', which takes the topics of "
            "Anju's own sensors too" +
                remedy,
            "anju.toml:6:60: home.topics.wmbus holds '$share/g/a', which is a shared "
            "subscription, which mixes up the order" +
                remedy,
            "anju.toml:6:93: home.topics.rtl_433 holds 'x/#', as does 'wmbus' (one topic goes "
            "to one driver: remove it from one of them)"}));
}

TEST_F(HomeDrivers, AreRefusedTopicsOfDriversThatAreOffOrHaveTheirOwn) {
    EXPECT_EQ(wrong("topics = { wmbus = [\"a\"], zigbee2mqtt = [\"b\"], native = [\"c\"], wmbs = "
                    "[\"d\"] }\n"),
              (Strings{"anju.toml:5:20: home.topics.wmbus is set for a driver that is not switched "
                       "on (add \"wmbus\" to drivers of [home])",
                       "anju.toml:5:41: home.topics.zigbee2mqtt cannot be changed (write the "
                       "base_topic into zigbee2mqtt_bases)",
                       "anju.toml:5:57: home.topics.native cannot be changed (remove it: Anju's "
                       "own sensors have their topics)",
                       "anju.toml:5:64: home.topics.wmbs is not a known key (did you mean "
                       "'wmbus'?)"}));
    EXPECT_EQ(wrong("drivers = [\"wmbus\"]\ntopics = { wmbus = [] }\n"),
              (Strings{"anju.toml:6:20: home.topics.wmbus holds no topic (remove the line to "
                       "listen to the driver's own)"}));
}

TEST(Filters, OverlapWhenATopicIsTakenByBoth) {
    for (const auto& [a, b] : {std::pair{"a/b", "a/b"},
                               {"a/+", "+/b"},
                               {"#", "a"},
                               {"a/#", "a"},
                               {"a/#", "+/b/c"},
                               {"$oc/#", "$oc/x"}}) {
        EXPECT_TRUE(filters_overlap(a, b)) << a << " " << b;
        EXPECT_TRUE(filters_overlap(b, a)) << a << " " << b;
    }
    for (const auto& [a, b] : {std::pair{"a/b", "a/c"},
                               {"a", "a/b"},
                               {"a/+", "a"},
                               {"#", "$oc/x"},
                               {"+/x", "$oc/x"},
                               {"+/status/+", "anju/v1/#"}}) {
        EXPECT_FALSE(filters_overlap(a, b)) << a << " " << b;
        EXPECT_FALSE(filters_overlap(b, a)) << a << " " << b;
    }
}

}  // namespace
}  // namespace anju::config
