// An MQTT broker as far as its promises go: sessions that end with their connection or outlive it,
// QoS 0 and 1 with packet identifiers and repetition after a reconnect, takeover of a client id,
// retained messages, a bounded queue for whoever is away, and a restart that forgets or does not.
//
// Everything here happens at once; time passes on the wires (session.hpp) and in the air
// (radio.hpp).
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anju::whole {

struct Packet {
    std::string topic;
    std::string payload;
    int qos{};
    bool retained{};
    bool again{};        ///< the DUP flag
    std::uint64_t id{};  ///< of a QoS 1 delivery, to be acknowledged
};

class Broker {
public:
    struct Filter {
        std::string topic;  ///< with + and #
        int qos{};
    };
    struct Connection {
        std::string client;
        bool clean = true;
        std::vector<Filter> filters;
        std::function<void(Packet)> deliver;
        std::function<void()> closed;  ///< by the broker: it ends, or another took the id
    };

    /// Messages kept for a client that is away or slow; mosquitto's default. Beyond: dropped.
    static constexpr std::size_t most_owed = 1000;

    /// Accepts a connection. What is owed to a session that outlived the last one comes first.
    void attach(Connection connection);
    /// The connection is gone; its client notices by itself.
    void detach(const std::string& client);
    void publish(Packet packet);
    /// Some client is connected.
    [[nodiscard]] bool anybody() const;
    void acknowledged(const std::string& client, std::uint64_t id);
    /// All connections end. `forgets`: sessions and retained messages, too.
    void restart(bool forgets);

    /// Topics that begin so go nowhere else: sensors are too many to be sessions.
    void divert(std::string prefix, std::function<void(const Packet&)> to);
    /// Called with every QoS 1 message that is lost to a client here.
    std::function<void(const std::string& client, const Packet&)> lost;
    /// Called with every QoS 1 message that no session wants: that of a broker which has forgotten
    /// its sessions and was not yet connected to again.
    std::function<void(const Packet&)> unheard;

    [[nodiscard]] static bool matches(std::string_view filter, std::string_view topic);

private:
    struct Session {
        Connection connection;
        bool connected = false;
        std::deque<Packet> owed;
        std::uint64_t last_id = 0;
    };
    void hand_over(const std::string& client, Session& session, const Packet& packet, int qos);

    std::map<std::string, Session> sessions_;
    std::map<std::string, Packet> retained_;
    std::string diverted_;
    std::function<void(const Packet&)> divert_to_;
};

}  // namespace anju::whole
