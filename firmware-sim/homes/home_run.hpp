// `anju-sim home`: simulated homes on the real broker, in simulated time that also drives the
// gateway's clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/model/household.hpp"
#include "core/model/instant.hpp"
#include "firmware-sim/homes/home_link.hpp"

namespace anju::sim {

struct HomeOptions {
    HomeLink::Options link;
    std::string scenario = "demo-day";
    std::size_t homes = 0;       ///< 0: those of the scenario
    std::optional<double> rate;  ///< default: the scenario's
    std::optional<Instant> start;
    std::uint64_t seed = 1;
    bool story = false;
    std::filesystem::path report;  ///< empty: none
    /// The gateway's control socket, where the workers of the scenario enter what they do; empty:
    /// they do nothing.
    std::filesystem::path control;
    /// Breaks the links of [[network]] between the gateway and its brokers; not owned, null: a
    /// scenario that wants it is refused.
    LinkFaults* faults = nullptr;
    /// False: the gateway's clock is that of the world. No time is sent, the rate is 1, and the
    /// scenario is moved to now.
    bool own_clock = true;
    /// Called once the brokers are reached and the time was sent, before it runs: where homes are
    /// registered that need a gateway with a clock. Repeated for 20 s while it fails.
    std::function<result<void>()> prepare = {};
    /// What time the gateway has, asked until it answers. With it the gateway's clock stands, and
    /// is put forward by Pace once everything said to it was acknowledged: nothing depends on how
    /// fast a machine is. Without it time runs at the rate.
    std::function<result<Instant>()> gateway_time = {};
    /// As CareLink::SetStatus.
    std::function<result<void>(const ResidentId&, ResidentStatus)> set_status = {};
    bool until_acked = false;
    /// Real time to wait at the start until the gateway has acknowledged every native sensor's
    /// first message; only then does simulated time begin to run. 0: begin at once.
    std::chrono::seconds await_gateway{30};
    std::chrono::seconds connect_limit{20};  ///< real time until all must be connected
    std::chrono::seconds ack_limit{180};     ///< real time `until_acked` waits after the end
};

struct HomeOutcome {
    int status = 0;        ///< as run_home()
    bool aborted = false;  ///< a signal ended it
    Duration shift{};      ///< what was added to the scenario's time where the clock is the world's
};
/// As run_home(), of a scenario that was read already.
HomeOutcome run_scenario(const HomeOptions& options, Scenario scenario);

/// Exit status: 0, 1 on an error (already printed), 2 when not everything was acknowledged.
int run_home(const HomeOptions& options);

}  // namespace anju::sim
