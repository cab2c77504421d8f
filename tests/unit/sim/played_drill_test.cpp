// What becomes of the process in which a drill is played, and what the box is told of it.
#include "firmware-sim/drill/played_drill.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr auto score = R"({"passed":true,"expectations":[],"unexpected":[]})";

class APlayedDrill : public testing::Test {
protected:
    static std::string phase(PlayedDrill& drill) {
        return std::string(drill.report(std::nullopt).at("phase").as_string());
    }
    static std::string kind(PlayedDrill& drill) {
        const auto report = drill.report(std::nullopt);
        const auto* said = report.if_contains("problem_kind");
        return said == nullptr ? "" : std::string(said->as_string());
    }
    /// As it stands before anybody has looked at how it ended.
    static void until_it_ended() {
        siginfo_t about{};
        ASSERT_EQ(::waitid(P_ALL, 0, &about, WEXITED | WNOWAIT), 0);
    }
    [[noreturn]] static void for_ever() {
        for (;;) ::pause();
    }
    static PlayedDrill play(const PlayedDrill::Play& what, std::chrono::milliseconds grace = 90s) {
        return PlayedDrill(7, what, {}, 1min, grace);
    }
};

TEST_F(APlayedDrill, IsJudgedByTheScoreThatItPrinted) {
    auto drill = play([] { return std::puts(score) < 0 ? 1 : 0; });
    drill.wait();
    const auto report = drill.report(std::nullopt);
    EXPECT_EQ(report.at("phase"), "judged");
    EXPECT_EQ(report.at("number"), 7);
    EXPECT_EQ(report.at("percent"), 100);
    EXPECT_TRUE(report.at("passed").as_bool());
}

TEST_F(APlayedDrill, KeepsAVerdictThatWasReadyWhenItWasStopped) {
    auto drill = play([] { return std::puts(score) < 0 ? 1 : 2; });
    until_it_ended();
    drill.stop();
    EXPECT_TRUE(drill.over());
    EXPECT_EQ(phase(drill), "judged");
}

TEST_F(APlayedDrill, IsStoppedWhenItSaysThatItWasAborted) {
    auto drill = play([] { return std::puts(score) < 0 ? 1 : 3; });
    drill.wait();
    EXPECT_EQ(phase(drill), "stopped");
    EXPECT_EQ(kind(drill), "");
}

TEST_F(APlayedDrill, IsStoppedWhenSomebodyElseToldItToEnd) {
    auto drill = play([]() -> int {
        (void)std::raise(SIGTERM);
        for_ever();
    });
    drill.wait();
    EXPECT_EQ(phase(drill), "stopped");
}

TEST_F(APlayedDrill, HasFailedWhenItWasKilled) {
    auto drill = play([]() -> int {
        (void)std::raise(SIGKILL);
        for_ever();
    });
    drill.wait();
    EXPECT_EQ(phase(drill), "failed");
    EXPECT_EQ(kind(drill), "process");
}

TEST_F(APlayedDrill, IsKilledWhenItDoesNotEndInTheGraceTime) {
    // Blocked as whoever attends has it, and never looked at.
    sigset_t deaf{};
    sigset_t before{};
    ::sigemptyset(&deaf);
    ::sigaddset(&deaf, SIGTERM);
    ASSERT_EQ(::pthread_sigmask(SIG_BLOCK, &deaf, &before), 0);
    auto drill = play([]() -> int { for_ever(); }, 0s);
    ASSERT_EQ(::pthread_sigmask(SIG_SETMASK, &before, nullptr), 0);
    EXPECT_EQ(phase(drill), "playing");
    drill.stop();
    drill.wait();
    EXPECT_TRUE(drill.over());
    EXPECT_EQ(phase(drill), "stopped");
    EXPECT_EQ(kind(drill), "process") << "why its homes may be left";
}

TEST_F(APlayedDrill, SaysWhyThereIsNoScore) {
    auto drill = play([] {
        std::fputs("anju-sim: first\nanju-sim: no broker\n\n", stderr);
        return PlayedDrill::with_problem(DrillProblem::broker);
    });
    drill.wait();
    const auto report = drill.report(std::nullopt);
    EXPECT_EQ(report.at("phase"), "failed");
    EXPECT_EQ(report.at("problem"), "anju-sim: no broker");
    EXPECT_EQ(report.at("problem_kind"), "broker");
}

TEST_F(APlayedDrill, HasFailedWhenItEndsWellWithoutAScore) {
    auto drill = play([] { return 0; });
    drill.wait();
    EXPECT_EQ(phase(drill), "failed");
    EXPECT_EQ(kind(drill), "output");
}

TEST_F(APlayedDrill, SaysWhatItThrew) {
    auto drill = play([]() -> int { throw std::runtime_error("no room"); });
    drill.wait();
    EXPECT_EQ(drill.report(std::nullopt).at("problem"), "anju-sim: no room");
    EXPECT_EQ(kind(drill), "other");
}

TEST_F(APlayedDrill, SaysItsLastLineHoweverMuchItSaidBefore) {
    auto drill = play([] {
        const std::string line(999, '.');
        for (int i = 0; i < 2048; ++i) std::fprintf(stderr, "%s\n", line.c_str());
        std::fputs("anju-sim: the reason\n", stderr);
        return 1;
    });
    drill.wait();
    EXPECT_EQ(drill.report(std::nullopt).at("problem"), "anju-sim: the reason");
}

TEST_F(APlayedDrill, PrintsNoMoreThanThereIsRoomForAndGoesOn) {
    auto drill = play([] {
        const std::string line(999, '.');
        for (int i = 0; i < 8192; ++i) std::printf("%s\n", line.c_str());
        std::fputs("anju-sim: came to its end\n", stderr);
        return 0;
    });
    drill.wait();
    const auto report = drill.report(std::nullopt);
    EXPECT_EQ(report.at("phase"), "failed") << "its score is among what had no room";
    EXPECT_EQ(report.at("problem"), "it printed more than 4194304 bytes");
    EXPECT_EQ(report.at("problem_kind"), "output");
}

}  // namespace
}  // namespace anju::sim
