// `anju-sim drill`: plays a scenario on a running box, in homes that are made up for it, and says
// what it was worth.
#pragma once

#include <filesystem>
#include <string>

#include "firmware-sim/drill/drill_problem.hpp"
#include "firmware-sim/homes/home_run.hpp"

namespace anju::sim {

struct DrillOptions {
    HomeOptions home;       ///< link, control, rate and seed; the rest is set by the drill
    std::string community;  ///< of the box; empty: the scenario's own
    bool staff = false;     ///< whoever works there is told too, else the maintainers alone
    /// "LISTEN=BROKER", where the drill stands between the box and a broker to break the link of
    /// a scenario's [[network]]; empty: it does not.
    std::string home_proxy;
    std::string district_proxy;
    std::filesystem::path report;  ///< HTML; empty: none
    bool english = false;          ///< the report's language, else Chinese
    bool json = false;             ///< the score as JSON on standard output
};

/// A scenario for a drill: every id of a home, resident or device begins with "drill-", which is
/// how homes that a killed drill left behind are known.
[[nodiscard]] Scenario as_drill(Scenario scenario, const std::string& community);

/// Why the scenario cannot be played on a box like this; success when it can.
struct BoxState;
[[nodiscard]] result<void> playable(const Scenario& scenario, const BoxState& box);

/// When its first day begins on this box. A driven clock never goes back: then the same weekday, as
/// many weeks later as it takes. One that is the world's: now.
[[nodiscard]] Instant drill_start(const Scenario& scenario, const BoxState& box);

/// Exit status: 0 all expectations met, 2 not all, 3 a signal ended it, 1 an error (already
/// printed), and why goes to `problem` where it is given.
int run_drill(const DrillOptions& options, DrillProblem* problem = nullptr);

/// Takes off the homes that a drill left on the box. Every one is tried; the first error is the
/// answer. Blocks for each as long as Box does.
class Box;
[[nodiscard]] result<void> remove_drill_homes(const Box& box);

/// How far a driven clock may be behind the simulator's at this rate, in simulated time.
[[nodiscard]] Duration clock_lag(double rate);

}  // namespace anju::sim
