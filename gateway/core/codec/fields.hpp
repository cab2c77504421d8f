// The members of the model's types, for the archives, and which enumerators exist.
#pragma once

#include "core/codec/archive.hpp"
#include "core/codec/care_fields.hpp"
#include "core/decision.hpp"
#include "core/input.hpp"
#include "core/model/names.hpp"

namespace anju {

[[nodiscard]] inline bool is_known(ReadingKind v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(SensorKind v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(ResidentStatus v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(Preset v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(AlertKind v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(Priority v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(AlertState v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(ClosingReason v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(Drill v) {
    return v <= Drill::staff;
}
[[nodiscard]] inline bool is_known(EvidenceUnit v) {
    return v <= EvidenceUnit::thousandths;
}
[[nodiscard]] inline bool is_known(AlertVerb v) {
    return within(v, AlertVerb::acknowledge, AlertVerb::i_am_well);
}
[[nodiscard]] inline bool is_known(DeviceHealth v) {
    return within(v, DeviceHealth::ok, DeviceHealth::faulty);
}
[[nodiscard]] inline bool is_known(CommandStatus v) {
    return within(v, CommandStatus::applied, CommandStatus::expired);
}

template <class A, Maybe<Reading> T>
void fields(A& archive, T& v) {
    archive(v.kind, v.quality, v.value, v.event_time);
}
template <class A, Maybe<Sequence> T>
void fields(A& archive, T& v) {
    archive(v.boot, v.number);
}
template <class A, Maybe<Observation> T>
void fields(A& archive, T& v) {
    archive(v.device, v.sequence, v.fingerprint, v.redelivered, v.readings);
}
template <class A, Maybe<Resident> T>
void fields(A& archive, T& v) {
    archive(v.id, v.name, v.status);
    archive.since(codec::cared, v.phone, v.contacts, v.care);
}
template <class A, Maybe<Device> T>
void fields(A& archive, T& v) {
    archive(v.id, v.kind, v.label, v.driver, v.address);
    archive.since(codec::many_drivers, v.profile, v.key);
    archive.since(codec::personal, v.entrance);
    archive(v.sample_every, v.deliver_every);
}
template <class A, Maybe<Rules> T>
void fields(A& archive, T& v) {
    archive(v.presets, v.door_open_limit, v.battery_low_pct, v.repeat_guard, v.reopen_window);
    archive.since(codec::personal, v.warm_up, v.alert_budget_milli, v.phone_budget_milli,
                  v.home_backstop, v.unknown_backstop);
    archive.since(codec::cared, v.ladder);
}
template <class A, Maybe<Household> T>
void fields(A& archive, T& v) {
    archive(v.id, v.community, v.residents, v.devices, v.rules);
    archive.since(codec::cared, v.address, v.calendar, v.origins);
    archive.since(codec::drilled, v.drill);
}
template <class A, Maybe<HouseholdSet> T>
void fields(A& archive, T& v) {
    archive(v.household);
}
template <class A, Maybe<HouseholdRemoved> T>
void fields(A& archive, T& v) {
    archive(v.household);
}
template <class A, Maybe<AlertCommand> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.alert, v.verb, v.reason, v.note, v.actor);
}
template <class A, Maybe<ClockStep> T>
void fields(A& archive, T& v) {
    archive(v.by);
}
template <class A, Maybe<Outage> T>
void fields(A& archive, T& v) {
    archive(v.since);
}

template <class A, Maybe<EvidenceSource> T>
void fields(A& archive, T& v) {
    archive(v.device, v.kind, v.last_heard, v.reliable);
}
template <class A, Maybe<Evidence> T>
void fields(A& archive, T& v) {
    archive(v.rule, v.since, v.until, v.measured, v.threshold, v.unit, v.sources);
    archive.since(codec::personal, v.once_in_days);
}
template <class A, Maybe<Alert> T>
void fields(A& archive, T& v) {
    archive(v.id, v.household, v.resident, v.device, v.kind, v.priority, v.state, v.raised_at,
            v.changed_at, v.reopened, v.repeats, v.evidence, v.sentence_zh, v.sentence_en, v.actor,
            v.reason, v.note);
    archive.since(codec::cared, v.cause, v.escalated, v.overdue, v.rung, v.opened_at,
                  v.acknowledged_at, v.en_route_at, v.on_site_at, v.owner, v.merged_into,
                  v.reviewed_by, v.told_at, v.closed_by, v.closed_at, v.first_acknowledged_at);
    archive.since(codec::drilled, v.drill);
    if constexpr (!std::is_const_v<T>) {
        if (archive.version() < codec::cared) take_up_ladder(v);
    }
}
template <class A, Maybe<AlertChanged> T>
void fields(A& archive, T& v) {
    archive(v.alert, v.from);
}
template <class A, Maybe<DeviceHealthChanged> T>
void fields(A& archive, T& v) {
    archive(v.device, v.health);
    archive.since(codec::drilled, v.drill);
}
template <class A, Maybe<CommandAnswered> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.status, v.text);
    archive.since(codec::cared, v.code, v.text_zh);
}

}  // namespace anju
