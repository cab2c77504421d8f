// From what the detectors found to alerts with their evidence.
#include <algorithm>
#include <string>
#include <utility>

#include "core/engine/listening.hpp"
#include "core/engine/routine_watch.hpp"
#include "core/engine/step.hpp"
#include "core/model/names.hpp"

namespace anju {

void Step::judge_health(std::size_t device) {
    DeviceState& state = home_.devices[device];
    const DeviceHealth before = state.silence.health();
    const DeviceHealth health = state.silence.judge(at_, home_.kind(device), home_.limits[device]);
    if (health == before) return;
    recorder_.health(home_.household.devices[device].id, health);
    cover_routine(home_, device, at_, recorder_.utc_offset());

    if (detect::speaks(before) && !detect::speaks(health)) {
        // What a sensor saw last says nothing about what is now.
        state.smoke.forget();
        state.gas.forget();
        state.carbon_monoxide.forget();
        state.leak.forget();
    }
    switch (health) {
        case DeviceHealth::ok:
            return rely_again(device, before);
        case DeviceHealth::stale:
            recover(AlertKind::device_offline, device);
            return claim_silence(AlertKind::data_stale, device);
        case DeviceHealth::offline:
            // From stale to offline nobody learns anything new: its alert stands.
            if (before != DeviceHealth::stale) claim_silence(AlertKind::device_offline, device);
            return;
        case DeviceHealth::faulty:
            recover(AlertKind::data_stale, device);
            return claim_fault(device);
    }
}

void Step::rely_again(std::size_t device, DeviceHealth before) {
    recover(AlertKind::device_offline, device);
    if (!home_.devices[device].muted.muted()) recover(AlertKind::data_stale, device);
    // While nobody watched the door it may have been used.
    if (home_.entrance(device)) doors_covered();
    // A faulty meter may have counted nothing.
    if (before == DeviceHealth::faulty && home_.kind(device) == SensorKind::water_meter) {
        home_.water.covered_from(at_);
    }
}

void Step::claim_fault(std::size_t device) {
    // The same is missing as with one that is silent, and the same is to be done: to go there.
    raise(AlertKind::device_offline, device,
          {.rule = "fault",
           .until = home_.devices[device].silence.faulty_since(),
           .sources = {source(device)}});
}

void Step::claim_moment(AlertKind kind, std::size_t device, Instant when, std::string_view rule) {
    raise(kind, device,
          {.rule = std::string(rule.empty() ? name(kind) : rule),
           .until = when,
           .sources = {source(device)}});
}

void Step::claim_silence(AlertKind kind, std::size_t device) {
    const detect::DeviceSilence& silence = home_.devices[device].silence;
    const Duration limit = home_.limits[device];
    // Silence is the stronger fact of the two when both hold.
    const bool silent = at_ >= silence.silent_since() + limit;
    Evidence evidence{.rule = silent ? std::string(name(kind)) : "unreachable",
                      .since = silent ? silence.silent_since() : silence.unreachable_since(),
                      .until = at_,
                      .unit = EvidenceUnit::milliseconds,
                      .sources = {source(device)}};
    evidence.measured = (evidence.until - evidence.since).count();
    evidence.threshold = (silent ? limit : detect::DeviceSilence::unreachable_limit).count();
    raise(kind, device, std::move(evidence));
}

void Step::claim_water_low(std::size_t device) {
    if (!home_.watched() || is_personal(home_, at_) ||
        home_.book.has_open(AlertKind::water_low, home_.household.devices[device].id) ||
        at_ < home_.water_low_guard.free_from(home_.household.rules.repeat_guard)) {
        return;
    }
    // Up to where every meter of the home knows; one that is blind makes all of them prove
    // nothing, for the water may have run there.
    Instant until = at_;
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        if (home_.kind(i) != SensorKind::water_meter) continue;
        const DeviceState& meter = home_.devices[i];
        if (!meter.silence.reliable() || meter.meter.known_until() == Instant{} ||
            at_ - meter.meter.known_until() > home_.limits[i]) {
            return;
        }
        until = std::min(until, meter.meter.known_until());
    }
    for (const Preset preset : home_.household.rules.presets) {
        const auto rule = detect::water_rule(preset);
        if (!rule) continue;
        const auto drawn = home_.water.shortage(*rule, until);
        if (!drawn) continue;
        return raise(AlertKind::water_low, device,
                     {.rule = std::string(rule->name),
                      .since = until - rule->window,
                      .until = until,
                      .measured = *drawn,
                      .threshold = rule->least_ml,
                      .unit = EvidenceUnit::millilitres,
                      .sources = all_sources()});
    }
}

void Step::claim_door_unused() {
    std::size_t door = 0;
    while (!home_.entrance(door)) ++door;
    const Instant until = doors_known_until(home_).value_or(at_);
    raise(AlertKind::inactivity, door,
          {.rule = std::string(name(Preset::door_24h)),
           .since = home_.door.since(),
           .until = until,
           .measured = (until - home_.door.since()).count(),
           .threshold = detect::DoorUnused::limit.count(),
           .unit = EvidenceUnit::milliseconds,
           .sources = all_sources()});
}

void Step::claim_door_open(std::size_t device) {
    detect::DoorOpenWatch& watch = home_.devices[device].door;
    watch.claim();
    raise(AlertKind::door_open_long, device,
          {.rule = "door_open_long",
           .since = watch.opened_at(),
           .until = at_,
           .measured = (at_ - watch.opened_at()).count(),
           .threshold = home_.household.rules.door_open_limit.count(),
           .unit = EvidenceUnit::milliseconds,
           .sources = {source(device)}});
}

void Step::raise(AlertKind kind, std::size_t device, Evidence evidence) {
    if (detect::RepeatGuard* guard = home_.guard_of(kind)) guard->restart(at_);
    home_.book.raise({.kind = kind,
                      .device = home_.household.devices[device].id,
                      .evidence = std::move(evidence)},
                     at_, home_.household, ladder(), recorder_);
}

void Step::recover(AlertKind kind, std::size_t device) {
    home_.book.recover(kind, home_.household.devices[device].id, at_, recorder_);
}

EvidenceSource Step::source(std::size_t device) const {
    const detect::DeviceSilence& silence = home_.devices[device].silence;
    return {.device = home_.household.devices[device].id,
            .kind = home_.kind(device),
            .last_heard = silence.last_heard(),
            .reliable = silence.reliable()};
}

std::vector<EvidenceSource> Step::all_sources() const {
    std::vector<EvidenceSource> sources;
    sources.reserve(home_.devices.size());
    for (std::size_t i = 0; i < home_.devices.size(); ++i) sources.push_back(source(i));
    return sources;
}

}  // namespace anju
