#include "core/care/rounds.hpp"

#include <algorithm>

#include "core/care/rounds_search.hpp"
#include "core/care/rounds_short.hpp"

namespace anju::care {
namespace {

using namespace rounds;

void count_person(const Week& week, const Person& person, const std::vector<Contact>& contacts,
                  Quality& quality) {
    const auto number = [](auto count) { return static_cast<std::uint32_t>(count); };
    quality.due += number(person.due[visit] + person.due[call]);
    quality.placed += number(contacts.size());
    const WorkerId& usual =
        person.client->wanted.empty() ? person.client->usual : person.client->wanted;
    const int own = person.fresh ? worker_of(person, contacts) : week.worker(usual);
    for (const Contact& contact : contacts) {
        quality.same_worker += own != nobody && contact.worker == own ? 1 : 0;
        quality.off_rhythm +=
            contact.sort == call && !in_rhythm(week, person, contact.start) ? 1 : 0;
    }
    for (const Gap gap : all_gaps(person, contacts)) {
        const bool inside = gap.to < days_of_week && gap.days() <= person.gap_limit;
        quality.long_gaps += inside && gap.days() > person.gap_wish ? 1 : 0;
    }
    for (const Contact& was : person.former) {
        quality.moved += std::find(contacts.begin(), contacts.end(), was) == contacts.end() ? 1 : 0;
    }
}

Quality quality_of(const Week& week, const std::vector<std::vector<Contact>>& placed) {
    Quality quality;
    Roster roster(week, Roster::Fill::fixed);
    std::vector<int> residents = residents_of(week);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Person& person = week.persons[i];
        count_person(week, person, placed[i], quality);
        quality.cost += person_cost(week, person, placed[i]);
        for (const Contact& contact : placed[i]) {
            const bool known = contact.day >= 0 && contact.day < days_of_week;
            const int place = known ? week.place(contact.worker, contact.day) : -1;
            if (place >= 0) roster.add(place, contact.sort, contact.start);
        }
        const int worker = worker_of(person, placed[i]);
        if (person.main == nobody && person.fresh && worker != nobody) {
            ++residents[static_cast<std::size_t>(worker)];
        }
    }
    quality.cost += roster.cost();
    for (const int count : residents) {
        quality.cost += residents_cost(week.problem->rules, count);
    }
    return quality;
}

/// A contact keeps its task where the former plan had it that day, or anywhere in the week.
std::vector<TaskId> tasks_of(const Person& person, const std::vector<Contact>& contacts) {
    std::vector<TaskId> tasks(contacts.size());
    std::vector<bool> given(person.former.size());
    for (const bool same_day : {true, false}) {
        for (std::size_t i = 0; i < contacts.size(); ++i) {
            if (!tasks[i].empty()) continue;
            for (std::size_t j = 0; j < given.size(); ++j) {
                const Contact& was = person.former[j];
                if (given[j] || was.sort != contacts[i].sort) continue;
                if (same_day && was.day != contacts[i].day) continue;
                tasks[i] = person.former_tasks[j];
                given[j] = true;
                break;
            }
        }
    }
    return tasks;
}

std::vector<Placed> by_name(const Week& week, const std::vector<std::vector<Contact>>& placed) {
    std::vector<Placed> named;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Person& person = week.persons[i];
        const std::vector<TaskId> tasks = tasks_of(person, placed[i]);
        for (std::size_t j = 0; j < placed[i].size(); ++j) {
            const Contact& contact = placed[i][j];
            named.push_back({person.client->resident, kind_of(contact.sort),
                             week.problem->week + contact.day, week.instant(contact.start),
                             week.workers[static_cast<std::size_t>(contact.worker)], true,
                             tasks[j]});
        }
    }
    return named;
}

}  // namespace

Plan plan(const Problem& problem) {
    Week week = prepare(problem);
    Search search(week);
    search.run();
    return {by_name(week, search.placed()), shortfalls(week, search.placed(), search.roster()),
            quality_of(week, search.placed())};
}

Quality judge(const Problem& problem, const std::vector<Placed>& placed) {
    const Week week = prepare(problem);
    return quality_of(week, by_person(week, placed));
}

}  // namespace anju::care
