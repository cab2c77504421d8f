// Keys and profiles of devices, and homes written out again.
#include <gtest/gtest.h>

#include "config/config.hpp"
#include "config/toml_text.hpp"

namespace anju::config {
namespace {

using Strings = std::vector<std::string>;
using namespace std::chrono_literals;

const DirectoryNames names{.drivers = {{"native", "zigbee2mqtt", "wmbus"}},
                           .profiles = {{"axioma-w1", "milesight-ws101"}}};

constexpr std::string_view head =
    "[[household]]\nid = \"H\"\n[[household.device]]\nid = \"W\"\nkind = \"water_meter\"\n";

using Homes = std::vector<Household>;

boost::system::result<Homes, Errors> read(const std::string& toml, const Rules& defaults = {}) {
    auto said = parse_directory(
        toml, "homes.toml", {.district = {.rules = defaults, .care = {}, .origins = {}}}, names);
    if (!said) return said.error();
    return std::move(said->homes);
}

std::string text_of(const Homes& homes, const Rules& defaults, bool with_keys) {
    return directory_text({homes, {}}, {.rules = defaults, .care = {}, .origins = {}}, with_keys);
}

Strings mistakes(const std::string& device) {
    Strings out;
    const auto homes = read(std::string(head) + device);
    if (homes) return out;
    for (const Error& error : homes.error()) out.push_back(error.text());
    return out;
}

TEST(DeviceKey, IsTakenInEitherCaseAndKeptInOne) {
    const auto homes = read(std::string(head) +
                            "driver = \"wmbus\"\naddress = \"12345678\"\nprofile = \"axioma-w1\"\n"
                            "key = \"000102030405060708090A0b0C0d0E0f\"\n");
    ASSERT_TRUE(homes) << homes.error().front().text();
    EXPECT_EQ(homes->front().devices[0].key, "000102030405060708090a0b0c0d0e0f");
    EXPECT_EQ(homes->front().devices[0].profile, "axioma-w1");
}

TEST(DeviceKey, IsRefusedWithoutBeingRepeated) {
    const std::string wmbus = "driver = \"wmbus\"\naddress = \"1\"\n";
    const std::string secret = "00112233445566778899aabbccddeefg";
    for (const std::string& key : {secret, secret.substr(2), "00" + secret, std::string{}}) {
        const Strings said = mistakes(wmbus + "key = \"" + key + "\"\n");
        ASSERT_EQ(said.size(), 1U) << key;
        EXPECT_EQ(said[0],
                  "homes.toml:8:7: household[0].device[0].key is not 32 hexadecimal digits (write "
                  "the AES-128 key of this device without blanks)");
    }
    for (const Strings& said :
         {mistakes(wmbus + "key = 0x" + secret.substr(0, 8) + "\n"),
          mistakes(wmbus + "key = 00112233\n"), mistakes(wmbus + "kee = \"" + secret + "\"\n")}) {
        ASSERT_FALSE(said.empty());
        for (const std::string& one : said) {
            EXPECT_EQ(one.find("0011"), std::string::npos) << one;
            EXPECT_EQ(one.find("eefg"), std::string::npos) << one;
        }
    }
}

TEST(DeviceKey, IsNothingForASensorOfOurOwn) {
    EXPECT_EQ(mistakes("key = \"00112233445566778899aabbccddeeff\"\nprofile = \"axioma-w1\"\n"),
              (Strings{"homes.toml:6:7: household[0].device[0].key is set for a native device "
                       "(remove it: Anju's own sensors prove themselves to the broker)",
                       "homes.toml:7:11: household[0].device[0].profile is set for a native device "
                       "(remove it: Anju's own sensors need none)"}));
}

TEST(DeviceProfile, MustExist) {
    const Strings said = mistakes("driver = \"wmbus\"\naddress = \"1\"\nprofile = \"axioma-w2\"\n");
    EXPECT_EQ(said, (Strings{"homes.toml:8:11: household[0].device[0].profile 'axioma-w2' is not a "
                             "profile (did you mean 'axioma-w1'?; profiles of your own are read "
                             "from profiles_dir at the start)"}));
    const auto unchecked =
        parse_directory(std::string(head) + "driver = \"x\"\naddress = \"1\"\nprofile = \"any\"\n",
                        "homes.toml", DirectoryBase{});
    EXPECT_TRUE(unchecked);
}

TEST(DeviceAddress, HoldsNoControlCharacter) {
    EXPECT_EQ(mistakes("driver = \"wmbus\"\naddress = \"a\\nb\"\n"),
              (Strings{"homes.toml:7:11: household[0].device[0].address holds a control character "
                       "(write what the driver calls this device)"}));
}

/// Everything a directory can say, in every way it can differ from the defaults.
std::vector<Household> everything() {
    std::vector<Household> homes(2);
    Household& first = homes[0];
    first.id = HouseholdId{"H-1"};
    first.community = "CQ \"SPB\"";
    first.residents = {{ResidentId{"R1"}, "王\\秀\t兰", ResidentStatus::hospitalised},
                       {ResidentId{"R2"}, "", ResidentStatus::active}};
    first.rules.presets.clear();
    first.rules.door_open_limit = 1h;
    first.rules.battery_low_pct = 20;
    first.rules.repeat_guard = 0ms;
    first.rules.reopen_window = 90s;
    for (const char* const key :
         {"battery_low_pct", "door_open_limit", "presets", "reopen_window", "repeat_guard"}) {
        first.origins.push_back({key, PolicyLayer::resident});
    }
    first.devices = {{.id = DeviceId{"N"},
                      .kind = SensorKind::water_meter,
                      .label = "厨房",
                      .driver = "native",
                      .address = "N",
                      .sample_every = 15min,
                      .deliver_every = 24h},
                     {.id = DeviceId{"W"},
                      .kind = SensorKind::water_meter,
                      .label = "",
                      .driver = "wmbus",
                      .address = "1234 \"5678\"",
                      .profile = "axioma-w1",
                      .key = "00112233445566778899aabbccddeeff",
                      .sample_every = 1h,
                      .deliver_every = 1h}};
    homes[1].id = HouseholdId{"H-2"};
    return homes;
}

TEST(DirectoryText, IsTakenBackEqual) {
    const auto homes = everything();
    const std::string text = text_of(homes, Rules{}, true);
    const auto again = read(text);
    ASSERT_TRUE(again) << again.error().front().text() << "\n" << text;
    EXPECT_EQ(*again, homes) << text;
    EXPECT_EQ(text_of(*again, Rules{}, true), text);
}

TEST(DirectoryText, IsTakenBackEqualUnderOtherDefaultsToo) {
    Rules defaults;
    defaults.battery_low_pct = 40;
    defaults.presets = {Preset::h24_8l};
    const auto homes = everything();
    const auto again = read(text_of(homes, defaults, true), defaults);
    ASSERT_TRUE(again) << again.error().front().text();
    ASSERT_EQ(again->size(), homes.size());
    for (std::size_t i = 0; i < homes.size(); ++i) {
        EXPECT_EQ((*again)[i].rules, homes[i].rules) << "what differs from the district is said";
        EXPECT_EQ((*again)[i].devices, homes[i].devices);
    }
}

TEST(DirectoryText, WithoutKeysIsRefusedRatherThanTakingThemOffTheDevices) {
    const std::string text = text_of(everything(), Rules{}, false);
    EXPECT_EQ(text.find("00112233"), std::string::npos) << text;
    const auto again = read(text);
    ASSERT_FALSE(again);
    ASSERT_EQ(again.error().size(), 1U);
    EXPECT_NE(again.error()[0].text().find("export it with --with-keys"), std::string::npos);
}

TEST(DirectoryText, OfADeviceFitsBelowItsHousehold) {
    const auto homes = everything();
    const auto again = read("[[household]]\nid = \"X\"\n" + device_text(homes[0].devices[1], true));
    ASSERT_TRUE(again) << again.error().front().text();
    EXPECT_EQ(again->front().devices, std::vector{homes[0].devices[1]});
}

TEST(Budgets, AreNumbersOfAMonthAndSurviveAnExport) {
    const std::string rules =
        "[[household]]\nid = \"H\"\n[household.rules]\nalert_budget = 0.083\nphone_budget = 2\n"
        "warm_up = \"28d\"\nhome_backstop = \"12h\"\nunknown_backstop = \"36h\"\n";
    const auto homes = read(rules);
    ASSERT_TRUE(homes) << homes.error().front().text();
    const Rules& read_back = homes->front().rules;
    EXPECT_EQ(read_back.alert_budget_milli, 83U);
    EXPECT_EQ(read_back.phone_budget_milli, 2000U);
    EXPECT_EQ(read_back.warm_up, 28 * 24h);
    EXPECT_EQ(read_back.home_backstop, 12h);
    EXPECT_EQ(read_back.unknown_backstop, 36h);
    const auto again = read(text_of(*homes, Rules{}, false));
    ASSERT_TRUE(again) << again.error().front().text();
    EXPECT_EQ(*again, *homes);
}

TEST(Budgets, AreRefusedOutsideOfWhatCanBeMeant) {
    for (const std::string value : {"0.001", "40", "0.12345", "\"0.3\"", "true"}) {
        const auto homes =
            read("[[household]]\nid = \"H\"\n[household.rules]\nalert_budget = " + value + "\n");
        ASSERT_FALSE(homes) << value;
        EXPECT_EQ(homes.error().size(), 1U) << value;
        EXPECT_NE(homes.error().front().text().find("homes.toml:4:"), std::string::npos) << value;
    }
}

TEST(Entrance, IsAPropertyOfDoorsAlone) {
    const std::string home = "[[household]]\nid = \"H\"\n[[household.device]]\nid = \"D\"\n";
    const auto homes = read(home + "kind = \"door\"\nentrance = false\n");
    ASSERT_TRUE(homes) << homes.error().front().text();
    EXPECT_FALSE(homes->front().devices[0].entrance);
    const auto again = read(text_of(*homes, Rules{}, false));
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *homes);
    EXPECT_TRUE(read(home + "kind = \"door\"\n")->front().devices[0].entrance);
    EXPECT_FALSE(read(home + "kind = \"motion\"\nentrance = true\n"));
}

}  // namespace
}  // namespace anju::config
