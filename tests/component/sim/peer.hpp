// The other end of a conversation with anju-sim: a session that keeps what it hears and can be
// waited on, and anju-sim itself as a child process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "mqtt/session.hpp"
#include "tests/support/broker.hpp"

namespace anju::test {

inline constexpr auto patience = std::chrono::seconds{20};

class Peer {
public:
    /// Connects and subscribes to `filters` before it returns. `on_message` (may be empty) is
    /// called on the receive thread and may publish().
    Peer(const Broker& broker, const std::vector<std::string>& filters,
         std::function<void(Peer&, const mqtt::Incoming&)> on_message = {});

    void publish(const std::string& topic, const std::string& payload);
    [[nodiscard]] std::vector<mqtt::Incoming> heard() const;
    /// Waits until `wanted` holds for what has been heard; false when it never does.
    bool wait_until(const std::function<bool(const std::vector<mqtt::Incoming>&)>& wanted,
                    std::chrono::milliseconds limit = patience);

private:
    std::function<void(Peer&, const mqtt::Incoming&)> on_message_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool connected_ = false;
    std::vector<mqtt::Incoming> heard_;
    mqtt::Session session_;
};

/// anju-sim with `arguments` and the broker's user.
[[nodiscard]] Child run_sim(const Broker& broker, const TempDir& dir,
                            std::vector<std::string> arguments, const std::string& log = "sim.log");

/// What a child wrote.
[[nodiscard]] std::string read_text(const std::filesystem::path& file);

/// The exit status of a child that ended by itself within `patience`.
[[nodiscard]] std::optional<int> exit_status(Child& child, std::chrono::seconds limit = patience);

/// An alert event of gateway "g1", epoch 1.
[[nodiscard]] v1::DistrictUplink make_event(v1::Lane lane, std::uint64_t seq);

}  // namespace anju::test
