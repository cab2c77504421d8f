#include "tests/simulation/session.hpp"

#include <algorithm>
#include <utility>

namespace anju::whole {

void Session::start(Events events) {
    events_ = std::move(events);
    attempt_ = 0;
    wait_and_try();
}

void Session::abandon() {
    if (state_ == State::connected) broker_.detach(options_.client);
    ++life_;
    state_ = State::off;
    black_ = false;
    events_ = {};
}

void Session::wait_and_try() {
    state_ = State::waiting;
    black_ = false;
    const std::uint64_t life = ++life_;
    world_.in(options_.retry_delay(attempt_++), [this, life] { knock(life); });
}

void Session::knock(std::uint64_t life) {
    if (life != life_ || state_ != State::waiting) return;
    state_ = State::connecting;
    world_.in(4 * options_.latency, [this, life] { accepted(life); });
}

void Session::accepted(std::uint64_t life) {
    if (life != life_ || state_ != State::connecting) return;
    if (*options_.down) return wait_and_try();
    state_ = State::connected;
    attempt_ = 0;
    under_way_ = 0;
    last_up_ = last_down_ = world_.now();
    Broker::Connection connection;
    connection.client = options_.client;
    connection.clean = options_.clean;
    connection.filters = options_.filters;
    connection.closed = [this, life] { lost(life); };
    connection.deliver = [this, life](Packet packet) {
        world_.at(arrival(last_down_), [this, life, packet = std::move(packet)]() mutable {
            if (life == life_ && !black_) events_.message(std::move(packet));
        });
    };
    events_.state(true);
    broker_.attach(std::move(connection));
}

Instant Session::arrival(Instant& last) const {
    last = std::max(last, world_.now() + options_.latency);
    return last;
}

void Session::lost(std::uint64_t life) {
    if (life != life_ || state_ != State::connected) return;
    broker_.detach(options_.client);
    wait_and_try();
    events_.state(false);
}

void Session::cut() {
    if (state_ == State::connected) lost(life_);
}

void Session::half_open() {
    if (state_ != State::connected || black_) return;
    black_ = true;
    world_.in(keep_alive_limit, [this, life = life_] { lost(life); });
}

bool Session::publish(std::string topic, std::string payload, int qos, bool retain) {
    if (state_ != State::connected || under_way_ >= most_under_way) return false;
    ++under_way_;
    Packet packet{std::move(topic), std::move(payload), qos, retain, false, 0};
    world_.at(arrival(last_up_), [this, life = life_, packet = std::move(packet)]() mutable {
        if (life != life_ || black_) return;
        --under_way_;
        if (options_.trouble == nullptr || options_.trouble->clear()) {
            return broker_.publish(std::move(packet));
        }
        options_.trouble->carry([this, packet = std::move(packet)] { broker_.publish(packet); });
    });
    return true;
}

void Session::acknowledge(std::uint64_t packet) {
    if (state_ != State::connected) return;
    world_.at(arrival(last_up_), [this, life = life_, packet] {
        if (life == life_ && !black_) broker_.acknowledged(options_.client, packet);
    });
}

void Session::hurry() {
    if (state_ != State::waiting || world_.now() - hurried_at_ < hurry_pause) return;
    hurried_at_ = world_.now();
    knock(life_);
}

}  // namespace anju::whole
