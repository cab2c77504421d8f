// A modem on a pseudo-terminal, played by the test.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <thread>

#include "notify/modem/modem.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

/// Answers each line as the script says; a line that is not the expected one fails the test.
class Player {
public:
    struct Step {
        std::string expect;  ///< up to and with its end
        std::string say;
    };
    explicit Player(std::vector<Step> script) {
        master_ = ::posix_openpt(O_RDWR | O_NOCTTY);
        EXPECT_EQ(::grantpt(master_), 0);
        EXPECT_EQ(::unlockpt(master_), 0);
        device = ::ptsname(master_);
        slave_ = ::open(device.c_str(), O_RDWR | O_NOCTTY);  // keeps it alive between openings
        termios raw{};
        ::tcgetattr(slave_, &raw);
        ::cfmakeraw(&raw);
        ::tcsetattr(slave_, TCSANOW, &raw);
        thread_ = std::thread([this, script = std::move(script)] {
            for (const Step& step : script) {
                const std::string heard = take(step.expect.size());
                EXPECT_EQ(heard, step.expect);
                if (heard != step.expect) return;
                EXPECT_EQ(::write(master_, step.say.data(), step.say.size()),
                          static_cast<ssize_t>(step.say.size()));
            }
        });
    }
    ~Player() {
        thread_.join();
        ::close(slave_);
        ::close(master_);
    }
    std::string device;

private:
    std::string take(std::size_t count) {
        std::string out;
        while (out.size() < count) {
            pollfd ready{master_, POLLIN, 0};
            if (::poll(&ready, 1, 10'000) <= 0) break;
            char byte = 0;
            if (::read(master_, &byte, 1) != 1) break;
            if (byte != '\x1b') out += byte;
        }
        return out;
    }
    int master_ = -1;
    int slave_ = -1;
    std::thread thread_;
};

using Steps = std::vector<Player::Step>;

Steps start(const std::string& echo = "") {
    return {{"ATE0\r", echo + "\r\nOK\r\n"},
            {"AT+CMEE=1\r", "\r\nOK\r\n"},
            {"AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n"},
            {"AT+CMGF=0\r", "\r\nOK\r\n"},
            {"AT+CNMI=2,1,0,1,0\r", "\r\nERROR\r\n"},
            {"AT+CSQ\r", "\r\n+CSQ: 17,99\r\n\r\nOK\r\n"},
            {"AT+CREG?\r", "\r\n+CREG: 0,1\r\n\r\nOK\r\n"}};
}

const std::string pdu = "0031000D91683108108300F00008A704738B0021";

using Report = std::pair<std::string, bool>;

/// With `report`: waits for the delivery report too.
Reply exchange(Player& player, std::promise<Report>* report = nullptr) {
    std::future<Report> told;
    if (report != nullptr) told = report->get_future();
    std::promise<Reply> promise;
    auto future = promise.get_future();
    Modem::Options options;
    options.device = player.device;
    options.idle = 20ms;
    options.dialog.answer = 500ms;
    options.dialog.network = 1s;
    Modem modem(
        options, [&](std::uint64_t, Reply reply) { promise.set_value(std::move(reply)); },
        [&](const std::string& reference, bool delivered) {
            if (report != nullptr) report->set_value({reference, delivered});
        });
    modem.send(1, {"+8613800138000", "王!"});
    Reply reply = future.get();
    if (report != nullptr) {
        if (told.wait_for(5s) == std::future_status::ready) {
            EXPECT_EQ(told.get(), Report("42", true));
        } else {
            ADD_FAILURE() << "no report came";
        }
    }
    return reply;
}

TEST(Modem, SendsThroughEchoAndUnsolicitedLines) {
    Steps steps = start("ATE0\r");
    steps.push_back({"AT+CMGS=19\r", "\r\n+CMTI: \"SM\",3\r\n\r\n> "});
    steps.push_back({pdu + "\x1a", "\r\nRING\r\n\r\n+CMGS: 42\r\n\r\nOK\r\n"});
    Player player(steps);
    const Reply reply = exchange(player);
    EXPECT_EQ(reply.failure, "");
    EXPECT_EQ(reply.body, "42");
}

TEST(Modem, HandsOnTheDeliveryReport) {
    Steps steps = start();
    steps.push_back({"AT+CMGS=19\r", "\r\n> "});
    steps.push_back({pdu + "\x1a",
                     "\r\n+CMGS: 42\r\n\r\nOK\r\n\r\n+CDS: 26\r\n00062A0D91683108108300F0"
                     "321114223320323211142233203200\r\n"});
    Player player(steps);
    std::promise<Report> report;
    EXPECT_EQ(exchange(player, &report).body, "42");
}

TEST(Modem, TellsTheErrorOfTheNetwork) {
    Steps steps = start();
    steps.push_back({"AT+CMGS=19\r", "\r\n> "});
    steps.push_back({pdu + "\x1a", "\r\n+CMS ERROR: 38\r\n"});
    Player player(steps);
    const Reply reply = exchange(player);
    EXPECT_EQ(reply.status, 38);
    EXPECT_FALSE(reply.failure.empty());
}

TEST(Modem, SaysThatAModemIsSilent) {
    Steps steps = start();
    steps.push_back({"AT+CMGS=19\r", ""});
    Player player(steps);
    EXPECT_EQ(exchange(player).failure, "the modem does not answer AT+CMGS");
}

TEST(Modem, TriesNoPinItDoesNotHave) {
    Steps steps = start();
    steps.resize(2);
    steps.push_back({"AT+CPIN?\r", "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n"});
    Player player(steps);
    EXPECT_EQ(exchange(player).failure, "the SIM asks for a PIN and none is configured");
}

}  // namespace
}  // namespace anju::notify
