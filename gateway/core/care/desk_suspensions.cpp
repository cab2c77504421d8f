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
#include <utility>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";
constexpr Date forever{2'000'000};

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

std::string DeskStep::refuse(const SuspensionSet& input, const ClientState* client) const {
    const Suspension& asked = input.suspension;
    if (client == nullptr) {
        return "no resident \"" + asked.resident.value + "\" in community " +
               desk_.community.id.value + ": check the id";
    }
    if (input.ended) return client->suspension ? "" : "the rounds are not suspended";
    if (asked.reason == ResidentStatus::active) {
        return "say why: away, hospitalised, institution, declined or deceased";
    }
    if (asked.reason == ResidentStatus::withdrawn) {
        return "withdrawing the consent to sensors does not end the rounds: record it as consent, "
               "or suspend with the reason declined if the resident refuses the rounds";
    }
    if (is_blank(asked.said_by)) return "say who told it, and how they know";
    if (is_blank(asked.approver)) return "a suspension takes an approver";
    if (asked.approver == input.actor) {
        return "who records a suspension cannot approve it: name another approver";
    }
    if (asked.reason == ResidentStatus::deceased) return {};
    if (asked.to < asked.from) return "it ends before it begins: check the dates";
    if (asked.to < today()) return "it is over already: nothing is left to suspend";
    const int longest = desk_.community.care.longest_suspension_days;
    if (asked.to - asked.from + 1 > longest) {
        return "at most " + std::to_string(longest) + " days at a time: suspend until " +
               to_text(asked.from + (longest - 1)) + ", then look again and suspend anew";
    }
    return {};
}

void DeskStep::suspend(const SuspensionSet& input) {
    ClientState* who = client(input.suspension.resident);
    if (std::string refusal = refuse(input, who); !refusal.empty()) {
        const bool already = input.ended && who != nullptr;
        answer(input.command_id, already ? CommandStatus::already : CommandStatus::refused,
               std::move(refusal));
        return;
    }
    if (input.ended) {
        end_suspension(*who, input.actor);
        answer(input.command_id, CommandStatus::applied);
        return;
    }
    if (who->suspension == input.suspension) {
        answer(input.command_id, CommandStatus::already, "this suspension stands already");
        return;
    }
    who->suspension = input.suspension;
    if (input.suspension.reason == ResidentStatus::deceased) {
        who->suspension->from = std::min(input.suspension.from, today());
        who->suspension->to = forever;
    }
    excuse(*who, input.actor);
    if (who->suspension->from <= today()) {
        begin_suspension(*who, input.actor);
    } else if (who->suspended) {  // it was to have begun, and begins later
        who->suspended = false;
        next().what = SuspensionChanged{.suspension = *who->suspension,
                                        .ended = true,
                                        .household = who->household,
                                        .actor = input.actor};
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
