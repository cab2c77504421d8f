#include "core/engine/routine_watch.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/engine/step.hpp"

namespace anju {
namespace {

using detect::RoutineFeatures;

RoutineFeatures together(RoutineFeatures a, RoutineFeatures b) {
    return static_cast<RoutineFeatures>(a | b);
}

/// What the devices of one household tell of and the other has not.
RoutineFeatures told_only_by(const Household& one, const Household& other) {
    RoutineFeatures features = 0;
    for (const Device& device : one.devices) {
        const bool in_both = std::ranges::any_of(other.devices, [&](const Device& d) {
            return d.id == device.id && d.kind == device.kind && d.entrance == device.entrance;
        });
        if (!in_both) features = together(features, detect::features_told_by(device));
    }
    return features;
}

bool other_person(const Household& one, const Household& other) {
    return !one.residents.empty() && !other.residents.empty() &&
           one.residents.front().id != other.residents.front().id;
}

/// What any device of the household tells of.
RoutineFeatures told_by(const Household& household) {
    return told_only_by(household, {});
}

/// A device that never spoke knows nothing, though nothing speaks against it yet.
bool is_blind(const detect::DeviceSilence& silence) {
    return silence.health() != DeviceHealth::ok || silence.last_heard() == Instant{};
}

RoutineFeatures blind_now(const Home& home) {
    if (!home.watched()) return detect::all_routine_features;
    auto features =
        static_cast<RoutineFeatures>(detect::all_routine_features & ~told_by(home.household));
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        if (!is_blind(home.devices[i].silence)) continue;
        features = together(features, detect::features_told_by(home.household.devices[i]));
    }
    return features;
}

}  // namespace

void set_routine(Home& home, const Household& old, Instant now, Duration utc_offset) {
    if (other_person(old, home.household)) home.routine.forget(detect::all_routine_features);
    home.routine.forget(
        together(told_only_by(old, home.household), told_only_by(home.household, old)));
    home.routine.blind(blind_now(home), now, utc_offset);
}

void cover_routine(Home& home, std::size_t device, Instant now, Duration utc_offset) {
    const RoutineFeatures features = detect::features_told_by(home.household.devices[device]);
    if (features == 0) return;
    home.routine.blind(blind_now(home), now, utc_offset);
    const detect::DeviceSilence& silence = home.devices[device].silence;
    if (is_blind(silence)) {
        home.routine.spoil(features, silence.silent_since(), now, utc_offset);
    }
}

void Step::judge_routine() {
    home_.routine.turn_week(at_, recorder_.utc_offset());
    // One that nobody has answered yet: what else changed will be seen when somebody goes there.
    if (!home_.watched() || home_.book.has_open(AlertKind::routine_change, {})) return;
    const auto change = home_.routine.change(at_);
    if (!change) return;
    home_.routine.told(at_);
    Evidence evidence{.rule = std::string(name(change->feature)),
                      .since = change->since,
                      .until = change->until,
                      .measured = change->recent,
                      .threshold = change->usual,
                      .unit = unit_of(change->feature),
                      .sources = {}};
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        const Device& device = home_.household.devices[i];
        if ((detect::features_told_by(device) & bit(change->feature)) == 0) continue;
        evidence.sources.push_back(source(i));
    }
    home_.book.raise({.kind = AlertKind::routine_change,
                      .device = {},  // weeks have no decisive reading
                      .evidence = std::move(evidence)},
                     at_, home_.household, ladder(), recorder_);
}

}  // namespace anju
