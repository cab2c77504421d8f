// A clerk who follows a community by its inputs and decisions alone, keeps books of their own, and
// holds the desk's against them. Nothing here is shared with the desk but the model's types.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "desk_lives.hpp"

namespace anju::test {

class Clerk {
public:
    struct Kept {  ///< of one resident
        HouseholdId household;
        CareProfile profile;
        Date since;
        std::optional<Suspension> suspension;
        Date suspension_told;
        std::set<Date> rested;
        std::set<Date> told_late;             ///< over when the suspension was entered
        std::vector<ContactRecord> contacts;  ///< all that were entered
        /// When the last contact was had of all in weeks that are closed, as entered by then.
        Instant reached_before{};
    };

    /// To be told of everything in turn: what was decided, then the input it was decided on.
    void follow(const Life::Event* event, std::span<const Decision> made) {
        std::set<std::string> applied;
        for (const Decision& decision : made) {
            turn_to(decision.at);
            now_ = decision.at;
            std::visit([&](const auto& what) { hear(what, event); }, decision.what);
            if (const auto* answer = std::get_if<CommandAnswered>(&decision.what)) {
                if (answer->status == CommandStatus::applied) applied.insert(answer->command_id);
            }
        }
        if (event == nullptr) return;
        turn_to(event->at);
        now_ = event->at;
        if (const auto* set = std::get_if<CommunitySet>(&event->input)) {
            rules_ = set->community.care;
            changed_ = now_;
        }
        if (const auto* set = std::get_if<ResidentsSet>(&event->input)) register_home(*set);
        if (const auto* set = std::get_if<SuspensionSet>(&event->input)) {
            if (applied.contains(set->command_id)) suspend(*set);
        }
    }

