// The sending half of the sensor contract (proto/anju/v1/sensor.proto): a message is kept and
// repeated, byte for byte, until the gateway says it is on its disk or will never take it.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "anju/v1/sensor.pb.h"
#include "firmware-sim/sim_clock.hpp"

namespace anju::sim {

enum class Topic { data, alarm };

/// One sending of one message.
struct Transmission {
    std::uint64_t seq{};
    unsigned attempt{};  ///< 1 = first
    Topic topic{};
    std::string bytes;  ///< serialized anju.v1.SensorUplink
};

/// A message the gateway is done with.
struct Settled {
    std::uint64_t seq{};
    bool refused{};
    std::string text;  ///< why it was refused
};

/// Not thread-safe.
class SensorOutbox {
public:
    struct Options {
        std::string device_id;
        std::uint64_t boot_id{};           ///< never 0
        std::size_t window = 64;           ///< numbers in use: from the lowest unacknowledged one
        std::size_t kept_for_alarms = 16;  ///< of these, so that an alarm always finds room
        std::chrono::milliseconds first_repeat{16'000};
        std::chrono::milliseconds first_alarm_repeat{2'000};
        std::chrono::milliseconds longest_repeat{60'000};
        std::chrono::milliseconds longest_alarm_repeat{10'000};
    };

    explicit SensorOutbox(Options options);

    /// Readings, 1..64, oldest first. They become a message of their own, or wait and merge
    /// while the window is full; alarms do not wait behind data.
    void add(Topic topic, std::vector<v1::SensorReading> readings);

    /// What has to be sent at `now`: new messages as far as the window allows, and repetitions.
    [[nodiscard]] std::vector<Transmission> due(SteadyTime now);

    /// That sending did not leave the device: it counts as never made and comes again after the time
    /// of a first repetition.
    void not_sent(std::uint64_t seq, SteadyTime now);

    /// Forgets what the gateway has settled; other boots and unknown numbers are ignored.
    std::vector<Settled> acknowledge(const v1::SensorAck& ack);

    /// When due() next has something; nullopt: nothing is waiting. May lie in the past.
    [[nodiscard]] std::optional<SteadyTime> deadline() const;

    [[nodiscard]] std::size_t unacknowledged() const { return flying_.size(); }
    /// Nothing unacknowledged and nothing waiting.
    [[nodiscard]] bool idle() const;
    [[nodiscard]] const Options& options() const { return options_; }

private:
    [[nodiscard]] std::chrono::milliseconds first_wait(Topic topic) const;

    struct Flying {
        Topic topic{};
        std::string bytes;
        unsigned attempts{};
        std::chrono::milliseconds wait{};
        SteadyTime next{};
    };

    /// Whether the next number is further from the lowest unacknowledged one than allowed.
    [[nodiscard]] bool full(Topic topic) const;
    void fill_window(SteadyTime now);

    Options options_;
    std::uint64_t last_seq_ = 0;
    std::map<std::uint64_t, Flying> flying_;
    std::deque<std::vector<v1::SensorReading>> waiting_data_;
    std::deque<std::vector<v1::SensorReading>> waiting_alarms_;
};

}  // namespace anju::sim
