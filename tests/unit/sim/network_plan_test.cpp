// Links break and heal when the scenario says so.
#include "firmware-sim/homes/network_plan.hpp"

#include <gtest/gtest.h>

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

class Recorded final : public LinkFaults {
public:
    [[nodiscard]] bool has(std::string_view link) const override { return link == "home"; }
    result<void> begin(std::string_view link, LinkFault what) override {
        done.push_back(std::string(link) + " " + std::string(name_of(what)));
        return {};
    }
    result<void> heal(std::string_view link) override {
        done.push_back(std::string(link) + " heals");
        return {};
    }
    std::vector<std::string> done;
};

constexpr Instant midnight{};

TEST(NetworkPlan, BreaksAndHealsAGatewaysLinkInTheOrderOfTime) {
    Recorded faults;
    NetworkPlan plan({{LinkFault::stall, "home", 3h, 1h, 1}, {LinkFault::cut, "home", 1h, 2h, 2}},
                     midnight, &faults);
    ASSERT_TRUE(plan.check());
    EXPECT_EQ(plan.next(), midnight + 1h);
    (void)plan.advance(midnight + 3h);
    EXPECT_EQ(faults.done, (std::vector<std::string>{"home cut", "home heals", "home stall"}));
    plan.heal();
    EXPECT_EQ(faults.done.back(), "home heals") << "nothing is left broken behind it";
    EXPECT_FALSE(plan.next());
}

TEST(NetworkPlan, RefusesALinkInWhichNothingStands) {
    Recorded faults;
    EXPECT_FALSE(NetworkPlan({{LinkFault::cut, "district", 1h, 1h, 1}}, midnight, &faults).check());
    EXPECT_FALSE(NetworkPlan({{LinkFault::cut, "home", 1h, 1h, 1}}, midnight, nullptr).check());
    EXPECT_TRUE(NetworkPlan({{LinkFault::cut, "a-door", 1h, 1h, 1}}, midnight, nullptr).check());
}

TEST(NetworkPlan, LetsAHalfOpenDeviceSpeakAndHearNothing) {
    NetworkPlan plan(
        {{LinkFault::half_open, "a-door", 1h, 1h, 1}, {LinkFault::cut, "a-bath", 1h, 1h, 2}},
        midnight, nullptr);
    EXPECT_FALSE(plan.deaf("a-door"));
    (void)plan.advance(midnight + 1h);
    EXPECT_TRUE(plan.deaf("a-door"));
    EXPECT_FALSE(plan.mute("a-door"));
    EXPECT_TRUE(plan.mute("a-bath"));
    (void)plan.advance(midnight + 2h);
    EXPECT_FALSE(plan.deaf("a-door"));
    EXPECT_FALSE(plan.mute("a-bath"));
}

TEST(NetworkPlan, HearsWhatComesSlowly) {
    Recorded faults;
    NetworkPlan plan({{LinkFault::slow, "home", 1h, 1h, 1}}, midnight, &faults);
    (void)plan.advance(midnight + 1h);
    EXPECT_EQ(faults.done, (std::vector<std::string>{"home slow"}));
    EXPECT_FALSE(plan.deaf("home")) << "a gateway behind it is waited for";
    EXPECT_FALSE(plan.mute("home"));
}

}  // namespace
}  // namespace anju::sim