    [[nodiscard]] const std::map<TaskId, CareTask>& tasks() const { return tasks_; }
    [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
    [[nodiscard]] int weeks_closed() const { return weeks_closed_; }
    [[nodiscard]] int weighed() const { return weighed_; }
    [[nodiscard]] bool awaits_plan(Instant now) const { return now < changed_ + 11s; }

    /// Everybody's contacts of the week are done, open or named as short; in words who is not.
    void every_contact_is_accounted_for(const CommunityView& view, Date week) {
        const auto plan = std::ranges::find(view.plans, week, &PlanMade::week);
        if (plan == view.plans.end()) return;
        std::map<ResidentId, int> have;
        for (const Shortfall& shortfall : plan->short_of) {
            have[shortfall.resident] += shortfall.visits + shortfall.calls;
        }
        for (const auto& [id, task] : tasks_) {
            const bool open = task.state <= TaskState::in_progress;
            if (task.quota && open && monday_of(task.date) == week) ++have[task.resident];
        }
        for (const auto& [id, kept] : residents_) {
            if (!whole(kept, week)) continue;
            for (const ContactRecord& record : kept.contacts) {
                if (record.counts && monday_of(day(record.start)) == week) ++have[id];
            }
            const int due = visits(kept) + calls(kept);
            ++weighed_;
            if (have[id] >= due) continue;
            complain(id, "has " + std::to_string(have[id]) + " of " + std::to_string(due) +
                             " in the week of " + to_text(week));
        }
    }
    /// Nothing of a task has changed without being told.
    void every_task_is_as_it_was_told(const CommunityView& view) {
        for (CareTask task : view.tasks) {
            const auto told = tasks_.find(task.id);
            if (told != tasks_.end()) task.household = told->second.household;
            if (told == tasks_.end() || told->second != task) {
                complain(task.resident, "task " + task.id.value + " is not as it was told");
            }
        }
    }

private:
    static Date day(Instant at) { return date_of(at, china); }
    [[nodiscard]] int visits(const Kept& kept) const {
        return kept.profile.visits.value_or(rules_.visits);
    }
    [[nodiscard]] int calls(const Kept& kept) const {
        return kept.profile.calls.value_or(rules_.calls);
    }
    /// The resident was, and will be, there on all days of the week.
    [[nodiscard]] static bool whole(const Kept& kept, Date week) {
        if (kept.since >= week) return false;
        if (kept.suspension && kept.suspension->from < week + 7 && kept.suspension->to >= week) {
            return false;
        }
        return std::ranges::none_of(kept.rested,
                                    [&](Date rest) { return monday_of(rest) == week; });
    }
    void complain(const ResidentId& who, const std::string& what) {
        const auto time = time_of_day(now_, china) / 1min;
        complaints_.push_back(to_text(day(now_)) + " " + std::to_string(time / 60) + ":" +
                              std::to_string(time % 60) + " " + who.value + " " + what);
    }

    // ---- suspensions and the directory ----

    /// A day rested when it passed during a suspension that was entered by then.
    void note_rest(Kept& kept, Date today) {
        if (!kept.suspension) return;
        const Date last = std::min(kept.suspension->to, today - 1);
        for (Date rest = std::max(kept.suspension->from, open_week_); rest <= last;
             rest = rest + 1) {
            if (rest >= kept.suspension_told) {
                kept.rested.insert(rest);
            } else if (!kept.rested.contains(rest)) {
                kept.told_late.insert(rest);
            }
        }
    }
    void turn_to(Instant now) {
        if (turned_ == Date{}) turned_ = day(now - 2h);
        while (turned_ < day(now - 2h)) {
            turned_ = turned_ + 1;
            for (auto& [id, kept] : residents_) {
                note_rest(kept, turned_);
                if (kept.suspension && kept.suspension->to < turned_) kept.suspension.reset();
            }
        }
    }
    void suspend(const SuspensionSet& input) {
        Kept& kept = residents_.at(input.suspension.resident);
        note_rest(kept, day(now_));
        if (!input.ended) {
            if (!kept.suspension) kept.suspension_told = day(now_);
            kept.suspension = input.suspension;
            return;
        }
        kept.suspension.reset();
    }
    void register_home(const ResidentsSet& set) {
        changed_ = now_;
        std::erase_if(residents_, [&](const auto& one) {
            return one.second.household == set.household &&
                   std::ranges::find(set.residents, one.first, &Resident::id) ==
                       set.residents.end();
        });
        for (const Resident& resident : set.residents) {
            const auto [place, fresh] = residents_.try_emplace(resident.id);
            place->second.household = set.household;
            place->second.profile = resident.care;
            if (fresh) place->second.since = day(now_);
        }
    }

    // ---- decisions ----

    template <class T>
    void hear(const T& /*other*/, const Life::Event* /*event*/) {}
    void hear(const ContactLogged& logged, const Life::Event* /*event*/) {
        const ContactRecord& now = logged.record;
        auto& known = residents_.at(now.resident).contacts;
        std::erase_if(known, [&](const ContactRecord& one) {  // which this one corrects
            return one.kind == now.kind && one.worker == now.worker && one.start <= now.end &&
                   now.start <= one.end;
        });
        known.push_back(now);
    }
    void hear(const TaskChanged& change, const Life::Event* event) {
        const CareTask& task = change.task;
        const auto known = tasks_.find(task.id);
        const CareTask* was = known == tasks_.end() ? nullptr : &known->second;
        if (was != nullptr && task.revision != was->revision + 1) {
            complain(task.resident, "a revision of " + task.id.value + " was never told");
        }
        const bool timer = event == nullptr || event->at != now_;
        if (task.quota && !stays(was, task) && !explained(was, task, timer ? nullptr : event)) {
            complain(task.resident, "task " + task.id.value + " of " +
                                        to_text(was == nullptr ? task.date : was->date) +
                                        " was moved by " + std::string(name(task.cause)));
        }
        tasks_[task.id] = task;
    }
    /// What is frozen has not moved, and nothing was put where nobody expects it any more.
    [[nodiscard]] bool stays(const CareTask* was, const CareTask& now) const {
        const Date today = day(now_);
        const bool early = time_of_day(now_, china) < 8h;
        const bool arrives = was == nullptr || was->date != now.date;
        if (arrives && now.date <= today && !early) return false;
        if (was == nullptr || was->date > today + 1 || was->state > TaskState::in_progress) {
            return true;
        }
        return was->start == now.start && was->worker == now.worker &&
               (now.state <= TaskState::in_progress || now.state == TaskState::unreached);
    }
    [[nodiscard]] bool explained(const CareTask* was, const CareTask& task,
                                 const Life::Event* event) const {
        const auto input = [&]<class T>(T* /*type*/) {
            return event == nullptr ? nullptr : std::get_if<T>(&event->input);
        };
        switch (task.cause) {
            case CareCause::recorded:
            case CareCause::retry: {
                const auto* contact = input(static_cast<ContactRecorded*>(nullptr));
                return contact != nullptr && contact->record.resident == task.resident;
            }
            case CareCause::alert: {
                const auto* told = input(static_cast<AlertTold*>(nullptr));
                return told != nullptr && told->alert.resident == task.resident;
            }
            case CareCause::suspension: {
                if (was == nullptr) return false;
                const auto* asked = input(static_cast<SuspensionSet*>(nullptr));
                const auto& kept = residents_.at(task.resident).suspension;
                const auto covers = [&](const Suspension& one) {
                    return one.resident == task.resident && one.from <= was->date &&
                           was->date <= one.to;
                };
                return (asked != nullptr && covers(asked->suspension)) || (kept && covers(*kept));
            }
            case CareCause::absence: {
                const auto* absent = input(static_cast<WorkerAbsent*>(nullptr));
                return was != nullptr && absent != nullptr && absent->worker == was->worker &&
                       absent->from <= was->date && was->date <= absent->to;
            }
            case CareCause::day_ended:
                return was != nullptr && was->date < day(now_);
            case CareCause::directory: {
                const auto* home = input(static_cast<ResidentsSet*>(nullptr));
                return was != nullptr && (input(static_cast<CommunitySet*>(nullptr)) != nullptr ||
                                          (home != nullptr && home->household == was->household));
            }
            case CareCause::person: {
                const auto* order = input(static_cast<TaskCommand*>(nullptr));
                return order != nullptr && order->task == task.id;
            }
            case CareCause::plan:
            case CareCause::replan:
            case CareCause::returned:
                break;
        }
        return false;
    }

    // ---- the books ----

    void hear(const WeekClosed& closed, const Life::Event* /*event*/) {
        ++weeks_closed_;
        open_week_ = std::max(open_week_, closed.week);
        std::map<ResidentId, care::ResidentWeek> theirs;
        for (const care::ResidentWeek& week : closed.residents) theirs[week.resident] = week;
        for (auto& [id, kept] : residents_) {
            note_rest(kept, day(now_));
            if (kept.since < closed.week + 7) {
                const auto told = theirs.find(id);
                if (told == theirs.end() || told->second != count(id, kept, closed.week)) {
                    complain(id, "books of " + to_text(closed.week) + ": " +
                                     (told == theirs.end() ? "nothing" : text(told->second)) +
                                     " instead of " + text(count(id, kept, closed.week)));
                }
                theirs.erase(id);
            }
            for (const ContactRecord& record : kept.contacts) {
                if (day(record.start) < closed.week + 7 && is_met(record)) {
                    kept.reached_before = std::max(kept.reached_before, record.start);
                }
            }
            if (kept.rested.contains(closed.week + 6)) {
                kept.reached_before = Desk::at(closed.week + 6, 0h);
            }
        }
        for (const auto& [id, week] : theirs) complain(id, "is in the books and not in the rounds");
        open_week_ = closed.week + 7;
    }
    static bool is_met(const ContactRecord& record) {
        return record.kind != TaskKind::contact_call && record.outcome != Outcome::unreached;
    }
    static bool is_visit(const ContactRecord& record) {
        return record.kind == TaskKind::home_visit || record.kind == TaskKind::return_check;
    }
    /// What the week came to, by the words of docs/care.md.
    [[nodiscard]] care::ResidentWeek count(const ResidentId& who, const Kept& kept,
                                           Date week) const {
        care::ResidentWeek out;
        out.resident = who;
        std::vector<ContactRecord> met, tried;
        for (const ContactRecord& record : kept.contacts) {
            const bool of_week = monday_of(day(record.start)) == week;
            if (of_week && record.kind != TaskKind::contact_call) tried.push_back(record);
        }
        std::ranges::stable_sort(tried, {}, &ContactRecord::start);
        std::ranges::copy_if(tried, std::back_inserter(met), is_met);
        int there = 7;
        for (Date date = week; date < week + 7; date = date + 1) {
            if (kept.rested.contains(date)) out.suspended = true;
            if (kept.told_late.contains(date)) ++out.late_days;
            if (kept.rested.contains(date) || date < kept.since) --there;
        }
        out.off_days = static_cast<std::uint8_t>(7 - there);
        out.visits_due = static_cast<std::uint8_t>(there > 3 ? visits(kept) : 0);
        out.calls_due = static_cast<std::uint8_t>(calls(kept) * there / 7);
        out.excused =
            static_cast<std::uint8_t>(visits(kept) + calls(kept) - out.visits_due - out.calls_due);
        out.attempts = static_cast<std::uint8_t>(tried.size());
        out.reached = static_cast<std::uint8_t>(met.size());
        const auto of = [&](const auto& which) {
            return static_cast<std::uint8_t>(std::ranges::count_if(tried, which));
        };
        out.mismatches =
            of([](const auto& one) { return one.corroboration == Corroboration::disagrees; });
        out.visits_done = of([](const auto& one) { return one.counts && is_visit(one); });
        out.calls_done = of([](const auto& one) { return one.counts && !is_visit(one); });
        while (out.visits_done > out.visits_due && out.calls_done < out.calls_due) {
            --out.visits_done;
            ++out.calls_done;
        }
        Instant before = kept.reached_before;
        for (const ContactRecord& one : met) {
            if (before != Instant{}) {
                out.gaps.push_back(static_cast<std::uint8_t>(day(one.start) - day(before)));
            }
            before = one.start;
        }
        const Date waits = before == Instant{} ? kept.since : day(before);
        int wait = 0;
        for (Date date = waits + 1; date < week + 7; date = date + 1) {
            wait += date >= week && kept.rested.contains(date) ? 0 : 1;
        }
        out.open_gap = static_cast<std::uint8_t>(std::min(wait, 255));
        // A span begins with the first attempt in vain after somebody was met.
        Instant vain{};
        const auto span_ends = [&](Instant at) {
            if (vain != Instant{} && at - vain > 24h) ++out.unreached_long;
            vain = {};
        };
        for (const ContactRecord& one : tried) {
            if (is_met(one)) {
                span_ends(one.start);
            } else if (vain == Instant{}) {
                vain = one.start;
            }
        }
        span_ends(Desk::at(week + 7, 0h));
        for (const auto& [id, task] : tasks_) {
            if (task.resident != who || monday_of(task.date) != week) continue;
            if (task.state == TaskState::cancelled || task.state == TaskState::excused) continue;
            if (task.overdue) ++out.overdue;
            if (!task.quota) continue;
            ++out.planned;
            if (task.state == TaskState::missed) ++out.missed;
            if (task.state == TaskState::substituted) ++out.substituted;
            const bool done =
                task.state == TaskState::completed || task.state == TaskState::substituted;
            const bool that_day = std::ranges::any_of(
                met, [&](const auto& one) { return day(one.start) == task.date; });
            if (done && that_day) ++out.on_time;
        }
        return out;
    }
    static std::string text(const care::ResidentWeek& week) {
        std::string out;
        for (const int number :
             {week.visits_due, week.calls_due, week.visits_done, week.calls_done, week.excused,
              week.attempts, week.reached, week.planned, week.on_time, week.substituted,
              week.mismatches, week.unreached_long, week.off_days, week.open_gap, week.missed,
              week.overdue, week.late_days}) {
            out += std::to_string(number) + " ";
        }
        out += week.suspended ? "suspended gaps" : "gaps";
        for (const int gap : week.gaps) out += " " + std::to_string(gap);
        return out;
    }

    CareRules rules_;
    std::map<ResidentId, Kept> residents_;
    std::map<TaskId, CareTask> tasks_;
    std::vector<std::string> complaints_;
    Instant now_{};
    Instant changed_{};
    Date turned_;
    Date open_week_;
    int weeks_closed_ = 0;
    int weighed_ = 0;
};

}  // namespace anju::test
