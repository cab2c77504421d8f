// Holds a plan against the rules, by the words of the rules and not by the planner's structures:
// what this finds is a fault of the planner, or of whoever moved a task by hand.
#include <algorithm>
#include <map>
#include <string>

#include "core/care/rounds_short.hpp"

namespace anju::care {
namespace {

using namespace rounds;

std::string name(const Placed& placed, const Problem& problem) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(
                             time_of_day(placed.start, problem.utc_offset))
                             .count();
    return placed.resident.value + (takes_a_visit(placed.kind) ? " visit " : " call ") +
           to_text(placed.date) + " " + std::to_string(minutes / 60) + ":" +
           (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60) + " by " +
           placed.worker.value;
}

Duration length_of(const Placed& placed, const CareRules& rules) {
    return takes_a_visit(placed.kind) ? rules.visit_length : rules.call_length;
}
Duration with_way(const Placed& placed, const CareRules& rules) {
    return takes_a_visit(placed.kind) ? rules.visit_length + rules.visit_travel
                                      : rules.call_length + rules.call_between;
}

class Check {
public:
    Check(const Problem& problem, const std::vector<Placed>& placed)
        : problem_(problem), placed_(placed) {
        for (const Client& client : problem.clients) clients_[client.resident] = &client;
        for (const Shift& shift : problem.shifts) {
            shifts_.emplace(std::pair(shift.date, shift.worker), &shift);
        }
    }

    std::vector<std::string> run() {
        for (const Placed& one : placed_) alone(one);
        residents();
        workers();
        return std::move(found_);
    }

private:
    void say(const Placed& placed, const std::string& what) {
        found_.push_back(name(placed, problem_) + ": " + what);
    }

    void alone(const Placed& one) {
        const auto client = clients_.find(one.resident);
        if (client == clients_.end()) return say(one, "nobody of that name is cared for");
        if (one.kind != TaskKind::home_visit && one.kind != TaskKind::phone_call) {
            say(one, "is neither a visit nor a call");
        }
        if (!one.quota) say(one, "is beyond the quota");
        if (one.date != date_of(one.start, problem_.utc_offset)) say(one, "starts on another day");
        if (one.date < problem_.first_day) say(one, "lies before the first day");
        if (monday_of(one.date) != problem_.week) say(one, "lies outside the week");
        if (!shifts_.contains({one.date, one.worker})) say(one, "the worker has no shift");
        const Client& of = *client->second;
        if (std::find(of.off.begin(), of.off.end(), one.date) != of.off.end()) {
            say(one, "the resident is not there");
        }
        const unsigned suits = (of.weekdays & 0x7fU) == 0 ? 0x7fU : of.weekdays;
        if ((suits >> weekday(one.date) & 1U) == 0) say(one, "the day does not suit");
        const Duration from = time_of_day(one.start, problem_.utc_offset);
        const Duration to = from + length_of(one, problem_.rules);
        const auto& windows = takes_a_visit(one.kind) ? of.visit_windows : of.call_windows;
        if (std::none_of(windows.begin(), windows.end(), [&](const Window& window) {
                return window.from <= from && to <= window.to;
            })) {
            say(one, "lies outside the windows");
        }
    }

    void residents() {
        struct Life {
            std::vector<std::pair<const Placed*, bool>> contacts;  // fixed?
            int visits{};
            int calls{};
        };
        std::map<ResidentId, Life> lives;
        const auto add = [&](const Placed& one, bool fixed) {
            if (!meets_resident(one.kind)) return;
            Life& life = lives[one.resident];
            life.contacts.emplace_back(&one, fixed);
            if (one.quota && monday_of(one.date) == problem_.week)
                ++(takes_a_visit(one.kind) ? life.visits : life.calls);
        };
        for (const Placed& one : problem_.fixed) add(one, true);
        for (const Placed& one : placed_) add(one, false);
        for (auto& [resident, life] : lives) {
            const auto client = clients_.find(resident);
            if (client == clients_.end()) continue;
            std::stable_sort(
                life.contacts.begin(), life.contacts.end(),
                [](const auto& a, const auto& b) { return a.first->start < b.first->start; });
            between(life.contacts, *client->second);
            over_quota(resident, life.visits, life.calls, *client->second);
        }
    }

    void over_quota(const ResidentId& resident, int visits, int calls, const Client& client) {
        const auto mine = [&](bool visits_wanted) {
            return std::any_of(placed_.begin(), placed_.end(), [&](const Placed& one) {
                return one.resident == resident && takes_a_visit(one.kind) == visits_wanted;
            });
        };
        if (visits + client.visits_done > client.visits && mine(true)) {
            found_.push_back(resident.value + ": more visits than are due");
        }
        if (calls + client.calls_done > client.calls && mine(false)) {
            found_.push_back(resident.value + ": more calls than are due");
        }
    }

