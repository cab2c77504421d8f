// One client's connection to a broker, in the place of mqtt::Session and of the TCP under it: in
// order while it lives, cut at any moment, or half open, when both believe in it until the
// keep-alive tells otherwise. Reconnects by itself, in the measure its owner gives.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/simulation/broker.hpp"
#include "tests/simulation/radio.hpp"
#include "tests/simulation/weather.hpp"
#include "tests/simulation/world.hpp"

namespace anju::whole {

class Session {
public:
    struct Options {
        std::string client;
        bool clean = true;
        std::vector<Broker::Filter> filters = {};
        Duration latency{5};
        const bool* down = nullptr;  ///< the broker cannot be reached
        Radio* trouble = nullptr;    ///< of a broker that loses what it has taken; else it does not
        /// Before the n-th try since the last success.
        std::function<Duration(unsigned)> retry_delay;
    };
    struct Events {
        std::function<void(Packet)> message;
        std::function<void(bool)> state;
    };
    /// All references must outlive it.
    Session(World& world, Broker& broker, Options options)
        : world_(world), broker_(broker), options_(std::move(options)) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void start(Events events);
    /// The process is gone, and with it the connection. Nothing of `events` is called any more.
    void abandon();
    /// False: not connected, or too much is under way.
    bool publish(std::string topic, std::string payload, int qos, bool retain = false);
    void acknowledge(std::uint64_t packet);
    /// As mqtt::Session::hurry(): whoever waits for the next try makes it now, once in 2 s.
    void hurry();
    void cut();
    void half_open();
    [[nodiscard]] bool connected() const { return state_ == State::connected; }

private:
    enum class State : std::uint8_t { off, waiting, connecting, connected };
    static constexpr Duration keep_alive_limit = std::chrono::seconds{30};
    static constexpr Duration hurry_pause = std::chrono::seconds{2};
    static constexpr std::size_t most_under_way = 4096;

    void wait_and_try();
    void knock(std::uint64_t life);
    void accepted(std::uint64_t life);
    void lost(std::uint64_t life);
    /// In the order in which it was asked for.
    [[nodiscard]] Instant arrival(Instant& last) const;

    World& world_;
    Broker& broker_;
    Options options_;
    Events events_;
    State state_ = State::off;
    std::uint64_t life_ = 0;  ///< of the connection or the attempt; what belongs to another is void
    unsigned attempt_ = 0;
    bool black_ = false;  ///< half open
    Instant last_up_{};
    Instant last_down_{};
    Instant hurried_at_{};
    std::size_t under_way_ = 0;
};

}  // namespace anju::whole
