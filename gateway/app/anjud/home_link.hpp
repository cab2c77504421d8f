// The daemon's side of the home: what it hears from the home broker, and on which connection.
//
// Foreign devices, which do not repeat, at QoS 1, acknowledged to the broker after the commit.
// Our own sensors at QoS 0, because they repeat until the application acknowledgement: alarms and
// measurements each on a connection of their own, so that no backlog stands before an alarm
// (docs/adr/0003).
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "config/config.hpp"
#include "drivers/catalog.hpp"
#include "mqtt/session.hpp"
#include "runtime/inbox.hpp"
#include "runtime/ports.hpp"

namespace anju {

class HomeLink final : public SensorLink {
public:
    /// `hears` is called with true when the first of the connections stands and with false when
    /// the last is gone, on a session's thread. `catalog` and `inbox` must outlive it.
    HomeLink(const config::Config& config, const drivers::Catalog& catalog, Inbox& inbox,
             std::function<void(bool)> hears);

    void start();
    void stop();

    /// QoS 0: a sensor that missed its acknowledgement repeats and gets it again.
    void send(std::string topic, std::string payload) override;

    [[nodiscard]] const mqtt::Session& foreign() const { return *foreign_; }
    [[nodiscard]] const mqtt::Session& alarms() const { return *alarms_; }
    [[nodiscard]] const mqtt::Session& sensors() const { return *sensors_; }

private:
    [[nodiscard]] mqtt::Session::Options options(const char* role) const;
    [[nodiscard]] std::unique_ptr<mqtt::Session> native(const char* role, const char* filter,
                                                        Inbox::Lane lane);
    [[nodiscard]] mqtt::Session::OnState on_state(const char* role);
    [[nodiscard]] Inbound inbound(mqtt::Incoming&& message) const;

    const config::Config& config_;
    const drivers::Catalog& catalog_;
    Inbox& inbox_;
    std::function<void(bool)> hears_;
    std::atomic<int> connected_{0};
    std::unique_ptr<mqtt::Session> foreign_;
    std::unique_ptr<mqtt::Session> alarms_;
    std::unique_ptr<mqtt::Session> sensors_;
};

/// The address, account and certificates of a broker, its password read from its file. Throws
/// std::runtime_error when that cannot be.
[[nodiscard]] mqtt::Endpoint broker_endpoint(const config::Broker& broker);

}  // namespace anju
