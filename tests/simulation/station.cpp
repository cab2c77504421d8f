#include "tests/simulation/station.hpp"

#include <algorithm>

#include "firmware-sim/homes/native_codec.hpp"

namespace anju::whole {

namespace {

/// Sensors reckon in true time: their own clock is only a counter.
sim::SteadyTime steady(Instant at) {
    return sim::SteadyTime{at.time_since_epoch()};
}
Instant instant(sim::SteadyTime at) {
    return Instant{std::chrono::ceil<Duration>(at.time_since_epoch())};
}

}  // namespace

Station::Station(World& world, Radio& radio, Broker& broker, Auditor& auditor, std::string device,
                 std::uint64_t first_boot)
    : world_(world),
      radio_(radio),
      broker_(broker),
      auditor_(auditor),
      outbox_({.device_id = std::move(device), .boot_id = first_boot}) {}

void Station::say(std::vector<v1::SensorReading> readings) {
    outbox_.add(sim::Topic::data, std::move(readings));
    poll();
}

void Station::alarm(v1::SensorReading reading, Auditor::IncidentId incident) {
    untold_.emplace_back(reading.event_time_ms(), incident);
    std::vector<v1::SensorReading> readings;
    readings.push_back(std::move(reading));
    outbox_.add(sim::Topic::alarm, std::move(readings));
    poll();
}

void Station::poll() {
    for (sim::Transmission& sending : outbox_.due(steady(world_.now()))) {
        if (sending.attempt == 1 && sending.topic == sim::Topic::alarm) note_told(sending);
        // To a broker that nobody listens to it is the same as a message that was lost.
        if (!broker_.anybody()) continue;
        radio_.carry([this, topic = sim::up_topic(device(), sending.topic),
                      bytes = std::move(sending.bytes)]() mutable {
            broker_.publish({topic, bytes, 0, false, false, 0});
        });
    }
    const auto due = outbox_.deadline();
    if (!due) return;
    const Instant at = std::max(instant(*due), world_.now() + Duration{1});
    if (at >= wakes_at_) return;
    wakes_at_ = at;
    world_.at(at, [this, at] {
        if (wakes_at_ != at) return;  // an earlier one has taken over
        wakes_at_ = Instant::max();
        poll();
    });
}

void Station::note_told(const sim::Transmission& sending) {
    v1::SensorUplink uplink;
    if (!uplink.ParseFromString(sending.bytes)) return;
    for (const v1::SensorReading& reading : uplink.readings()) {
        const auto at = std::ranges::find(untold_, reading.event_time_ms(),
                                          &std::pair<std::int64_t, Auditor::IncidentId>::first);
        if (at == untold_.end()) continue;
        auditor_.told(at->second, device(), {uplink.boot_id(), uplink.seq()});
        untold_.erase(at);
    }
}

void Station::hear(const std::string& payload) {
    v1::SensorDownlink downlink;
    if (!downlink.ParseFromString(payload) || !downlink.has_ack()) return;
    const v1::SensorAck& ack = downlink.ack();
    for (const sim::Settled& settled : outbox_.acknowledge(ack)) {
        if (!settled.refused) auditor_.answered(device(), {ack.boot_id(), settled.seq});
    }
    poll();
}

void Station::reboot() {
    sim::SensorOutbox::Options options = outbox_.options();
    ++options.boot_id;
    outbox_ = sim::SensorOutbox(std::move(options));
    untold_.clear();
    wakes_at_ = Instant::max();
}

}  // namespace anju::whole
