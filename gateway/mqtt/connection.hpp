// One attempt at one connection: a Paho client that is made, used and thrown away.
//
// A client is never reconnected. Paho 1.3.12 says nothing after an automatic reconnect and its
// timed waits follow the wall clock; a fresh client with our own steady timeouts has no such
// past. Nothing is kept in Paho that would be lost with it: the outbox is the truth.
#pragma once

#include <mqtt/async_client.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "mqtt/session.hpp"

namespace anju::mqtt {

struct Outgoing {
    std::string topic;
    std::string payload;
    int qos{};
    bool retain{};
};

/// Waits for the end of one Paho action; completed on Paho's threads.
class Completion : public virtual ::mqtt::iaction_listener {
public:
    /// True when the action ended within `limit`; false on timeout or stop.
    bool wait(std::stop_token stop, std::chrono::milliseconds limit);
    void arm();  ///< before each action

private:
    void on_success(const ::mqtt::token&) override { finish(); }
    void on_failure(const ::mqtt::token&) override { finish(); }
    void finish();

    std::mutex mutex_;
    std::condition_variable_any ended_;
    bool done_ = false;
};

class Connection {
public:
    /// All on Paho's threads, with Paho's lock held: hand over and return.
    struct Events {
        std::function<void(Incoming&&)> message;
        std::function<void(std::string cause)> lost;
        std::function<void()> published;  ///< one publish has ended, well or not
    };

    /// `address` is what Lookup found for the endpoint's host. Plain connections go to it. TLS
    /// connections go by name, because Paho verifies the certificate against what it connects
    /// to: Paho looks the name up once more, with its lock held.
    Connection(const Endpoint& endpoint, const std::string& address, Events events);
    ~Connection();  ///< waits for a callback that is running; none runs afterwards
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    result<void> open(std::stop_token stop, std::chrono::milliseconds limit);
    /// false: the broker refused this one (SUBACK 0x80); the connection stands.
    result<bool> subscribe(std::stop_token stop, const Subscription& subscription,
                           std::chrono::milliseconds limit);
    /// Waits while any callback of any client runs. False: not sent, `published` is not called.
    bool publish(const Outgoing& message);
    void close(std::chrono::milliseconds limit);  ///< sends DISCONNECT

private:
    class Published : public virtual ::mqtt::iaction_listener {
    public:
        explicit Published(std::function<void()>& notify) : notify_(notify) {}

    private:
        void on_success(const ::mqtt::token&) override { notify_(); }
        void on_failure(const ::mqtt::token&) override { notify_(); }
        std::function<void()>& notify_;
    };

    [[nodiscard]] ::mqtt::connect_options options() const;
    [[nodiscard]] std::string explain(int code, const std::string& detail) const;

    // What callbacks use stands before the client and outlives it.
    Endpoint endpoint_;
    Events events_;
    Completion completion_;
    Published published_;
    ::mqtt::async_client client_;
};

/// "mqtt://h:p" -> "tcp://h:p", "mqtts://h:p" -> "ssl://h:p"; what Paho understands.
[[nodiscard]] std::string paho_uri(const std::string& uri);

}  // namespace anju::mqtt
