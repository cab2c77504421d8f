#include "firmware-sim/homes/sensor_outbox.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace anju::sim {

namespace {

constexpr std::size_t readings_limit = 64;

}  // namespace

SensorOutbox::SensorOutbox(Options options) : options_(std::move(options)) {}

void SensorOutbox::add(Topic topic, std::vector<v1::SensorReading> readings) {
    auto& waiting = topic == Topic::alarm ? waiting_alarms_ : waiting_data_;
    // With the window open every message stays itself; behind a full one they merge.
    if (full(topic) && !waiting.empty() &&
        waiting.back().size() + readings.size() <= readings_limit) {
        std::move(readings.begin(), readings.end(), std::back_inserter(waiting.back()));
    } else {
        waiting.push_back(std::move(readings));
    }
}

bool SensorOutbox::full(Topic topic) const {
    const std::size_t room =
        topic == Topic::alarm ? options_.window : options_.window - options_.kept_for_alarms;
    return !flying_.empty() && last_seq_ + 1 - flying_.begin()->first >= room;
}

void SensorOutbox::fill_window(SteadyTime now) {
    for (;;) {
        const bool alarm = !waiting_alarms_.empty();
        auto& waiting = alarm ? waiting_alarms_ : waiting_data_;
        if (waiting.empty() || full(alarm ? Topic::alarm : Topic::data)) return;
        v1::SensorUplink uplink;
        uplink.set_device_id(options_.device_id);
        uplink.set_boot_id(options_.boot_id);
        uplink.set_seq(++last_seq_);
        for (auto& reading : waiting.front()) *uplink.add_readings() = std::move(reading);
        waiting.pop_front();
        const Topic topic = alarm ? Topic::alarm : Topic::data;
        flying_.emplace(last_seq_,
                        Flying{topic, uplink.SerializeAsString(), 0, first_wait(topic), now});
    }
}

std::chrono::milliseconds SensorOutbox::first_wait(Topic topic) const {
    return topic == Topic::alarm ? options_.first_alarm_repeat : options_.first_repeat;
}

std::vector<Transmission> SensorOutbox::due(SteadyTime now) {
    fill_window(now);
    std::vector<Transmission> out;
    for (auto& [seq, message] : flying_) {
        if (message.next > now) continue;
        ++message.attempts;
        if (message.attempts > 1) {
            const bool alarm = message.topic == Topic::alarm;
            message.wait = std::min(
                message.wait * 2, alarm ? options_.longest_alarm_repeat : options_.longest_repeat);
        }
        message.next = now + message.wait;
        out.push_back({seq, message.attempts, message.topic, message.bytes});
    }
    return out;
}

void SensorOutbox::not_sent(std::uint64_t seq, SteadyTime now) {
    const auto found = flying_.find(seq);
    if (found == flying_.end()) return;
    auto& message = found->second;
    if (message.attempts > 0) --message.attempts;
    message.wait = first_wait(message.topic);
    message.next = now + message.wait;
}

std::vector<Settled> SensorOutbox::acknowledge(const v1::SensorAck& ack) {
    std::vector<Settled> out;
    if (ack.boot_id() != options_.boot_id) return out;
    for (const auto seq : ack.seqs()) {
        if (flying_.erase(seq) != 0) out.push_back({seq, false, {}});
    }
    for (const auto& refusal : ack.refused()) {
        if (flying_.erase(refusal.seq()) == 0) continue;
        out.push_back({refusal.seq(), true, refusal.code() + ": " + refusal.text()});
    }
    return out;
}

std::optional<SteadyTime> SensorOutbox::deadline() const {
    if ((!waiting_alarms_.empty() && !full(Topic::alarm)) ||
        (!waiting_data_.empty() && !full(Topic::data))) {
        return SteadyTime{};
    }
    std::optional<SteadyTime> first;
    for (const auto& [seq, message] : flying_) {
        if (!first || message.next < *first) first = message.next;
    }
    return first;
}

bool SensorOutbox::idle() const {
    return flying_.empty() && waiting_data_.empty() && waiting_alarms_.empty();
}

}  // namespace anju::sim
