// Weeks, by the planner. A task that stays keeps its number through every plan; what a plan does
// not have to touch it is given as fixed, so that nothing else moves.
#include <algorithm>
#include <map>
#include <utility>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";

Placed placed(const CareTask& task) {
    return {.resident = task.resident,
            .kind = task.kind,
            .date = task.date,
            .start = task.start,
            .worker = task.worker,
            .quota = task.quota,
            .task = task.id};
}

struct Count {
    int visits{};
    int calls{};
};

Count counted(const ClientState& client, Date week) {
    Count count;
    for (const Reached& reached : client.reached) {
        if (monday_of(reached.date) != week) continue;
        count.visits += reached.counted == Counted::visit ? 1 : 0;
        count.calls += reached.counted == Counted::call ? 1 : 0;
    }
    return count;
}

/// A place that the plan may change: of the quota, nobody's decision, nobody's promise.
bool is_loose(const CareTask& task) {
    return task.quota && untouched(task) && task.cause != CareCause::person;
}

/// No day of the week is left to plan.
bool is_over(const Problem& problem) {
    return problem.first_day > problem.week + 6;
}

int missing(const Plan& plan) {
    int sum = 0;
    for (const Shortfall& shortfall : plan.short_of) {
        sum += shortfall.visits + shortfall.calls + (shortfall.gap_days > 0 ? 1 : 0);
    }
    return sum;
}

}  // namespace

bool DeskStep::is_planned(Date week) const {
    return std::ranges::find(desk_.plans, week, &PlanMade::week) != desk_.plans.end();
}

/// What was done and what is open of the week is not what is due, or leaves too long a gap, or too
/// short a one.
bool DeskStep::unbalanced(const ClientState& client, Date week) const {
    const CareRules& rules = desk_.community.care;
    Count count = counted(client, week);
    const bool rests = [&] {
        for (Date date = std::max(week, today()); date < week + 7; date = date + 1) {
            if (!client.suspended_on(date)) return false;
        }
        return true;
    }();
    if (rests) return false;
    std::vector<Instant> contacts;
    for (const Reached& reached : client.reached) contacts.push_back(reached.start);
    for (const CareTask& task : desk_.tasks.of(client.resident.id)) {
        if (!task.quota || !is_open(task.state)) continue;
        contacts.push_back(task.start);
        if (monday_of(task.date) != week) continue;
        ++(task.kind == TaskKind::home_visit ? count.visits : count.calls);
    }
    if (count.visits != people_.visits(client) || count.calls != people_.calls(client)) return true;
    std::ranges::sort(contacts);
    for (std::size_t i = 1; i < contacts.size(); ++i) {
        const Date later = people_.date(contacts[i]);
        if (later < today() || monday_of(later) != week) continue;
        if (later - people_.date(contacts[i - 1]) > rules.max_gap_days) return true;
        if (contacts[i] - contacts[i - 1] < rules.apart) return true;
    }
    return false;
}

Problem DeskStep::problem(Date week, bool all) const {
    Problem problem;
    problem.week = week;
    // Today can be given more only before its work has begun.
    const bool early = time_of_day(at_, desk_.utc_offset) < day_begins;
    problem.first_day = std::max(week, early ? today() : today() + 1);
    problem.utc_offset = desk_.utc_offset;
    problem.rules = desk_.community.care;
    const WorkCalendar& calendar = desk_.community.calendar;
    problem.calendar_missing = !calendar.covers(week) || !calendar.covers(week + 6);

    for (const ClientState& one : desk_.clients) {
        if (!one.cared()) continue;
        Client client;
        client.resident = one.resident.id;
        client.visits = people_.visits(one);
        client.calls = people_.calls(one);
        client.call_windows = people_.windows(one, TaskKind::phone_call);
        client.visit_windows = people_.windows(one, TaskKind::home_visit);
        client.at_home = one.at_home;
        client.weekdays = one.resident.care.weekdays;
        client.usual = people_.usual(one);
        client.wanted = one.resident.care.worker;
        const Count done = counted(one, week);
        client.visits_done = static_cast<std::uint8_t>(done.visits);
        client.calls_done = static_cast<std::uint8_t>(done.calls);
        Instant last = DeskPeople::last_contact(one);
        for (const CareTask& task : desk_.tasks.of(one.resident.id)) {
            if (!task.quota) continue;
            if (is_open(task.state) && task.date < week) last = std::max(last, task.start);
            const bool by_person =
                task.state == TaskState::cancelled && task.cause == CareCause::person;
            if (by_person && task.date >= week) client.off.push_back(task.date);
        }
        if (last != Instant{}) client.last_contact = last;
        bool any = false;
        for (Date date = week; date < week + 7; date = date + 1) {
            const bool off = date < one.since || one.suspended_on(date);
            client.partial = client.partial || off;
            const bool had = std::ranges::any_of(one.reached, [&](const Reached& reached) {
                return reached.date == date && date >= problem.first_day;
            });
            if (off || had) client.off.push_back(date);
            any = any || (!off && (date >= problem.first_day || is_over(problem)));
        }
        std::ranges::sort(client.off);
        const auto twice = std::ranges::unique(client.off);
        client.off.erase(twice.begin(), twice.end());
        if (any) problem.clients.push_back(std::move(client));
    }
    for (Date date = std::max(week, problem.first_day - 1); date < week + 7; date = date + 1) {
        for (const WorkerId& worker : people_.on_shift(date)) {
            problem.shifts.push_back({.worker = worker,
                                      .date = date,
                                      .time = problem.rules.worker_day,
                                      .visits = problem.rules.worker_visits,
                                      .calls = problem.rules.worker_calls});
        }
    }
    for (Date date = week + 7; date < week + 14; date = date + 1) {
        if (people_.on_shift(date).empty()) problem.next_off.push_back(date);
    }
    for (const CareTask& task : desk_.tasks) {
        if (!is_open(task.state) || monday_of(task.date) != week) continue;
        const ClientState* one = people_.client(task.resident);
        const bool free =
            is_loose(task) && !frozen(task.date) && (all || (one != nullptr && one->loose));
        (free ? problem.former : problem.fixed).push_back(placed(task));
    }
    return problem;
}

