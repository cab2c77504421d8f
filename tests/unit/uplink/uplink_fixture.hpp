// An uplink between two links and a journal in memory.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "tests/support/memory_journal.hpp"
#include "uplink/event_encoder.hpp"
#include "uplink/uplink.hpp"

namespace anju::uplink {

using namespace std::chrono_literals;

class FakeLink final : public Link {
public:
    bool publish(std::string topic, std::string payload, int qos) override {
        if (refuse) return false;
        v1::DistrictUplink message;
        EXPECT_TRUE(message.ParseFromString(payload));
        if (message.has_heartbeat()) {
            EXPECT_EQ(qos, 0);
            heartbeats.push_back(message.heartbeat());
        } else {
            EXPECT_EQ(qos, 1);
            events.push_back(message.event());
        }
        topics.insert(std::move(topic));
        return true;
    }
    void hurry() override { ++hurries; }
    [[nodiscard]] std::vector<std::uint64_t> seqs() const {
        std::vector<std::uint64_t> out;
        for (const auto& event : events) out.push_back(event.seq());
        return out;
    }

    bool refuse = false;
    int hurries = 0;
    std::vector<v1::DistrictEvent> events;
    std::vector<v1::Heartbeat> heartbeats;
    std::set<std::string> topics;
};

class FakeClock final : public Clock {
public:
    [[nodiscard]] ClockReading read() const override {
        return {from_unix_ms(1'700'000'000'000), steady, ClockState::synchronised};
    }
    [[nodiscard]] std::chrono::nanoseconds until(Instant) const override { return 0ns; }
    SteadyTime steady{1'000h};
};

class UplinkTest : public ::testing::Test {
protected:
    UplinkTest()
        : uplink({.gateway_id = "box-1", .software_version = "1.2.3", .page = 16}, journal, clock,
                 alarm, bulk, [] { return Census{3, 8, 1}; }) {}

    std::vector<OutboxEvent> make(Lane lane, std::size_t count) {
        std::vector<OutboxEvent> events;
        for (std::size_t n = 0; n < count; ++n) {
            const auto seq = ++last_[lane];
            const Decision decision{HouseholdId{"h"}, seq, from_unix_ms(1),
                                    DeviceHealthChanged{DeviceId{"d"}, DeviceHealth::ok}};
            events.push_back({lane, seq, {}, uplink.encode(decision, lane, {7, seq, {}, {}})});
        }
        return events;
    }
    void commit(const std::vector<OutboxEvent>& events) {
        Transaction transaction;
        transaction.events = events;
        ASSERT_TRUE(journal.commit(transaction));
        uplink.committed(events);
    }
    void connect() {
        uplink.link_changed(Lane::alarm, true, clock.steady);
        uplink.link_changed(Lane::bulk, true, clock.steady);
    }
    void poll() { ASSERT_TRUE(uplink.poll(clock.steady)); }
    std::optional<OutboxAck> ack(Lane lane, std::uint64_t through,
                                 std::vector<std::uint64_t> seqs = {},
                                 std::vector<SeqRange> missing = {}) {
        v1::DistrictAck message;
        message.set_gateway_id("box-1");
        message.set_epoch(7);
        message.set_lane(static_cast<v1::Lane>(lane));
        message.set_through_seq(through);
        for (const auto seq : seqs) message.add_seqs(seq);
        for (const auto& range : missing) {
            auto& added = *message.add_missing();
            added.set_first(range.first);
            added.set_last(range.last);
        }
        return uplink.on_ack(message.SerializeAsString(), clock.steady);
    }

    test::MemoryJournal journal;
    FakeClock clock;
    FakeLink alarm;
    FakeLink bulk;
    Uplink uplink;

private:
    std::map<Lane, std::uint64_t> last_;
};

inline std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> out;
    for (auto seq = first; seq <= last; ++seq) out.push_back(seq);
    return out;
}

}  // namespace anju::uplink
