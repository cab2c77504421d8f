#include "core/care/rounds_week.hpp"

#include <algorithm>
#include <tuple>

namespace anju::care::rounds {
namespace {

std::vector<Span> spans(const std::vector<Window>& windows) {
    std::vector<Span> found;
    for (const Window& window : windows) {
        if (window.from < window.to) found.push_back({window.from.count(), window.to.count()});
    }
    std::sort(found.begin(), found.end(), [](const Span& a, const Span& b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    });
    return found;
}

void staff(Week& week, const Problem& problem) {
    std::vector<const Shift*> shifts;
    for (const Shift& shift : problem.shifts) {
        const int day = shift.date - problem.week;
        if (shift.date < problem.first_day || day < 0 || day >= days_of_week) continue;
        if (shift.worker.empty()) continue;
        shifts.push_back(&shift);
        week.workers.push_back(shift.worker);
    }
    std::sort(week.workers.begin(), week.workers.end());
    week.workers.erase(std::unique(week.workers.begin(), week.workers.end()), week.workers.end());
    std::stable_sort(shifts.begin(), shifts.end(), [](const Shift* a, const Shift* b) {
        return a->date != b->date ? a->date < b->date : a->worker < b->worker;
    });
    week.of_day.resize(days_of_week);
    week.places_of.assign(week.workers.size(), {-1, -1, -1, -1, -1, -1, -1});
    for (const Shift* shift : shifts) {
        const int day = shift->date - problem.week;
        const int worker = week.worker(shift->worker);
        int& at = week.places_of[static_cast<std::size_t>(worker)][static_cast<std::size_t>(day)];
        if (at >= 0) continue;
        at = static_cast<int>(week.places.size());
        week.of_day[static_cast<std::size_t>(day)].push_back(at);
        week.places.push_back({worker, day, shift->time.count(), shift->visits, shift->calls});
    }
}

/// Fewer contacts a week than the gaps ask for are somebody's approved decision: the gaps widen
/// to what so few can do.
int widened(int days, int quota) {
    return quota == 0 ? 2 * days_of_week : std::max(days, (days_of_week + quota - 1) / quota);
}

Person person_of(const Client& client, const Problem& problem, const Week& week) {
    Person person;
    person.client = &client;
    person.windows = {spans(client.visit_windows), spans(client.call_windows)};
    person.home = spans(client.at_home);
    const unsigned suits = (client.weekdays & 0x7fU) == 0 ? 0x7fU : client.weekdays & 0x7fU;
    const int first = std::max(0, problem.first_day - problem.week);
    for (const Date date : client.off) {
        const int day = date - problem.week;
        if (day >= 0 && day < days_of_week) person.off |= static_cast<std::uint8_t>(1U << day);
    }
    for (int day = first; day < days_of_week; ++day) {
        if ((suits & ~unsigned{person.off}) >> day & 1U) {
            person.open |= static_cast<std::uint8_t>(1U << day);
        }
    }
    if (client.last_contact) {
        person.last = week.tick(*client.last_contact);
        person.last_day = date_of(*client.last_contact, problem.utc_offset) - problem.week;
    }
    person.tail = days_of_week;
    for (; person.tail < 2 * days_of_week; ++person.tail) {
        const Date date = problem.week + person.tail;
        const bool staffed = std::find(problem.next_off.begin(), problem.next_off.end(), date) ==
                             problem.next_off.end();
        if (staffed && (suits >> (person.tail - days_of_week) & 1U)) break;
    }
    const int quota = client.visits + client.calls;
    person.gap_limit = widened(problem.rules.max_gap_days, quota);
    person.gap_wish = widened(problem.rules.preferred_gap_days, quota);
    person.due = {client.visits - client.visits_done, client.calls - client.calls_done};
    person.main = week.worker(client.wanted);
    if (person.main == nobody) person.main = week.worker(client.usual);
    person.fresh = client.wanted.empty() && client.usual.empty();
    return person;
}

void add_fixed(Week& week, const Problem& problem) {
    std::vector<const Placed*> fixed;
    for (const Placed& placed : problem.fixed) fixed.push_back(&placed);
    std::sort(fixed.begin(), fixed.end(), [](const Placed* a, const Placed* b) {
        return std::tie(a->start, a->resident, a->task, a->worker, a->kind) <
               std::tie(b->start, b->resident, b->task, b->worker, b->kind);
    });
    for (const Placed* placed : fixed) {
        const Sort sort = takes_a_visit(placed->kind) ? visit : call;
        const int day = placed->date - problem.week;
        const Tick start = week.tick(placed->start);
        week.fixed.push_back({week.worker(placed->worker), day, sort, start});
        const int index = week.person(placed->resident);
        if (index < 0 || !meets_resident(placed->kind)) continue;
        Person& person = week.persons[static_cast<std::size_t>(index)];
        if (day >= days_of_week) {
            person.tail = std::min(person.tail, day);
            person.latest = std::min(person.latest, start - week.apart);
        }
        if (day < 0 && (!person.last || *person.last < start)) {
            person.last = start;
            person.last_day = day;
        }
        if (day < 0 || day >= days_of_week) continue;
        if (placed->quota) --person.due[sort];
        person.open &= static_cast<std::uint8_t>(~(1U << day));
        if (!person.met.empty() && person.met.back().day == day) {
            person.met.back().last = start;
        } else {
            person.met.push_back({day, start, start});
        }
    }
}

void add_former(Week& week, const Problem& problem) {
    std::vector<const Placed*> former;
    for (const Placed& placed : problem.former) former.push_back(&placed);
    std::sort(former.begin(), former.end(), [](const Placed* a, const Placed* b) {
        return std::tie(a->start, a->resident, a->task, a->worker, a->kind) <
               std::tie(b->start, b->resident, b->task, b->worker, b->kind);
    });
    for (const Placed* placed : former) {
        const int index = week.person(placed->resident);
        if (index < 0) continue;
        Person& person = week.persons[static_cast<std::size_t>(index)];
        person.former.push_back({placed->date - problem.week,
                                 takes_a_visit(placed->kind) ? visit : call,
                                 week.tick(placed->start), week.worker(placed->worker)});
        person.former_tasks.push_back(placed->task);
    }
}

}  // namespace

bool takes_a_visit(TaskKind kind) {
    return kind == TaskKind::home_visit || kind == TaskKind::return_check ||
           kind == TaskKind::device_check;
}

bool meets_resident(TaskKind kind) {
    return kind != TaskKind::device_check && kind != TaskKind::contact_call;
}

TaskKind kind_of(Sort sort) {
    return sort == visit ? TaskKind::home_visit : TaskKind::phone_call;
}

int Week::worker(const WorkerId& id) const {
    const auto at = std::lower_bound(workers.begin(), workers.end(), id);
    return at == workers.end() || *at != id ? nobody : static_cast<int>(at - workers.begin());
}

int Week::person(const ResidentId& id) const {
    const auto at =
        std::lower_bound(persons.begin(), persons.end(), id,
                         [](const Person& a, const auto& b) { return a.client->resident < b; });
    return at == persons.end() || at->client->resident != id
               ? -1
               : static_cast<int>(at - persons.begin());
}

Tick Week::tick(Instant at) const {
    return (at - instant_at(problem->week, Duration{}, problem->utc_offset)).count();
}

Instant Week::instant(Tick at) const {
    return instant_at(problem->week, Duration{}, problem->utc_offset) + Duration{at};
}

Week digest(const Problem& problem) {
    Week week;
    week.problem = &problem;
    const CareRules& rules = problem.rules;
    week.length = {rules.visit_length.count(), rules.call_length.count()};
    week.need = {(rules.visit_length + rules.visit_travel).count(),
                 (rules.call_length + rules.call_between).count()};
    week.apart = rules.apart.count();
    staff(week, problem);
    week.persons.reserve(problem.clients.size());
    for (const Client& client : problem.clients) {
        week.persons.push_back(person_of(client, problem, week));
    }
    std::stable_sort(
        week.persons.begin(), week.persons.end(),
        [](const Person& a, const Person& b) { return a.client->resident < b.client->resident; });
    add_fixed(week, problem);
    add_former(week, problem);
    for (Person& person : week.persons) {
        for (int& due : person.due) due = std::max(due, 0);
        if (!person.last) continue;
        // A fixed contact of a day before the last one is history.
        std::erase_if(person.met, [&](const Met& met) { return met.day < person.last_day; });
        for (Met& met : person.met) met.last = std::max(met.last, *person.last);
    }
    return week;
}

std::vector<std::vector<Contact>> by_person(const Week& week, const std::vector<Placed>& placed) {
    std::vector<std::vector<Contact>> found(week.persons.size());
    for (const Placed& one : placed) {
        const int person = week.person(one.resident);
        if (person < 0) continue;
        found[static_cast<std::size_t>(person)].push_back(
            {one.date - week.problem->week, takes_a_visit(one.kind) ? visit : call,
             week.tick(one.start), week.worker(one.worker)});
    }
    for (auto& contacts : found) {
        std::sort(contacts.begin(), contacts.end(),
                  [](const Contact& a, const Contact& b) { return a.start < b.start; });
    }
    return found;
}

}  // namespace anju::care::rounds
