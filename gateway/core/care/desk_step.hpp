// One step of a desk: everything that follows from one input, or from one due time. Lives for that
// long; the state and the decisions outlive it. Each concern has a file of its own:
//
//   desk_tasks.cpp        tasks come, change and end; each change is a decision
//   desk_people.cpp       who works when, and who cares for whom
//   desk_slots.cpp        a place for a single task, found by hand
//   desk_plan.cpp         weeks, by the planner (rounds.hpp)
//   desk_directory.cpp    the community and its residents change
//   desk_records.cpp      which records of contacts are taken, and which count
//   desk_contacts.cpp     a contact was recorded
//   desk_attempts.cpp     nobody was reached
//   desk_suspensions.cpp  the rounds of a resident rest
//   desk_alerts.cpp       what alerts ask for
//   desk_staff.cpp        workers are absent; people move tasks
//   desk_outage.cpp       alerts of the community itself
//   desk_books.cpp        what a week came to
//   desk_timers.cpp       what time alone decides
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/care/desk_state.hpp"
#include "core/care/rounds.hpp"
#include "core/input.hpp"
#include "core/text/refusals.hpp"

namespace anju::care {

/// Questions to a desk; change nothing.
class DeskPeople {
public:
    explicit DeskPeople(const DeskState& desk) : desk_(desk) {}

    [[nodiscard]] const Worker* worker(const WorkerId& id) const;
    [[nodiscard]] bool absent(const WorkerId& worker, Date date) const;
    /// Makes rounds on that day: usual days, holidays, days worked for them, duty and absences.
    [[nodiscard]] bool works(const Worker& worker, Date date) const;
    /// Who makes rounds on that day, ascending by id.
    [[nodiscard]] std::vector<WorkerId> on_shift(Date date) const;
    /// Who has had most of the contacts; before there are any, who has most of the plan.
    [[nodiscard]] WorkerId usual(const ClientState& client) const;
    /// Whoever is to go or to phone on that day; empty when nobody works.
    [[nodiscard]] WorkerId worker_for(const ClientState& client, Date date) const;
    [[nodiscard]] std::vector<WorkerId> who(Role role, const ResidentId& resident,
                                            Instant now) const;
    [[nodiscard]] const ClientState* client(const ResidentId& resident) const;

    [[nodiscard]] const std::vector<Window>& windows(const ClientState& client,
                                                     TaskKind kind) const;
    [[nodiscard]] std::uint8_t visits(const ClientState& client) const;
    [[nodiscard]] std::uint8_t calls(const ClientState& client) const;
    /// Last successful contact; epoch 0 = none.
    [[nodiscard]] static Instant last_contact(const ClientState& client);
    [[nodiscard]] Duration length(TaskKind kind) const;
    [[nodiscard]] Instant at(Date date, Duration time) const {
        return instant_at(date, time, desk_.utc_offset);
    }
    [[nodiscard]] Date date(Instant when) const { return date_of(when, desk_.utc_offset); }
    /// The end of the desk's day `date`: when what was to be done on it is overdue.
    [[nodiscard]] Instant close_of(Date date) const { return at(date + 1, day_turns); }

    /// A time on `date`, not before `earliest`, at which this worker can do it within the
    /// resident's hours and the limits of a day; `wish` if that is one.
    [[nodiscard]] std::optional<Instant> slot(const ClientState& client, const CareTask& task,
                                              const WorkerId& worker, Date date, Instant wish,
                                              Instant earliest) const;
    /// The worker's limits of the day leave room for the task.
    [[nodiscard]] bool has_room(const WorkerId& worker, const CareTask& task, Date date) const;

protected:
    const DeskState& desk_;
};

class DeskStep {
public:
    DeskStep(DeskState& desk, Instant at, Decisions& out)
        : desk_(desk), people_(desk), at_(at), out_(out) {}

