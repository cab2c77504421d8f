// Who lies on the floor, and who is in hospital: what a silence means that nobody explains, and
// what one means that somebody has explained.
#include <algorithm>
#include <utility>

#include "core/model/names.hpp"
#include "tests/simulation/auditor.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

/// Somebody at home has not been noticed.
bool is_silence(AlertKind kind) {
    return kind == AlertKind::water_low || kind == AlertKind::inactivity;
}

}  // namespace

void Auditor::check_silence(const HouseholdId& home, const AlertChanged& changed) {
    // Whoever presses the help button lives, and somebody is called.
    if (changed.alert.kind == AlertKind::sos && !changed.from) spoken_of_[home] = world_.now();
    if (!is_silence(changed.alert.kind)) return;
    spoken_of_[home] = world_.now();
    if (changed.from) return;
    if (absent_.contains(home)) {
        chronicle_.wrong("alert {} ({}) of somebody who is in hospital", changed.alert.id.value,
                         name(changed.alert.kind));
    }
    const auto found = fallen_.find(home);
    if (found == fallen_.end() || std::exchange(found->second.told, true)) return;
    ++tally_.falls;
}

void Auditor::fell(const HouseholdId& home, Duration late) {
    fallen_[home] = {world_.now(), late, false};
}

bool Auditor::told_of(const HouseholdId& home) const {
    const auto found = fallen_.find(home);
    return found != fallen_.end() && found->second.told;
}

void Auditor::absent(const HouseholdId& home, bool is) {
    if (!is) {
        absent_.erase(home);
    } else if (absent_.insert(home).second) {
        ++tally_.absences;
    }
}

/// Less than 8 L in 24 h: from the fall, the clear way or the last word about such a silence.
void Auditor::look_after_the_fallen() {
    for (auto& [home, fallen] : fallen_) {
        if (fallen.told) continue;
        Instant since = std::max(fallen.began, weather_.calm_since);
        if (const auto spoken = spoken_of_.find(home); spoken != spoken_of_.end()) {
            since = std::max(since, spoken->second);
        }
        if (world_.now() - since <= 24h + fallen.late + settled_bound) continue;
        const auto view = shadow_.view(home);
        const bool open = view && std::ranges::any_of(view->alerts, [](const Alert& alert) {
                              return is_silence(alert.kind);
                          });
        if (!open) return chronicle_.wrong("nobody was told of who fell in {}", home.value);
        fallen.told = true;
    }
}

}  // namespace anju::whole
