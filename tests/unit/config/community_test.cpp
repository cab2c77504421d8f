// Communities, workers and the people around a resident; policies in layers.
#include <chrono>

#include "config/policy_view.hpp"
#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using Strings = std::vector<std::string>;
using namespace std::chrono_literals;

constexpr std::string_view example = R"(
[[community]]
id = "C1"
name = "金开社区"
street = "人和街道"
district = "渝北区"
rules = { door_open_limit = "20min" }
ladder = { p2_lead = "20min", hours = "08:30-17:30" }
care = { calls = 2, call_windows = ["14:00-18:00", "09:00-11:00"] }
[[community.worker]]
id = "W1"
name = "陈静"
phone = "138 0000 0001"
email = "chen@example.org"
handle = "chenjing"
[[community.worker]]
id = "W2"
name = "刘洋"
weekdays = ["tue", "wed", "thu", "fri", "sat"]
[[community.worker]]
id = "L1"
role = "community_lead"
[[community.duty]]
dates = ["2026-10-01..2026-10-02", "2026-10-07"]
workers = ["W2"]
[[community.duty]]
date = "2026-10-03"
workers = ["W1", "W2"]
[[household]]
id = "H1"
community = "C1"
address = "人和街道 1 号 2-3"
rules = { alert_budget = 1, ladder = { p2_street = "45min" } }
[[household.resident]]
id = "R1"
name = "王秀兰"
phone = "023-6700 0000"
care = { visits = 2, by_message = true, variant_approved_by = "刘主任", weekdays = ["mon", "wed", "fri"], worker = "W1", call_windows = ["10:00-11:00"] }
contact = [{ name = "李梅", phone = "13900000000", relation = "女儿 daughter" }, { name = "老张", phone = "13700000000", role = "neighbour" }]
)";

DirectoryBase base() {
    DirectoryBase out;
    out.district.rules.battery_low_pct = 25;
    set_origin(out.district.origins, "battery_low_pct", PolicyLayer::district);
    out.calendar.years = {2026};
    return out;
}

Strings mistakes(std::string_view toml, const DirectoryBase& over = {}) {
    const auto said = parse_directory(toml, "f", over);
    Strings out;
    if (said) return out;
    for (const Error& error : said.error()) out.push_back(error.text());
    return out;
}

/// The mistakes of a community with one worker W1 and one more line.
Strings in_community(const std::string& line) {
    return mistakes("[[community]]\nid = 'C'\nworker = [{ id = 'W1' }]\n" + line + "\n");
}

TEST(Communities, AreReadWithTheirPeopleAndTheirDuty) {
    const auto said = parse_directory(example, "f", base());
    ASSERT_TRUE(said) << said.error().front().text();
    ASSERT_EQ(said->communities.size(), 1U);
    const Community& community = said->communities.front();
    EXPECT_EQ(community.street, "人和街道");
    ASSERT_EQ(community.workers.size(), 3U);
    EXPECT_EQ(community.workers[0].phone, "138 0000 0001");
    EXPECT_EQ(community.workers[1].weekdays, 0x3e);
    EXPECT_EQ(community.workers[2].role, Role::community_lead);
    ASSERT_EQ(community.duty.size(), 4U);
    EXPECT_EQ(community.duty[2].date, make_date(2026, 10, 3)) << "ascending, whatever the order";
    EXPECT_EQ(community.duty[2].workers.size(), 2U);
    EXPECT_EQ(community.care.calls, 2);
    EXPECT_EQ(community.care.call_windows.front().from, 9h) << "ascending, whatever the order";
    EXPECT_EQ(community.ladder, community.rules.ladder);
    EXPECT_EQ(community.calendar.years, std::vector{2026});

    const Resident& resident = said->homes.front().residents.front();
    EXPECT_EQ(said->homes.front().address, "人和街道 1 号 2-3");
    EXPECT_EQ(said->homes.front().calendar.years, std::vector{2026});
    EXPECT_EQ(resident.care.visits, 2);
    EXPECT_FALSE(resident.care.calls) << "what is not said is the community's";
    EXPECT_EQ(resident.care.weekdays, 0x15);
    EXPECT_EQ(resident.care.worker.value, "W1");
    ASSERT_EQ(resident.contacts.size(), 2U);
    EXPECT_EQ(resident.contacts[1].role, Role::neighbour);
}

TEST(Communities, AreTakenBackEqualFromTheirText) {
    const auto said = parse_directory(example, "f", base());
    ASSERT_TRUE(said) << said.error().front().text();
    const std::string text = directory_text(*said, base().district, true);
    const auto again = parse_directory(text, "f", base());
    ASSERT_TRUE(again) << again.error().front().text() << text;
    EXPECT_EQ(again->communities, said->communities) << text;
    EXPECT_EQ(again->homes, said->homes) << text;
}

