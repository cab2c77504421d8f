// How a replay speaks with the gateway: what sensors send and repeat, the time, what is closed.
#include <fmt/format.h>

#include <algorithm>

#include "anju/v1/simulation.pb.h"
#include "firmware-sim/homes/native_codec.hpp"
#include "firmware-sim/replay/replay_parts.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto clock_every = 500ms;
constexpr auto look_again = 1ms;  ///< how often the gateway is asked whether it has heard

/// A gateway believes no clock that is older: such a sensor has none, and is dated on arrival.
constexpr Instant oldest_stamp = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};

std::string driver_of(Protocol protocol) {
    Device device;
    register_device(device, protocol);
    return device.driver;
}

}  // namespace

Emission ReplayRun::emission_of(const Played& played) {
    ++figures_.messages;
    figures_.readings += played.readings.size();
    Emission out{played.device, played.readings, played.at + shift_};
    for (auto& reading : out.readings) {
        reading.event_time += shift_;
        if (reading.event_time < oldest_stamp) reading.event_time = {};
    }
    return out;
}

void ReplayRun::say(const Played& played) {
    const SimDevice& device = playback_.homes()[played.home].devices[played.device];
    const Emission emission = emission_of(played);
    if (device.protocol == Protocol::native) {
        std::vector<v1::SensorReading> readings;
        for (const auto& reading : emission.readings) readings.push_back(to_native(reading));
        const auto index = index_[played.home][played.device];
        sensors_[index].outbox.add(Topic::data, std::move(readings));
        reschedule(index);
        return;
    }
    // Each state is a frame of its own: of two in one message such a device tells the newest only.
    for (const auto& reading : emission.readings) {
        foreign_.report(device, {played.device, {reading}, emission.heard});
    }
}

result<void> ReplayRun::step_native(const Played& played) {
    say(played);
    return await_answers();
}

result<void> ReplayRun::step_foreign(const Played& played, const SimDevice& device) {
    const Emission emission = emission_of(played);
    const auto limit = Steady::now() + options_.ack_limit;
    for (const auto& reading : emission.readings) {
        const auto before = heard(device.protocol);
        if (!before) return before.error();
        foreign_.report(device, {played.device, {reading}, emission.heard});
        if (foreign_.idle()) continue;  // such a device does not say that
        if (const auto sent = await_answers(); !sent) return sent;
        for (auto count = before; *count == *before && !waiter_.stopping();) {
            if (Steady::now() >= limit) {
                return Error{"the gateway has not heard a message",
                             std::string(name_of(device.protocol)),
                             "switch its driver on in [home] drivers of anju.toml"};
            }
            waiter_.wait(Steady::now() + look_again);
            count = heard(device.protocol);
            if (!count) return count.error();
        }
    }
    return {};
}

result<std::uint64_t> ReplayRun::heard(Protocol protocol) const {
    auto state = box_.state();
    if (!state) return state.error();
    return state->heard[driver_of(protocol)];
}

result<void> ReplayRun::await_answers() {
    const auto limit = Steady::now() + options_.ack_limit;
    while (unacknowledged() != 0 || !foreign_.idle()) {
        const auto now = Steady::now();
        if (waiter_.stopping()) return {};
        if (now >= limit) {
            return Error{
                fmt::format("{} sensors were not answered", unacknowledged()),
                {},
                "see whether anjud runs and knows these devices: --control registers them"};
        }
        send(now);
        auto until = std::min(limit, due_.empty() ? limit : due_.begin()->first);
        if (!foreign_.idle()) until = std::min<SteadyTime>(until, now + look_again);
        if (unacknowledged() != 0 || !foreign_.idle()) waiter_.wait(until);
        receive();
    }
    return {};
}

void ReplayRun::send(SteadyTime now) {
    while (!due_.empty() && due_.begin()->first <= now) {
        const auto index = due_.begin()->second;
        auto& sensor = sensors_[index];
        for (const auto& each : sensor.outbox.due(now)) {
            const auto topic = up_topic(sensor.outbox.options().device_id, each.topic);
            if (!link_.send_native(sensor.home, sensor.device, topic, each.bytes)) {
                sensor.outbox.not_sent(each.seq, now);
            } else if (each.attempt > 1) {
                ++figures_.repeated;
            }
        }
        reschedule(index);
    }
    (void)foreign_.send(link_);
}

void ReplayRun::receive() {
    for (const auto& message : link_.take()) {
        const auto found = by_id_.find(device_of_down_topic(message.topic));
        v1::SensorDownlink downlink;
        if (found == by_id_.end() || !downlink.ParseFromString(message.payload)) continue;
        if (!downlink.has_ack()) continue;
        for (const auto& settled : sensors_[found->second].outbox.acknowledge(downlink.ack())) {
            ++(settled.refused ? figures_.refused : figures_.acknowledged);
            if (settled.refused && figures_.refused <= 20) {
                fmt::print(stderr, "anju-sim: {} refused: {}\n", found->first, settled.text);
            }
        }
        reschedule(found->second);
    }
}

void ReplayRun::reschedule(std::size_t index) {
    auto& sensor = sensors_[index];
    if (sensor.deadline) due_.erase({*sensor.deadline, index});
    sensor.deadline = sensor.outbox.deadline();
    if (sensor.deadline) due_.emplace(*sensor.deadline, index);
}

void ReplayRun::set_clock(Instant at, double rate) {
    v1::ClockControl control;
    control.set_unix_ms(to_unix_ms(at));
    control.set_rate(rate);
    link_.send_clock(control.SerializeAsString());
}

void ReplayRun::send_clock(SteadyTime now) {
    next_clock_ = now + clock_every;
    if (own_clock_) set_clock(clock_.read(now), clock_.rate());
}

result<void> ReplayRun::step_to(Instant at) {
    const auto limit = Steady::now() + options_.ack_limit;
    set_clock(at, 0);
    auto again = Steady::now() + clock_every;
    for (;;) {
        const auto state = box_.state();
        if (!state) return state.error();
        if (state->now >= at || waiter_.stopping()) return {};
        const auto now = Steady::now();
        if (now >= limit) {
            return Error{"the gateway does not follow the clock", options_.link.broker,
                         "set driven = true in [clock] of anju.toml, and use its home broker"};
        }
        if (now >= again) {
            set_clock(at, 0);
            again = now + clock_every;
        }
        waiter_.wait(now + look_again);
    }
}

result<std::vector<std::string>> ReplayRun::seen(const Played& played) {
    if (!played.use || !options_.close_alerts) return std::vector<std::string>{};
    return box_.closable(playback_.homes()[played.home].id.value, played.at + shift_);
}

result<void> ReplayRun::close(const std::vector<std::string>& alerts) {
    for (const auto& alert : alerts) {
        const auto done = box_.close(alert, fmt::format("{}-{}", run_, ++figures_.closed));
        if (!done) return done.error();
    }
    return {};
}

std::uint64_t ReplayRun::unacknowledged() const {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        sensors_, [](const Sensor& sensor) { return !sensor.outbox.idle(); }));
}

}  // namespace anju::sim
