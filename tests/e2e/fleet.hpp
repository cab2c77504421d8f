// Sensors of our own in numbers: each keeps its messages until the gateway says "committed".
// What was acknowledged is written down, so that a test can ask afterwards whether it is there.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "anju/v1/sensor.pb.h"
#include "firmware-sim/homes/sensor_outbox.hpp"
#include "mqtt/session.hpp"

namespace anju::test {

class Fleet {
public:
    struct Options {
        mqtt::Endpoint endpoint;
        std::vector<std::string> devices;
        std::uint64_t boot = 1;
        std::chrono::milliseconds first_repeat{500};
        std::chrono::milliseconds longest_repeat{2'000};
    };
    explicit Fleet(Options options);
    ~Fleet();

    /// Hands a reading to a device; it is sent, and repeated, from the fleet's own thread.
    void say(const std::string& device, sim::Topic topic, v1::SensorReading reading);

    /// Waits until every message of every device has been acknowledged.
    [[nodiscard]] bool settle(std::chrono::seconds limit);

    /// By device: boot and number of each message the gateway has acknowledged.
    [[nodiscard]] std::map<std::string, std::vector<std::pair<std::uint64_t, std::uint64_t>>>
    acknowledged() const;
    [[nodiscard]] std::uint64_t acknowledged_count() const { return acknowledged_count_; }
    [[nodiscard]] std::size_t waiting() const;
    /// Milliseconds from the first sending of a message to its acknowledgement.
    [[nodiscard]] std::vector<double> take_latencies(sim::Topic topic);
    void stop();

private:
    struct Sensor {
        sim::SensorOutbox outbox;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> acknowledged;
        std::map<std::uint64_t, std::pair<sim::Topic, std::chrono::steady_clock::time_point>> sent;
    };
    void run();
    void hear(mqtt::Incoming&& message);

    Options options_;
    mutable std::mutex mutex_;
    std::map<std::string, Sensor> sensors_;
    std::vector<double> latencies_[2];
    std::atomic<std::uint64_t> acknowledged_count_{0};
    std::atomic<bool> stopping_{false};
    std::unique_ptr<mqtt::Session> session_;
    std::thread thread_;
};

}  // namespace anju::test
