// How a run of homes speaks with the gateway: what devices send, repeat and are told.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "anju/v1/simulation.pb.h"
#include "firmware-sim/homes/home_run_parts.hpp"
#include "firmware-sim/homes/native_codec.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto clock_every = 500ms;
constexpr auto foreign_retry = 200ms;
/// In so many messages of a flood at most the others have a turn.
constexpr int flood_at_once = 500;

}  // namespace

std::uint64_t draw_boot_id() {
    std::random_device source;
    return (std::uint64_t{source()} << 32U) | source() | 1U;
}

void HomeRun::flood(Instant simulated) {
    int left = flood_at_once;
    for (auto& each : floods_) {
        auto& device = devices_[each.index];
        for (; each.next <= simulated && each.next < each.until && left > 0; --left) {
            // What the broker does not take is lost: such a device waits for nobody.
            if (!device.last_bytes.empty()) {
                link_.send_native(device.home, device.device, device.last_topic, device.last_bytes);
                ++repeated_;
            }
            each.next += each.every;
        }
    }
    std::erase_if(floods_, [](const Flooding& each) { return each.next >= each.until; });
}

/// What it had not delivered was in its memory and is gone.
void HomeRun::restart(std::size_t index) {
    auto& device = devices_[index];
    auto options = device.outbox.options();
    options.boot_id = draw_boot_id();
    device.outbox = SensorOutbox{std::move(options)};
    reschedule(index);
}

void HomeRun::perform(std::size_t home, const Output& output) {
    for (const auto& each : output.floods) {
        if (homes_[home].devices[each.device].protocol != Protocol::native) continue;
        const Instant now = clock_.read(Steady::now());
        floods_.push_back({device_index_[home][each.device],
                           std::max(Duration{1'000 / each.per_second}, Duration{1}), now,
                           each.until});
    }
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
        for (auto reading : emission.readings) {
            // Not the stamps of a device that takes the year for 1970.
            if (reading.event_time >= start_) reading.event_time += shift_;
            readings.push_back(to_native(reading));
        }
        const auto index = device_index_[home][emission.device];
        if (emission.afresh) restart(index);
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
        if (network_.deaf(found->first)) continue;
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
    const Instant now = clock_.read(Steady::now()) + shift_;
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

void HomeRun::send_native(SteadyTime real) {
    const auto now = air(real);
    while (!due_.empty() && due_.begin()->first <= now) {
        const auto index = due_.begin()->second;
        auto& device = devices_[index];
        const auto& id = device.outbox.options().device_id;
        for (const auto& transmission : device.outbox.due(now)) {
            const auto real_ns = real_now_ns();
            const auto steady_ns = steady_now_ns();
            device.last_topic = up_topic(id, transmission.topic);
            device.last_bytes = transmission.bytes;
            const auto& behaviour = homes_[device.home].devices[device.device].behaviour;
            const bool lost = device.radio.chance(behaviour.loss_per_mille);
            const bool gone = !network_.mute(id) &&
                              (lost || link_.send_native(device.home, device.device,
                                                         device.last_topic, device.last_bytes));
            if (!gone) {
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
    next_clock_ = now + clock_every;
    if (!options_.own_clock) return;
    v1::ClockControl control;
    control.set_unix_ms(to_unix_ms(clock_.read(now) + set_by_));
    control.set_rate(clock_.rate());
    control.set_set_by_ms(set_by_.count());
    link_.send_clock(control.SerializeAsString());
}

void HomeRun::reschedule(std::size_t index) {
    auto& device = devices_[index];
    if (device.deadline) due_.erase({*device.deadline, index});
    device.deadline = device.outbox.deadline();
    if (device.deadline) due_.emplace(*device.deadline, index);
}

std::size_t HomeRun::unacknowledged() const {
    std::size_t count = 0;
    for (const auto& device : devices_) {
        if (!device.outbox.idle()) ++count;
    }
    return count;
}

}  // namespace anju::sim
