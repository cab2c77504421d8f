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
