// The directory of homes: taken as a whole or not at all.
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>

#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using Strings = std::vector<std::string>;
using namespace std::chrono_literals;

Strings mistakes(std::string_view toml) {
    const DirectoryNames names{.drivers = {{"native", "zigbee2mqtt", "wmbus"}},
                               .profiles = {{"axioma-w1", "milesight-ws101"}}};
    const auto homes = parse_directory(toml, "homes.toml", DirectoryBase{}, names);
    Strings out;
    if (homes) return out;
    for (const Error& error : homes.error()) out.push_back(error.text());
    return out;
}

TEST(Directory, ReadsHomesResidentsAndDevices) {
    Rules defaults;
    defaults.battery_low_pct = 33;
    const auto homes = parse_directory(
        R"(
[[household]]
id = "H1"
community = "C1"
rules = { presets = ["24h-8L"], door_open_limit = "1h" }
[[household.resident]]
id = "R1"
name = "王秀兰"
status = "hospitalised"
[[household.device]]
id = "W1"
kind = "water_meter"
label = "kitchen"
sample_every = "15min"
deliver_every = "24h"
[[household.device]]
id = "D1"
kind = "door"
driver = "zigbee2mqtt"
address = "0x00158d0001a9ec71"
[[household]]
id = "H2"
)",
        "homes.toml", DirectoryBase{.district = {.rules = defaults, .care = {}, .origins = {}}});
    ASSERT_TRUE(homes) << homes.error().front().text();
    ASSERT_EQ(homes->homes.size(), 2U);
    const Household& home = homes->homes.front();
    EXPECT_EQ(home.id.value, "H1");
    EXPECT_EQ(home.community, "C1");
    EXPECT_EQ(home.rules.presets, std::vector{Preset::h24_8l});
    EXPECT_EQ(home.rules.door_open_limit, 1h);
    EXPECT_EQ(home.rules.battery_low_pct, 33) << "what is not said comes from the defaults";
    ASSERT_EQ(home.residents.size(), 1U);
    EXPECT_EQ(home.residents[0],
              (Resident{ResidentId{"R1"}, "王秀兰", ResidentStatus::hospitalised}));
    ASSERT_EQ(home.devices.size(), 2U);
    EXPECT_EQ(home.devices[0], (Device{.id = DeviceId{"W1"},
                                       .kind = SensorKind::water_meter,
                                       .label = "kitchen",
                                       .driver = "native",
                                       .address = "W1",
                                       .sample_every = 15min,
                                       .deliver_every = 24h}));
    EXPECT_EQ(home.devices[1].address, "0x00158d0001a9ec71");
    EXPECT_EQ(home.devices[1].sample_every, default_rhythm(SensorKind::door).sample_every);
    EXPECT_EQ(homes->homes.back().rules, defaults);
}

TEST(Directory, TellsAllMistakesAtOnceInTheirPlaces) {
    const Strings expected{
        "homes.toml:2:6: household[0].id 'a b' cannot be an id (use 1 to 64 bytes without blanks "
        "and without / + # \")",
        "homes.toml:5:10: household[0].resident[0].status 'ill' is not a status (expected one of "
        "active, away, hospitalised, institution, declined, withdrawn, deceased)",
        "homes.toml:6:1: household[0].resident[0].nme is not a known key (did you mean 'name'?)",
        "homes.toml:7:1: household[0].device[0].kind is missing (add kind = \"water_meter\" to "
        "this section)",
        "homes.toml:7:1: household[0].device[0].address is missing (add address = \"what the "
        "driver calls this device\" to this section)",
        "homes.toml:9:10: household[0].device[0].driver 'zigbee' is not a driver (did you mean "
        "'zigbee2mqtt'?)",
        "homes.toml:12:8: household[0].device[1].kind 'watermeter' is not a kind of sensor (did "
        "you mean 'water_meter'?)",
        "homes.toml:13:16: household[0].device[1].sample_every '15' is not a duration (write a "
        "whole number and ms, s, min, h or d, such as \"30min\")",
        "homes.toml:17:17: household[0].device[2].deliver_every is shorter than sample_every (a "
        "device cannot deliver more often than it measures)",
        "homes.toml:19:11: household[0].device[2].address 'x' differs from the id (remove it: a "
        "native device is addressed by its id)",
        "homes.toml:20:2: residents is not a known key (expected one of community, household)",
    };
    EXPECT_EQ(mistakes(R"([[household]]
id = "a b"
[[household.resident]]
id = "R"
status = "ill"
nme = "x"
[[household.device]]
id = "D0"
driver = "zigbee"
[[household.device]]
id = "D1"
kind = "watermeter"
sample_every = "15"
[[household.device]]
id = "D2"
kind = "door"
deliver_every = "1min"
sample_every = "1h"
address = "x"
[residents]
)"),
              expected);
}

