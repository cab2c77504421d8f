// Thousands of sensors that keep the sensor contract, in little memory: a message is rebuilt
// from its number instead of being kept, and repetitions wait in one queue per waiting time.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "anju/v1/sensor.pb.h"
#include "firmware-sim/homes/sensor_outbox.hpp"
#include "firmware-sim/sim_clock.hpp"

namespace anju::sim {

struct LoadMessage {
    std::size_t device{};
    std::uint64_t seq{};
    Topic topic{};
    std::string bytes;  ///< serialized anju.v1.SensorUplink
};

/// A message whose acknowledgement has come.
struct LoadSettled {
    std::size_t device{};
    std::uint64_t seq{};
    Topic topic{};
    bool refused{};
    SteadyTime first_sent{};
};

/// Not thread-safe.
class LoadTracker {
public:
    struct Options {
        std::size_t devices{};
        std::size_t per_home = 5;  ///< layout as in load_homes()
        std::uint64_t boot_id{};   ///< of every device; never 0
        std::size_t window = 64;
    };

    explicit LoadTracker(const Options& options);

    /// The next message of a device: an alarm (smoke) or a measurement as its kind has it, said
    /// to have happened at `event_ms` (0 = without a time). nullopt: its window is full.
    [[nodiscard]] std::optional<LoadMessage> make(std::size_t device, Topic topic,
                                                  std::int64_t event_ms, SteadyTime now);

    /// A message due for repetition, oldest first; nullopt: none now.
    [[nodiscard]] std::optional<LoadMessage> repeat(SteadyTime now);

    /// nullopt: unknown, or settled before.
    std::optional<LoadSettled> settle(std::size_t device, std::uint64_t seq, bool refused);

    [[nodiscard]] std::size_t unacknowledged() const { return unacknowledged_; }
    /// When the oldest message that is not acknowledged was first sent. Looks at every device.
    [[nodiscard]] std::optional<SteadyTime> oldest_unacknowledged() const;
    [[nodiscard]] const Options& options() const { return options_; }

    /// "load-000042", and back; nullopt when it is not one of ours.
    [[nodiscard]] static std::string device_id(std::size_t device);
    [[nodiscard]] std::optional<std::size_t> device_of(std::string_view id) const;

private:
    struct Slot {
        SteadyTime first_sent{};
        std::int64_t event_ms{};
        Topic topic{};
        bool settled{};
    };
    struct Device {
        std::uint64_t base = 1;  ///< seq of the first slot
        std::deque<Slot> slots;
        std::size_t unacknowledged{};
    };
    struct Waiting {
        SteadyTime due{};
        std::uint32_t device{};
        std::uint64_t seq{};
    };

    [[nodiscard]] LoadMessage build(std::size_t device, std::uint64_t seq, const Slot& slot);
    [[nodiscard]] Slot* find(std::size_t device, std::uint64_t seq);

    Options options_;
    std::vector<Device> devices_;
    std::array<std::deque<Waiting>, 6> waiting_;  ///< 2, 4, 8, 16, 32, 60 s
    std::size_t unacknowledged_ = 0;
    v1::SensorUplink scratch_;
};

}  // namespace anju::sim
