// A gateway on a clock that the test turns, over a journal in memory, with everything it sends
// written down.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "anju/v1/sensor.pb.h"
#include "runtime/gateway.hpp"
#include "support/memory_journal.hpp"

namespace anju::test {

class HandClock final : public Clock {
public:
    ClockReading now{from_unix_ms(1'800'000'000'000), SteadyTime{std::chrono::hours{1}},
                     ClockState::synchronised};
    void pass(Duration time) {
        now.wall += time;
        now.steady += time;
    }
    [[nodiscard]] ClockReading read() const override { return now; }
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override {
        return std::max<Duration>(at - now.wall, Duration{0});
    }
};

struct SentToSensor {
    std::string topic;
    v1::SensorDownlink message;
    std::size_t commits_before{};
};

class RecordingSensors final : public SensorLink {
public:
    explicit RecordingSensors(const MemoryJournal& journal) : journal_(journal) {}
    void send(std::string topic, std::string payload) override {
        SentToSensor sent{std::move(topic), {}, journal_.commits};
        ASSERT_TRUE(sent.message.ParseFromString(payload));
        all.push_back(std::move(sent));
    }
    std::vector<SentToSensor> all;

private:
    const MemoryJournal& journal_;
};

/// Alerts and answers on the alarm lane, the rest on bulk; the bytes are the event's identity.
class RecordingDistrict final : public District {
public:
    [[nodiscard]] std::optional<Lane> lane_of(const Decision& decision) const override {
        if (std::holds_alternative<Summons>(decision.what)) return std::nullopt;
        return std::holds_alternative<DeviceHealthChanged>(decision.what) ? Lane::bulk
                                                                          : Lane::alarm;
    }
    [[nodiscard]] std::string encode(const Decision& decision, Lane,
                                     const Envelope& envelope) const override {
        return decision.household.value + "/" + std::to_string(envelope.epoch) + "/" +
               std::to_string(envelope.seq);
    }
    [[nodiscard]] std::string encode(const BoxHealth& health, BoxCause, const BoxWarnings&,
                                     const Envelope& envelope) const override {
        return health.software_version + "/" + std::to_string(envelope.epoch) + "/" +
               std::to_string(envelope.seq);
    }
    void committed(std::span<const OutboxEvent> events) override {
        sent.insert(sent.end(), events.begin(), events.end());
    }
    std::vector<OutboxEvent> sent;
};

inline Household home(const std::string& id = "h1") {
    using namespace std::chrono_literals;
    Household household;
    household.id = HouseholdId{id};
    household.community = "c1";
    household.residents = {{ResidentId{id + "-r"}, "林奶奶", ResidentStatus::active}};
    const auto device = [&](const std::string& name, SensorKind kind) {
        const std::string device_id = id + "-" + name;
        return Device{.id = DeviceId{device_id},
                      .kind = kind,
                      .label = name,
                      .driver = "native",
                      .address = device_id,
                      .sample_every = 1h,
                      .deliver_every = 1h};
    };
    household.devices = {device("water", SensorKind::water_meter),
                         device("smoke", SensorKind::smoke), device("door", SensorKind::door)};
    return household;
}

class GatewayTest : public ::testing::Test {
protected:
    GatewayTest() { restart(); }

    /// Throws the process away and starts a new one on the same journal.
    void restart() {
        gateway = std::make_unique<Gateway>(Gateway::Options{}, clock, journal, catalog, sensors,
                                            &district);
        const auto started = gateway->start();
        ASSERT_TRUE(started) << started.error().text();
        ASSERT_TRUE(gateway->listening(true));
    }

    static Inbound uplink(const std::string& device, std::uint64_t seq, v1::SensorReading reading,
                          std::uint64_t boot = 1, const std::string& lane = "data") {
        v1::SensorUplink message;
        message.set_device_id(device);
        message.set_boot_id(boot);
        message.set_seq(seq);
        *message.add_readings() = std::move(reading);
        return {Source::home, "anju/v1/up/" + device + "/" + lane, message.SerializeAsString(),
                false, false};
    }
    v1::SensorReading water(std::int64_t total_ml) const {
        v1::SensorReading reading;
        reading.set_event_time_ms(to_unix_ms(clock.now.wall));
        reading.set_water_total_ml(total_ml);
        return reading;
    }
    v1::SensorReading smoke(bool on) const {
        v1::SensorReading reading;
        reading.set_event_time_ms(to_unix_ms(clock.now.wall));
        reading.set_smoke(on);
        return reading;
    }
    result<void> process(Inbound message) {
        return gateway->process(std::span<const Inbound>{&message, 1});
    }
    std::uint64_t count(Counter counter) { return gateway->counters().get(counter); }

    HandClock clock;
    MemoryJournal journal;
    drivers::Catalog catalog;
    RecordingSensors sensors{journal};
    RecordingDistrict district;
    std::unique_ptr<Gateway> gateway;
};

}  // namespace anju::test
