// What systemd's units find while the box protects and while it does not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "app/anjud/protection_flags.hpp"
#include "tests/support/broker.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;

class Flags : public testing::Test {
protected:
    void look(bool well, std::chrono::seconds at) {
        ProtectionFacts facts{.home_connected = well,
                              .sensor_heard = well,
                              .space_low = false,
                              .clock_trusted = true,
                              .somebody_reached = true};
        box_.look(facts, SteadyTime{} + at, Instant{} + 10h + at);
        flags_.show(box_, SteadyTime{} + at);
    }
    [[nodiscard]] bool there(const char* name) const {
        return std::filesystem::exists(folder_.path() / name);
    }
    [[nodiscard]] std::string content(const char* name) const {
        std::ifstream in(folder_.path() / name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    test::TempDir folder_;
    Protection box_;
    ProtectionFlags flags_{folder_.path()};
};

TEST_F(Flags, SayOneOfTwoThings) {
    flags_.show(box_, SteadyTime{});
    EXPECT_EQ(content("not-protected"), "starting\n");
    EXPECT_FALSE(there("protected"));
    look(true, 0s);
    EXPECT_TRUE(there("protected"));
    EXPECT_FALSE(there("not-protected"));
    look(false, 1h);
    look(false, 1h + 2min);
    EXPECT_EQ(content("not-protected"), "home_broker\n");
    EXPECT_FALSE(there("protected"));
    look(false, 1h + 15min);
    EXPECT_EQ(content("not-protected"), "home_broker no_sensor\n");
    EXPECT_FALSE(there("aloud"));
    look(false, 1h + 32min);
    EXPECT_TRUE(there("aloud"));
    look(true, 2h);
    look(true, 2h + 1min);
    EXPECT_TRUE(there("protected"));
    EXPECT_FALSE(there("not-protected") || there("aloud"));
}

TEST_F(Flags, EndTheNoiseInTheEveningAndBeginItOnTheNextDay) {
    flags_.show(box_, SteadyTime{});
    EXPECT_TRUE(there("quiet"));
    look(false, 0s);  // 10:00
    for (int day = 0; day < 3; ++day) {
        const std::chrono::hours at{24 * day};
        look(false, at + 1h);
        EXPECT_TRUE(there("aloud") && !there("quiet")) << "day " << day;
        look(false, at + 10h - 1s);
        EXPECT_TRUE(there("aloud") && !there("quiet")) << "day " << day;
        look(false, at + 10h);
        EXPECT_TRUE(there("quiet") && !there("aloud")) << "the night after day " << day;
        look(false, at + 22h - 1s);
        EXPECT_TRUE(there("quiet") && !there("aloud")) << "the night after day " << day;
    }
}

TEST_F(Flags, AreWrittenLaterWhereTheyCouldNotBe) {
    ProtectionFlags late(folder_.path() / "later");
    const auto show = [&](std::chrono::seconds at) { late.show(box_, SteadyTime{} + at); };
    show(0s);
    EXPECT_EQ(late.failures(), 1U);
    show(0s);
    EXPECT_EQ(late.failures(), 1U) << "not in every round of the loop";
    for (std::chrono::seconds at = 1s; at < 1h; ++at) show(at);
    EXPECT_GT(late.failures(), 12U);
    EXPECT_LT(late.failures(), 24U) << "doubled up to five minutes";

    std::filesystem::create_directory(folder_.path() / "later");
    for (std::chrono::seconds at = 1h; at <= 1h + 5min; ++at) show(at);
    EXPECT_EQ(content("later/not-protected"), "starting\n");
    EXPECT_TRUE(there("later/quiet"));
    const auto failures = late.failures();
    show(2h);
    EXPECT_EQ(late.failures(), failures);
}

TEST_F(Flags, SaySomethingElseAtOnceAfterAFailure) {
    ProtectionFlags late(folder_.path() / "later");
    for (std::chrono::seconds at = 0s; at < 1h; ++at) late.show(box_, SteadyTime{} + at);
    std::filesystem::create_directory(folder_.path() / "later");
    look(true, 1h);
    late.show(box_, SteadyTime{} + 1h);
    EXPECT_TRUE(there("later/protected"));
}

/// A process that begins at `at`, as BoxWatch does, and is gone again before it has looked long.
TEST_F(Flags, AreHeardOfABoxThatStartsAgainAndAgain) {
    bool heard = false;
    for (std::chrono::seconds at = 0s; at < 2h; at += 50s) {
        ProtectionFlags(folder_.path()).show(Protection{}, SteadyTime{} + at);  // opens its store
        EXPECT_EQ(there("aloud"), heard) << "a start silences nothing, at " << at.count();
        Protection box;
        ProtectionFlags flags(folder_.path());
        if (const auto since = flags.since(SteadyTime{} + at)) box.resume(*since);
        flags.show(box, SteadyTime{} + at);
        EXPECT_EQ(there("aloud"), heard);
        for (std::chrono::seconds on = 1s; on < 48s; ++on) {
            // The sessions stand after a few seconds, not for long enough to be believed.
            ProtectionFacts facts{.home_connected = on > 3s,
                                  .sensor_heard = true,
                                  .space_low = false,
                                  .clock_trusted = true,
                                  .somebody_reached = true};
            box.look(facts, SteadyTime{} + at + on, Instant{} + 10h + at + on);
            flags.show(box, SteadyTime{} + at + on);
            EXPECT_TRUE(there("not-protected"));
            heard = at + on >= 30min;
            EXPECT_EQ(there("aloud"), heard) << "at " << (at + on).count();
        }
    }
    EXPECT_TRUE(heard);
}

TEST_F(Flags, ForgetTheTimeWithoutOnceItHasProtectedForAWhile) {
    look(false, 0s);
    look(false, 32min);
    EXPECT_TRUE(there("aloud"));
    look(true, 33min);
    look(true, 34min);
    EXPECT_TRUE(there("protected") && there("quiet"));
    look(false, 35min);
    look(false, 37min);
    EXPECT_TRUE(there("aloud")) << "a minute now and then is no mend";
    look(true, 38min);
    look(true, 39min);
    EXPECT_TRUE(there("unprotected-since"));
    look(true, 44min);
    EXPECT_FALSE(there("unprotected-since"));
    look(false, 45min);
    look(false, 47min);
    EXPECT_TRUE(there("not-protected") && there("quiet"));
    EXPECT_EQ(content("unprotected-since"), std::to_string(47 * 60) + "\n");
}

TEST_F(Flags, ComeBackWhenSomebodyElseHasWritten) {
    look(true, 0s);
    std::ofstream(folder_.path() / "aloud") << "stopped\n";
    std::filesystem::remove(folder_.path() / "quiet");
    look(true, 1s);
    EXPECT_TRUE(there("protected") && there("quiet") && !there("aloud"));
}

TEST_F(Flags, BelieveNoInstantOfAnotherStartOfTheMachine) {
    for (const char* const said : {"7201", "-1", "nothing", ""}) {
        std::ofstream(folder_.path() / "unprotected-since") << said << '\n';
        EXPECT_FALSE(flags_.since(SteadyTime{} + 2h)) << said;
    }
    std::ofstream(folder_.path() / "unprotected-since") << "7200\n";
    EXPECT_EQ(flags_.since(SteadyTime{} + 2h), SteadyTime{} + 2h);
}

TEST_F(Flags, TakeOverWhatAnEarlierProcessLeft) {
    std::ofstream(folder_.path() / "not-protected") << "stopped\n";
    std::ofstream(folder_.path() / "aloud") << "stopped\n";
    look(true, 0s);
    EXPECT_TRUE(there("protected"));
    EXPECT_FALSE(there("not-protected"));
    EXPECT_FALSE(there("aloud"));
}

TEST(FlagsWithoutAService, AreNotWritten) {
    ::unsetenv("RUNTIME_DIRECTORY");
    EXPECT_EQ(ProtectionFlags::folder_of_service(), "");
    ProtectionFlags({}).show(Protection{}, SteadyTime{});
    EXPECT_FALSE(std::filesystem::exists("not-protected"));
    ::setenv("RUNTIME_DIRECTORY", "/run/anju:/run/other", 1);
    EXPECT_EQ(ProtectionFlags::folder_of_service(), "/run/anju");
    ::unsetenv("RUNTIME_DIRECTORY");
}

}  // namespace
}  // namespace anju
