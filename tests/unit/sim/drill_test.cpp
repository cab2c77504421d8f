// What may be played on which box, and under which names.
#include "firmware-sim/drill/drill_run.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/directory.hpp"
#include "firmware-sim/drill/box.hpp"

namespace anju::sim {
namespace {

BoxState box_in_service() {
    return {"box-1", "0.1.0", {}, false, true};
}

TEST(Drill, IsRefusedWhereItIsNotAllowedWithWhatToDo) {
    auto box = box_in_service();
    const auto smoke = load_scenario("smoke-cooking").value();
    EXPECT_TRUE(playable(smoke, box));
    box.drills_allowed = false;
    const auto refused = playable(smoke, box);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().remedy.find("allowed = true in [drill]"), std::string::npos);
}

TEST(Drill, OfWeeksNeedsADrivenClock) {
    auto long_one = load_scenario("smoke-cooking").value();
    long_one.lasts = std::chrono::hours{24 * 20};
    auto box = box_in_service();
    const auto refused = playable(long_one, box);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("20d"), std::string::npos) << refused.error().text();
    box.driven_clock = true;
    EXPECT_TRUE(playable(long_one, box));
}

TEST(Drill, ThatExpectsNothingOrStandsBesideAZigbeeBridgeIsRefused) {
    EXPECT_FALSE(playable(load_scenario("month").value(), box_in_service()));
    auto zigbee = load_scenario("smoke-cooking").value();
    zigbee.homes[0].devices[0].protocol = Protocol::zigbee2mqtt;
    EXPECT_FALSE(playable(zigbee, box_in_service()));
}

TEST(Drill, MarksEveryIdAndEveryHomeAsMadeUp) {
    const auto drill = as_drill(load_scenario("smoke-cooking").value(), "C7");
    EXPECT_EQ(drill.homes[0].id.value, "drill-h1");
    EXPECT_EQ(drill.homes[0].resident.id.value, "drill-r1");
    EXPECT_EQ(drill.homes[0].devices[0].device.address, "drill-h1-meter");
    const auto toml = directory_toml(drill.homes, {}, "maintainers");
    EXPECT_NE(toml.find("community = \"C7\"\ndrill = \"maintainers\"\n"), std::string::npos)
        << toml;
    EXPECT_EQ(toml.find("[[community]]"), std::string::npos) << "the box keeps its own";
}

TEST(Drill, WhoseReportCannotBeWrittenDoesNotBegin) {
    DrillOptions options;
    options.home.scenario = "smoke-cooking";
    options.home.control = "/nowhere/control.sock";
    options.report = "/nowhere/report.html";
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_drill(options), 1);
    const auto said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find("cannot write the report"), std::string::npos) << said;
    EXPECT_EQ(said.find("daemon"), std::string::npos) << "before the box is asked: " << said;
}

}  // namespace
}  // namespace anju::sim