void DeskStep::plan_week(Date week, CareCause cause) {
    Problem wanted = problem(week, !is_planned(week));
    if (is_over(wanted) && !is_planned(week)) return;
    Plan found = plan(wanted);
    if (missing(found) > 0 && is_planned(week) && !is_over(wanted)) {
        Problem wider = problem(week, true);
        Plan other = plan(wider);
        if (missing(other) < missing(found)) {
            wanted = std::move(wider);
            found = std::move(other);
        }
    }
    // There are workers, and none of them works on these days.
    const bool staffed = std::ranges::any_of(desk_.community.workers, [](const Worker& worker) {
        return worker.role == Role::grid_worker;
    });
    for (Shortfall& shortfall : found.short_of) {
        if (staffed && shortfall.why == Shortage::no_worker) shortfall.why = Shortage::no_duty;
        if (is_over(wanted) && shortfall.visits + shortfall.calls > 0) {
            shortfall.why = Shortage::too_late;  // no hands and no duty would mend it
            shortfall.days.clear();
            shortfall.minutes = 0;
        }
    }
    carry_out(wanted, found, cause);
}

void DeskStep::carry_out(const Problem& problem, const Plan& plan, CareCause cause) {
    std::map<TaskId, bool> former;  // and whether the plan still has it
    for (const Placed& place : problem.former) former[place.task] = false;
    for (const Placed& place : plan.placed) {
        if (!place.task.empty()) former[place.task] = true;
    }
    std::uint32_t changed = 0;
    for (const Placed& place : plan.placed) {
        CareTask* task = place.task.empty() ? nullptr : find(place.task);
        if (task == nullptr) {  // it takes the number of one that the plan has no more
            bool* taken = nullptr;
            for (CareTask& left : desk_.tasks.of(place.resident)) {
                const auto known = former.find(left.id);
                if (known == former.end() || known->second || left.kind != place.kind) continue;
                if (task != nullptr && task->id < left.id) continue;
                task = &left;
                taken = &known->second;
            }
            if (taken != nullptr) *taken = true;
        }
        if (task == nullptr) {
            CareTask fresh;
            fresh.resident = place.resident;
            fresh.household = people_.client(place.resident)->household;
            fresh.worker = place.worker;
            fresh.kind = place.kind;
            fresh.start = place.start;
            fresh.quota = true;
            fresh.cause = cause;
            add(std::move(fresh), system_actor);
            ++changed;
        } else if (task->start != place.start || task->worker != place.worker) {
            task->worker = place.worker;
            put(*task, place.start);
            task->due = people_.close_of(task->date);
            const TaskState state = frozen(task->date) ? TaskState::assigned : TaskState::planned;
            move_to(*task, state, cause == CareCause::plan ? CareCause::replan : cause,
                    system_actor);
            ++changed;
        }
    }
    for (const auto& [id, kept] : former) {
        if (kept) continue;
        move_to(*find(id), TaskState::cancelled, CareCause::replan, system_actor);
        ++changed;
    }
    PlanMade made{.week = problem.week,
                  .cause = cause,
                  .tasks = 0,
                  .changed = changed,
                  .short_of = plan.short_of};
    for (const CareTask& task : desk_.tasks) {
        if (task.quota && monday_of(task.date) == problem.week &&
            task.state != TaskState::cancelled && task.state != TaskState::excused) {
            ++made.tasks;
        }
    }
    const auto known = std::ranges::find(desk_.plans, problem.week, &PlanMade::week);
    if (known != desk_.plans.end()) {
        if (changed == 0 && known->short_of == made.short_of) return;
        *known = made;
    } else {
        desk_.plans.push_back(made);
        std::ranges::sort(desk_.plans, {}, &PlanMade::week);
    }
    next().what = std::move(made);
}

void DeskStep::mend(const ResidentId& resident, CareCause cause) {
    ClientState* one = client(resident);
    if (one == nullptr || !one->cared()) return;
    for (const Date week : {this_week(), this_week() + 7}) {
        if (!is_planned(week) || !unbalanced(*one, week)) continue;
        one->loose = true;
        plan_week(week, cause);
        one->loose = false;
    }
}

void DeskStep::mend_all(CareCause cause) {
    for (const Date week : {this_week(), this_week() + 7}) {
        if (!is_planned(week)) continue;
        bool any = false;
        for (ClientState& one : desk_.clients) {
            if (!one.cared() || !unbalanced(one, week)) continue;
            one.loose = true;
            any = true;
        }
        const bool changed = std::ranges::any_of(desk_.clients, &ClientState::loose);
        if (any || changed) plan_week(week, cause);
    }
    for (ClientState& one : desk_.clients) one.loose = false;
}

void DeskStep::plan_ahead() {
    if (desk_.clients.empty()) return;
    const Date week = this_week();
    if (!is_planned(week)) plan_week(week, CareCause::plan);
    const bool in_time = at_ >= people_.at(week + plan_weekday, plan_time);
    if (in_time && !is_planned(week + 7)) plan_week(week + 7, CareCause::plan);
}

void DeskStep::plan_soon(CareCause cause) {
    desk_.replan_due = at_ + plan_after_change;
    desk_.replan_cause = cause;
}

}  // namespace anju::care
