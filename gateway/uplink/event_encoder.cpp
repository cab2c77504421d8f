#include "uplink/event_encoder.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "anju/v1/event.pb.h"

namespace anju::uplink {

namespace {

// Enumerators of the core carry the numbers of the contract; uplink tests hold them together.
template <class To, class From>
To same_number(From value) {
    return static_cast<To>(static_cast<int>(value));
}

std::string_view unit_text(EvidenceUnit unit) {
    switch (unit) {
        case EvidenceUnit::none:
            return "";
        case EvidenceUnit::millilitres:
            return "ml";
        case EvidenceUnit::milliseconds:
            return "ms";
        case EvidenceUnit::percent:
            return "%";
        case EvidenceUnit::time_of_day:
            return "ms_of_day";
        case EvidenceUnit::thousandths:
            return "thousandths";
    }
    return "";
}

void fill(v1::Evidence& out, const Evidence& evidence) {
    out.set_rule(evidence.rule);
    out.set_since_ms(to_unix_ms(evidence.since));
    out.set_until_ms(to_unix_ms(evidence.until));
    out.set_measured(evidence.measured);
    out.set_threshold(evidence.threshold);
    out.set_unit(std::string(unit_text(evidence.unit)));
    for (const auto& source : evidence.sources) {
        auto& added = *out.add_sources();
        added.set_device_id(source.device.value);
        added.set_kind(same_number<v1::SensorKind>(source.kind));
        added.set_last_heard_ms(to_unix_ms(source.last_heard));
        added.set_reliable(source.reliable);
    }
    out.set_once_in_days(evidence.once_in_days);
}

void fill_ladder(v1::AlertEvent& out, const Alert& alert) {
    out.set_cause(same_number<v1::StepCause>(alert.cause));
    out.set_escalated(alert.escalated);
    out.set_overdue(alert.overdue);
    out.set_rung(alert.rung);
    out.set_opened_at_ms(to_unix_ms(alert.opened_at));
    out.set_told_at_ms(to_unix_ms(alert.told_at));
    out.set_acknowledged_at_ms(to_unix_ms(alert.acknowledged_at));
    out.set_en_route_at_ms(to_unix_ms(alert.en_route_at));
    out.set_on_site_at_ms(to_unix_ms(alert.on_site_at));
    out.set_closed_at_ms(to_unix_ms(alert.closed_at));
    out.set_owner(alert.owner);
    out.set_closed_by(alert.closed_by);
    out.set_reviewed_by(alert.reviewed_by);
    out.set_merged_into(alert.merged_into.value);
}

void fill(v1::DistrictEvent& event, const Decision& decision, const AlertChanged& changed) {
    const auto& alert = changed.alert;
    auto& out = *event.mutable_alert();
    out.set_alert_id(alert.id.value);
    out.set_household_id(alert.household.value);
    out.set_resident_id(alert.resident.value);
    out.set_device_id(alert.device.value);
    out.set_kind(same_number<v1::AlertKind>(alert.kind));
    out.set_priority(same_number<v1::Priority>(alert.priority));
    out.set_state(same_number<v1::AlertState>(alert.state));
    if (changed.from) out.set_previous_state(same_number<v1::AlertState>(*changed.from));
    out.set_raised_at_ms(to_unix_ms(alert.raised_at));
    out.set_reopened(alert.reopened);
    out.set_repeats(alert.repeats);
    out.set_sentence_zh(alert.sentence_zh);
    out.set_sentence_en(alert.sentence_en);
    fill(*out.mutable_evidence(), alert.evidence);
    out.set_actor(alert.actor);
    out.set_closing_reason(same_number<v1::ClosingReason>(alert.reason));
    out.set_note(alert.note);
    out.set_decision(decision.number);
    out.set_drill(alert.drill != Drill::none);
    fill_ladder(out, alert);
}

void fill(v1::DistrictEvent& event, const Decision& decision, const DeviceHealthChanged& changed) {
    auto& out = *event.mutable_device();
    out.set_household_id(decision.household.value);
    out.set_device_id(changed.device.value);
    out.set_health(same_number<v1::DeviceEvent::Health>(changed.health));
    out.set_drill(changed.drill);
}

void fill(v1::DistrictEvent& event, const Decision&, const CommandAnswered& answered) {
    auto& out = *event.mutable_command_result();
    out.set_command_id(answered.command_id);
    out.set_status(same_number<v1::CommandResult::Status>(answered.status));
    out.set_text(answered.text);
}

/// The rest stays on the box: lane_of() gives it no lane.
template <class T>
void fill(v1::DistrictEvent&, const Decision&, const T&) {}

void fill_machine(v1::BoxHealth& out, const BoxHealth& health) {
    if (health.uptime_s) out.set_uptime_s(*health.uptime_s);
    if (health.boots) out.set_boots(*health.boots);
    out.set_kernel(health.kernel);
    out.set_debian(health.debian);
    out.set_model(health.model);
    if (health.temperature_mc) out.set_temperature_mc(*health.temperature_mc);
    if (health.throttled) out.set_throttled(*health.throttled);
    if (health.memory_bytes) out.set_memory_bytes(*health.memory_bytes);
    if (health.memory_available_bytes) {
        out.set_memory_available_bytes(*health.memory_available_bytes);
    }
    if (health.root_read_only) out.set_root_read_only(*health.root_read_only);
    for (const BoxStorage& one : health.storage) {
        auto& storage = *out.add_storage();
        storage.set_name(one.name);
        storage.set_type(one.type);
        if (one.used_tenths) storage.set_used_tenths(*one.used_tenths);
        if (one.end_of_life) storage.set_end_of_life(*one.end_of_life);
        if (one.written_bytes) storage.set_written_bytes(*one.written_bytes);
    }
    if (health.disk_bytes) out.set_disk_bytes(*health.disk_bytes);
    if (health.disk_free_bytes) out.set_disk_free_bytes(*health.disk_free_bytes);
}

void fill_gateway(v1::BoxHealth& out, const BoxHealth& health) {
    out.set_software_version(health.software_version);
    out.set_store_schema(health.store_schema);
    out.set_store_bytes(health.store_bytes);
    out.set_store_max_bytes(health.store_max_bytes);
    out.set_ballast(health.ballast);
    out.set_home_connected(health.home_connected);
    out.set_home_connects(health.home_connects);
    out.set_alarm_connected(health.alarm_connected);
    out.set_bulk_connected(health.bulk_connected);
    out.set_district_connects(health.district_connects);
    out.set_sensors_ok(health.sensors_ok);
    out.set_sensors_stale(health.sensors_stale);
    out.set_sensors_offline(health.sensors_offline);
    out.set_sensors_faulty(health.sensors_faulty);
    out.set_clock_state(same_number<v1::ClockState>(health.clock));
    if (health.clock_error_us) out.set_clock_error_us(*health.clock_error_us);
}

void fill_update(v1::BoxUpdate& out, const BoxUpdate& update) {
    out.set_outcome(same_number<v1::BoxUpdate::Outcome>(update.outcome));
    out.set_from_version(update.from);
    out.set_to_version(update.to);
    out.set_reason(update.why);
    std::string_view codes = update.noticed;
    while (!codes.empty()) {
        const std::string_view one = codes.substr(0, codes.find(','));
        out.add_noticed(std::string(one));
        codes.remove_prefix(std::min(one.size() + 1, codes.size()));
    }
    out.set_ended_ms(to_unix_ms(update.at));
    out.set_waiting_version(update.waiting);
    out.set_waiting_reason(update.waiting_why);
    for (const std::string& version : update.refused) out.add_refused(version);
    // In words, why it failed stays on the box: it may name its mirror.
    out.set_failed_version(update.failed_version);
    out.set_failures(update.failures);
}

void fill_certificate(v1::BoxCertificate& out, const BoxCertificate& certificate) {
    out.set_from_ms(to_unix_ms(certificate.from));
    out.set_until_ms(to_unix_ms(certificate.until));
    out.set_fingerprint(certificate.fingerprint);
    out.set_request(certificate.request);
}

v1::DistrictUplink enveloped(std::string_view gateway_id, Lane lane, const Envelope& envelope) {
    v1::DistrictUplink uplink;
    auto& event = *uplink.mutable_event();
    event.set_gateway_id(std::string(gateway_id));
    event.set_epoch(envelope.epoch);
    event.set_lane(same_number<v1::Lane>(lane));
    event.set_seq(envelope.seq);
    event.set_event_id(event_id(gateway_id, lane, envelope));
    event.set_record_time_ms(to_unix_ms(envelope.recorded));
    event.set_clock_state(same_number<v1::ClockState>(envelope.clock));
    return uplink;
}

}  // namespace

std::optional<Lane> lane_of(const Decision& decision) {
    if (std::holds_alternative<CommandAnswered>(decision.what)) return Lane::alarm;
    if (const auto* changed = std::get_if<AlertChanged>(&decision.what)) {
        return changed->alert.priority <= Priority::p2 ? Lane::alarm : Lane::bulk;
    }
    if (!std::holds_alternative<DeviceHealthChanged>(decision.what)) return std::nullopt;
    return Lane::bulk;
}

std::string encode_event(std::string_view gateway_id, const Decision& decision, Lane lane,
                         const Envelope& envelope) {
    auto uplink = enveloped(gateway_id, lane, envelope);
    auto& event = *uplink.mutable_event();
    event.set_event_time_ms(to_unix_ms(decision.at));
    std::visit([&](const auto& what) { fill(event, decision, what); }, decision.what);
    return uplink.SerializeAsString();
}

std::string encode_box(std::string_view gateway_id, const BoxHealth& health, BoxCause cause,
                       const BoxWarnings& warnings, const Envelope& envelope) {
    auto uplink = enveloped(gateway_id, Lane::bulk, envelope);
    auto& event = *uplink.mutable_event();
    event.set_event_time_ms(to_unix_ms(envelope.recorded));
    auto& out = *event.mutable_box();
    out.set_format(1);
    out.set_cause(same_number<v1::BoxHealth::Cause>(cause));
    for (const BoxWarning one : warnings) {
        out.add_warnings(same_number<v1::BoxHealth::Warning>(one));
    }
    fill_machine(out, health);
    fill_gateway(out, health);
    if (health.update) fill_update(*out.mutable_update(), *health.update);
    if (health.certificate) fill_certificate(*out.mutable_certificate(), *health.certificate);
    return uplink.SerializeAsString();
}

std::string encode_tombstone(std::string_view gateway_id, Lane lane, const Envelope& envelope,
                             std::string_view reason) {
    auto uplink = enveloped(gateway_id, lane, envelope);
    uplink.mutable_event()->mutable_tombstone()->set_reason(std::string(reason));
    return uplink.SerializeAsString();
}

std::string event_id(std::string_view gateway_id, Lane lane, const Envelope& envelope) {
    std::string id(gateway_id);
    id += '/';
    id += std::to_string(envelope.epoch);
    id += '/';
    id += lane_name(lane);
    id += '/';
    return id + std::to_string(envelope.seq);
}

std::string_view lane_name(Lane lane) {
    return lane == Lane::alarm ? "alarm" : "bulk";
}

}  // namespace anju::uplink