TEST(Communities, OfTheGatewayServeHomesOfAFileWithoutAny) {
    auto over = base();
    over.registered = parse_directory(example, "f", base())->communities;
    const auto said = parse_directory("[[household]]\nid = 'H'\ncommunity = 'C1'\n", "f", over);
    ASSERT_TRUE(said) << said.error().front().text();
    EXPECT_EQ(said->homes.front().rules.door_open_limit, 20min);
    EXPECT_EQ(mistakes("[[household]]\nid = 'H'\ncommunity = 'C2'\n", over).size(), 1U);
}

TEST(Communities, TellEveryMistakeInItsPlace) {
    EXPECT_EQ(
        mistakes(R"([[community]]
id = "C"
[[community.worker]]
id = "W"
phone = "138x"
role = "boss"
weekdays = []
[[community.worker]]
id = "W"
email = "nobody"
[[community.duty]]
date = "2026-02-30"
workers = ["X"]
[[household]]
id = "H"
community = "D"
[[household.resident]]
id = "R"
care = { by_message = true, call_windows = ["11:00-09:00", "19:00-21:00", "9-11"] }
[[household.resident.contact]]
name = "A"
)"),
        (Strings{"f:5:9: community[0].worker[0].phone '138x' is not a number that can be dialled "
                 "(write digits, at least 3; blanks, + - ( ) may stand among them)",
                 "f:6:8: community[0].worker[0].role 'boss' is not what a worker can be (expected "
                 "one of grid_worker, community_lead, street_centre, district_centre, maintainer)",
                 "f:7:12: community[0].worker[0].weekdays is empty (remove this line, or name the "
                 "days)",
                 "f:9:6: community[0].worker[1].id 'W' is used twice, first at f:4:6 (give every "
                 "worker an id of its own)",
                 "f:10:9: community[0].worker[1].email 'nobody' is not an address (write one, "
                 "name@host)",
                 "f:12:8: community[0].duty[0].date '2026-02-30' is no day and no span of days "
                 "(write \"2026-10-01\", or a span of 31 days at most like "
                 "\"2026-10-01..2026-10-07\")",
                 "f:13:12: community[0].duty[0].workers holds 'X', no worker of here (did you "
                 "mean 'W'?)",
                 "f:16:13: household[0].community 'D' is no community that is known (did you mean "
                 "'C'?; or add its [[community]])",
                 "f:19:23: household[0].resident[0].care.by_message is a variant that nobody "
                 "approved (add variant_approved_by with the name of who did)",
                 "f:19:45: household[0].resident[0].care.call_windows holds '11:00-09:00', which "
                 "ends before it begins (write the earlier time first)",
                 "f:19:60: household[0].resident[0].care.call_windows holds '19:00-21:00', which "
                 "reaches into the night, from 20:00 to 08:00 (choose a span between 08:00 and "
                 "20:00)",
                 "f:19:75: household[0].resident[0].care.call_windows holds '9-11', which is not a "
                 "span of the day (write it like \"09:00-11:30\")",
                 "f:20:1: household[0].resident[0].contact[0].phone is missing (add phone = \"138 "
                 "0000 0000\" to this section)"}));
}

TEST(Communities, RefuseWhatCannotBe) {
    EXPECT_EQ(in_community("").size(), 0U);
    for (
        const char* const line :
        {R"(care = { call_windows = ["09:00-11:00", "10:30-12:00"] })",  // overlap
         "care = { visits = 4, calls = 4 }",                             // eight days
         "care = { max_gap_days = 1 }",                    // less than the preferred gap
         "care = { worker_residents_cap = 10 }",           // less than the aim
         R"(ladder = { p2_lead = "90min" })",              // later than the street centre
         R"(ladder = { p1_ask_119 = "2h" })",              // out of range
         R"(ladder = { hours = "18:00-09:00" })",          // reversed
         R"(rules = { ladder = { p2_lead = "20min" } })",  // stands in the wrong place
         R"(care = { visit_windows = [] })",               // empty
         R"(duty = [{ date = "2026-10-01", workers = [] }])",
         R"(duty = [{ date = "2026-10-01", workers = ["W1"] }, { dates = ["2026-10-01"], workers = ["W1"] }])",
         R"(care = { vists = 1 })"}) {
        EXPECT_EQ(in_community(line).size(), 1U) << line;
    }
}

TEST(Communities, KnowWhoeverIsAskedForByName) {
    const auto with = [](const std::string& worker) {
        return mistakes(
            "[[community]]\nid = 'C'\nworker = [{id = 'W1'}, {id = 'L', role = 'maintainer'}]\n"
            "[[household]]\nid = 'H'\ncommunity = 'C'\nresident = [{id = 'R', care = {worker = '" +
            worker + "'}}]\n");
    };
    EXPECT_EQ(with("W1"), Strings{});
    EXPECT_EQ(with("W2").size(), 1U);
    EXPECT_EQ(with("L").size(), 1U) << "makes no rounds";
    EXPECT_EQ(mistakes("[[household]]\nid = 'H'\nresident = [{id = 'R', care = {worker = 'W1'}}]\n")
                  .size(),
              1U)
        << "a home without a community has no workers";
}

