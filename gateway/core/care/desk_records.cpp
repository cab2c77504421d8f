// Which records of contacts are taken, and which of those count. Refused is what cannot have been:
// the wrong person, a time that is none, what was recorded before. What is only unusual, a call by
// night or by the lead, is flagged and blocks nothing.
#include <algorithm>
#include <array>

#include "core/care/desk_step.hpp"
#include "core/model/person.hpp"

namespace anju::care {
namespace {

constexpr Duration oldest = std::chrono::days{14};
/// Clocks of phones are not ours.
constexpr Duration ahead = std::chrono::minutes{5};
// Nobody is on the telephone, or with one resident, for longer.
constexpr int longest_call_h = 2;
constexpr int longest_visit_h = 8;

bool writes(const Community& community, const Resident& resident) {
    if (!resident.care.by_message) return false;
    const Worker* const approver = find_person(community, resident.care.variant_approved_by);
    return approver != nullptr && may_approve(approver->role);
}

}  // namespace

bool is_visit(const ContactRecord& record) {
    return record.kind == TaskKind::home_visit || record.kind == TaskKind::return_check;
}

bool is_reached(Outcome outcome) {
    return outcome == Outcome::well || outcome == Outcome::needs_help;
}

bool in_vain(const ContactRecord& record) {
    return record.outcome == Outcome::unreached ||
           (record.outcome == Outcome::by_other && record.kind != TaskKind::contact_call);
}

bool serves(TaskKind record, TaskKind task) {
    switch (record) {
        case TaskKind::phone_call:
            return task == TaskKind::phone_call || task == TaskKind::extra_contact ||
                   task == TaskKind::return_check;
        case TaskKind::home_visit:
        case TaskKind::return_check:
            return task != TaskKind::contact_call && task != TaskKind::device_check;
        default:
            return record == task;
    }
}

std::vector<Attempt>::const_iterator same_attempt(const ClientState& client,
                                                  const ContactRecord& record) {
    return std::ranges::find_if(client.attempts, [&](const Attempt& one) {
        return one.kind == record.kind && one.worker == record.worker && one.start <= record.end &&
               record.start <= one.end;
    });
}

text::Said DeskStep::refusal(const ContactRecorded& input, const ClientState* client) {
    const ContactRecord& record = input.record;
    const text::Fact facts[] = {{"resident", record.resident.value},
                                {"worker", record.worker.value},
                                {"community", desk_.community.id.value}};
    if (client == nullptr) return text::say("unknown_resident", facts);
    const Worker* const worker = people_.worker(record.worker);
    if (worker == nullptr) return text::say("unknown_worker", facts);
    if (worker->role == Role::maintainer) return text::say("makes_no_contacts", facts);
    const bool call = record.kind == TaskKind::phone_call || record.kind == TaskKind::contact_call;
    if (!call && !is_visit(record)) return text::say("not_a_contact");
    if (record.end < record.start) return text::say("ends_before");
    if (record.end > at_ + ahead) return text::say("in_future");
    const int hours = call ? longest_call_h : longest_visit_h;
    if (record.end - record.start > std::chrono::hours{hours}) {
        return text::say("too_long", std::array{text::Fact{"hours", std::to_string(hours)}});
    }
    if (record.start < at_ - oldest) return text::say("too_old");
    if (people_.date(record.start) < client->since) {
        return text::say("before_rounds", std::array{text::Fact{"since", to_text(client->since)}});
    }
    if (text::Said said = foreign(record, *client); !said.empty()) return said;
    // A record that did not count yet may be completed by one that does; else it says the same
    // again, and what was tried in vain cannot be tried again at the same time.
    const auto same = same_attempt(*client, record);
    const bool repeated =
        same != client->attempts.end() &&
        (same->counts || (same->outcome == record.outcome && !why_not(*client, record).empty()));
    return repeated ? text::say("recorded_already") : text::Said{};
}

/// The task or the alert that the record names is none that this contact can have been for.
text::Said DeskStep::foreign(const ContactRecord& record, const ClientState& client) {
    const text::Fact facts[] = {{"task", record.task.value}, {"alert", record.alert.value}};
    if (!record.task.empty()) {
        const CareTask* const task = find(record.task);
        if (task == nullptr) return text::say("unknown_task", facts);
        if (task->resident != record.resident) return text::say("foreign_task", facts);
        if (!serves(record.kind, task->kind)) return text::say("other_task", facts);
        if (!task->quota && record.end < task->arose) return text::say("later_task", facts);
    }
    // Alerts that are over are not known here any more; those of a home are named after it.
    const std::string home = client.household.value + "-";
    if (!record.alert.empty() && !record.alert.value.starts_with(home)) {
        return text::say("foreign_alert", facts);
    }
    return {};
}

void DeskStep::flag(ContactRecord& record, const CareTask* task) const {
    const Duration time = record.start - people_.at(people_.date(record.start), {});
    const bool asked = !record.alert.empty() || (task != nullptr && !task->alert.empty());
    record.by_night = !asked && (time < day_begins || time >= day_ends);
    const Worker* const worker = people_.worker(record.worker);
    record.off_role = worker != nullptr && worker->role != Role::grid_worker;
}

/// English code of why a contact with a person who was reached does not count; empty = it may.
std::string_view DeskStep::why_not(const ClientState& client, const ContactRecord& record) const {
    const CareRules& rules = desk_.community.care;
    if (record.kind == TaskKind::contact_call) return "contact_person";
    if (record.outcome == Outcome::by_other) return "by_other";
    if (record.outcome == Outcome::refused) return "refused";
    if (!is_reached(record.outcome)) return "unreached";
    if (is_visit(record)) {
        if (!record.form.complete()) return "form_incomplete";
    } else if (record.end - record.start < rules.shortest_call &&
               !writes(desk_.community, client.resident)) {
        return client.resident.care.by_message ? "variant_not_approved" : "too_short";
    }
    return {};
}

}  // namespace anju::care
