// Who may clear a box of the homes of drills.
#include "firmware-sim/drill/drill_lock.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

namespace anju::sim {
namespace {

class ADrillLock : public testing::Test {
protected:
    ~ADrillLock() override { std::filesystem::remove_all(folder); }

    std::string made = testing::TempDir() + "drill-lock-XXXXXX";
    std::filesystem::path folder = ::mkdtemp(made.data());
    std::filesystem::path socket = folder / "control.sock";
};

TEST_F(ADrillLock, IsHeldByOneAtATime) {
    {
        const DrillLock first(socket);
        EXPECT_EQ(first.state(), DrillLock::State::held);
        EXPECT_EQ(DrillLock(socket).state(), DrillLock::State::taken);
    }
    EXPECT_EQ(DrillLock(socket).state(), DrillLock::State::held);
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(ADrillLock, IsGivenUpByOneThatIsKilled) {
    const pid_t child = ::fork();
    if (child == 0) {
        const DrillLock held(socket);
        ::kill(::getpid(), SIGKILL);
    }
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_EQ(DrillLock(socket).state(), DrillLock::State::held);
}

TEST_F(ADrillLock, SaysThatItCannotTellWhereThereIsNoFolder) {
    EXPECT_EQ(DrillLock(folder / "none" / "control.sock").state(), DrillLock::State::unknown);
}

}  // namespace
}  // namespace anju::sim
