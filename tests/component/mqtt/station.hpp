// A session with a memory: what a test needs to talk over a real broker and to wait for things.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "mqtt/session.hpp"
#include "tests/support/broker.hpp"

namespace anju::test {

using namespace std::chrono_literals;

/// Repeats `condition` until it holds; false after `limit`.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = 15s) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

inline mqtt::Session::Options options(const Broker& broker, std::string client_id,
                                      std::vector<mqtt::Subscription> subscriptions = {}) {
    mqtt::Session::Options options;
    options.endpoint.uri = broker.uri();
    options.endpoint.client_id = std::move(client_id);
    options.endpoint.username = "anju";
    options.endpoint.password = "correct horse";
    options.subscriptions = std::move(subscriptions);
    options.retry_delay = [](unsigned attempt) { return attempt == 0 ? 0ms : 20ms; };
    return options;
}

class Station {
public:
    explicit Station(mqtt::Session::Options options)
        : session_(
              std::move(options), [this](mqtt::Incoming&& message) { keep(std::move(message)); },
              [this](bool connected) { note(connected); }) {
        session_.start();
    }
    ~Station() { session_.stop(); }  // before what its callbacks use

    mqtt::Session& session() { return session_; }
    bool up(std::chrono::milliseconds limit = 15s) {
        return eventually([this] { return session_.connected(); }, limit);
    }
    std::vector<mqtt::Incoming> received() {
        const std::lock_guard lock(mutex_);
        return received_;
    }
    std::vector<std::string> payloads() {
        std::vector<std::string> texts;
        for (auto& message : received()) texts.push_back(std::move(message.payload));
        return texts;
    }
    bool receives(std::size_t count, std::chrono::milliseconds limit = 15s) {
        return eventually([&] { return received().size() >= count; }, limit);
    }
    std::vector<bool> states() {
        const std::lock_guard lock(mutex_);
        return states_;
    }

private:
    void keep(mqtt::Incoming&& message) {
        const std::lock_guard lock(mutex_);
        received_.push_back(std::move(message));
    }
    void note(bool connected) {
        const std::lock_guard lock(mutex_);
        states_.push_back(connected);
    }

    std::mutex mutex_;
    std::vector<mqtt::Incoming> received_;
    std::vector<bool> states_;
    mqtt::Session session_;
};

/// Skips a test on a machine without mosquitto.
class WithBroker : public ::testing::Test {
protected:
    void SetUp() override {
        if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
    }
};

}  // namespace anju::test
