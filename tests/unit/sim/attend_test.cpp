// What a simulator that stands ready tells the box.
#include "firmware-sim/drill/attend.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/drill/box.hpp"

namespace anju::sim {
namespace {

namespace json = boost::json;

TEST(AnAttendant, ReportsTheScoreThatADrillPrinted) {
    const auto report = report_of(R"({"scenario":"smoke","passed":false,"expectations":[
        {"home":"drill-h1","alert":"smoke","never":false,"met":true,"delay_ms":250,"faults":[]},
        {"home":"drill-h1","alert":"gas","never":true,"met":false,"delay_ms":9,
         "faults":[{"zh":"来了","en":"it came"}]}],
        "unexpected":[{"id":"a1","home":"drill-h1","alert":"sos"}]})");
    EXPECT_FALSE(report.at("passed").as_bool());
    EXPECT_EQ(report.at("rows").at(0).at("delay_ms"), 250);
    EXPECT_FALSE(report.at("rows").at(1).as_object().contains("delay_ms"));
    EXPECT_EQ(report.at("rows").at(1).at("faults").at(0).at("zh"), "来了");
    EXPECT_EQ(report.at("unexpected").at(0).at("id"), "a1");
}

TEST(AnAttendant, TakesNothingForAScoreThatIsNone) {
    EXPECT_TRUE(report_of("").empty());
    EXPECT_TRUE(report_of("anju-sim: no broker").empty());
    EXPECT_TRUE(report_of("[1]").empty());
}

TEST(AnAttendant, CutsALongTextBetweenCharactersAndKeepsItOnOneLine) {
    EXPECT_EQ(plain_text("安居安居", 7), "安居");
    EXPECT_EQ(plain_text("安居安居", 12), "安居安居");
    EXPECT_EQ(plain_text("a\nb\x7f"), "a b ");
}

TEST(AnAttendant, BeginsWhereADrivenClockMayGoTo) {
    using namespace std::chrono_literals;
    const auto scenario = load_scenario("smoke-cooking").value();
    BoxState box{"box", "0.1.0", scenario.start + 1h, true, true};
    EXPECT_EQ(drill_start(scenario, box), scenario.start + 24h * 7);
    box.driven_clock = false;
    EXPECT_EQ(drill_start(scenario, box), box.now);
}

}  // namespace
}  // namespace anju::sim
