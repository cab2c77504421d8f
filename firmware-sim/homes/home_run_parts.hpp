// A run of simulated homes: what it keeps, and its steps. Private to home_run.cpp, which lets time
// pass, and home_messages.cpp, which speaks with the gateway.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "anju/v1/sensor.pb.h"
#include "firmware-sim/homes/care_link.hpp"
#include "firmware-sim/homes/foreign_devices.hpp"
#include "firmware-sim/homes/home_link.hpp"
#include "firmware-sim/homes/home_model.hpp"
#include "firmware-sim/homes/home_run.hpp"
#include "firmware-sim/homes/network_plan.hpp"
#include "firmware-sim/homes/pace.hpp"
#include "firmware-sim/homes/sensor_outbox.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/report.hpp"
#include "firmware-sim/sim_clock.hpp"
#include "firmware-sim/waiter.hpp"

namespace anju::sim {

/// The rate of a clock that stands but for being put forward.
inline constexpr double standing = 0.001;
/// How long the gateway may take to follow a step, on a slow machine and after an outage.
inline constexpr std::chrono::seconds stuck_after{90};

/// A number that no earlier run has used: the gateway knows (boot, seq) for ever.
[[nodiscard]] std::uint64_t draw_boot_id();

struct RunningDevice {
    std::size_t home{};
    std::size_t device{};
    SensorOutbox outbox;
    std::optional<SteadyTime> deadline;
    Random radio;                   ///< each sending is lost by itself
    std::string last_command = {};  ///< its id, so that it is obeyed once
    std::string last_topic = {};    ///< of the message it sent last, and its bytes
    std::string last_bytes = {};
};

/// A device that repeats its last message, answered or not.
struct Flooding {
    std::size_t index{};  ///< into the running devices
    Duration every{};
    Instant next{};
    Instant until{};
};

class HomeRun {
public:
    HomeRun(const HomeOptions& options, Scenario scenario)
        : options_(options),
          scenario_(std::move(scenario)),
          homes_(populate(scenario_, options.homes)),
          start_(options.start.value_or(scenario_.start)),
          end_(start_ + scenario_.lasts),
          rate_(options.gateway_time ? standing
                : options.own_clock  ? options.rate.value_or(scenario_.rate)
                                     : 1.0),
          link_(waiter_),
          clock_(start_, 1.0, std::chrono::steady_clock::now()),
          care_(options.control,
                options.control.empty() ? std::vector<SimCommunity>{} : scenario_.communities,
                scenario_.homes, local_midnight(start_), options.set_status),
          network_(scenario_.network, local_midnight(start_), options.faults),
          pace_(scenario_, local_midnight(start_)) {}

    int run();
    [[nodiscard]] Duration shift() const { return shift_; }
    [[nodiscard]] bool aborted() const { return !done_ && waiter_.stopping(); }

private:
    enum class Phase { greeting, running, draining };

    void add_homes();
    void greet();
    void set_shift();
    result<void> prepare();
    void step(SteadyTime now);
    void live(SteadyTime now);
    void go_on(SteadyTime now);
    [[nodiscard]] bool settled() const;
    [[nodiscard]] SteadyTime air(SteadyTime now) const { return now + skipped_; }
    void work(Instant simulated);
    void flood(Instant simulated);
    void set_clock(Instant simulated, SteadyTime now);
    void restart(std::size_t index);
    void perform(std::size_t home, const Output& output);
    void receive();
    void obey(std::size_t index, const v1::SensorCommand& command);
    void send_native(SteadyTime now);
    void send_foreign(SteadyTime now);
    void perform_foreign(const SimDevice& device, const Emission& emission);
    void send_clock(SteadyTime now);
    void set_rate(double rate, SteadyTime now);
    void reschedule(std::size_t index);
    [[nodiscard]] SteadyTime wake_at() const;
    [[nodiscard]] std::size_t unacknowledged() const;
    void say(const std::string& line) const;

    HomeOptions options_;
    Scenario scenario_;
    std::vector<SimHome> homes_;
    Instant start_;
    Instant end_;
    double rate_;
    Duration shift_{};  ///< from the scenario's time to that of the stamps
    Waiter waiter_;
    HomeLink link_;
    SimClock clock_;
    CareLink care_;
    NetworkPlan network_;
    Pace pace_;
    std::size_t clock_sets_ = 0;  ///< of the scenario's, done
    Duration set_by_{};           ///< what the gateway's clock shows beyond the world's
    Duration skipped_{};          ///< by which time was put forward; sensors wait that much less
    bool told_time_ = false;      ///< the gateway has the present time
    SteadyTime next_look_{};      ///< when the gateway is asked for its time again
    SteadyTime stuck_at_{};       ///< when the gateway is given up
    bool failed_ = false;
    std::vector<Flooding> floods_;
    ReportWriter report_;
    ForeignDevices foreign_;
    Phase phase_ = Phase::greeting;
    SteadyTime phase_until_{};
    SteadyTime next_clock_{};
    SteadyTime next_foreign_{};
    std::vector<HomeModel> models_;
    std::set<std::pair<Instant, std::size_t>> upcoming_;  ///< (time, home)
    std::vector<RunningDevice> devices_;
    std::vector<std::vector<std::size_t>> device_index_;  ///< by home, device
    std::map<std::string, std::size_t, std::less<>> by_id_;
    std::set<std::pair<SteadyTime, std::size_t>> due_;  ///< (time, index into devices_)
    std::uint64_t sent_ = 0;
    std::uint64_t repeated_ = 0;
    std::uint64_t acknowledged_ = 0;
    std::uint64_t refused_ = 0;
    bool done_ = false;
};

}  // namespace anju::sim
