// Where those who want a drill and the simulator that plays it meet.
#include "control/drill_stage.hpp"

#include <gmock/gmock.h>

namespace anju::control {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr auto wall = Instant{1'772'000'000'000ms};

json::object ready(const char* id = "s1") {
    return {{"simulator", id},
            {"scenarios",
             {{{"name", "smoke"}, {"title_zh", "烟雾"}, {"title_en", "Smoke"}, {"seconds", 600}}}}};
}

json::object with(json::object report) {
    json::object out = ready();
    out["report"] = std::move(report);
    return out;
}

json::object order(const char* scenario = "smoke") {
    return {{"scenario", scenario}, {"actor", "console:operator"}, {"community", "c1"}};
}

class ADrillStage : public testing::Test {
protected:
    json::object shown() { return stage.show().result.as_object(); }
    json::object drill() { return shown().at("drill").as_object(); }
    std::string phase() { return std::string(drill().at("phase").as_string()); }

    DrillStage stage{{.allowed = true}};
    SteadyTime now{};
};

TEST_F(ADrillStage, HandsWhatIsAskedForToTheSimulatorUntilItReports) {
    ASSERT_TRUE(stage.attend(ready(), now).ok());
    EXPECT_EQ(shown().at("simulator").at("scenarios").as_array().size(), 1);
    ASSERT_TRUE(stage.play(order(), now, wall).ok());
    for (int again = 0; again < 2; ++again) {
        const Reply answer = stage.attend(ready(), now += 1s);
        ASSERT_TRUE(answer.ok());
        const json::value expected{
            {"number", 1}, {"scenario", "smoke"}, {"community", "c1"}, {"staff", false}};
        EXPECT_EQ(answer.result.at("play"), expected);
    }
    EXPECT_TRUE(
        stage.attend(with({{"number", 1}, {"phase", "playing"}, {"percent", 0}}), now).ok());
    const Reply playing =
        stage.attend(with({{"number", 1}, {"phase", "playing"}, {"percent", 3}}), now += 1s);
    EXPECT_TRUE(playing.result.at("play").is_null());
    EXPECT_EQ(phase(), "playing");
    EXPECT_EQ(drill().at("percent"), 3);
}

TEST_F(ADrillStage, KeepsTheVerdictOfTheLastDrill) {
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    const Reply told = stage.attend(
        with(
            {{"number", 1},
             {"phase", "judged"},
             {"percent", 100},
             {"passed", true},
             {"rows", {{{"home", "drill-h1"}, {"alert", "smoke"}, {"met", true}, {"delay_ms", 0}}}},
             {"unexpected", json::array{}}}),
        now);
    ASSERT_TRUE(told.ok());
    EXPECT_EQ(phase(), "judged");
    EXPECT_TRUE(drill().at("passed").as_bool());
    EXPECT_EQ(drill().at("rows").at(0).at("delay_ms"), 0);
    EXPECT_TRUE(stage.play(order(), now, wall).ok()) << "the next one may begin";
}

TEST_F(ADrillStage, TakesNothingOfAReportThatIsWrong) {
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    for (const json::object& wrong : std::initializer_list<json::object>{
             {{"number", 1}, {"phase", "dancing"}},
             {{"number", 1}, {"phase", "playing"}, {"percent", 101}},
             {{"number", 1}, {"phase", "playing"}, {"percent", -1}},
             {{"number", 1}, {"phase", "judged"}, {"rows", {{{"home", "h"}, {"alert", "no"}}}}},
             {{"number", 1}, {"phase", "judged"}, {"rows", "none"}}}) {
        EXPECT_FALSE(stage.attend(with(wrong), now).ok()) << json::serialize(wrong);
        EXPECT_EQ(phase(), "asked");
    }
}

TEST_F(ADrillStage, RefusesWhatCannotBePlayed) {
    EXPECT_EQ(stage.play(order(), now, wall).errors.at(0).what, "no simulator stands ready");
    (void)stage.attend(ready(), now);
    EXPECT_FALSE(stage.play(order("month"), now, wall).ok()) << "nobody offers it";
    ASSERT_TRUE(stage.play(order(), now, wall).ok());
    EXPECT_EQ(stage.play(order(), now, wall).errors.at(0).what, "a drill is being played");

    DrillStage forbidden{{.allowed = false}};
    EXPECT_FALSE(forbidden.attend(ready(), now).ok());
    EXPECT_FALSE(forbidden.play(order(), now, wall).ok());
}

TEST_F(ADrillStage, HasOneSimulatorAtATime) {
    (void)stage.attend(ready("s1"), now);
    EXPECT_FALSE(stage.attend(ready("s2"), now + 4s).ok());
    EXPECT_TRUE(stage.attend(ready("s2"), now + 6s).ok()) << "the first one has gone";
    json::object last = ready("s2");
    last["leaves"] = true;
    EXPECT_TRUE(stage.attend(last, now + 6s).ok());
    EXPECT_TRUE(shown().at("simulator").is_null());
    EXPECT_TRUE(stage.attend(ready("s3"), now + 6s).ok()) << "the second one has taken its leave";
}

TEST_F(ADrillStage, SaysWhatKindOfProblemThereWas) {
    const auto kind_of = [&](json::object report) {
        (void)stage.play(order(), now, wall);
        report["number"] = drill().at("number");
        EXPECT_TRUE(stage.attend(with(std::move(report)), now).ok());
        return drill().at("problem_kind");
    };
    (void)stage.attend(ready(), now);
    EXPECT_EQ(kind_of({{"phase", "failed"}, {"problem", "no"}, {"problem_kind", "broker"}}),
              "broker");
    EXPECT_EQ(kind_of({{"phase", "failed"}, {"problem_kind", "of a later version"}}), "other");
    EXPECT_EQ(kind_of({{"phase", "failed"}, {"problem", "of an earlier version"}}), "other");
    EXPECT_TRUE(kind_of({{"phase", "stopped"}}).is_null());
}

TEST_F(ADrillStage, GivesUpADrillWhoseSimulatorHasGone) {
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    (void)stage.attend(with({{"number", 1}, {"phase", "playing"}}), now);
    stage.tick(now + 6s);
    EXPECT_TRUE(shown().at("simulator").is_null());
    EXPECT_EQ(phase(), "playing");
    stage.tick(now + 31s);
    EXPECT_EQ(phase(), "lost");
    (void)stage.attend(with({{"number", 1}, {"phase", "judged"}, {"passed", true}}), now + 32s);
    EXPECT_EQ(phase(), "lost") << "what was given up does not come back";
}

TEST_F(ADrillStage, MindsNoReportOnWhatItDoesNotKnow) {
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    EXPECT_TRUE(stage.attend(with({{"number", 7}, {"phase", "judged"}}), now).ok());
    EXPECT_EQ(phase(), "asked");
}

TEST_F(ADrillStage, AsksTheSimulatorToEndEarly) {
    EXPECT_FALSE(stage.stop(now).ok());
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    (void)stage.attend(with({{"number", 1}, {"phase", "playing"}}), now);
    ASSERT_TRUE(stage.stop(now).ok());
    EXPECT_TRUE(drill().at("stopping").as_bool());
    EXPECT_TRUE(stage.attend(ready(), now).result.at("stop").as_bool());
    (void)stage.attend(with({{"number", 1}, {"phase", "stopped"}}), now);
    EXPECT_EQ(phase(), "stopped");
    EXPECT_FALSE(drill().at("stopping").as_bool());
}

TEST_F(ADrillStage, StopsWhatWasHandedOutAndNotReportedOnYet) {
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    (void)stage.attend(ready(), now);
    ASSERT_TRUE(stage.stop(now).ok());
    EXPECT_EQ(phase(), "asked");
    EXPECT_TRUE(
        stage.attend(with({{"number", 1}, {"phase", "playing"}}), now).result.at("stop").as_bool());
}

TEST_F(ADrillStage, StopsWhatNobodyWantsAnyMore) {
    const Reply answer = stage.attend(with({{"number", 9}, {"phase", "playing"}}), now);
    EXPECT_TRUE(answer.result.at("stop").as_bool()) << "of an earlier life of the gateway";
}

TEST_F(ADrillStage, NeverHandsOutWhatWasStoppedBeforeItWasTaken) {
    (void)stage.attend(ready(), now);
    (void)stage.play(order(), now, wall);
    ASSERT_TRUE(stage.stop(now).ok());
    EXPECT_EQ(phase(), "stopped");
    EXPECT_TRUE(stage.attend(ready(), now).result.at("play").is_null());
}

TEST_F(ADrillStage, TellsOfWhatHasChangedAndOfNothingElse) {
    int told = 0;
    stage.on_change([&](const json::object&) { ++told; });
    (void)stage.attend(ready(), now);
    EXPECT_EQ(told, 1);
    (void)stage.attend(ready(), now);
    EXPECT_EQ(told, 1);
    (void)stage.play(order(), now, wall);
    for (int i = 0; i < 5; ++i) {
        (void)stage.attend(with({{"number", 1}, {"phase", "playing"}, {"percent", 1}}), now);
    }
    EXPECT_EQ(told, 3);
}

}  // namespace
}  // namespace anju::control
