// What a drill was worth: the alerts that came, held against what had to come. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "firmware-sim/scenario/incident_text.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

/// An alert as the control socket told it at the end.
struct SeenAlert {
    std::string id;
    std::string household;
    AlertKind kind{};
    std::string device;   ///< its id; empty = of no device
    Priority priority{};  ///< the most urgent it was
    AlertState state{};
    Instant raised_at{};
    std::vector<Role> told;
    std::vector<std::string> answered_by;  ///< whoever moved it, in the order of time
    Instant recorded_at = {};              ///< its first step, by the clock that the box had then
};

struct Verdict {
    std::size_t expectation{};
    bool met{};
    std::optional<std::size_t> alert;   ///< index of the alert it is about
    Duration delay{};                   ///< of that alert, from Expectation::from
    std::vector<BothLanguages> faults;  ///< why it was not met
};

struct Score {
    std::vector<SeenAlert> alerts;
    std::vector<Verdict> verdicts;        ///< one for each expectation, in their order
    std::vector<std::size_t> unexpected;  ///< indices of alerts that no expectation is about
    [[nodiscard]] bool passed() const;
};

/// What the world's clock showed when the box, whose clock the scenario sets, showed `shown`. Of a
/// time that it showed twice the later one. `midnight` as in judge().
[[nodiscard]] Instant world_time(const Scenario& scenario, Instant midnight, Instant shown);

/// `midnight` begins the scenario's first day in the time of the alerts, whose clock may be behind
/// by `lag`: an alert is not taken for earlier than its cause for that.
[[nodiscard]] Score judge(const Scenario& scenario, Instant midnight, std::vector<SeenAlert> alerts,
                          Duration lag = {});

}  // namespace anju::sim
