// The daemon: the gateway on its loop, between the home broker and the district broker.
//
// Four MQTT sessions, because they fail apart: what the home says and must not be lost (QoS 1,
// acknowledged to the broker after the commit), what sensors of our own measure (QoS 0, they
// repeat until the application acknowledgement), and the two lanes up to the district.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/anjud/links.hpp"
#include "app/anjud/loop.hpp"
#include "config/config.hpp"
#include "mqtt/session.hpp"
#include "runtime/gateway.hpp"
#include "runtime/inbox.hpp"
#include "system/driven_clock.hpp"
#include "uplink/uplink.hpp"

namespace anju {

class Daemon {
public:
    /// `driven` is set when the configuration asks for a driven clock; `clock` is then the same
    /// object. All references must outlive it.
    Daemon(const config::Config& config, Loop& loop, Clock& clock, system::DrivenClock* driven,
           Journal& journal);
    ~Daemon();

    /// Recovers, then connects in the background. Loop thread, before Loop::run().
    [[nodiscard]] result<Gateway::Started> start();
    /// Lets go of the brokers, commits what has arrived, writes last checkpoints, then calls
    /// `done` on the loop.
    void stop(std::function<void()> done);

    [[nodiscard]] Gateway& gateway() { return *gateway_; }
    [[nodiscard]] const Inbox& inbox() const { return inbox_; }
    [[nodiscard]] const mqtt::Session& home() const { return *home_; }
    [[nodiscard]] const mqtt::Session& sensors() const { return *sensors_; }
    [[nodiscard]] const mqtt::Session* district_alarm() const { return district_alarm_.get(); }
    [[nodiscard]] const mqtt::Session* district_bulk() const { return district_bulk_.get(); }
    [[nodiscard]] Clock& clock() { return clock_; }
    /// After anything that may have changed what is due.
    void rearm();

private:
    class DistrictLink;

    void make_home_sessions(const config::Config& config);
    void make_district_sessions(const config::Config& config);
    void from_home(mqtt::Incoming&& message, bool urgent);
    void from_district(mqtt::Incoming&& message);
    void drain();
    void handle(const Inbound& message);
    void on_alarm();
    void keep_house();
    /// The store refused: nothing may go on. Never returns.
    [[noreturn]] void die(const Error& error);
    template <class T>
    T must(result<T> outcome);
    void must(result<void> outcome);

    const config::Config& config_;
    Loop& loop_;
    Clock& clock_;
    system::DrivenClock* driven_;
    Inbox inbox_;
    drivers::Catalog catalog_;
    std::unique_ptr<mqtt::Session> home_;
    std::unique_ptr<mqtt::Session> sensors_;
    std::unique_ptr<mqtt::Session> district_alarm_;
    std::unique_ptr<mqtt::Session> district_bulk_;
    std::unique_ptr<MqttSensorLink> sensor_link_;
    std::unique_ptr<DistrictLink> district_;
    std::unique_ptr<Gateway> gateway_;
    std::atomic<bool> alarm_waiting_{false};  ///< an alarm is unacknowledged: reconnect at once
    Loop::Alarm deadline_;
    Loop::Alarm housekeeping_;
    SteadyTime next_maintenance_{};
};

}  // namespace anju
