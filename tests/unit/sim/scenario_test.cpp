// Scenario files: what is in them, and what is said about mistakes.
#include "firmware-sim/scenario/scenario.hpp"

#include <gtest/gtest.h>

#include <set>

#include "firmware-sim/directory.hpp"
#include "firmware-sim/life/residents.hpp"

namespace anju::sim {
namespace {

constexpr auto header = R"(name = "x"
title_zh = "测试"
title_en = "test"
start = "2026-03-02T06:00"
lasts = "2h"
[[home]]
id = "a"
community = "c"
resident = "r"
person_zh = "甲"
person_en = "A"
)";

std::string mistake(const std::string& home) {
    const auto parsed = parse_scenario(header + home, "file.toml");
    return parsed ? "" : parsed.error().text();
}

TEST(Scenario, ReadsEveryScenarioOfTheProgram) {
    EXPECT_EQ(scenario_names(),
              (std::vector<std::string>{
                  "broker-flood", "clock-jumps", "demo-day", "everything-at-once", "fall-at-night",
                  "gas-alarm", "hospital", "meter-battery", "month", "neighbours", "nine-days-away",
                  "offline-week", "ordinary-week", "quiet-day", "sensor-clocks", "smoke-cooking",
                  "sos-evening", "tap-running"}));
    for (const auto& name : scenario_names()) {
        const auto scenario = load_scenario(name);
        ASSERT_TRUE(scenario) << scenario.error().text();
        EXPECT_EQ(scenario->name, name);
    }
}

TEST(Scenario, SaysFileLineKeyAndRemedyOfAMistake) {
    const auto unknown = mistake("devise = []\n");
    EXPECT_NE(unknown.find("file.toml:12"), std::string::npos) << unknown;
    EXPECT_NE(unknown.find("'devise'"), std::string::npos) << unknown;
    EXPECT_NE(unknown.find("device"), std::string::npos) << unknown;

    const auto kind = mistake(
        R"(device = [{ name = "m", kind = "watermeter", label = "m", sample_every = "1h" }])");
    EXPECT_NE(kind.find("'watermeter'"), std::string::npos) << kind;
    const auto missing = mistake(R"(device = [{ name = "m", label = "m", sample_every = "1h" }])");
    EXPECT_NE(missing.find("'kind' is missing"), std::string::npos) << missing;
    const auto device = mistake(
        R"(device = [{ name = "m", kind = "door", label = "m", sample_every = "1h" }]
incident = [{ what = "smoke", at = "07:00", device = "n" }])");
    EXPECT_NE(device.find("no device 'n'"), std::string::npos) << device;
    EXPECT_NE(mistake("= 3").find("not valid TOML"), std::string::npos);
    EXPECT_NE(mistake("").find("without devices"), std::string::npos);
}

constexpr auto staffed =
    R"(device = [{ name = "m", kind = "door", label = "m", sample_every = "1h" }]
[[community]]
id = "c"
name = "测试社区"
street = "街道"
district = "区"
worker = [{ id = "w1", name = "刘敏", phone = "13900000001" },
          { id = "l1", name = "赵强", role = "community_lead" }]
)";

TEST(Scenario, ReadsWhoWorksInACommunityAndWhatTheyDoInTheOrderOfTime) {
    const auto parsed = parse_scenario(std::string(header) + staffed + R"(
errand = [{ day = 2, at = "09:00", who = "w1", resident = "r", kind = "visit" },
          { at = "14:35", who = "w1", resident = "r", outcome = "unreached" }]
)",
                                       "file.toml");
    ASSERT_TRUE(parsed) << parsed.error().text();
    ASSERT_EQ(parsed->communities.size(), 1U);
    const SimCommunity& community = parsed->communities[0];
    EXPECT_EQ(community.workers[1].role, Role::community_lead);
    ASSERT_EQ(community.errands.size(), 2U);
    EXPECT_EQ(community.errands[0].outcome, Outcome::unreached);
    EXPECT_EQ(community.errands[1].at, std::chrono::hours{33});
    EXPECT_EQ(community.errands[1].kind, TaskKind::home_visit);

    const auto toml = directory_toml(parsed->homes, parsed->communities);
    EXPECT_NE(toml.find("[[community.worker]]\nid = \"w1\""), std::string::npos) << toml;
    EXPECT_NE(toml.find("role = \"community_lead\""), std::string::npos);
}