    // desk_directory.cpp
    void set(const CommunitySet& input);
    void set(const ResidentsSet& input);
    void told(const RhythmTold& input);
    void withdraw();
    // desk_contacts.cpp
    void recorded(const ContactRecorded& input);
    // desk_suspensions.cpp
    void suspend(const SuspensionSet& input);
    // desk_alerts.cpp
    void told(const AlertTold& input);
    // desk_outage.cpp
    void command(const AlertCommand& input);
    void told(const ChannelHealth& input);
    // desk_staff.cpp
    void absent(const WorkerAbsent& input);
    void command(const TaskCommand& input);
    // desk_timers.cpp
    void fire();
    void clock_was_set();

private:
    [[nodiscard]] Date today() const { return people_.date(at_); }
    [[nodiscard]] Date this_week() const { return monday_of(today()); }
    /// Today and tomorrow stay as they are.
    [[nodiscard]] bool frozen(Date date) const { return date <= today() + 1; }
    [[nodiscard]] ClientState* client(const ResidentId& resident);

    // desk_tasks.cpp
    Decision& next();
    void answer(const std::string& command_id, CommandStatus status, const text::Said& said = {});
    void refuse(const std::string& command_id, std::string_view code, text::Facts facts = {}) {
        answer(command_id, CommandStatus::refused, text::say(code, facts));
    }
    /// Takes over resident, household and kind; the day, the end, the number and the state follow
    /// from the rest. Not valid after the next add().
    CareTask& add(CareTask task, const std::string& actor);
    void move_to(CareTask& task, TaskState state, CareCause cause, const std::string& actor);
    /// Changed in something else than its state.
    void touch(CareTask& task, CareCause cause, const std::string& actor);
    /// Puts it there, without telling.
    void put(CareTask& task, Instant start) const;
    [[nodiscard]] CareTask* find(const TaskId& id);
    /// The tasks of the resident that are open.
    [[nodiscard]] std::vector<CareTask*> open_of(const ResidentId& resident);
    void end_all(const ResidentId& resident, TaskState state, CareCause cause,
                 const std::string& actor);

    // desk_slots.cpp
    /// `when`, or the next morning when it is night.
    [[nodiscard]] Instant by_day(Instant when) const;
    /// The next time in the hours of this kind, not before `earliest`; where `other_than` lies in
    /// one of them, in another.
    [[nodiscard]] Instant next_window(const ClientState& client, TaskKind kind, Instant earliest,
                                      std::optional<Instant> other_than) const;
    /// Puts it there, without telling: on another day with somebody who works then.
    void try_again(CareTask& task, const ClientState& client, Instant start) const;
    /// Gives the task to somebody else who works that day, at its time or near it. False: nobody
    /// can; the task is left as it is.
    bool give_away(CareTask& task, CareCause cause, const std::string& actor);

    // desk_plan.cpp
    [[nodiscard]] bool is_planned(Date week) const;
    [[nodiscard]] bool unbalanced(const ClientState& client, Date week) const;
    [[nodiscard]] Problem problem(Date week, bool all) const;
    /// Places anew what is planned of the loose ones, and if they come off short, of all.
    void plan_week(Date week, CareCause cause);
    void carry_out(const Problem& problem, const Plan& plan, CareCause cause);
    /// Makes good what a change of this resident's contacts left: this week, and the next.
    void mend(const ResidentId& resident, CareCause cause);
    void mend_all(CareCause cause);
    /// What is planned at all, and is not yet.
    void plan_ahead();
    void plan_soon(CareCause cause);

    // desk_records.cpp
    [[nodiscard]] text::Said refusal(const ContactRecorded& input, const ClientState* client);
    [[nodiscard]] text::Said foreign(const ContactRecord& record, const ClientState& client);
    [[nodiscard]] std::string_view why_not(const ClientState& client,
                                           const ContactRecord& record) const;
    /// Whom it concerns and when is as it should be, only unusual: to be looked at.
    void flag(ContactRecord& record, const CareTask* task) const;

