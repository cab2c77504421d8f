#include "provision/probe.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

namespace anju::provision {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class Socket {
public:
    Socket() : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (number_ >= 0) ::close(number_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

void put_text(std::string& out, const std::string& text) {
    out += static_cast<char>(text.size() >> 8U);
    out += static_cast<char>(text.size() & 0xffU);
    out += text;
}

/// CONNECT (MQTT 3.1.1, 3.1): clean session, keep alive of 10 s. Shorter than 128 bytes.
std::string connect_packet(const std::string& user, const std::string& password) {
    constexpr char clean = 0x02;
    constexpr char named = static_cast<char>(0xc2);
    std::string body;
    put_text(body, "MQTT");
    body += '\x04';
    body += user.empty() ? clean : named;
    body += std::string("\x00\x0a", 2);
    put_text(body, "anju-setup");
    if (!user.empty()) {
        put_text(body, user);
        put_text(body, password);
    }
    return std::string("\x10", 1) + static_cast<char>(body.size()) + body;
}

Error failed(const std::string& what, std::uint16_t port) {
    return Error{what + ": " + std::strerror(errno), "127.0.0.1:" + std::to_string(port),
                 "systemctl status mosquitto; journalctl -u mosquitto"};
}

}  // namespace

result<Door> knock(std::uint16_t port, const std::string& user, const std::string& password,
                   std::chrono::milliseconds limit) {
    const std::string packet = connect_packet(user, password);
    if (packet.size() > 128) return Error{"the name or the password is too long", "", ""};
    const Socket socket;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(limit).count();
    const timeval patience{static_cast<time_t>(us / 1'000'000),
                           static_cast<suseconds_t>(us % 1'000'000)};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return failed("nobody listens", port);
    }
    if (::send(socket.get(), packet.data(), packet.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(packet.size())) {
        return failed("the broker does not listen to the end", port);
    }
    std::array<unsigned char, 4> answer{};  // CONNACK: 0x20, 2, session present, return code
    const ssize_t got = ::recv(socket.get(), answer.data(), answer.size(), MSG_WAITALL);
    if (got != static_cast<ssize_t>(answer.size()) || answer[0] != 0x20 || answer[1] != 2) {
        return failed("what answers is no broker", port);
    }
    return answer[3] == 0 ? Door::opened : Door::refused;
}

result<void> check_doors(std::uint16_t port, const std::string& user, const std::string& password,
                         std::chrono::milliseconds limit) {
    const auto until = Clock::now() + limit;
    auto own = knock(port, user, password, 2s);
    while (!own && Clock::now() < until) {
        std::this_thread::sleep_for(50ms);
        own = knock(port, user, password, 2s);
    }
    if (!own) return own.error();
    const std::string where = "127.0.0.1:" + std::to_string(port);
    if (*own != Door::opened) {
        return Error{"the broker refuses " + user, where,
                     "is it the one that was set up? systemctl restart mosquitto"};
    }
    const auto stranger = knock(port, "", "", 2s);
    if (!stranger) return stranger.error();
    if (*stranger == Door::refused) return {};
    return Error{"the broker lets everybody in without a name", where,
                 "look for another listener or allow_anonymous below /etc/mosquitto"};
}

}  // namespace anju::provision
