// Who works when, who cares for whom, and under which rules.
#include <algorithm>
#include <map>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

bool on_duty(const Community& community, const WorkerId& worker, Date date) {
    const auto day = std::ranges::find(community.duty, date, &DutyDay::date);
    return day != community.duty.end() &&
           std::ranges::find(day->workers, worker) != day->workers.end();
}

/// The key with most votes, of equals the first; empty without any.
WorkerId most(const std::map<WorkerId, int>& votes) {
    const auto found =
        std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    return found == votes.end() ? WorkerId{} : found->first;
}

}  // namespace

void DeskState::find_ways() {
    tasks.find_ways();
    workers.clear();
    for (std::size_t i = 0; i < community.workers.size(); ++i) {
        workers.try_emplace(community.workers[i].id, i);
    }
}

const Worker* DeskPeople::worker(const WorkerId& id) const {
    const auto found = desk_.workers.find(id);
    return found == desk_.workers.end() ? nullptr : &desk_.community.workers[found->second];
}

bool DeskPeople::absent(const WorkerId& worker, Date date) const {
    return std::ranges::any_of(desk_.absences, [&](const Absence& absence) {
        return absence.worker == worker && absence.from <= date && date <= absence.to;
    });
}

bool DeskPeople::works(const Worker& worker, Date date) const {
    if (worker.role != Role::grid_worker || absent(worker.id, date)) return false;
    if (on_duty(desk_.community, worker.id, date)) return true;
    const WorkCalendar& calendar = desk_.community.calendar;
    if (calendar.is_holiday(date)) return false;
    if (((worker.weekdays >> weekday(date)) & 1) != 0) return true;
    // A weekend day worked for a holiday is a day like Monday to Friday.
    constexpr std::uint8_t office_week = 0x1f;
    return weekday(date) >= 5 && calendar.is_working(date) && (worker.weekdays & office_week) != 0;
}

std::vector<WorkerId> DeskPeople::on_shift(Date date) const {
    std::vector<WorkerId> ids;
    for (const Worker& worker : desk_.community.workers) {
        if (works(worker, date)) ids.push_back(worker.id);
    }
    std::ranges::sort(ids);
    return ids;
}

const ClientState* DeskPeople::client(const ResidentId& resident) const {
    const auto found = std::ranges::lower_bound(
        desk_.clients, resident, {},
        [](const ClientState& one) -> const ResidentId& { return one.resident.id; });
    return found == desk_.clients.end() || found->resident.id != resident ? nullptr : &*found;
}

WorkerId DeskPeople::usual(const ClientState& client) const {
    std::map<WorkerId, int> votes;
    for (const Reached& reached : client.reached) {
        const Worker* who = worker(reached.worker);
        if (who != nullptr && who->role == Role::grid_worker) ++votes[reached.worker];
    }
    if (!votes.empty()) return most(votes);
    for (const CareTask& task : desk_.tasks.of(client.resident.id)) {
        if (task.quota && worker(task.worker) != nullptr) ++votes[task.worker];
    }
    return most(votes);
}

WorkerId DeskPeople::worker_for(const ClientState& client, Date date) const {
    const auto able = [&](const WorkerId& id) {
        const Worker* found = worker(id);
        return found != nullptr && works(*found, date);
    };
    for (const CareTask& task : desk_.tasks.of(client.resident.id)) {
        if (task.date == date && able(task.worker)) return task.worker;
    }
    if (able(client.resident.care.worker)) return client.resident.care.worker;
    if (const WorkerId id = usual(client); able(id)) return id;
    std::map<WorkerId, int> load;
    for (const WorkerId& id : on_shift(date)) {
        int& votes = load[id] = 0;
        for (const CareTask& task : desk_.tasks.of(id, date)) votes -= is_open(task.state) ? 1 : 0;
    }
    return most(load);
}

std::vector<WorkerId> DeskPeople::who(Role role, const ResidentId& resident, Instant now) const {
    std::vector<WorkerId> ids;
    if (role != Role::grid_worker && role != Role::second_worker) {
        for (const Worker& worker : desk_.community.workers) {
            if (worker.role == role) ids.push_back(worker.id);
        }
        std::ranges::sort(ids);
        return ids;
    }
    const Date today = date(now);
    WorkerId first;
    if (const ClientState* known = client(resident)) {
        first = worker_for(*known, today);
        if (first.empty()) first = usual(*known);
    }
    ids = on_shift(today);
    if (ids.empty()) {  // a holiday without duty: an alert must not fall between two chairs
        for (const Worker& worker : desk_.community.workers) {
            if (worker.role == Role::grid_worker && !absent(worker.id, today)) {
                ids.push_back(worker.id);
            }
        }
        std::ranges::sort(ids);
    }
    const auto place = std::ranges::find(ids, first);
    if (place != ids.end()) std::rotate(ids.begin(), place, place + 1);
    if (role == Role::grid_worker) {
        if (ids.size() > 1) ids.resize(1);
    } else if (!ids.empty()) {
        ids.erase(ids.begin());
    }
    return ids;
}

const std::vector<Window>& DeskPeople::windows(const ClientState& client, TaskKind kind) const {
    const CareProfile& own = client.resident.care;
    const CareRules& rules = desk_.community.care;
    if (kind == TaskKind::home_visit || kind == TaskKind::return_check) {
        return own.visit_windows.empty() ? rules.visit_windows : own.visit_windows;
    }
    return own.call_windows.empty() ? rules.call_windows : own.call_windows;
}

std::uint8_t DeskPeople::visits(const ClientState& client) const {
    return client.resident.care.visits.value_or(desk_.community.care.visits);
}

std::uint8_t DeskPeople::calls(const ClientState& client) const {
    return client.resident.care.calls.value_or(desk_.community.care.calls);
}

Instant DeskPeople::last_contact(const ClientState& client) {
    return client.reached.empty() ? Instant{} : client.reached.back().start;
}

Duration DeskPeople::length(TaskKind kind) const {
    const bool visit = kind == TaskKind::home_visit || kind == TaskKind::return_check ||
                       kind == TaskKind::device_check;
    return visit ? desk_.community.care.visit_length : desk_.community.care.call_length;
}

}  // namespace anju::care
