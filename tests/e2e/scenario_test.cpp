// Every scenario of the library, as a drill on a real box: all that it expects comes, and nothing
// else does. Bounds are of the scenario's time; a slow machine only takes longer.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/scenario_rig.hpp"

namespace anju::test {
namespace {

/// All that was expected came, and nothing else.
void is_met(const boost::json::object& score) {
    ASSERT_TRUE(score.contains("passed")) << boost::json::serialize(score);
    EXPECT_TRUE(score.at("passed").as_bool()) << boost::json::serialize(score);
    EXPECT_FALSE(score.at("expectations").as_array().empty());
    EXPECT_TRUE(score.at("unexpected").as_array().empty()) << boost::json::serialize(score);
}

class Library : public testing::TestWithParam<const char*> {};

TEST_P(Library, RaisesWhatItExpectsAndNothingElse) {
    DrilledBox box;
    ASSERT_EQ(box.start(), "");
    const auto score = box.drill(GetParam());
    ASSERT_NO_FATAL_FAILURE(is_met(score)) << box.rig().log("anjud");
}

TEST(OfflineWeek, IsMetAndWithTheDistrictAfterwardsNothingTwice) {
    DrilledBox box;
    ASSERT_EQ(box.start(), "");
    const auto score = box.drill("offline-week");
    ASSERT_NO_FATAL_FAILURE(is_met(score)) << box.rig().log("anjud");
    std::vector<std::string> alerts;
    for (const auto& each : score.at("expectations").as_array()) {
        if (!each.at("never").as_bool()) alerts.emplace_back(each.at("id").as_string());
    }
    ASSERT_EQ(alerts.size(), 2U);
    const auto got = box.district_gets(alerts);
    ASSERT_TRUE(got.contains("missing")) << box.rig().log("platform");
    EXPECT_EQ(got.at("missing").to_number<int>(), 0) << boost::json::serialize(got);
    std::map<std::string, std::int64_t> raised;
    for (const auto& each : got.at("alerts").as_array()) {
        raised[std::string(each.at("alert_id").as_string())] +=
            each.at("raised_events").to_number<std::int64_t>();
    }
    for (const auto& id : alerts) EXPECT_EQ(raised[id], 1) << id;
    for (const auto& stream : got.at("streams").as_array()) {
        EXPECT_EQ(stream.at("events"), stream.at("highest")) << boost::json::serialize(stream);
    }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Library,
                         testing::Values("broker-flood", "clock-jumps", "everything-at-once",
                                         "fall-at-night", "gas-alarm", "hospital", "meter-battery",
                                         "nine-days-away", "ordinary-week", "sensor-clocks",
                                         "smoke-cooking", "sos-evening", "tap-running"),
                         [](const auto& each) {
                             std::string name = each.param;
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace anju::test
