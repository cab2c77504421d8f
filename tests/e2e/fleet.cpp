// One MQTT session for all sensors; one thread that sends what is due every few milliseconds.
#include "tests/e2e/fleet.hpp"

#include <utility>

#include "firmware-sim/homes/native_codec.hpp"

namespace anju::test {

using Steady = std::chrono::steady_clock;

Fleet::Fleet(Options options) : options_(std::move(options)) {
    for (const std::string& device : options_.devices) {
        sim::SensorOutbox::Options outbox;
        outbox.device_id = device;
        outbox.boot_id = options_.boot;
        outbox.first_repeat = outbox.first_alarm_repeat = options_.first_repeat;
        outbox.longest_repeat = outbox.longest_alarm_repeat = options_.longest_repeat;
        sensors_.emplace(device, Sensor{sim::SensorOutbox(outbox), {}, {}});
    }
    mqtt::Session::Options session;
    session.endpoint = options_.endpoint;
    session.endpoint.clean_session = true;
    session.subscriptions = {{"anju/v1/down/+", 0}};
    session.queue_limit = 65536;
    session_ = std::make_unique<mqtt::Session>(
        std::move(session), [this](mqtt::Incoming&& message) { hear(std::move(message)); },
        [](bool) {});
    session_->start();
    thread_ = std::thread([this] { run(); });
}

Fleet::~Fleet() {
    stop();
}

void Fleet::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
    session_->stop();
}

void Fleet::say(const std::string& device, sim::Topic topic, v1::SensorReading reading) {
    const std::lock_guard lock(mutex_);
    std::vector<v1::SensorReading> readings;
    readings.push_back(std::move(reading));
    sensors_.at(device).outbox.add(topic, std::move(readings));
}

void Fleet::run() {
    while (!stopping_) {
        {
            const std::lock_guard lock(mutex_);
            const auto now = Steady::now();
            for (auto& [device, sensor] : sensors_) {
                for (sim::Transmission& message : sensor.outbox.due(now)) {
                    sensor.sent.try_emplace(message.seq, message.topic, now);
                    if (!session_->publish(sim::up_topic(device, message.topic),
                                           std::move(message.bytes), 0)) {
                        sensor.outbox.not_sent(message.seq, now);
                    }
                }
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

void Fleet::hear(mqtt::Incoming&& message) {
    v1::SensorDownlink downlink;
    if (!downlink.ParseFromString(message.payload)) return;
    const std::lock_guard lock(mutex_);
    const auto found = sensors_.find(std::string(sim::device_of_down_topic(message.topic)));
    if (found == sensors_.end()) return;
    Sensor& sensor = found->second;
    const auto now = Steady::now();
    for (const sim::Settled& settled : sensor.outbox.acknowledge(downlink.ack())) {
        if (settled.refused) continue;
        sensor.acknowledged.emplace_back(options_.boot, settled.seq);
        ++acknowledged_count_;
        if (const auto sent = sensor.sent.find(settled.seq); sent != sensor.sent.end()) {
            const std::chrono::duration<double, std::milli> took = now - sent->second.second;
            latencies_[static_cast<std::size_t>(sent->second.first)].push_back(took.count());
            sensor.sent.erase(sent);
        }
    }
}

std::size_t Fleet::waiting() const {
    const std::lock_guard lock(mutex_);
    std::size_t out = 0;
    for (const auto& [device, sensor] : sensors_) out += sensor.outbox.idle() ? 0 : 1;
    return out;
}

bool Fleet::settle(std::chrono::seconds limit) {
    const auto until = Steady::now() + limit;
    while (waiting() > 0) {
        if (Steady::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
}

std::map<std::string, std::vector<std::pair<std::uint64_t, std::uint64_t>>> Fleet::acknowledged()
    const {
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::vector<std::pair<std::uint64_t, std::uint64_t>>> out;
    for (const auto& [device, sensor] : sensors_) out[device] = sensor.acknowledged;
    return out;
}

std::vector<double> Fleet::take_latencies(sim::Topic topic) {
    const std::lock_guard lock(mutex_);
    return std::exchange(latencies_[static_cast<std::size_t>(topic)], {});
}

}  // namespace anju::test