    void between(const std::vector<std::pair<const Placed*, bool>>& contacts,
                 const Client& client) {
        std::optional<Instant> last = client.last_contact;
        const Placed* before = nullptr;
        bool before_fixed = true;
        for (const auto& [one, fixed] : contacts) {
            if (!(fixed && before_fixed)) {
                if (before != nullptr && before->date == one->date) {
                    say(*one, "a second contact that day");
                }
                if (last && one->start - *last < problem_.rules.apart) {
                    say(*one, "too soon after the last contact");
                }
            }
            before = one;
            before_fixed = fixed;
            last = last ? std::max(*last, one->start) : one->start;
        }
    }

    void workers() {
        struct Work {
            std::vector<std::pair<const Placed*, bool>> tasks;
        };
        std::map<std::pair<Date, WorkerId>, Work> days;
        for (const Placed& one : problem_.fixed)
            days[{one.date, one.worker}].tasks.emplace_back(&one, true);
        for (const Placed& one : placed_)
            days[{one.date, one.worker}].tasks.emplace_back(&one, false);
        for (auto& [day, work] : days) {
            const auto shift = shifts_.find(day);
            const bool any = std::any_of(work.tasks.begin(), work.tasks.end(),
                                         [](const auto& task) { return !task.second; });
            if (any && shift != shifts_.end()) limits(*shift->second, work.tasks);
            overlaps(work.tasks);
        }
    }

    void limits(const Shift& shift, const std::vector<std::pair<const Placed*, bool>>& tasks) {
        Duration time{};
        int visits = 0;
        int calls = 0;
        bool own_visits = false;
        bool own_calls = false;
        for (const auto& [task, fixed] : tasks) {
            time += with_way(*task, problem_.rules);
            const bool is_visit = takes_a_visit(task->kind);
            ++(is_visit ? visits : calls);
            if (!fixed) (is_visit ? own_visits : own_calls) = true;
        }
        const std::string who = shift.worker.value + " " + to_text(shift.date);
        if (time > shift.time) found_.push_back(who + ": more minutes than the shift has");
        if (visits > shift.visits && own_visits) found_.push_back(who + ": too many visits");
        if (calls > shift.calls && own_calls) found_.push_back(who + ": too many calls");
    }

    void overlaps(std::vector<std::pair<const Placed*, bool>> tasks) {
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            for (std::size_t j = i + 1; j < tasks.size(); ++j) {
                if (tasks[i].second && tasks[j].second) continue;
                const Placed& a = *tasks[i].first;
                const Placed& b = *tasks[j].first;
                if (a.start < b.start + with_way(b, problem_.rules) &&
                    b.start < a.start + with_way(a, problem_.rules)) {
                    say(a, "overlaps " + name(b, problem_));
                }
            }
        }
    }

    const Problem& problem_;
    const std::vector<Placed>& placed_;
    std::map<ResidentId, const Client*> clients_;
    std::map<std::pair<Date, WorkerId>, const Shift*> shifts_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> breaches(const Problem& problem, const std::vector<Placed>& placed) {
    return Check(problem, placed).run();
}

std::vector<std::string> unreported(const Problem& problem, const Plan& plan) {
    std::map<ResidentId, std::array<int, 2>> missing_said;
    std::map<ResidentId, std::vector<int>> gaps_said;
    for (const Shortfall& shortfall : plan.short_of) {
        if (shortfall.resident.empty()) continue;
        if (shortfall.why == Shortage::gap) {
            gaps_said[shortfall.resident].push_back(shortfall.gap_days);
        } else {
            missing_said[shortfall.resident][visit] += shortfall.visits;
            missing_said[shortfall.resident][call] += shortfall.calls;
        }
    }
    std::vector<std::string> found;
    const Week week = prepare(problem);
    const auto contacts = by_person(week, plan.placed);
    for (std::size_t i = 0; i < contacts.size(); ++i) {
        const Person& person = week.persons[i];
        const ResidentId& resident = person.client->resident;
        if (missing(person, contacts[i]) != missing_said[resident]) {
            found.push_back(resident.value + ": what is missing is not what is said to be");
        }
        std::vector<int> gaps;
        for (const Gap gap : all_gaps(person, contacts[i])) {
            if (gap.days() > person.gap_limit) gaps.push_back(std::min(gap.days(), 255));
        }
        if (gaps != gaps_said[resident]) {
            found.push_back(resident.value + ": the long gaps are not those that are named");
        }
    }
    return found;
}

}  // namespace anju::care
