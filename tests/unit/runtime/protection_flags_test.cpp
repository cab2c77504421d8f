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
        flags_.show(box_);
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
    flags_.show(box_);
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
    ProtectionFlags({}).show(Protection{});
    EXPECT_FALSE(std::filesystem::exists("not-protected"));
    ::setenv("RUNTIME_DIRECTORY", "/run/anju:/run/other", 1);
    EXPECT_EQ(ProtectionFlags::folder_of_service(), "/run/anju");
    ::unsetenv("RUNTIME_DIRECTORY");
}

}  // namespace
}  // namespace anju
