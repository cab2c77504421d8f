// Who is told of a drill, and in which words.
#include "tests/unit/notify/router_fixture.hpp"

namespace anju::notify {
namespace {

using test::RouterTest;
using namespace std::chrono_literals;

TEST_F(RouterTest, TellsOfADrillTheMaintainersAlone) {
    street.drill = Drill::maintainers;
    street.neighbours = {{"contact:r:1", "赵", "13900000007", "", ""}};
    options.channels.push_back({"all", ChannelKind::wecom, {}, {}, {}, false});
    options.channels.push_back({"upkeep", ChannelKind::wecom, {Role::maintainer}, {}, {}, false});
    const auto all =
        route(Priority::p1, SummonsCause::told,
              {Role::emergency_contact, Role::neighbour, Role::grid_worker, Role::second_worker});
    std::vector<std::string> told;
    for (const Notice& one : all) told.push_back(one.recipient);
    std::ranges::sort(told);
    EXPECT_EQ(told, (std::vector<std::string>{"group:upkeep", "worker:ma"}));
}

TEST_F(RouterTest, DisturbsNobodyElseWhenADrillFindsNoMaintainer) {
    class Empty final : public Directory {
    public:
        std::vector<Person> who(Role role, const HouseholdId&, Instant) const override {
            if (role == Role::community_lead) return {{"worker:boss", "李", "138", "", ""}};
            return {};
        }
        std::optional<Person> worker(const HouseholdId&, const WorkerId&) const override {
            return {};
        }
        Scene scene(const HouseholdId&, const ResidentId&) const override {
            return {"", "", "", "", "", Drill::maintainers};
        }
        std::optional<Alert> alert(const HouseholdId&, const AlertId&) const override { return {}; }
        std::vector<HouseholdId> units_of_communities() const override { return {}; }
        bool can_ask(const HouseholdId&) const override { return true; }
    } empty;
    const Decision decision{
        HouseholdId{"h"}, 1, now,
        Summons{AlertId{"h-1"}, AlertKind::smoke, Priority::p1, {Role::resident}, {}, 0}};
    const auto all = Router(options, empty, &signer).notices(decision, {&decision, 1}, {}, now);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().recipient, "nobody:maintainer");
    EXPECT_EQ(all.front().state, NoticeState::skipped);
}

TEST_F(RouterTest, TellsStaffOfADrillAsOfAnAlertButNoRelativesAndSaysSo) {
    street.drill = Drill::staff;
    street.speaker = true;
    street.neighbours = {{"contact:r:1", "赵", "13900000007", "", ""}};
    const auto all =
        route(Priority::p1, SummonsCause::told,
              {Role::resident, Role::emergency_contact, Role::neighbour, Role::grid_worker});
    EXPECT_EQ(to(all, "contact:r:0"), nullptr);
    EXPECT_EQ(to(all, "contact:r:1"), nullptr);
    EXPECT_EQ(to(all, "resident:h"), nullptr) << "the loudspeaker stands in somebody's flat";
    const Notice* const worker = to(all, "worker:lin");
    ASSERT_NE(worker, nullptr);
    EXPECT_TRUE(worker->brief.title.starts_with("【安居·演练·危急】")) << worker->brief.title;
    EXPECT_NE(worker->brief.text.find("不要拨打119"), std::string::npos) << worker->brief.text;
    ASSERT_NE(to(all, "group:robot"), nullptr);
    EXPECT_NE(to(all, "group:robot")->open.text.find("[Anju DRILL CRITICAL]"), std::string::npos);
}

}  // namespace
}  // namespace anju::notify
