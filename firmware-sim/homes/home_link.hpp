// The simulated homes' connections to the home broker: one per native device under the device's
// own user, one for the Zigbee bridge and for each receiver of other radio, one for the clock; or a
// single one as user "simulator".
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "firmware-sim/mailbox.hpp"
#include "firmware-sim/scenario/scenario.hpp"
#include "firmware-sim/sensors/envelopes.hpp"
#include "mqtt/session.hpp"

namespace anju::sim {

inline constexpr const char* clock_user = "simulator";

/// Every user the homes need on the home broker.
[[nodiscard]] std::vector<std::string> home_users(const std::vector<SimHome>& homes);

class HomeLink {
public:
    struct Options {
        std::string broker;
        std::filesystem::path credentials;  ///< empty: the broker lets everybody in
        bool shared = false;                ///< one connection as user "simulator"
    };

    explicit HomeLink(Waiter& waiter) : waiter_(waiter), inbox_(waiter, 100'000) {}

    /// Connects everything; fails when that has not succeeded after `limit` of real time or when
    /// a signal came.
    [[nodiscard]] result<void> connect(const Options& options, const std::vector<SimHome>& homes,
                                       std::chrono::seconds limit);

    /// False: not connected now; the caller keeps the message. `home` and `device` are indices.
    bool send_native(std::size_t home, std::size_t device, std::string topic, std::string payload);
    /// From the bridge, receiver or network that speaks `protocol`, which is not native.
    bool send_foreign(Protocol protocol, Publication message);
    bool send_clock(std::string payload);

    /// What the gateway sent down since the last call.
    [[nodiscard]] std::vector<mqtt::Incoming> take() { return inbox_.take(); }

    /// Waits until everything accepted has gone out, at most `limit`.
    void flush(std::chrono::milliseconds limit);

private:
    result<mqtt::Session*> open(const Options& options, const std::string& user,
                                std::vector<mqtt::Subscription> subscriptions);
    [[nodiscard]] const mqtt::Session* unconnected() const;
    bool send(mqtt::Session* session, std::string topic, std::string payload, bool retain);

    Waiter& waiter_;
    Mailbox<mqtt::Incoming> inbox_;
    std::uint64_t accepted_ = 0;
    std::vector<std::vector<mqtt::Session*>> native_;  ///< by home, device; null unless native
    std::map<Protocol, mqtt::Session*> foreign_;
    mqtt::Session* clock_ = nullptr;
    std::vector<std::unique_ptr<mqtt::Session>> sessions_;
};

}  // namespace anju::sim
