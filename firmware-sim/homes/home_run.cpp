#include "firmware-sim/homes/home_run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <random>
#include <set>

#include "anju/v1/simulation.pb.h"
#include "firmware-sim/homes/care_link.hpp"
#include "firmware-sim/homes/foreign_devices.hpp"
#include "firmware-sim/homes/home_model.hpp"
#include "firmware-sim/homes/native_codec.hpp"
#include "firmware-sim/homes/sensor_outbox.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto clock_every = 500ms;
constexpr auto foreign_retry = 200ms;

/// A number that no earlier run has used: the gateway knows (boot, seq) for ever.
std::uint64_t draw_boot_id() {
    std::random_device source;
    return (std::uint64_t{source()} << 32U) | source() | 1U;
}

struct RunningDevice {
    std::size_t home{};
    std::size_t device{};
    SensorOutbox outbox;
    std::optional<SteadyTime> deadline;
    Random radio;                   ///< each sending is lost by itself
    std::string last_command = {};  ///< its id, so that it is obeyed once
};

class HomeRun {
public:
    HomeRun(const HomeOptions& options, Scenario scenario)
        : options_(options),
          scenario_(std::move(scenario)),
          homes_(populate(scenario_, options.homes)),
          start_(options.start.value_or(scenario_.start)),
          end_(start_ + scenario_.lasts),
          rate_(options.rate.value_or(scenario_.rate)),
          link_(waiter_),
          clock_(start_, 1.0, Steady::now()),
          care_(options.control,
                options.control.empty() ? std::vector<SimCommunity>{} : scenario_.communities,
                scenario_.homes, local_midnight(start_)) {}

    int run();

private:
    enum class Phase { greeting, running, draining };

