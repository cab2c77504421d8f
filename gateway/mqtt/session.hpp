// One MQTT session over Eclipse Paho: connects, keeps itself connected, hands messages over,
// publishes from a thread of its own.
//
// Facts this is built on (Paho C 1.3.12, C++ 1.2.0, measured): the PUBACK of a QoS 1 message
// goes out after the callback has returned; all sessions of a process share one receive thread,
// so a callback that waits holds up every other session; publish() waits for a callback that is
// running, hence the thread of its own; connected() is not called after an automatic reconnect,
// hence our own supervision on the steady clock; Paho looks names up with its process-wide lock
// held, hence the lookup of our own before it (lookup.hpp). What remains: Paho looks the host of
// an mqtts:// URI up again, right after ours was answered, because it verifies the certificate
// against what it connects to. A caching resolver on the box (systemd-resolved) answers that at
// once; without one, a DNS server that dies between the two holds up all sessions once.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace anju::mqtt {

struct Endpoint {
    std::string uri;  ///< "mqtt://host:port" or "mqtts://host:port"
    std::string client_id;
    std::string username;  ///< empty: none
    std::string password;
    std::string ca_file;    ///< mqtts: CA that signed the broker; empty: the system's
    std::string cert_file;  ///< mqtts: client certificate; empty: none
    std::string key_file;
    bool clean_session{};  ///< false: the broker keeps QoS 1 messages while we are away
    std::uint16_t keep_alive_s = 20;
};

struct Subscription {
    std::string filter;
    int qos{};
};

struct Incoming {
    std::string topic;
    std::string payload;
    bool retained{};
    bool redelivered{};
    std::uint16_t packet_id{};  ///< of a QoS 1 message, the same when it comes again; else 0
};

struct SessionStats {
    std::uint64_t received{};
    std::uint64_t published{};
    std::uint64_t dropped{};  ///< refused by publish(): queue full or not connected
    std::uint64_t connects{};
    std::uint64_t failures{};  ///< attempts that came to nothing, and connections that broke
    std::string last_error;    ///< why the last connect failed or the connection broke
    /// Filters that the broker refused on the last connect while it granted others.
    std::vector<std::string> refused;
};

class Session {
public:
    struct Options {
        Endpoint endpoint;
        /// Made anew on every connect. One that the broker refuses is logged and left out, so
        /// that the others are heard; all refused is a failed attempt.
        std::vector<Subscription> subscriptions;
        std::size_t queue_limit = 4096;  ///< messages waiting to be published
        /// Real time before the n-th connection attempt (n = 0, 1, …) since the last connection
        /// that held for 5 s; one that breaks sooner counts as a failed attempt.
        /// Called on the session's thread. Default: 0, then 0.2 s doubling to 10 s.
        std::function<std::chrono::milliseconds(unsigned attempt)> retry_delay;
    };
    /// On Paho's receive thread, one call at a time over all sessions of the process. A QoS 1
    /// message is acknowledged to the broker when this returns; to refuse it, do not return.
    /// Must not call into any Session except publish().
    using OnMessage = std::function<void(Incoming&& message)>;
    /// On the session's thread, after the subscriptions stand (true) or the connection is lost
    /// (false). Must not block.
    using OnState = std::function<void(bool connected)>;

    Session(Options options, OnMessage on_message, OnState on_state);
    ~Session();  ///< stops
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start();  ///< returns at once; connecting goes on in the background for ever
    /// Gives queued messages up to 1 s to leave, then disconnects. No callback runs after it
    /// returns. Not from a callback.
    void stop();

    /// Any thread, never blocks. false: not connected or the queue is full; the caller keeps the
    /// truth elsewhere and will come again.
    bool publish(std::string topic, std::string payload, int qos, bool retain = false);

    /// Any thread, never blocks. A session that waits for its next attempt tries now, or 2 s
    /// after the last attempt that was hurried; the delay of the attempts after it follows
    /// retry_delay as usual. Nothing happens to a session that is connected or just trying: when
    /// that fails, retry_delay is asked anew.
    void hurry();

    [[nodiscard]] bool connected() const;
    [[nodiscard]] SessionStats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::mqtt
