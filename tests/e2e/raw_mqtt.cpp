// MQTT 3.1.1 packets by hand (OASIS MQTT 3.1.1, sections 3.1, 3.3 and 3.8).
#include "tests/e2e/raw_mqtt.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace anju::test {
namespace {

std::string text(const std::string& value) {
    std::string out;
    out += static_cast<char>(value.size() >> 8U);
    out += static_cast<char>(value.size() & 0xffU);
    return out + value;
}

std::string packet(unsigned char type, const std::string& body) {
    std::string out(1, static_cast<char>(type));
    std::size_t rest = body.size();
    do {
        const std::size_t digit = rest % 128;
        rest /= 128;
        out += static_cast<char>(rest > 0 ? digit | 128U : digit);
    } while (rest > 0);
    return out + body;
}

class Socket {
public:
    explicit Socket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("no broker on port " + std::to_string(port));
        }
    }
    ~Socket() { ::close(fd_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send(const std::string& bytes) const {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto n = ::send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (n <= 0) throw std::runtime_error("the broker hung up");
            at += static_cast<std::size_t>(n);
        }
    }
    std::size_t receive(std::vector<char>& into) const {
        const auto n = ::recv(fd_, into.data(), into.size(), 0);
        if (n <= 0) throw std::runtime_error("the broker hung up");
        return static_cast<std::size_t>(n);
    }

private:
    int fd_;
};

void login(const Socket& socket, const std::string& id, const std::string& user,
           const std::string& password) {
    std::vector<char> answer(4);
    socket.send(packet(0x10, text("MQTT") + std::string("\x04\xc2\x00\x3c", 4) + text(id) +
                                 text(user) + text(password)));
    if (socket.receive(answer) < 4 || answer[3] != 0) throw std::runtime_error("login refused");
}

}  // namespace

double raw_broker_rate(std::uint16_t port, const std::string& user, const std::string& password,
                       std::size_t count, std::size_t payload) {
    const Socket receiver(port);
    login(receiver, "raw-receiver", user, password);
    receiver.send(packet(0x82, std::string("\x00\x01", 2) + text("raw") + std::string(1, '\0')));
    std::vector<char> buffer(1U << 16U);
    (void)receiver.receive(buffer);

    const std::string message = packet(0x30, text("raw") + std::string(payload, 'x'));
    const Socket sender(port);
    login(sender, "raw-sender", user, password);
    const auto begin = std::chrono::steady_clock::now();
    std::thread sending([&] {
        std::string hundred;
        for (int i = 0; i < 100; ++i) hundred += message;
        for (std::size_t i = 0; i < count; i += 100) sender.send(hundred);
    });
    // The broker drops QoS 0 messages for a receiver that is too slow; what comes is what counts.
    std::size_t bytes = 0;
    const std::size_t all = (count + 99) / 100 * 100 * message.size();
    auto last = begin;
    while (bytes < all) {
        bytes += receiver.receive(buffer);
        last = std::chrono::steady_clock::now();
    }
    sending.join();
    const std::chrono::duration<double> took = last - begin;
    return static_cast<double>(bytes / message.size()) / took.count();
}

}  // namespace anju::test
