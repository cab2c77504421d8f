// What scenario files may say of incidents, networks and expectations, and what is said about
// mistakes: file, line, what is wrong, what to do.
#include <gtest/gtest.h>

#include <string>

#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr auto header = R"(name = "x"
title_zh = "测试"
title_en = "test"
start = "2026-03-02T06:00"
lasts = "1d"
[[home]]
id = "a"
community = "c"
resident = "r"
person_zh = "甲"
person_en = "A"
device = [
  { name = "meter", kind = "water_meter", label = "m", sample_every = "1h" },
  { name = "smoke", kind = "smoke", label = "s", sample_every = "4h" },
  { name = "door", kind = "door", label = "d", sample_every = "1h" },
]
)";

struct Case {
    const char* toml;  ///< from line 17 on
    const char* said;
};

class Mistakes : public testing::TestWithParam<Case> {};

TEST_P(Mistakes, AreNamedWithLineAndRemedy) {
    const auto parsed = parse_scenario(std::string(header) + GetParam().toml, "f.toml");
    ASSERT_FALSE(parsed) << "taken";
    EXPECT_EQ(parsed.error().text(), GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(
    OfIncidents, Mistakes,
    testing::Values(
        Case{R"(incident = [{ waht = "smoke", at = "07:00" }])",
             "f.toml:17: unknown key 'waht' (did you mean 'what'?)"},
        Case{R"(incident = [{ what = "smok", at = "07:00" }])",
             "f.toml:17: 'what' is not valid: 'smok' (did you mean 'smoke'?)"},
        Case{R"(incident = [{ what = "smoke", at = "07:00", device = "door" }])",
             "f.toml:17: 'smoke' does not happen to 'door' (take a device of kind \"smoke\")"},
        Case{R"(incident = [{ what = "gas", at = "07:00" }])",
             "f.toml:17: 'gas' in a home without such a sensor (add a [[home.device]] of kind "
             "\"gas\")"},
        Case{R"(incident = [{ what = "reboot", at = "07:00" }])",
             "f.toml:17: 'device' is missing (add it)"},
        Case{R"(incident = [{ what = "fall", at = "07:00", room = "bathrom" }])",
             "f.toml:17: 'room' is not valid: 'bathrom' (did you mean 'bathroom'?)"},
        Case{R"(incident = [{ what = "travel", at = "07:00", device = "door" }])",
             "f.toml:17: 'travel' happens to no device (leave 'device' out)"},
        Case{R"(incident = [{ what = "visitor", at = "07:00" }])",
             "f.toml:17: 'visitor' without an end (say how long it 'lasts', like \"20m\")"},
        Case{R"(incident = [{ what = "reboot", at = "07:00", device = "door", lasts = "1h" }])",
             "f.toml:17: 'reboot' is over at once (leave 'lasts' out)"},
        Case{R"(incident = [{ what = "smoke", at = "07:00", litres = 3 }])",
             "f.toml:17: 'smoke' knows no 'litres' (leave it out)"},
        Case{R"(incident = [{ what = "smoke", day = 3, at = "07:00" }])",
             "f.toml:17: 'smoke' after the scenario's end (it lasts 1d; make it longer)"},
        Case{R"(incident = [{ what = "smoke", at = "05:00" }])",
             "f.toml:17: 'smoke' before the scenario begins (it begins at 06:00:00 of day 1)"},
        Case{"incident = [{ what = \"travel\", at = \"07:00\", lasts = \"3h\" },\n"
             "{ what = \"fall\", at = \"09:00\", room = \"hall\" }]",
             "f.toml:18: 'fall' begins while 'travel' of line 17 still lasts (let one end before "
             "the other begins)"}));

INSTANTIATE_TEST_SUITE_P(
    OfNetworks, Mistakes,
    testing::Values(
        Case{"[[network]]\nwhat = \"cutt\"\nlink = \"home\"\nat = \"07:00\"\nlasts = \"1h\"",
             "f.toml:18: 'what' is not valid: 'cutt' (did you mean 'cut'?)"},
        Case{"[[network]]\nwhat = \"cut\"\nlink = \"a-dor\"\nat = \"07:00\"\nlasts = \"1h\"",
             "f.toml:19: no link 'a-dor' (did you mean 'a-door'?)"},
        Case{"[[network]]\nwhat = \"slow\"\nlink = \"a-door\"\nat = \"07:00\"\nlasts = \"1h\"",
             "f.toml:18: a device's own link cannot be slow (take cut, stall or half_open)"},
        Case{"[[network]]\nwhat = \"cut\"\nlink = \"home\"\nat = \"07:00\"\nlasts = \"1h\"\n"
             "[[network]]\nwhat = \"stall\"\nlink = \"home\"\nat = \"07:30\"\nlasts = \"1h\"",
             "f.toml:22: 'stall' begins while 'cut' of line 17 still lasts (let one end before "
             "the other begins)"}));

INSTANTIATE_TEST_SUITE_P(
    OfExpectations, Mistakes,
    testing::Values(
        Case{"[[expect]]\nhome = \"b\"\nalert = \"smoke\"",
             "f.toml:18: no home 'b' (did you mean 'a'?)"},
        Case{"[[expect]]\nhome = \"a\"",
             "f.toml:17: an expectation needs 'alert' or 'never', one of them (alert = \"smoke\": "
             "has to come; never = \"smoke\": must not)"},
        Case{"[[expect]]\nhome = \"a\"\nnever = \"smoke\"\nwithin = \"1m\"",
             "f.toml:20: 'within' beside 'never' (what never comes has none; leave it out)"},
        Case{"[[expect]]\nhome = \"a\"\nalert = \"smoke\"",
             "f.toml:19: nothing that happens in 'a' can lead to 'smoke' (add the "
             "[[home.incident]] or [[network]] that does, or take the line out)"},
        Case{"incident = [{ what = \"smoke\", at = \"07:00\" }]\n"
             "[[expect]]\nhome = \"a\"\nalert = \"smoke\"\ntold = [\"grid_wroker\"]",
             "f.toml:21: no role 'grid_wroker' (did you mean 'grid_worker'?)"},
        Case{"incident = [{ what = \"smoke\", at = \"07:00\" }]\n"
             "[[expect]]\nhome = \"a\"\nalert = \"smoke\"\nwithin = \"1m\"\nnot_before = \"2m\"",
             "f.toml:22: 'not_before' is later than 'within' (leave a span between them)"},
        Case{"[[home]]\nid = \"a\"\ncommunity = \"c\"\nresident = \"q\"\nperson_zh = \"乙\"\n"
             "person_en = \"B\"\n"
             "device = [{ name = \"d\", kind = \"door\", label = \"d\", sample_every = \"1h\" }]",
             "f.toml:17: there are two homes 'a' (give each an id of its own)"}));

TEST(ScenarioWords, CountAnExpectationFromTheIncidentThatCausesIt) {
    const auto parsed = parse_scenario(std::string(header) + R"(
incident = [{ what = "tap_running", at = "09:00", lasts = "2h", litres_an_hour = 300 },
            { what = "smoke", at = "11:42", lasts = "6m" }]
[[network]]
what = "half_open"
link = "a-door"
day = 2
at = "01:00"
lasts = "30m"
[[expect]]
home = "a"
alert = "smoke"
priority = "P1"
within = "10s"
told = ["grid_worker", "street_centre"]
ends = "open"
[[expect]]
home = "a"
never = "inactivity"
)",
                                       "f.toml");
    ASSERT_TRUE(parsed) << parsed.error().text();
    EXPECT_EQ(parsed->homes[0].incidents[0].amount, 300);
    EXPECT_EQ(parsed->homes[0].incidents[1].device, 1U) << "the only smoke alarm";
    EXPECT_EQ(parsed->network[0].at, 25h);
    ASSERT_EQ(parsed->expectations.size(), 2U);
    const auto& smoke = parsed->expectations[0];
    EXPECT_EQ(smoke.from, 11h + 42min);
    EXPECT_EQ(smoke.within, 10s);
    EXPECT_EQ(smoke.told, (std::vector<Role>{Role::grid_worker, Role::street_centre}));
    EXPECT_EQ(smoke.ends, AlertState::open);
    EXPECT_TRUE(parsed->expectations[1].never);
}

TEST(ScenarioWords, SetTheClockOfTheGatewayInTheOrderOfTime) {
    const auto with_clocks = [](const std::string& clocks) {
        const auto known = load_scenario("ordinary-week").value().text;
        return parse_scenario(known + clocks, "f.toml");
    };
    const auto parsed = with_clocks(
        "[[clock]]\nday = 3\nat = \"10:00\"\nby = \"-2h\"\n[[clock]]\nat = \"09:00\"\nby = "
        "\"3d\"\n");
    ASSERT_TRUE(parsed) << parsed.error().text();
    ASSERT_EQ(parsed->clock.size(), 2U);
    EXPECT_EQ(parsed->clock[0].by, Duration{72h});
    EXPECT_EQ(parsed->clock[1].at, Duration{58h});
    EXPECT_EQ(parsed->clock[1].by, Duration{-2h});
    for (const auto* wrong : {"0h", "-", "soon", "--2h"}) {
        const auto refused =
            with_clocks("[[clock]]\nat = \"09:00\"\nby = \"" + std::string(wrong) + "\"\n");
        ASSERT_FALSE(refused) << wrong;
        EXPECT_NE(refused.error().remedy.find("-2h"), std::string::npos);
    }
    EXPECT_FALSE(with_clocks("[[clock]]\nday = 30\nat = \"09:00\"\nby = \"1h\"\n"));
}

}  // namespace
}  // namespace anju::sim