    void add_homes();
    void greet();
    void step(SteadyTime now);
    void live(SteadyTime now);
    void work(Instant simulated);
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
    Waiter waiter_;
    HomeLink link_;
    SimClock clock_;
    CareLink care_;
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

void HomeRun::say(const std::string& line) const {
    if (!options_.story) return;
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

void HomeRun::add_homes() {
    for (std::size_t h = 0; h < homes_.size(); ++h) {
        models_.emplace_back(homes_[h], start_, end_,
                             derive_seed(options_.seed, homes_[h].id.value));
        if (const auto next = models_.back().next()) upcoming_.emplace(*next, h);
        auto& row = device_index_.emplace_back();
        for (std::size_t d = 0; d < homes_[h].devices.size(); ++d) {
            const auto& device = homes_[h].devices[d];
            row.push_back(devices_.size());
            const auto& id = device.device.id.value;
            if (device.protocol != Protocol::native) {
                foreign_.add(device, options_.seed);
                continue;
            }
            by_id_.emplace(id, devices_.size());
            SensorOutbox::Options outbox{.device_id = id, .boot_id = draw_boot_id()};
            devices_.push_back({h, d, SensorOutbox{std::move(outbox)}, std::nullopt,
                                Random{derive_seed(options_.seed, id)}});
        }
    }
}

void HomeRun::greet() {
    const auto now = Steady::now();
    set_rate(1.0, now);
    foreign_.announce();
    for (std::size_t h = 0; h < models_.size(); ++h) perform(h, models_[h].hello());
    phase_until_ = now + options_.await_gateway;
}

int HomeRun::run() {
    add_homes();
    if (!options_.report.empty()) {
        if (auto opened = report_.open(options_.report); !opened) {
            fmt::print(stderr, "anju-sim: {}\n", opened.error().text());
            return 1;
        }
    }
    if (auto connected = link_.connect(options_.link, homes_, options_.connect_limit); !connected) {
        fmt::print(stderr, "anju-sim: {}\n", connected.error().text());
        return waiter_.stopping() ? 0 : 1;
    }
    say(fmt::format("# {} · {}  (seed {}, 1 s = {:g} s)", scenario_.title_zh, scenario_.title_en,
                    options_.seed, rate_));
    greet();
    while (!done_ && !waiter_.stopping()) {
        step(Steady::now());
        if (!done_) waiter_.wait(wake_at());
    }
    set_rate(1.0, Steady::now());
    link_.flush(2s);
    const auto left = unacknowledged();
    fmt::print(stderr,
               "anju-sim: {} messages sent, {} repetitions, {} acknowledged, {} refused, {} "
               "unacknowledged\n",
               sent_, repeated_, acknowledged_, refused_, left);
    return options_.until_acked && (left != 0 || !foreign_.idle()) ? 2 : 0;
}

void HomeRun::step(SteadyTime now) {
    receive();
    if (phase_ == Phase::greeting && (unacknowledged() == 0 || now >= phase_until_)) {
        if (unacknowledged() != 0 && options_.await_gateway > 0s) {
            fmt::print(stderr,
                       "anju-sim: the gateway has not answered {} sensors; going on. Is "
                       "anjud running, and does it know these devices?\n",
                       unacknowledged());
        }
        phase_ = Phase::running;
        set_rate(rate_, now);
    }
    if (phase_ == Phase::running) live(now);
    send_native(now);
    send_foreign(now);
    if (now >= next_clock_) send_clock(now);
    if (phase_ == Phase::draining) {
        const bool settled = unacknowledged() == 0 && foreign_.idle();
        done_ = !options_.until_acked || settled || now >= phase_until_;
    }
}

void HomeRun::live(SteadyTime now) {
    const auto simulated = clock_.read(now);
    while (!upcoming_.empty() && upcoming_.begin()->first <= simulated) {
        const auto [at, home] = *upcoming_.begin();
        upcoming_.erase(upcoming_.begin());
        Output output;
        models_[home].advance(at, output);
        perform(home, output);
        if (const auto next = models_[home].next()) upcoming_.emplace(*next, home);
    }
    work(simulated);
    if (simulated < end_) return;
    say(fmt::format("# {} 结束 · the end", format_local(end_)));
    phase_ = Phase::draining;
    phase_until_ = now + options_.ack_limit;
    set_rate(1.0, now);
}

void HomeRun::work(Instant simulated) {
    while (care_.next() && *care_.next() <= simulated) {
        const CareLink::Done done = care_.do_next();
        say(fmt::format("{}  {} · {}", format_local(done.at), done.line.zh, done.line.en));
        if (done.answer.empty()) continue;
        fmt::print(stderr, "anju-sim: not entered: {}\n", done.answer);
    }
}

void HomeRun::perform(std::size_t home, const Output& output) {
    for (const auto& line : output.story) {
        say(fmt::format("{}  {} · {}", format_local(line.at), line.zh, line.en));
    }
    for (const auto& emission : output.emissions) {
        const auto& device = homes_[home].devices[emission.device];
        if (device.protocol != Protocol::native) {
            perform_foreign(device, emission);
            continue;
        }
        const bool alarm = is_alarm(emission.readings.front().kind);
        std::vector<v1::SensorReading> readings;
        for (const auto& reading : emission.readings) readings.push_back(to_native(reading));
        const auto index = device_index_[home][emission.device];
        devices_[index].outbox.add(alarm ? Topic::alarm : Topic::data, std::move(readings));
        reschedule(index);
    }
}

void HomeRun::perform_foreign(const SimDevice& device, const Emission& emission) {
    foreign_.report(device, emission);
    if (!report_.enabled()) return;
    report_.publish({device.device.id.value, 0, 0, 1, name_of(device.protocol),
                     kinds_json(emission.readings), emission.readings.front().event_time,
                     real_now_ns(), steady_now_ns()});
}

void HomeRun::receive() {
    for (const auto& message : link_.take()) {
        const auto found = by_id_.find(device_of_down_topic(message.topic));
        v1::SensorDownlink downlink;
        if (found == by_id_.end() || !downlink.ParseFromString(message.payload)) continue;
        if (downlink.has_command()) {
            obey(found->second, downlink.command());
            continue;
        }
        auto& outbox = devices_[found->second].outbox;
        for (const auto& settled : outbox.acknowledge(downlink.ack())) {
            ++(settled.refused ? refused_ : acknowledged_);
            report_.ack(found->first, outbox.options().boot_id, settled.seq, settled.refused);
            if (settled.refused) {
                fmt::print(stderr, "anju-sim: {} refused message {}: {}\n", found->first,
                           settled.seq, settled.text);
            }
        }
        reschedule(found->second);
    }
}

/// As sensors do: once for each id, and not when it comes too late.
void HomeRun::obey(std::size_t index, const v1::SensorCommand& command) {
    auto& running = devices_[index];
    const Instant now = clock_.read(Steady::now());
    if (!command.self_test() || command.command_id() == running.last_command ||
        now > from_unix_ms(command.expires_ms())) {
        return;
    }
    running.last_command = command.command_id();
    const auto& home = homes_[running.home];
    const auto& device = home.devices[running.device].device;
    const Reading reading{test_reading(device.kind), quality::test, 1, now};
    running.outbox.add(is_alarm(reading.kind) ? Topic::alarm : Topic::data, {to_native(reading)});
    say(fmt::format("{}  {}自检 · {} tests itself", format_local(now), device.label,
                    device.id.value));
    reschedule(index);
}

void HomeRun::send_native(SteadyTime now) {
    while (!due_.empty() && due_.begin()->first <= now) {
        const auto index = due_.begin()->second;
        auto& device = devices_[index];
        const auto& id = device.outbox.options().device_id;
        for (const auto& transmission : device.outbox.due(now)) {
            const auto real_ns = real_now_ns();
            const auto steady_ns = steady_now_ns();
            const auto& behaviour = homes_[device.home].devices[device.device].behaviour;
            const bool lost = device.radio.chance(behaviour.loss_per_mille);
            if (!lost && !link_.send_native(device.home, device.device,
                                            up_topic(id, transmission.topic), transmission.bytes)) {
                device.outbox.not_sent(transmission.seq, now);
                continue;
            }
            ++(transmission.attempt == 1 ? sent_ : repeated_);
            if (!report_.enabled()) continue;
            v1::SensorUplink uplink;
            uplink.ParseFromString(transmission.bytes);
            std::vector<Reading> readings;
            for (const auto& reading : uplink.readings()) readings.push_back(from_native(reading));
            report_.publish({id, uplink.boot_id(), transmission.seq, transmission.attempt,
                             transmission.topic == Topic::alarm ? "alarm" : "data",
                             kinds_json(readings), readings.front().event_time, real_ns,
                             steady_ns});
        }
        reschedule(index);
    }
}

void HomeRun::send_foreign(SteadyTime now) {
    if (now >= next_foreign_ && !foreign_.send(link_)) next_foreign_ = now + foreign_retry;
}

void HomeRun::send_clock(SteadyTime now) {
    v1::ClockControl control;
    control.set_unix_ms(to_unix_ms(clock_.read(now)));
    control.set_rate(clock_.rate());
    link_.send_clock(control.SerializeAsString());
    next_clock_ = now + clock_every;
}

void HomeRun::set_rate(double rate, SteadyTime now) {
    if (phase_ == Phase::greeting) clock_ = SimClock{start_, rate, now};
    clock_.set_rate(rate, now);
    send_clock(now);
}

void HomeRun::reschedule(std::size_t index) {
    auto& device = devices_[index];
    if (device.deadline) due_.erase({*device.deadline, index});
    device.deadline = device.outbox.deadline();
    if (device.deadline) due_.emplace(*device.deadline, index);
}

SteadyTime HomeRun::wake_at() const {
    auto at = next_clock_;
    if (phase_ == Phase::running) {
        at = std::min(at, clock_.when(upcoming_.empty() ? end_ : upcoming_.begin()->first));
        at = std::min(at, clock_.when(end_));
        if (const auto errand = care_.next()) at = std::min(at, clock_.when(*errand));
    } else {
        at = std::min(at, phase_until_);
    }
    if (!due_.empty()) at = std::min(at, due_.begin()->first);
    if (!foreign_.idle()) at = std::min(at, next_foreign_);
    return at;
}

std::size_t HomeRun::unacknowledged() const {
    std::size_t count = 0;
    for (const auto& device : devices_) {
        if (!device.outbox.idle()) ++count;
    }
    return count;
}

}  // namespace

int run_home(const HomeOptions& options) {
    auto scenario = load_scenario(options.scenario);
    if (!scenario) {
        fmt::print(stderr, "anju-sim: {}\n", scenario.error().text());
        return 1;
    }
    return HomeRun(options, std::move(*scenario)).run();
}

}  // namespace anju::sim
