// The members of the types of care, for the archives, and which enumerators exist. All of them
// came with codec::cared.
#pragma once

#include "core/codec/archive.hpp"
#include "core/decision.hpp"
#include "core/input.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju {

using codec::Maybe;

template <class Enum>
[[nodiscard]] bool within(Enum value, Enum first, Enum last) {
    return value >= first && value <= last;
}
[[nodiscard]] inline bool is_known(Role v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(PolicyLayer v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(StepCause v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(TaskKind v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(TaskState v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(CareCause v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(Outcome v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(Shortage v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(TaskVerb v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(ConsentState v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(SummonsCause v) {
    return !name(v).empty();
}
[[nodiscard]] inline bool is_known(Corroboration v) {
    return v <= Corroboration::disagrees;
}

template <class A, Maybe<Date> T>
void fields(A& archive, T& v) {
    archive(v.days);
}
template <class A, Maybe<WorkCalendar> T>
void fields(A& archive, T& v) {
    archive(v.years, v.days_off, v.worked);
}
template <class A, Maybe<WorkingHours> T>
void fields(A& archive, T& v) {
    archive(v.from, v.to);
}
template <class A, Maybe<Window> T>
void fields(A& archive, T& v) {
    archive(v.from, v.to);
}
template <class A, Maybe<CareRules> T>
void fields(A& archive, T& v) {
    archive(v.visits, v.calls, v.max_gap_days, v.preferred_gap_days, v.apart, v.call_windows,
            v.visit_windows, v.visit_length, v.visit_travel, v.call_length, v.call_between,
            v.worker_visits, v.worker_calls, v.worker_day, v.worker_residents,
            v.worker_residents_cap, v.call_again, v.call_third, v.visit_within, v.revisit_within,
            v.shortest_call, v.longest_suspension_days, v.return_check_within);
}
template <class A, Maybe<CareProfile> T>
void fields(A& archive, T& v) {
    archive(v.visits, v.calls, v.by_message, v.variant_approved_by, v.call_windows, v.visit_windows,
            v.weekdays, v.worker);
}
template <class A, Maybe<ContactPerson> T>
void fields(A& archive, T& v) {
    archive(v.name, v.phone, v.relation, v.role);
}
template <class A, Maybe<LadderRules> T>
void fields(A& archive, T& v) {
    archive(v.p1_second_worker, v.p1_street_again, v.p1_ask_119, v.p1_resume, v.p1_arrival_aim,
            v.p1_arrival, v.self_check_asks, v.self_check_gap, v.p2_second_worker, v.p2_lead,
            v.p2_street, v.p2_resume, v.p2_arrival, v.p3_lead, v.p4_lead, v.p4_repair,
            v.p4_repair_blind, v.review, v.hours);
    archive.since(codec::written_up, v.on_site, v.write_up, v.write_up_lead);
}
template <class A, Maybe<PolicyOrigin> T>
void fields(A& archive, T& v) {
    archive(v.key, v.layer);
}
template <class A, Maybe<Worker> T>
void fields(A& archive, T& v) {
    archive(v.id, v.name, v.role, v.phone, v.email, v.handle, v.weekdays);
}
template <class A, Maybe<DutyDay> T>
void fields(A& archive, T& v) {
    archive(v.date, v.workers);
}
template <class A, Maybe<Community> T>
void fields(A& archive, T& v) {
    archive(v.id, v.name, v.street, v.district, v.workers, v.duty, v.calendar, v.care, v.ladder,
            v.rules, v.origins);
}
template <class A, Maybe<CareTask> T>
void fields(A& archive, T& v) {
    archive(v.id, v.resident, v.household, v.worker, v.kind, v.state, v.date, v.start, v.end, v.due,
            v.arose, v.quota, v.attempts, v.first_attempt, v.last_attempt, v.alert, v.cause,
            v.overdue, v.changed_at, v.revision);
}
template <class A, Maybe<VisitForm> T>
void fields(A& archive, T& v) {
    archive(v.health, v.mind, v.safety, v.hygiene, v.housing, v.needs);
}
template <class A, Maybe<ContactRecord> T>
void fields(A& archive, T& v) {
    archive(v.resident, v.worker, v.kind, v.outcome, v.start, v.end, v.form, v.note, v.task,
            v.alert, v.corroboration, v.counts, v.why_not, v.by_night, v.off_role, v.actor);
}
template <class A, Maybe<Suspension> T>
void fields(A& archive, T& v) {
    archive(v.resident, v.reason, v.from, v.to, v.said_by, v.approver, v.note);
}
template <class A, Maybe<Shortfall> T>
void fields(A& archive, T& v) {
    archive(v.why, v.resident, v.visits, v.calls, v.gap_days, v.days, v.minutes);
}
template <class A, Maybe<Consent> T>
void fields(A& archive, T& v) {
    archive(v.resident, v.kind, v.state, v.said_by, v.basis, v.at, v.actor);
}
template <class A, Maybe<CommunitySet> T>
void fields(A& archive, T& v) {
    archive(v.community);
}
template <class A, Maybe<CommunityRemoved> T>
void fields(A& archive, T& v) {
    archive(v.community);
}
template <class A, Maybe<ResidentsSet> T>
void fields(A& archive, T& v) {
    archive(v.community, v.household, v.residents);
}
template <class A, Maybe<RhythmTold> T>
void fields(A& archive, T& v) {
    archive(v.community, v.resident, v.at_home);
}
template <class A, Maybe<AlertTold> T>
void fields(A& archive, T& v) {
    archive(v.community, v.alert);
}
template <class A, Maybe<ContactRecorded> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.community, v.record, v.actor, v.last_sign_of_life, v.door);
}
template <class A, Maybe<SuspensionSet> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.community, v.suspension, v.ended, v.actor);
}
template <class A, Maybe<WorkerAbsent> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.community, v.worker, v.from, v.to, v.back, v.actor);
}
template <class A, Maybe<TaskCommand> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.community, v.task, v.verb, v.worker, v.date, v.note, v.actor);
}
template <class A, Maybe<ConsentRecorded> T>
void fields(A& archive, T& v) {
    archive(v.command_id, v.household, v.consent);
}
template <class A, Maybe<LifeWitnessed> T>
void fields(A& archive, T& v) {
    archive(v.household, v.resident, v.at);
}
template <class A, Maybe<AlertAsked> T>
void fields(A& archive, T& v) {
    archive(v.household, v.resident, v.kind, v.evidence);
}
template <class A, Maybe<StatusTold> T>
void fields(A& archive, T& v) {
    archive(v.household, v.resident, v.status);
}
template <class A, Maybe<AlertMerged> T>
void fields(A& archive, T& v) {
    archive(v.alert, v.into);
}
template <class A, Maybe<ChannelHealth> T>
void fields(A& archive, T& v) {
    archive(v.community, v.channel, v.failing, v.since, v.failures, v.cause);
}
template <class A, Maybe<StoreRestored> T>
void fields(A& archive, T& v) {
    archive(v.skip);
}
template <class A, Maybe<Summons> T>
void fields(A& archive, T& v) {
    archive(v.alert, v.kind, v.priority, v.roles, v.cause, v.rung);
}
template <class A, Maybe<TaskChanged> T>
void fields(A& archive, T& v) {
    archive(v.task, v.from, v.actor, v.former_worker, v.former_date);
}
template <class A, Maybe<PlanMade> T>
void fields(A& archive, T& v) {
    archive(v.week, v.cause, v.tasks, v.changed, v.short_of);
}
template <class A, Maybe<ContactLogged> T>
void fields(A& archive, T& v) {
    archive(v.record);
}
template <class A, Maybe<SuspensionChanged> T>
void fields(A& archive, T& v) {
    archive(v.suspension, v.ended, v.household, v.actor);
}
template <class A, Maybe<ContactLost> T>
void fields(A& archive, T& v) {
    archive(v.household, v.resident, v.evidence);
}
template <class A, Maybe<OutageSpread> T>
void fields(A& archive, T& v) {
    archive(v.into, v.alerts);
}
template <class A, Maybe<WeekClosed> T>
void fields(A& archive, T& v) {
    archive(v.week, v.residents);
}
template <class A, Maybe<ConsentChanged> T>
void fields(A& archive, T& v) {
    archive(v.consent);
}

}  // namespace anju

namespace anju::care {

template <class A, codec::Maybe<ResidentWeek> T>
void fields(A& archive, T& v) {
    archive(v.resident, v.visits_due, v.calls_due, v.visits_done, v.calls_done, v.excused,
            v.attempts, v.reached, v.planned, v.on_time, v.substituted, v.mismatches,
            v.unreached_long, v.off_days, v.suspended, v.gaps, v.open_gap, v.missed, v.overdue,
            v.late_days);
}

}  // namespace anju::care
