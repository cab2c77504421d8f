// A replay: what it keeps, and its steps. Private to replay_run.cpp, which lets time pass, and
// replay_messages.cpp, which speaks with the gateway.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "firmware-sim/homes/foreign_devices.hpp"
#include "firmware-sim/homes/sensor_outbox.hpp"
#include "firmware-sim/replay/replay_box.hpp"
#include "firmware-sim/replay/replay_run.hpp"
#include "firmware-sim/sim_clock.hpp"
#include "firmware-sim/waiter.hpp"

namespace anju::sim {

struct ReplayFigures {
    std::uint64_t messages = 0;
    std::uint64_t readings = 0;
    std::uint64_t repeated = 0;
    std::uint64_t acknowledged = 0;  ///< of native sensors; others are not answered
    std::uint64_t refused = 0;
    std::uint64_t unacknowledged = 0;
    std::uint64_t bad_lines = 0;
    std::uint64_t unheard = 0;  ///< rows while the recorded gateway was offline
    std::uint64_t skipped = 0;  ///< messages before the moment at which real time joined
    std::uint64_t closed = 0;   ///< alerts
};

class ReplayRun {
public:
    ReplayRun(const ReplayOptions& options, Playback playback, std::uint64_t bad_lines);

    int run();

private:
    [[nodiscard]] result<ReplayBox::State> ask_state();
    result<void> settle();  ///< which clock, how far the recordings are moved, who is registered
    result<void> start();
    result<void> step();  ///< one message, until it is acknowledged
    result<void> step_to(Instant at);
    result<void> step_native(const Played& played);
    result<void> step_foreign(const Played& played, const SimDevice& device);
    void flow();  ///< at a rate
    void live();
    void join_now();
    void say(const Played& played);
    [[nodiscard]] Emission emission_of(const Played& played);
    [[nodiscard]] result<std::uint64_t> heard(Protocol protocol) const;
    result<void> await_answers();
    void send(SteadyTime now);
    void receive();
    void reschedule(std::size_t index);
    void send_clock(SteadyTime now);
    void set_clock(Instant at, double rate);
    [[nodiscard]] result<std::vector<std::string>> seen(const Played& played);
    result<void> close(const std::vector<std::string>& alerts);
    [[nodiscard]] std::uint64_t unacknowledged() const;
    void report() const;

    struct Sensor {
        std::size_t home{};
        std::size_t device{};
        SensorOutbox outbox;
        std::optional<SteadyTime> deadline;
    };

    ReplayOptions options_;
    Playback playback_;
    ReplayBox box_;
    Waiter waiter_;
    HomeLink link_;
    SimClock clock_;
    ForeignDevices foreign_;
    bool own_clock_ = true;
    Duration shift_{};  ///< from the recordings' time to that of the gateway
    std::string drill_;
    SteadyTime next_clock_{};
    std::vector<Sensor> sensors_;
    std::vector<std::vector<std::size_t>> index_;  ///< by home, device; of natives
    std::map<std::string, std::size_t, std::less<>> by_id_;
    std::set<std::pair<SteadyTime, std::size_t>> due_;
    std::string run_;  ///< begins the ids of commands
    ReplayFigures figures_;
};

}  // namespace anju::sim