PolicyRow row(const std::vector<PolicyRow>& rows, std::string_view key) {
    for (const PolicyRow& one : rows) {
        if (one.key == key) return one;
    }
    ADD_FAILURE() << key << " is missing";
    return {};
}

TEST(PolicyLayers, OverlayEachOtherFromTheProductToTheResident) {
    const auto said = parse_directory(example, "f", base());
    ASSERT_TRUE(said);
    const Household& home = said->homes.front();
    EXPECT_EQ(home.rules.battery_low_pct, 25) << "the district's";
    EXPECT_EQ(home.rules.door_open_limit, 20min) << "the community's";
    EXPECT_EQ(home.rules.ladder.p2_lead, 20min) << "the community's";
    EXPECT_EQ(home.rules.ladder.p2_street, 45min) << "the resident's";
    EXPECT_EQ(home.rules.home_backstop, Rules{}.home_backstop) << "the product's";
    EXPECT_EQ(home.origins,
              (std::vector<PolicyOrigin>{{"alert_budget", PolicyLayer::resident},
                                         {"battery_low_pct", PolicyLayer::district},
                                         {"door_open_limit", PolicyLayer::community},
                                         {"ladder.hours", PolicyLayer::community},
                                         {"ladder.p2_lead", PolicyLayer::community},
                                         {"ladder.p2_street", PolicyLayer::resident}}));
}

TEST(PolicyLayers, TellWhatEachOfThemSays) {
    const auto said = parse_directory(example, "f", base());
    ASSERT_TRUE(said);
    const Community& community = said->communities.front();
    const auto rules = rules_view(said->homes.front(), &community, base().district);
    const PolicyRow street = row(rules, "ladder.p2_street");
    EXPECT_EQ(street.value, "45min");
    EXPECT_EQ(street.layer, PolicyLayer::resident);
    EXPECT_EQ(street.product, "1h");
    EXPECT_FALSE(street.community);
    EXPECT_EQ(street.resident, "45min");
    const PolicyRow door = row(rules, "door_open_limit");
    EXPECT_EQ(door.community, "20min");
    EXPECT_FALSE(door.next) << "an import would change nothing";

    const auto care =
        care_view(said->homes.front().residents.front().care, &community, base().district);
    EXPECT_EQ(row(care, "care.visits").value, "2");
    EXPECT_EQ(row(care, "care.calls").value, "2");
    EXPECT_EQ(row(care, "care.calls").layer, PolicyLayer::community);
    EXPECT_EQ(row(care, "care.call_windows").community, "09:00-11:00, 14:00-18:00");
    EXPECT_EQ(row(care, "care.worker").resident, "W1");
    EXPECT_EQ(row(community_view(community, base().district), "battery_low_pct").layer,
              PolicyLayer::district);
}

TEST(PolicyLayers, TellWhatTheNextImportWouldChange) {
    const auto said = parse_directory(example, "f", base());
    ASSERT_TRUE(said);
    Policy changed = base().district;
    changed.rules.battery_low_pct = 30;
    changed.rules.ladder.p2_street = 90min;
    set_origin(changed.origins, "ladder.p2_street", PolicyLayer::district);
    const auto rules = rules_view(said->homes.front(), &said->communities.front(), changed);
    EXPECT_EQ(row(rules, "battery_low_pct").value, "25") << "until the next import";
    EXPECT_EQ(row(rules, "battery_low_pct").next, "30");
    EXPECT_FALSE(row(rules, "ladder.p2_street").next) << "the resident's word stands";
    EXPECT_EQ(row(rules, "ladder.p2_street").district, "90min");
}

class PolicyOfTheDistrict : public InFolder {};

TEST_F(PolicyOfTheDistrict, IsReadFromTheConfiguration) {
    const auto config = load(write("anju.toml", R"(
[gateway]
id = "g"
[home]
uri = "mqtt://127.0.0.1"
[rules]
battery_low_pct = 20
[rules.ladder]
p2_arrival = "45min"
[care]
visits = 2
)"));
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->policy.rules.ladder.p2_arrival, 45min);
    EXPECT_EQ(config->policy.care.visits, 2);
    EXPECT_EQ(layer_of(config->policy.origins, "ladder.p2_arrival"), PolicyLayer::district);
    EXPECT_EQ(layer_of(config->policy.origins, "care.visits"), PolicyLayer::district);
    EXPECT_EQ(layer_of(config->policy.origins, "care.calls"), PolicyLayer::product);
    const auto again = load(write("again.toml", masked(*config)));
    ASSERT_TRUE(again) << again.error().front().text();
    EXPECT_EQ(again->policy.rules, config->policy.rules);
    EXPECT_EQ(again->policy.care, config->policy.care);
}

}  // namespace
}  // namespace anju::config
