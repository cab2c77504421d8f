#include "greedy.hpp"

#include "core/care/rounds_roster.hpp"

namespace anju::bench {
namespace {

using namespace care;
using namespace care::rounds;

class Greedy {
public:
    explicit Greedy(const Week& week) : week_(week), roster_(week, Roster::Fill::fixed) {}

    /// The contacts of one person, the visit on the first day.
    std::vector<Contact> next(const Person& person) {
        std::array<int, 2> left = person.due;
        std::vector<Contact> found;
        std::optional<Tick> last = person.last;
        for (int day = 0; day < days_of_week; ++day) {
            if ((person.open >> day & 1U) == 0) continue;
            for (const Sort sort : {visit, call}) {
                if (left[sort] == 0) continue;
                const auto contact = first(person, day, sort, last);
                if (!contact) continue;
                roster_.add(week_.place(contact->worker, day), sort, contact->start);
                found.push_back(*contact);
                last = contact->start;
                --left[sort];
                break;
            }
        }
        return found;
    }

private:
    std::optional<Contact> first(const Person& person, int day, Sort sort,
                                 std::optional<Tick> last) {
        std::vector<int> places = week_.of_day[static_cast<std::size_t>(day)];
        const int own = week_.place(person.main, day);
        if (own >= 0) places.insert(places.begin(), own);
        for (const int place : places) {
            if (!roster_.room(place, sort)) continue;
            starts_.clear();
            roster_.starts(place, person, sort, false, starts_);
            for (const Tick start : starts_) {
                if (last && start - *last < week_.apart) continue;
                return Contact{day, sort, start,
                               week_.places[static_cast<std::size_t>(place)].worker};
            }
        }
        return std::nullopt;
    }

    const Week& week_;
    Roster roster_;
    std::vector<Tick> starts_;
};

}  // namespace

std::vector<Placed> greedy(const Problem& problem) {
    const Week week = digest(problem);
    Greedy planner(week);
    std::vector<Placed> placed;
    for (const Person& person : week.persons) {
        for (const Contact& contact : planner.next(person)) {
            placed.push_back({person.client->resident,
                              kind_of(contact.sort),
                              problem.week + contact.day,
                              week.instant(contact.start),
                              week.workers[static_cast<std::size_t>(contact.worker)],
                              true,
                              {}});
        }
    }
    return placed;
}

}  // namespace anju::bench
