#include "firmware-sim/platform/trouble.hpp"

#include <algorithm>
#include <string>

#include "firmware-sim/net/fault.hpp"

namespace anju::sim {

result<PlannedOutage> parse_outage(std::string_view text) {
    const auto split = text.find(" for ");
    const auto begin = text.substr(0, split);
    PlannedOutage out;
    if (split != std::string_view::npos && begin.starts_with("after ")) {
        const auto after = parse_span(begin.substr(6));
        const auto duration = parse_span(text.substr(split + 5));
        if (after && duration && duration->count() > 0) return PlannedOutage{*after, *duration};
    }
    return Error{"not an outage", std::string(text), "write it like 'after 60s for 5m'"};
}

bool PlatformTrouble::going_on(const PlannedOutage& outage, SteadyTime now) const {
    return now >= start_ + outage.after && now < start_ + outage.after + outage.duration;
}

bool PlatformTrouble::out(SteadyTime now) const {
    return out_ || std::any_of(plan_.begin(), plan_.end(),
                               [&](const auto& outage) { return going_on(outage, now); });
}

void PlatformTrouble::heal(SteadyTime now) {
    out_ = false;
    slow_ = std::chrono::milliseconds{0};
    std::erase_if(plan_, [&](const auto& outage) { return going_on(outage, now); });
}

}  // namespace anju::sim
