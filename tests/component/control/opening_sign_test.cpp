// Whoever looks while the store opens sees that it does, and how far it is.
#include "app/anjud/opening_sign.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "control/client.hpp"
#include "control/server.hpp"
#include "tests/support/broker.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;
using store::Work;

class Opening : public testing::Test {
protected:
    Opening() : manager_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        config_.control_socket = folder_.path() / "control.sock";
        const std::string path = folder_.path() / "notify";
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strcpy(address.sun_path, path.c_str());
        const void* const plain = &address;
        EXPECT_EQ(::bind(manager_, static_cast<const sockaddr*>(plain), sizeof address), 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
        ::setenv("RUNTIME_DIRECTORY", folder_.path().c_str(), 1);
    }
    ~Opening() override {
        ::unsetenv("NOTIFY_SOCKET");
        ::unsetenv("RUNTIME_DIRECTORY");
        ::close(manager_);
    }
    [[nodiscard]] std::string heard() const {
        char buffer[512];
        const ssize_t size = ::recv(manager_, buffer, sizeof buffer, MSG_DONTWAIT);
        return {buffer, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }
    [[nodiscard]] control::Outcome ask() const {
        return control::call(config_.control_socket, {"status", {}}, 10s);
    }
    [[nodiscard]] std::string answer() const {
        const control::Outcome outcome = ask();
        EXPECT_EQ(outcome.kind, control::Outcome::Kind::unreachable) << "nobody watches yet";
        EXPECT_FALSE(outcome.lasting) << "whoever waits for the gateway goes on waiting";
        return outcome.errors.empty() ? "" : outcome.errors.front().text();
    }
    test::TempDir folder_;
    int manager_;
    config::Config config_;
};

TEST_F(Opening, IsSaidToTheServiceManagerTheLampAndWhoeverAsks) {
    OpeningSign sign(config_);
    EXPECT_NE(heard().find("opening the store"), std::string::npos);
    std::ifstream lamp(folder_.path() / "not-protected");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(lamp), {}), "starting\n");
    EXPECT_NE(answer().find("does not watch yet: 正在打开数据 / opening"), std::string::npos);

    sign.tell({Work::sealing, 5'000'000});
    const std::string status = heard();
    EXPECT_TRUE(status.starts_with("STATUS=")) << status;
    EXPECT_NE(status.find("sealing names and addresses (5 MB)"), std::string::npos) << status;
    EXPECT_EQ(heard(), "EXTEND_TIMEOUT_USEC=305000000");
    EXPECT_NE(answer().find("正在加密姓名和电话"), std::string::npos);
    EXPECT_EQ(heard(), "") << "asking is no getting on";
}

TEST_F(Opening, SilencesNothing) {
    const auto there = [this](const char* name) {
        return std::filesystem::exists(folder_.path() / name);
    };
    {
        const OpeningSign sign(config_);
        EXPECT_TRUE(there("unprotected-since")) << "from here on it counts";
    }
    std::ofstream(folder_.path() / "unprotected-since") << "17\n";
    std::filesystem::rename(folder_.path() / "quiet", folder_.path() / "aloud");
    const OpeningSign sign(config_);
    EXPECT_TRUE(there("aloud") && !there("quiet"));
    std::ifstream since(folder_.path() / "unprotected-since");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(since), {}), "17\n");
}

TEST_F(Opening, GivesTheSocketToTheGateway) {
    OpeningSign sign(config_);
    EXPECT_NE(answer().find("does not watch yet"), std::string::npos);
    sign.free_socket();
    EXPECT_EQ(answer().find("does not watch yet"), std::string::npos);
    boost::asio::io_context loop;
    control::ControlServer gateway(loop, {.path = config_.control_socket},
                                   [](const control::Request&) { return control::Reply{}; });
    EXPECT_TRUE(gateway.start());
    sign.tell({Work::checking, 1});  // the console's database opens after it
    EXPECT_TRUE(std::filesystem::exists(config_.control_socket));
}

TEST_F(Opening, LeavesTheSocketToADaemonThatHasIt) {
    OpeningSign first(config_);
    {
        OpeningSign second(config_);
        second.tell({Work::rewriting, 1});
    }
    EXPECT_NE(answer().find("opening the store"), std::string::npos);
}

TEST(OpeningsPatience, GrowsWithTheFileAndIsNeverEndless) {
    EXPECT_EQ(OpeningSign::patience({Work::checking, 0}), 5min);
    EXPECT_EQ(OpeningSign::patience({Work::rewriting, 2'000'000'000}), 5min + 2'000s);
}

}  // namespace
}  // namespace anju
