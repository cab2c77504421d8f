#include "firmware-sim/homes/home_link.hpp"

#include <fmt/format.h>

#include <set>

#include "firmware-sim/credentials.hpp"
#include "firmware-sim/homes/native_codec.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// The protocols other than Anju's own.
std::set<Protocol> foreign_protocols(const std::vector<SimHome>& homes) {
    std::set<Protocol> out;
    for (const auto& home : homes) {
        for (const auto& device : home.devices) out.insert(device.protocol);
    }
    out.erase(Protocol::native);
    return out;
}

/// Whoever speaks it on the broker: the bridge, the receiver, the network's integration.
std::string user_of(Protocol protocol) {
    Device device;
    register_device(device, protocol);
    return device.driver;
}

}  // namespace

std::vector<std::string> home_users(const std::vector<SimHome>& homes) {
    std::vector<std::string> out{clock_user};
    for (const auto protocol : foreign_protocols(homes)) out.push_back(user_of(protocol));
    for (const auto& home : homes) {
        for (const auto& device : home.devices) {
            if (device.protocol == Protocol::native) out.push_back(device.device.id.value);
        }
    }
    return out;
}

result<mqtt::Session*> HomeLink::open(const Options& options, const std::string& user,
                                      std::vector<mqtt::Subscription> subscriptions) {
    auto endpoint = endpoint_for(options.broker, user, options.credentials);
    if (!endpoint) return endpoint.error();
    mqtt::Session::Options session;
    session.endpoint = std::move(*endpoint);
    session.subscriptions = std::move(subscriptions);
    sessions_.push_back(std::make_unique<mqtt::Session>(
        std::move(session), [this](mqtt::Incoming&& message) { inbox_.put(std::move(message)); },
        [this](bool) { waiter_.wake(); }));
    sessions_.back()->start();
    return sessions_.back().get();
}

result<void> HomeLink::connect(const Options& options, const std::vector<SimHome>& homes,
                               std::chrono::seconds limit) {
    std::vector<mqtt::Subscription> all;
    if (options.shared) all.push_back({down_topic("+"), 1});
    auto clock = open(options, clock_user, all);
    if (!clock) return clock.error();
    clock_ = *clock;
    for (const auto protocol : foreign_protocols(homes)) {
        foreign_[protocol] = *clock;
        if (options.shared) continue;
        auto session = open(options, user_of(protocol), {});
        if (!session) return session.error();
        foreign_[protocol] = *session;
    }
    for (const auto& home : homes) {
        auto& row = native_.emplace_back();
        for (const auto& device : home.devices) {
            const auto& id = device.device.id.value;
            row.push_back(nullptr);
            if (device.protocol != Protocol::native) continue;
            row.back() = *clock;
            if (options.shared) continue;
            auto session = open(options, id, {{down_topic(id), 1}});
            if (!session) return session.error();
            row.back() = *session;
        }
    }
    const auto deadline = Steady::now() + limit;
    while (const auto* waiting = unconnected()) {
        waiter_.wait(deadline);
        if (waiter_.stopping()) return Error{"interrupted while connecting", options.broker, {}};
        if (Steady::now() < deadline) continue;
        return Error{"cannot connect: " + waiting->stats().last_error, options.broker,
                     "check that the home broker runs and that --credentials holds its users"};
    }
    return {};
}

const mqtt::Session* HomeLink::unconnected() const {
    for (const auto& session : sessions_) {
        if (!session->connected()) return session.get();
    }
    return nullptr;
}

bool HomeLink::send(mqtt::Session* session, std::string topic, std::string payload, bool retain) {
    if (!session->publish(std::move(topic), std::move(payload), 1, retain)) return false;
    ++accepted_;
    return true;
}

bool HomeLink::send_native(std::size_t home, std::size_t device, std::string topic,
                           std::string payload) {
    return send(native_[home][device], std::move(topic), std::move(payload), false);
}

bool HomeLink::send_foreign(Protocol protocol, Publication message) {
    return send(foreign_.at(protocol), std::move(message.topic), std::move(message.payload),
                message.retain);
}

bool HomeLink::send_clock(std::string payload) {
    return send(clock_, std::string(clock_topic), std::move(payload), false);
}

void HomeLink::flush(std::chrono::milliseconds limit) {
    const auto deadline = Steady::now() + limit;
    while (Steady::now() < deadline && !waiter_.stopping()) {
        std::uint64_t gone = 0;
        for (const auto& session : sessions_) {
            const auto stats = session->stats();
            gone += stats.published + stats.dropped;
        }
        if (gone >= accepted_ || unconnected() != nullptr) return;
        waiter_.wait(std::min(deadline, Steady::now() + 20ms));
    }
}

}  // namespace anju::sim