TEST(Directory, WantsIdsUniqueOverTheWholeFileAndAddressesPerDriver) {
    EXPECT_EQ(mistakes(R"([[household]]
id = "H"
resident = [{id = "R"}]
device = [{id = "D", kind = "door", driver = "zigbee2mqtt", address = "A"}]
[[household]]
id = "I"
[[household.resident]]
id = "R"
[[household.device]]
id = "D"
kind = "door"
[[household.device]]
id = "E"
kind = "door"
driver = "zigbee2mqtt"
address = "A"
[[household]]
id = "H"
)"),
              (Strings{"homes.toml:8:6: household[1].resident[0].id 'R' is used twice, first at "
                       "homes.toml:3:19 (give every resident an id of its own)",
                       "homes.toml:10:6: household[1].device[0].id 'D' is used twice, first at "
                       "homes.toml:4:17 (give every device an id of its own)",
                       "homes.toml:16:11: household[1].device[1].address 'A' is used twice with "
                       "driver 'zigbee2mqtt', first at homes.toml:4:71 (two devices cannot share "
                       "an address)",
                       "homes.toml:18:6: household[2].id 'H' is used twice, first at "
                       "homes.toml:2:6 (give every household an id of its own)"}));
}

TEST(Directory, FillsARhythmThatIsHalfSaid) {
    const auto homes = parse_directory(
        "[[household]]\nid = 'H'\ndevice = [{id = 'A', kind = 'water_meter', sample_every = '6h'},"
        "{id = 'B', kind = 'door', deliver_every = '1min'}]\n",
        "homes.toml", DirectoryBase{});
    ASSERT_TRUE(homes) << homes.error().front().text();
    EXPECT_EQ(homes->homes.front().devices[0].deliver_every, 6h)
        << "not more often than it measures";
    EXPECT_EQ(homes->homes.front().devices[1].sample_every, 1min);
}

TEST(Directory, TakesAnEmptyFileAndRefusesBrokenToml) {
    EXPECT_EQ(mistakes(""), Strings{});
    EXPECT_EQ(mistakes("household = 3\n"),
              (Strings{"homes.toml:1:13: household is an integer (write sections [[household]])"}));
    EXPECT_EQ(mistakes("[[household]\n").size(), 1U);
    EXPECT_EQ(mistakes("[[household]]\nid = \"\xff\"\n").size(), 1U) << "not UTF-8";
}

TEST(Directory, TakesTheExampleThatIsShipped) {
    std::ifstream file(ANJU_SOURCE_DIR "/deploy/config/homes.toml");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    EXPECT_EQ(mistakes(text), Strings{});
}

TEST(Directory, TakesTenThousandHomesInReasonableTime) {
    std::string toml;
    for (int i = 0; i < 10'000; ++i) {
        const std::string n = std::to_string(i);
        toml += "[[household]]\nid = \"H" + n + "\"\ncommunity = \"C1\"\n[[household.resident]]\n" +
                "id = \"R" + n + "\"\nname = \"老人" + n + "\"\n";
        for (const char* const kind : {"water_meter", "door", "smoke"}) {
            toml += std::string("[[household.device]]\nid = \"") + kind + n + "\"\nkind = \"" +
                    kind + "\"\ndriver = \"zigbee2mqtt\"\naddress = \"0x" + kind + n + "\"\n";
        }
    }
    const auto start = std::chrono::steady_clock::now();
    const auto homes = parse_directory(toml, "homes.toml", DirectoryBase{});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(homes) << homes.error().front().text();
    EXPECT_EQ(homes->homes.size(), 10'000U);
    EXPECT_EQ(homes->homes.back().devices.size(), 3U);
    RecordProperty("seconds", std::to_string(took.count()));
    std::printf("%zu bytes, 10000 homes with 30000 devices: %.2f s\n", toml.size(), took.count());
}

TEST(Directory, TakesHomesToPractiseWithOnlyWhereThatIsAllowed) {
    const std::string_view toml = "[[household]]\nid = \"H1\"\ndrill = \"staff\"\n";
    const auto refused = parse_directory(toml, "drill.toml", DirectoryBase{});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().where, "drill.toml:3:9");
    EXPECT_NE(refused.error().front().text().find("[drill]"), std::string::npos);
    DirectoryBase base;
    base.drills_allowed = true;
    const auto taken = parse_directory(toml, "drill.toml", base);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->homes.front().drill, Drill::staff);
    EXPECT_EQ(*parse_directory(directory_text(*taken, {}, true), "again.toml", base)->homes.begin(),
              taken->homes.front());
    const auto unknown =
        parse_directory("[[household]]\nid = \"H1\"\ndrill = \"staf\"\n", "drill.toml", base);
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().front().text().find("staff"), std::string::npos);
}

}  // namespace
}  // namespace anju::config
