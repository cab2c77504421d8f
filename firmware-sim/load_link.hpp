// Many native sensors over a few connections: what they publish, and the acknowledgements.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "firmware-sim/load_tracker.hpp"
#include "firmware-sim/mailbox.hpp"
#include "mqtt/session.hpp"

namespace anju::sim {

/// One thread, but for what its sessions do by themselves.
class LoadLink {
public:
    struct Options {
        std::string broker;
        std::string user = "simulator";
        std::filesystem::path credentials;  ///< empty: the broker lets everybody in
        std::size_t connections = 4;        ///< that publish; one more listens
    };

    explicit LoadLink(Waiter& waiter) : waiter_(waiter), inbox_(waiter, 1'000'000) {}

    /// Within 15 s.
    [[nodiscard]] result<void> connect(const Options& options);
    /// False: that connection's queue is full. One device always takes the same connection.
    bool publish(const LoadMessage& message);
    /// Settles what was acknowledged since the last call; `took`: milliseconds from its first
    /// sending to the arrival of the acknowledgement.
    void receive(LoadTracker& tracker,
                 const std::function<void(const LoadSettled&, double took)>& settled);
    /// Acknowledgements that found no room; their messages are repeated.
    [[nodiscard]] std::uint64_t dropped() const { return inbox_.dropped(); }
    void stop();

private:
    struct Down {
        std::string topic;
        std::string payload;
        SteadyTime at{};
    };
    void add_session(mqtt::Endpoint endpoint, std::size_t number);

    Waiter& waiter_;
    Mailbox<Down> inbox_;
    std::vector<std::unique_ptr<mqtt::Session>> sessions_;  ///< the first only listens
};

}  // namespace anju::sim
