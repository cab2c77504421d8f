// Secrets, randomness, the disk and the service manager on a real file system.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "system/disk.hpp"
#include "system/notify.hpp"
#include "system/secrets.hpp"
#include "tests/support/broker.hpp"

namespace anju::system {
namespace {

class InFolder : public testing::Test {
protected:
    std::filesystem::path write(const std::string& content, mode_t mode) {
        const std::filesystem::path path = folder_ / "secret";
        std::ofstream(path, std::ios::trunc) << content;
        chmod(path.c_str(), mode);
        return path;
    }
    test::TempDir dir_;
    const std::filesystem::path folder_ = dir_.path();
};

using Secrets = InFolder;
using ServiceManager = InFolder;

TEST_F(Secrets, AreTheFirstLineOfTheirFile) {
    EXPECT_EQ(*read_secret(write("hunter 2\nanything\n", 0600)), "hunter 2");
    EXPECT_EQ(*read_secret(write("no line end", 0640)), "no line end");
    EXPECT_EQ(*read_secret(write("dos\r\n", 0600)), "dos");
}

TEST_F(Secrets, AreRefusedWhenOthersMayUseTheFile) {
    for (const mode_t mode : {0644U, 0602U, 0601U}) {
        const auto secret = read_secret(write("x\n", mode));
        ASSERT_FALSE(secret) << mode;
        EXPECT_EQ(secret.error().remedy, "chmod o-rwx " + (folder_ / "secret").string());
    }
}

TEST_F(Secrets, AreRefusedWhenThereIsNone) {
    EXPECT_FALSE(read_secret(folder_ / "none"));
    EXPECT_FALSE(read_secret(folder_));
    EXPECT_FALSE(read_secret(write("", 0600)));
    EXPECT_FALSE(read_secret(write("\nsecond\n", 0600)));
    EXPECT_FALSE(read_secret(write(std::string(5000, 'x'), 0600)));
}

TEST(Random, IsHexOfTheLengthAskedForAndNeverTheSame) {
    const std::string one = random_hex(16);
    EXPECT_EQ(one.size(), 32U);
    EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), one.npos);
    EXPECT_NE(one, random_hex(16));
    EXPECT_TRUE(random_hex(0).empty());
}

TEST_F(InFolder, DiskSpaceIsThatOfTheFileSystem) {
    const auto space = disk_space(folder_);
    ASSERT_TRUE(space);
    // Others write to this disk meanwhile.
    const auto same = static_cast<double>(std::filesystem::space(folder_).available);
    EXPECT_NEAR(static_cast<double>(space->free_bytes), same, 1e9);
    EXPECT_GE(space->total_bytes, space->free_bytes);
    EXPECT_FALSE(space->read_only);
    EXPECT_FALSE(disk_space(folder_ / "none"));
}

TEST_F(ServiceManager, IsToldWhatHappens) {
    const std::filesystem::path path = folder_ / "notify";
    const int listener = socket(AF_UNIX, SOCK_DGRAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    const void* const plain = &address;
    ASSERT_EQ(bind(listener, static_cast<const sockaddr*>(plain), sizeof address), 0);
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
    const auto heard = [listener] {
        char buffer[256];
        const ssize_t size = recv(listener, buffer, sizeof buffer, MSG_DONTWAIT);
        return std::string(buffer, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    };
    notify_ready();
    EXPECT_EQ(heard(), "READY=1");
    notify_status("two\nlines");
    EXPECT_EQ(heard(), "STATUS=two lines");
    notify_reloading();
    EXPECT_EQ(heard().substr(0, 27), "RELOADING=1\nMONOTONIC_USEC=");
    notify_starting(std::chrono::seconds{90});
    EXPECT_EQ(heard(), "EXTEND_TIMEOUT_USEC=90000000");
    notify_watchdog();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    notify_stopping();
    EXPECT_EQ(heard(), "STOPPING=1");
    unsetenv("NOTIFY_SOCKET");
    notify_ready();
    EXPECT_EQ(heard(), "") << "spoke without being asked";
    close(listener);
}

TEST(Watchdog, IsFedTwiceAsOftenAsItWants) {
    unsetenv("WATCHDOG_USEC");
    EXPECT_FALSE(watchdog_interval());
    setenv("WATCHDOG_USEC", "30000000", 1);
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    EXPECT_EQ(watchdog_interval(), std::chrono::seconds{15});
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

}  // namespace
}  // namespace anju::system
