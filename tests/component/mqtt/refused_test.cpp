// A broker that refuses subscriptions. mosquitto's ACL files never do (they grant and deliver
// nothing), other brokers and its plugins do: this one is made by hand, MQTT 3.1.1 sections 3.2
// and 3.9.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "station.hpp"

namespace anju::test {
namespace {

class RefusingBroker {
public:
    /// Refuses every filter that begins with "closed".
    RefusingBroker() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(::bind(listener_, generic, size), 0);
        EXPECT_EQ(::listen(listener_, 4), 0);
        EXPECT_EQ(::getsockname(listener_, generic, &size), 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~RefusingBroker() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        if (const int client = client_; client >= 0) ::shutdown(client, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    RefusingBroker(const RefusingBroker&) = delete;
    RefusingBroker& operator=(const RefusingBroker&) = delete;

    [[nodiscard]] std::string uri() const { return "mqtt://127.0.0.1:" + std::to_string(port_); }

private:
    void serve() {
        while (!stopping_) {
            const int client = ::accept(listener_, nullptr, nullptr);
            if (client < 0) return;
            client_ = client;
            while (answer(client)) {}
            client_ = -1;
            ::close(client);
        }
    }

    static bool read(int client, std::string& into, std::size_t count) {
        into.assign(count, '\0');
        return count == 0 ||
               ::recv(client, into.data(), count, MSG_WAITALL) == static_cast<ssize_t>(count);
    }

    /// One packet; every one of a test is shorter than 128 bytes.
    static bool answer(int client) {
        std::string head;
        std::string body;
        if (!read(client, head, 2) || !read(client, body, static_cast<unsigned char>(head[1]))) {
            return false;
        }
        std::string out;
        switch (static_cast<unsigned char>(head[0]) >> 4U) {
            case 1:
                out = std::string("\x20\x02\x00\x00", 4);
                break;
            case 8: {
                const bool closed = body.substr(4).starts_with("closed");
                out = "\x90\x03" + body.substr(0, 2) + (closed ? '\x80' : '\x01');
                break;
            }
            case 12:
                out = std::string("\xd0\x00", 2);
                break;
            default:
                return false;
        }
        return ::send(client, out.data(), out.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(out.size());
    }

    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> client_{-1};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

mqtt::Session::Options asking_for(const RefusingBroker& broker,
                                  std::vector<mqtt::Subscription> subscriptions) {
    mqtt::Session::Options options;
    options.endpoint.uri = broker.uri();
    options.endpoint.client_id = "asker";
    options.endpoint.clean_session = true;
    options.subscriptions = std::move(subscriptions);
    return options;
}

TEST(RefusedSubscription, LeavesTheOthersStandingAndIsNamed) {
    const RefusingBroker broker;
    Station station(asking_for(broker, {{"open/#", 1}, {"closed/#", 1}, {"open2/#", 1}}));
    ASSERT_TRUE(station.up());
    EXPECT_EQ(station.session().stats().refused, std::vector<std::string>{"closed/#"});
    EXPECT_EQ(station.session().stats().connects, 1U);
    EXPECT_EQ(station.session().stats().last_error, "");
}

TEST(RefusedSubscription, IsAFailedConnectionWhenThereIsNoOther) {
    const RefusingBroker broker;
    Station station(asking_for(broker, {{"closed/#", 1}}));
    ASSERT_TRUE(eventually([&] { return !station.session().stats().last_error.empty(); }));
    EXPECT_FALSE(station.session().connected());
    EXPECT_NE(station.session().stats().last_error.find("closed/#"), std::string::npos);
    EXPECT_NE(station.session().stats().last_error.find("ACL"), std::string::npos);
}

}  // namespace
}  // namespace anju::test
