// Keeps Paho's receive thread on its toes.
//
// The one receive thread of a process polls the sockets it knew when it began to wait, for up to
// 1 s, looks at sockets that are still connecting only afterwards, and sleeps another 100 ms
// when nothing came (Paho C 1.3.12, MQTTAsync_cycle and Socket_getReadySocket). Measured: every
// session but the first took 2.1 s to connect, and messages on an idle session waited up to
// 56 ms. With the poll woken in time it is 11 ms and 0.8 ms. So the process holds one more Paho
// client, connected to itself over loopback, whose other end sends an MQTT PINGRESP every
// 300 ms, and every 10 ms while a session connects.
#pragma once

#include <mqtt/async_client.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace anju::mqtt {

class ReceivePulse {
public:
    /// The pulse of this process, made when there is none: Paho's threads are process-wide too.
    /// Returns at once. Without loopback sockets it does nothing, and sessions are only slower.
    [[nodiscard]] static std::shared_ptr<ReceivePulse> acquire();

    /// While one lives the pulse is quick.
    class Hurry {
    public:
        explicit Hurry(std::shared_ptr<ReceivePulse> pulse);
        ~Hurry();
        Hurry(const Hurry&) = delete;
        Hurry& operator=(const Hurry&) = delete;

    private:
        std::shared_ptr<ReceivePulse> pulse_;
    };

    ReceivePulse();
    ~ReceivePulse();
    ReceivePulse(const ReceivePulse&) = delete;
    ReceivePulse& operator=(const ReceivePulse&) = delete;

private:
    void serve();
    void wake() const;
    /// Answers what Paho sent on `peer`; false: it is not our client, or it has gone.
    bool answer(int peer, bool& known) const;

    std::string client_id_;  ///< random: proves that the peer is our own client
    int listener_ = -1;
    int wake_ = -1;  ///< eventfd
    std::uint16_t port_ = 0;
    std::atomic<int> hurried_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread server_;
    std::unique_ptr<::mqtt::async_client> client_;
};

}  // namespace anju::mqtt