    // desk_contacts.cpp
    [[nodiscard]] bool can_be_for(const ContactRecord& record, const CareTask& task) const;
    [[nodiscard]] CareTask* target(const ContactRecord& record);
    [[nodiscard]] Counted counted_as(const ClientState& client, const ContactRecord& record,
                                     const CareTask* task) const;
    void settle(ClientState& client, const ContactRecord& record, CareTask* task, Counted counted);
    void settle_extra(const ClientState& client, const ContactRecord& record);

    // desk_attempts.cpp
    [[nodiscard]] bool too_soon(const ContactRecord& record, const CareTask& task) const;
    /// The task on which an attempt in vain at somebody who is not planned for that day goes on.
    CareTask& try_on(const ClientState& client, const ContactRecord& record);
    void failed(ClientState& client, const ContactRecord& record, CareTask* task);
    void call_failed(ClientState& client, const ContactRecord& record, CareTask& task);
    void visit_failed(ClientState& client, const ContactRecord& record, CareTask& task);
    void phone_tomorrow(ClientState& client, const CareTask& task, const std::string& actor);
    void lost(const ClientState& client, const CareTask& task, const ContactRecord& record);
    void add_contact_call(const ClientState& client, CareCause cause, Instant due,
                          const std::string& actor);

    // desk_suspensions.cpp
    [[nodiscard]] text::Said refusal(const SuspensionSet& input, const ClientState* client) const;
    [[nodiscard]] text::Said approval(std::string_view approver, const std::string& actor) const;
    void excuse(const ClientState& client, const std::string& actor);
    void begin_suspension(ClientState& client, const std::string& actor);
    void end_suspension(ClientState& client, const std::string& actor);
    void turn_suspensions();
    void call_the_contacts();

    // desk_alerts.cpp
    void ask_for(const ClientState& client, const ToldAlert& alert);
    void no_more_asked(const ToldAlert& alert);

    // desk_staff.cpp
    void accept(CareTask& task, const TaskCommand& input);
    void begin(CareTask& task, const TaskCommand& input);
    void hand_to(CareTask& task, const TaskCommand& input);
    void move(CareTask& task, const TaskCommand& input);
    void cancel(CareTask& task, const TaskCommand& input);
    void staff_changed(Date from, Date to, CareCause cause, const std::string& actor);

    // desk_outage.cpp
    void watch_outage(const Alert& alert);
    void forget_home(const HouseholdId& household);
    void turn(const AreaOutage::Verdict& verdict);
    void climb();
    void end_alerts();

    // desk_books.cpp
    static void note(ClientState& client, const ContactRecord& record);
    void note_rest();
    void close_books();

    // desk_timers.cpp
    void turn_day();
    void close_yesterday();
    void carry_over(CareTask& task);
    void freeze();
    void forget_old();
    void flag_overdue();

    DeskState& desk_;
    DeskPeople people_;
    Instant at_;
    Decisions& out_;
};

/// When the books of the first open week are closed.
[[nodiscard]] Instant books_due(const DeskState& desk);
/// The days of a week up to `until`, or all of it, as they stand.
[[nodiscard]] ResidentWeek tally(const DeskState& desk, const ClientState& client, Date week,
                                 Date until);
/// Whether the kind of attempt can have been for a task of this kind.
[[nodiscard]] bool serves(TaskKind record, TaskKind task);
[[nodiscard]] bool is_visit(const ContactRecord& record);
[[nodiscard]] bool is_reached(Outcome outcome);
/// Somebody was to be reached, and was not.
[[nodiscard]] bool in_vain(const ContactRecord& record);
/// The attempt by the same worker in the same way at the same time; end() = none.
[[nodiscard]] std::vector<Attempt>::const_iterator same_attempt(const ClientState& client,
                                                                const ContactRecord& record);
/// When something is due with the community's own alerts; may have passed.
[[nodiscard]] std::optional<Instant> alerts_due(const DeskState& desk);
/// The community's own alerts that are not closed, oldest first, with their sentences.
[[nodiscard]] std::vector<Alert> alerts_of(const DeskState& desk);

/// When the next thing is due; nullopt: nothing is.
[[nodiscard]] std::optional<Instant> next_due(const DeskState& desk);

}  // namespace anju::care
