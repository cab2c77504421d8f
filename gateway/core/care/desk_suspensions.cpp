// 暂停探访: the rounds of a resident rest, because somebody said why, somebody else approved it,
// and not for longer than a month at a time.
//
//   away, hospitalised, institution   the contact is phoned every week, and within a day of the end
//                                     somebody looks whether the resident is back
//   declined                          the resident does not want to be visited or phoned; the same,
//                                     for people change their minds, and the door is knocked at
//   deceased                          the end of the rounds, without an end date; nobody is phoned
//   withdrawn                         is about sensors: the rounds go on, so it suspends nothing
#include <algorithm>
#include <array>
#include <utility>

#include "core/care/desk_step.hpp"
#include "core/model/person.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";
constexpr Date forever{2'000'000};

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

/// Whoever approves is known, may approve, and is not the one who records it.
text::Said DeskStep::approval(std::string_view approver, const std::string& actor) const {
    if (bare_name(approver).empty()) return text::say("takes_approver");
    if (same_person(desk_.community, approver, actor)) return text::say("own_approval");
    const text::Fact facts[] = {{"approver", std::string(bare_name(approver))}};
    const Worker* const person = find_person(desk_.community, approver);
    if (person == nullptr) return text::say("unknown_approver", facts);
    if (!may_approve(person->role)) return text::say("may_not_approve", facts);
    return {};
}

text::Said DeskStep::refusal(const SuspensionSet& input, const ClientState* client) const {
    const Suspension& asked = input.suspension;
    if (client == nullptr) {
        return text::say("unknown_resident",
                         std::array{text::Fact{"resident", asked.resident.value},
                                    text::Fact{"community", desk_.community.id.value}});
    }
    const auto& stands = client->suspension;
    if (input.ended) return stands ? text::Said{} : text::say("not_suspended");
    if (asked.reason == ResidentStatus::active) return text::say("say_why");
    if (asked.reason == ResidentStatus::withdrawn) return text::say("consent_is_not_rounds");
    if (is_blank(asked.said_by)) return text::say("said_by_whom");
    if (text::Said said = approval(asked.approver, input.actor); !said.empty()) return said;
    if (stands == asked) return text::say("suspended_already");
    if (asked.reason == ResidentStatus::deceased) return {};
    if (asked.to < asked.from) return text::say("dates_reversed");
    if (asked.to < today()) return text::say("over_already");
    // Another reason or another time is another suspension, and whether the resident is back from
    // the one that stands has not been looked at.
    if (stands && (asked.reason != stands->reason || asked.from != stands->from)) {
        return text::say("overlaps", std::array{text::Fact{"from", to_text(stands->from)},
                                                text::Fact{"until", to_text(stands->to)}});
    }
    const int longest = desk_.community.care.longest_suspension_days;
    if (asked.to - asked.from + 1 > longest) {
        return text::say("at_most",
                         std::array{text::Fact{"days", std::to_string(longest)},
                                    text::Fact{"until", to_text(asked.from + (longest - 1))}});
    }
    return {};
}

void DeskStep::suspend(const SuspensionSet& input) {
    ClientState* who = client(input.suspension.resident);
    if (const text::Said said = refusal(input, who); !said.empty()) {
        const bool already = said.code == "not_suspended" || said.code == "suspended_already";
        answer(input.command_id, already ? CommandStatus::already : CommandStatus::refused, said);
        return;
    }
    if (input.ended) {
        end_suspension(*who, input.actor);
        answer(input.command_id, CommandStatus::applied);
        return;
    }
    note_rest();
    const bool extended = who->suspension.has_value();
    who->suspension = input.suspension;
    if (!extended) who->suspension_told = today();
    if (input.suspension.reason == ResidentStatus::deceased) {
        who->suspension->from = std::min(input.suspension.from, today());
        who->suspension->to = forever;
    }
    excuse(*who, input.actor);
    if (who->suspension->from <= today()) {
        begin_suspension(*who, input.actor);
    }
    mend(who->resident.id, CareCause::suspension);
    answer(input.command_id, CommandStatus::applied);
}

/// What lies in its span does not have to be done. What an alert asked for does.
void DeskStep::excuse(const ClientState& client, const std::string& actor) {
    for (CareTask* task : open_of(client.resident.id)) {
        const bool asked = !task->alert.empty() || task->kind == TaskKind::contact_call;
        if (client.suspended_on(task->date) && !asked) {
            move_to(*task, TaskState::excused, CareCause::suspension, actor);
        }
    }
}

void DeskStep::begin_suspension(ClientState& client, const std::string& actor) {
    client.suspended = true;
    excuse(client, actor);
    next().what = SuspensionChanged{.suspension = *client.suspension,
                                    .ended = false,
                                    .household = client.household,
                                    .actor = actor};
    call_the_contacts();
}

void DeskStep::end_suspension(ClientState& client, const std::string& actor) {
    note_rest();
    Suspension over = *std::exchange(client.suspension, std::nullopt);
    const bool had_begun = std::exchange(client.suspended, false);
    if (had_begun) {
        over.to = std::min(over.to, today());
        for (CareTask* task : open_of(client.resident.id)) {
            if (task->kind == TaskKind::contact_call) {
                move_to(*task, TaskState::cancelled, CareCause::returned, actor);
            }
        }
        const Duration within = desk_.community.care.return_check_within;
        CareTask check;
        check.resident = client.resident.id;
        check.household = client.household;
        check.kind = TaskKind::return_check;
        check.due = at_ + within;
        check.start = next_window(client, TaskKind::home_visit, by_day(at_), {});
        const Duration length = people_.length(check.kind);
        if (check.start + length > check.due) check.start = check.due - length;
        check.worker = people_.worker_for(client, people_.date(check.start));
        check.cause = CareCause::returned;
        add(std::move(check), actor);
        next().what = SuspensionChanged{.suspension = std::move(over),
                                        .ended = true,
                                        .household = client.household,
                                        .actor = actor};
    }
    mend(client.resident.id, CareCause::returned);
}

/// At the turn of the day: those whose last day has passed, and those whose first has come.
void DeskStep::turn_suspensions() {
    for (ClientState& one : desk_.clients) {
        if (!one.suspension) continue;
        if (one.suspension->to < today()) {
            end_suspension(one, system_actor);
        } else if (!one.suspended && one.suspension->from <= today()) {
            begin_suspension(one, system_actor);
        }
    }
    call_the_contacts();
}

/// Once in every week of a suspension; the first with its beginning.
void DeskStep::call_the_contacts() {
    for (const ClientState& one : desk_.clients) {
        if (!one.suspended || one.suspension->reason == ResidentStatus::deceased) continue;
        const Date since = one.suspension->from;
        const Date from = since + (today() - since) / 7 * 7;  // of the week of the suspension
        const bool had =
            std::ranges::any_of(desk_.tasks.of(one.resident.id), [&](const CareTask& task) {
                return task.kind == TaskKind::contact_call && task.date >= from &&
                       (is_open(task.state) || task.state == TaskState::completed);
            });
        if (had) continue;
        add_contact_call(one, CareCause::suspension, people_.close_of(from + 6), system_actor);
    }
}

}  // namespace anju::care
