// What is wrong with the stand-in platform at a moment: an outage, or slowness before it commits.
// Pure; time is handed in.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "firmware-sim/sim_clock.hpp"

namespace anju::sim {

/// "after 60s for 5m"; the duration is above zero.
struct PlannedOutage {
    std::chrono::milliseconds after{0};  ///< since the platform began
    std::chrono::milliseconds duration{0};
};
[[nodiscard]] result<PlannedOutage> parse_outage(std::string_view text);

/// Not thread-safe.
class PlatformTrouble {
public:
    PlatformTrouble(std::vector<PlannedOutage> plan, std::chrono::milliseconds slow,
                    SteadyTime start)
        : plan_(std::move(plan)), slow_(slow), start_(start) {}

    /// Out from now on until heal().
    void go_out() { out_ = true; }
    /// Every event waits so long before it is committed and acknowledged; 0 = not at all.
    void go_slow(std::chrono::milliseconds slow) { slow_ = slow; }
    /// All is well, an outage of the plan that is going on included; later ones still come.
    void heal(SteadyTime now);

    [[nodiscard]] bool out(SteadyTime now) const;
    [[nodiscard]] std::chrono::milliseconds slow() const { return slow_; }

private:
    [[nodiscard]] bool going_on(const PlannedOutage& outage, SteadyTime now) const;

    std::vector<PlannedOutage> plan_;
    std::chrono::milliseconds slow_;
    SteadyTime start_;
    bool out_ = false;
};

}  // namespace anju::sim
