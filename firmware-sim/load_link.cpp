#include "firmware-sim/load_link.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "firmware-sim/credentials.hpp"
#include "firmware-sim/homes/native_codec.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

}  // namespace

void LoadLink::add_session(mqtt::Endpoint endpoint, std::size_t number) {
    endpoint.client_id = fmt::format("sim-load-{}-{}", ::getpid(), number);
    mqtt::Session::Options options;
    options.endpoint = std::move(endpoint);
    // QoS 0: a lost acknowledgement costs a repetition, which is counted.
    if (number == 0) options.subscriptions = {{down_topic("+"), 0}};
    options.queue_limit = 8192;
    sessions_.push_back(std::make_unique<mqtt::Session>(
        std::move(options),
        [this](mqtt::Incoming&& message) {
            inbox_.put({std::move(message.topic), std::move(message.payload), Steady::now()});
        },
        [this](bool) { waiter_.wake(); }));
    sessions_.back()->start();
}

result<void> LoadLink::connect(const Options& options) {
    auto endpoint = endpoint_for(options.broker, options.user, options.credentials);
    if (!endpoint) return endpoint.error();
    for (std::size_t i = 0; i <= options.connections; ++i) add_session(*endpoint, i);
    const auto deadline = Steady::now() + 15s;
    const auto down = [](const auto& session) { return !session->connected(); };
    while (true) {
        const auto waiting = std::ranges::find_if(sessions_, down);
        if (waiting == sessions_.end()) return {};
        if (waiter_.stopping() || Steady::now() >= deadline) {
            return Error{"cannot connect: " + (*waiting)->stats().last_error, options.broker,
                         "check that the broker runs"};
        }
        waiter_.wait(deadline);
    }
}

bool LoadLink::publish(const LoadMessage& message) {
    // One device always takes the same connection: its messages stay in order.
    auto& session = *sessions_[1 + message.device % (sessions_.size() - 1)];
    return session.publish(up_topic(LoadTracker::device_id(message.device), message.topic),
                           message.bytes, 1);
}

void LoadLink::receive(LoadTracker& tracker,
                       const std::function<void(const LoadSettled&, double took)>& settled) {
    v1::SensorDownlink downlink;
    for (const auto& message : inbox_.take()) {
        const auto device = tracker.device_of(device_of_down_topic(message.topic));
        if (!device || !downlink.ParseFromString(message.payload) ||
            downlink.ack().boot_id() != tracker.options().boot_id) {
            continue;
        }
        const auto settle = [&](std::uint64_t seq, bool refused) {
            const auto done = tracker.settle(*device, seq, refused);
            if (!done) return;
            const std::chrono::duration<double, std::milli> took = message.at - done->first_sent;
            settled(*done, took.count());
        };
        for (const auto seq : downlink.ack().seqs()) settle(seq, false);
        for (const auto& refusal : downlink.ack().refused()) settle(refusal.seq(), true);
    }
}

void LoadLink::stop() {
    for (const auto& session : sessions_) session->stop();
}

}  // namespace anju::sim
