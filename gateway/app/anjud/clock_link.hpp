// Listens to whoever drives the clock (proto/anju/v1/simulation.proto), on a session of its own:
// nothing else is heard before the time is known, and this must not wait behind it.
#pragma once

#include <functional>
#include <memory>

#include "config/config.hpp"
#include "mqtt/session.hpp"
#include "system/driven_clock.hpp"

namespace anju {

class ClockLink {
public:
    /// `clock_set` is called after each word, on the session's thread. `clock` must outlive it.
    ClockLink(const config::Config& config, system::DrivenClock& clock,
              std::function<void()> clock_set);
    void start() { session_->start(); }
    void stop() { session_->stop(); }

private:
    std::unique_ptr<mqtt::Session> session_;
};

}  // namespace anju