TEST(Scenario, RefusesAnErrandOfNobodyAndToNobody) {
    const auto who = mistake(std::string(staffed) +
                             R"(errand = [{ at = "09:00", who = "w9", resident = "r" }])");
    EXPECT_NE(who.find("no worker 'w9'"), std::string::npos) << who;
    const auto whom = mistake(std::string(staffed) +
                              R"(errand = [{ at = "09:00", who = "w1", resident = "r9" }])");
    EXPECT_NE(whom.find("no resident 'r9'"), std::string::npos) << whom;
}

constexpr auto one_device =
    "device = [{ name = \"m\", kind = \"door\", label = \"m\", sample_every = \"1h\" }]\n";

TEST(Scenario, LetsAResidentBeOfAKind) {
    const auto parsed = parse_scenario(
        std::string(header) + one_device + "resident_kind = \"outgoing\"\n", "file.toml");
    ASSERT_TRUE(parsed) << parsed.error().text();
    ASSERT_TRUE(parsed->homes[0].habits);
    EXPECT_EQ(parsed->homes[0].habits->trip_days,
              life::find_resident("outgoing")->habits.trip_days);
}

TEST(Scenario, RefusesAKindNobodyIsAndAKindBesideARoutine) {
    const auto nobody = mistake(std::string(one_device) + "resident_kind = \"wizard\"\n");
    EXPECT_NE(nobody.find("no such kind of resident 'wizard'"), std::string::npos) << nobody;
    EXPECT_NE(nobody.find("homebody"), std::string::npos) << nobody;
    const auto both = mistake(std::string(one_device) +
                              "resident_kind = \"frail\"\nroutine = { wake = \"06:50\" }\n");
    EXPECT_NE(both.find("'resident_kind' beside 'routine'"), std::string::npos) << both;
}

TEST(Scenario, ReportsAFileThatIsNotThere) {
    EXPECT_FALSE(load_scenario("/nonexistent/x.toml"));
    const auto unknown = load_scenario("no-such-day");
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().text().find("demo-day"), std::string::npos);
}

TEST(Scenario, GivesEveryCopyOfAHomeItsOwnIds) {
    const auto homes = populate(load_scenario("demo-day").value(), 10);
    ASSERT_EQ(homes.size(), 10U);
    std::set<std::string> ids;
    for (const auto& home : homes) {
        EXPECT_TRUE(ids.insert(home.id.value).second) << home.id.value;
        EXPECT_TRUE(ids.insert(home.resident.id.value).second);
        for (const auto& device : home.devices) {
            EXPECT_TRUE(ids.insert(device.device.id.value).second) << device.device.id.value;
            EXPECT_EQ(device.device.address, device.device.id.value);
            EXPECT_TRUE(device.device.id.value.starts_with(home.id.value + "-"));
        }
    }
}

TEST(Directory, NamesEveryDeviceOfEveryHome) {
    const auto homes = populate(load_scenario("demo-day").value(), 0);
    const auto toml = directory_toml(homes);
    for (const auto& home : homes) {
        for (const auto& device : home.devices) {
            EXPECT_NE(toml.find("id = \"" + device.device.id.value + "\""), std::string::npos);
        }
    }
    EXPECT_NE(toml.find("driver = \"zigbee2mqtt\""), std::string::npos);
    EXPECT_NE(toml.find("sample_every = \"1h\""), std::string::npos);
}

TEST(Directory, WritesDurationsAsTheGatewayReadsThem) {
    auto homes = load_homes(1, 1);
    homes[0].devices[0].device.sample_every = std::chrono::minutes{30};
    homes[0].devices[0].device.deliver_every = std::chrono::minutes{90};
    const auto toml = directory_toml(homes);
    EXPECT_NE(toml.find("sample_every = \"30min\""), std::string::npos) << toml;
    EXPECT_NE(toml.find("deliver_every = \"90min\""), std::string::npos) << toml;
}

}  // namespace
}  // namespace anju::sim
