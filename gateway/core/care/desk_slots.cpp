// A place for a single task, found by hand: when an attempt failed, an alert asks, a worker falls
// ill or somebody moves a task, there is no week to plan but one appointment to be made.
#include <algorithm>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

constexpr Duration grid = std::chrono::minutes{5};  // times that people can remember

Instant round_up(Instant when) {
    const auto rest = when.time_since_epoch() % grid;
    return rest == Duration{} ? when : when + (grid - rest);
}

bool is_visit(TaskKind kind) {
    return kind == TaskKind::home_visit || kind == TaskKind::return_check ||
           kind == TaskKind::device_check;
}

Duration way(const CareRules& rules, TaskKind kind) {
    return is_visit(kind) ? rules.visit_travel : rules.call_between;
}

/// Takes the worker's time: done or still to be done.
bool takes_time(const CareTask& task) {
    return is_open(task.state) || task.state == TaskState::completed;
}

}  // namespace

bool DeskPeople::has_room(const WorkerId& worker, const CareTask& task, Date date) const {
    const CareRules& rules = desk_.community.care;
    int visits = is_visit(task.kind) ? 1 : 0;
    int calls = 1 - visits;
    Duration time = length(task.kind) + way(rules, task.kind);
    for (const CareTask& other : desk_.tasks.of(worker, date)) {
        if (other.id == task.id || !takes_time(other)) continue;
        ++(is_visit(other.kind) ? visits : calls);
        time += length(other.kind) + way(rules, other.kind);
    }
    return visits <= rules.worker_visits && calls <= rules.worker_calls && time <= rules.worker_day;
}

std::optional<Instant> DeskPeople::slot(const ClientState& client, const CareTask& task,
                                        const WorkerId& worker, Date date, Instant wish,
                                        Instant earliest) const {
    const CareRules& rules = desk_.community.care;
    const Duration needs = length(task.kind);
    const auto is_free = [&](Instant start) {
        for (const CareTask& other : desk_.tasks.of(task.resident)) {
            if (other.id == task.id || !takes_time(other) || !other.quota || !task.quota) continue;
            const Duration between = std::max(other.start - start, start - other.start);
            if (other.date == date || between < rules.apart) return false;
        }
        for (const CareTask& other : desk_.tasks.of(worker, date)) {
            if (other.id == task.id || !takes_time(other)) continue;
            const Duration gap = std::max(way(rules, other.kind), way(rules, task.kind));
            if (start < other.end + gap && other.start < start + needs + gap) return false;
        }
        return true;
    };
    const auto fits = [&](Instant start, const Window& window) {
        return start >= earliest && start >= at(date, window.from) &&
               start + needs <= at(date, window.to) && is_free(start);
    };
    const std::vector<Window>& hours = windows(client, task.kind);
    for (const Window& window : hours) {
        if (fits(wish, window)) return wish;
    }
    for (const Window& window : hours) {
        const Instant from = round_up(std::max(earliest, at(date, window.from)));
        for (Instant start = from; start + needs <= at(date, window.to); start += grid) {
            if (fits(start, window)) return start;
        }
    }
    return std::nullopt;
}

Instant DeskStep::by_day(Instant when) const {
    const Duration time = time_of_day(when, desk_.utc_offset);
    const Date date = people_.date(when);
    if (time < day_begins) return people_.at(date, day_begins);
    return time < day_ends ? when : people_.at(date + 1, day_begins);
}

Instant DeskStep::next_window(const ClientState& client, TaskKind kind, Instant earliest,
                              std::optional<Instant> other_than) const {
    const std::vector<Window>& hours = people_.windows(client, kind);
    const Duration needs = people_.length(kind);
    std::optional<Instant> same;
    for (Date date = people_.date(earliest); date <= people_.date(earliest) + 1; date = date + 1) {
        for (const Window& window : hours) {
            const Instant from = people_.at(date, window.from);
            const Instant to = people_.at(date, window.to);
            const Instant start = round_up(std::max(earliest, from));
            if (start + needs > to) continue;
            if (!other_than || *other_than < from || *other_than >= to) return start;
            if (!same) same = start;
        }
        // Another window tomorrow is further than this one today.
        if (same) return *same;
    }
    return by_day(round_up(earliest));
}

void DeskStep::try_again(CareTask& task, const ClientState& client, Instant start) const {
    const Date before = task.date;
    put(task, start);
    if (task.date == before) return;
    const Worker* has = people_.worker(task.worker);
    if (has != nullptr && people_.works(*has, task.date)) return;
    task.worker = people_.worker_for(client, task.date);
}

bool DeskStep::give_away(CareTask& task, CareCause cause, const std::string& actor) {
    const ClientState* client = people_.client(task.resident);
    if (client == nullptr) return false;
    std::vector<WorkerId> others = people_.on_shift(task.date);
    std::erase(others, task.worker);
    const auto place = std::ranges::find(others, people_.usual(*client));
    if (place != others.end()) std::rotate(others.begin(), place, place + 1);
    for (const WorkerId& other : others) {
        if (!people_.has_room(other, task, task.date)) continue;
        const Instant earliest = std::max(at_, people_.at(task.date, {}));
        auto start = people_.slot(*client, task, other, task.date, task.start, earliest);
        // What an alert asks for, or a failed attempt, is not bound to hours.
        if (!start && !task.quota) start = task.start;
        if (!start) continue;
        task.worker = other;
        put(task, *start);
        touch(task, cause, actor);
        return true;
    }
    return false;
}

}  // namespace anju::care
