#include "mqtt/receive_pulse.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <random>
#include <utility>

#include "base/log.hpp"

namespace anju::mqtt {

namespace {

constexpr int idle_ms = 300;  // well below Paho's 1 s
constexpr int hurried_ms = 10;

// MQTT 3.1.1 control packets.
constexpr unsigned char connect_type = 0x10;
constexpr unsigned char pingreq_type = 0xC0;
constexpr std::array<unsigned char, 4> connack{0x20, 2, 0, 0};
constexpr std::array<unsigned char, 2> pingresp{0xD0, 0};

template <std::size_t Size>
bool send_packet(int peer, const std::array<unsigned char, Size>& packet) {
    return ::send(peer, packet.data(), packet.size(), MSG_NOSIGNAL | MSG_DONTWAIT) ==
           static_cast<ssize_t>(packet.size());
}

int listen_on_loopback(std::uint16_t& port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    if (fd >= 0 && ::bind(fd, raw, size) == 0 && ::listen(fd, 4) == 0 &&
        ::getsockname(fd, raw, &size) == 0) {
        port = ntohs(address.sin_port);
        return fd;
    }
    if (fd >= 0) ::close(fd);
    return -1;
}

}  // namespace

std::shared_ptr<ReceivePulse> ReceivePulse::acquire() {
    static std::mutex mutex;
    static std::weak_ptr<ReceivePulse> current;
    const std::lock_guard lock(mutex);
    auto pulse = current.lock();
    if (!pulse) current = pulse = std::make_shared<ReceivePulse>();
    return pulse;
}

ReceivePulse::Hurry::Hurry(std::shared_ptr<ReceivePulse> pulse) : pulse_(std::move(pulse)) {
    ++pulse_->hurried_;
    pulse_->wake();
}

ReceivePulse::Hurry::~Hurry() {
    --pulse_->hurried_;
}

ReceivePulse::ReceivePulse() {
    std::random_device random;
    client_id_ = "anju-pulse-" + std::to_string(random()) + "-" + std::to_string(random());
    listener_ = listen_on_loopback(port_);
    wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (listener_ < 0 || wake_ < 0) {
        log::warn("mqtt_pulse_missing", {{"effect", "sessions connect and receive more slowly"}});
        return;
    }
    server_ = std::thread([this] { serve(); });
    try {
        client_ = std::make_unique<::mqtt::async_client>("tcp://127.0.0.1:" + std::to_string(port_),
                                                         client_id_);
        ::mqtt::connect_options options;
        options.set_mqtt_version(MQTTVERSION_3_1_1);
        options.set_clean_session(true);
        options.set_keep_alive_interval(0);
        options.set_automatic_reconnect(false);
        client_->connect(options);
    } catch (const ::mqtt::exception& failure) {
        log::warn("mqtt_pulse_missing", {{"reason", failure.what()}});
    }
}

ReceivePulse::~ReceivePulse() {
    ++hurried_;  // Paho's threads end sooner when they are awake
    if (wake_ >= 0) wake();
    client_.reset();
    stopping_ = true;
    if (wake_ >= 0) wake();
    if (server_.joinable()) server_.join();
    if (listener_ >= 0) ::close(listener_);
    if (wake_ >= 0) ::close(wake_);
}

void ReceivePulse::wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}

void ReceivePulse::serve() {
    int peer = -1;
    bool known = false;
    while (!stopping_) {
        std::array<pollfd, 2> waits{pollfd{wake_, POLLIN, 0},
                                    pollfd{peer < 0 ? listener_ : peer, POLLIN, 0}};
        const int ready = ::poll(waits.data(), waits.size(), hurried_ > 0 ? hurried_ms : idle_ms);
        if (waits[0].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const auto drained = ::read(wake_, &count, sizeof count);
        }
        if (ready > 0 && waits[1].revents != 0) {
            if (peer < 0) {
                peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
                known = false;
                continue;
            }
            if (!answer(peer, known)) {
                ::close(peer);
                peer = -1;
                continue;
            }
        }
        // A full socket means that Paho is busy elsewhere and needs no waking.
        if (peer >= 0 && known) send_packet(peer, pingresp);
    }
    if (peer >= 0) ::close(peer);
}

bool ReceivePulse::answer(int peer, bool& known) const {
    std::array<char, 256> buffer{};
    const auto size = ::recv(peer, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    const auto type = static_cast<unsigned char>(buffer[0]);
    if (!known) {
        const std::string_view packet(buffer.data(), static_cast<std::size_t>(size));
        known = type == connect_type && packet.find(client_id_) != std::string_view::npos;
        return known && send_packet(peer, connack);
    }
    return type != pingreq_type || send_packet(peer, pingresp);
}

}  // namespace anju::mqtt
