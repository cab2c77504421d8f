#include "core/care/rounds_search.hpp"

#include <algorithm>
#include <bit>

namespace anju::care::rounds {
namespace {

constexpr int passes = 24;                    ///< over all residents; most weeks settle in six
constexpr std::size_t main_choices = 4;       ///< workers tried for a resident who has none
constexpr std::int64_t most_trials = 40'000;  ///< of pairs, in all
constexpr std::size_t most_neighbours = 64;

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Search::Search(const Week& week)
    : week_(week),
      roster_(week, Roster::Fill::fixed),
      chooser_(week),
      placed_(week.persons.size()),
      person_cost_(week.persons.size()),
      residents_(residents_of(week)),
      visitors_(week.places.size()),
      changed_(week.places.size(), 1),
      looked_(week.persons.size()) {
    for (const int residents : residents_) {
        staff_cost_ += residents_cost(week.problem->rules, residents);
    }
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        person_cost_[i] = person_cost(week_, week_.persons[i], {});
        persons_cost_ += person_cost_[i];
    }
}

void Search::count_resident(int person, int by) {
    const Person& of = week_.persons[at(person)];
    if (!of.fresh || of.main != nobody) return;
    const int worker = worker_of(of, placed_[at(person)]);
    if (worker == nobody) return;
    int& residents = residents_[at(worker)];
    staff_cost_ -= residents_cost(week_.problem->rules, residents);
    residents += by;
    staff_cost_ += residents_cost(week_.problem->rules, residents);
}

void Search::put(int person, Contacts contacts) {
    ++step_;
    for (const Contact& contact : contacts) {
        const int place = week_.place(contact.worker, contact.day);
        roster_.add(place, contact.sort, contact.start);
        auto& visitors = visitors_[at(place)];
        visitors.insert(std::upper_bound(visitors.begin(), visitors.end(), person), person);
        changed_[at(place)] = step_;
    }
    persons_cost_ -= person_cost_[at(person)];
    placed_[at(person)] = std::move(contacts);
    person_cost_[at(person)] = person_cost(week_, week_.persons[at(person)], placed_[at(person)]);
    persons_cost_ += person_cost_[at(person)];
    count_resident(person, 1);
}

Search::Contacts Search::take(int person) {
    count_resident(person, -1);
    Contacts taken = std::move(placed_[at(person)]);
    placed_[at(person)].clear();
    for (const Contact& contact : taken) {
        const int place = week_.place(contact.worker, contact.day);
        roster_.remove(place, contact.sort, contact.start);
        auto& visitors = visitors_[at(place)];
        visitors.erase(std::lower_bound(visitors.begin(), visitors.end(), person));
    }
    return taken;
}

bool Search::may_keep(int index, const Contact& contact, const Contacts& kept) const {
    const Person& person = week_.persons[at(index)];
    if (contact.day < 0 || contact.day >= days_of_week) return false;
    if ((person.open >> contact.day & 1U) == 0) return false;
    const int place = week_.place(contact.worker, contact.day);
    if (place < 0 || !roster_.room(place, contact.sort)) return false;
    if (!roster_.fits(place, person, contact.sort, contact.start)) return false;
    int left = person.due[contact.sort];
    const auto apart = [&](Tick other) {
        return std::max(other, contact.start) - std::min(other, contact.start) >= week_.apart;
    };
    bool far = !person.last || apart(*person.last);
    for (const Met& met : person.met) far = far && apart(met.first) && apart(met.last);
    for (const Contact& other : kept) {
        far = far && other.day != contact.day && apart(other.start);
        left -= other.sort == contact.sort ? 1 : 0;
    }
    return far && left > 0;
}

void Search::keep_former() {
    for (int person = 0; person < static_cast<int>(placed_.size()); ++person) {
        Contacts kept;
        for (const Contact& was : week_.persons[at(person)].former) {
            if (may_keep(person, was, kept)) kept.push_back(was);
        }
        if (!kept.empty()) put(person, std::move(kept));
    }
}

bool Search::wanting(int index) const {
    const Person& person = week_.persons[at(index)];
    std::array<int, 2> left = person.due;
    for (const Contact& contact : placed_[at(index)]) --left[contact.sort];
    if (left[visit] > 0 || left[call] > 0) return true;
    const auto gaps = all_gaps(person, placed_[at(index)]);
    return std::any_of(gaps.begin(), gaps.end(),
                       [&](Gap gap) { return gap.days() > person.gap_limit; });
}

bool Search::settled(int person) const {
    return placed_[at(person)] == week_.persons[at(person)].former && !wanting(person);
}

/// Those with the fewest days to spare first; among equals, by number.
std::vector<int> Search::by_hardness() const {
    std::vector<std::pair<int, int>> ranked;
    for (int index = 0; index < static_cast<int>(placed_.size()); ++index) {
        if (settled(index)) continue;
        const Person& person = week_.persons[at(index)];
        int days = 0;
        for (int day = 0; day < days_of_week; ++day) {
            const bool staffed = person.main == nobody ? !week_.of_day[at(day)].empty()
                                                       : week_.place(person.main, day) >= 0;
            days += (person.open >> day & 1U) != 0 && staffed ? 1 : 0;
        }
        ranked.emplace_back(days - person.due[visit] - person.due[call], index);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<int> order;
    for (const auto& [spare, index] : ranked) order.push_back(index);
    return order;
}

/// The workers that may become the resident's: with the fewest residents, then the least work.
std::vector<int> Search::mains(int index) const {
    const Person& person = week_.persons[at(index)];
    if (person.main != nobody) return {person.main};
    struct Candidate {
        Cost residents{};
        Tick used{};
        int worker{};
    };
    std::vector<Candidate> ranked;
    for (int worker = 0; worker < static_cast<int>(week_.workers.size()); ++worker) {
        Candidate candidate{0, 0, worker};
        for (const int place : week_.places_of[at(worker)]) {
            if (place >= 0) candidate.used += roster_.used(place);
        }
        const CareRules& rules = week_.problem->rules;
        const int residents = residents_[at(worker)];
        if (person.fresh) {
            candidate.residents =
                residents_cost(rules, residents + 1) - residents_cost(rules, residents);
        }
        ranked.push_back(candidate);
    }
    const std::size_t most = std::min(main_choices, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(most),
                      ranked.end(), [](const Candidate& a, const Candidate& b) {
                          return std::tie(a.residents, a.used, a.worker) <
                                 std::tie(b.residents, b.used, b.worker);
                      });
    std::vector<int> found;
    const int was = worker_of(person, person.former);
    if (was != nobody) found.push_back(was);
    for (std::size_t i = 0; i < most; ++i) {
        if (ranked[i].worker != was) found.push_back(ranked[i].worker);
    }
    if (found.empty()) found.push_back(nobody);
    return found;
}

Search::Contacts Search::best(int person, Effort effort) {
    const std::vector<int> candidates = mains(person);
    if (candidates.size() == 1) {
        return chooser_.choose(person, candidates.front(), roster_, effort);
    }
    Contacts cheapest;
    Cost least = cost();
    for (const int main : candidates) {
        put(person, chooser_.choose(person, main, roster_, effort));
        const Cost now = cost();
        Contacts contacts = take(person);
        put(person, {});
        if (now >= least) continue;
        least = now;
        cheapest = std::move(contacts);
    }
    return cheapest;
}

bool Search::reconsider(int person, Effort effort) {
    const Cost before = cost();
    Contacts was = take(person);
    put(person, {});
    Contacts chosen = best(person, effort);
    put(person, chosen);
    const bool better = cost() < before;
    if (!better) {
        take(person);
        const std::uint64_t step = step_;
        put(person, std::move(was));
        static_cast<void>(step);
    }
    looked_[at(person)] = step_;
    return better;
}

void Search::settle(const std::vector<int>& order) {
    for (int pass = 0; pass < passes; ++pass) {
        bool better = false;
        for (const int person : order) {
            if (reconsider(person, Effort::usual)) better = true;
        }
        if (!better) return;
    }
}

/// Persons with a contact in a shift on a day on which `person` could have one.
std::vector<int> Search::neighbours(int index) const {
    const Person& person = week_.persons[at(index)];
    std::vector<int> found;
    const auto add = [&](int place) {
        if (place < 0 || found.size() >= 4 * most_neighbours) return;
        found.insert(found.end(), visitors_[at(place)].begin(), visitors_[at(place)].end());
    };
    for (int day = 0; day < days_of_week; ++day) {
        if ((person.open >> day & 1U) != 0) add(week_.place(person.main, day));
    }
    for (int day = 0; day < days_of_week; ++day) {
        if ((person.open >> day & 1U) == 0) continue;
        for (const int place : week_.of_day[at(day)]) add(place);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::erase(found, index);
    if (found.size() > most_neighbours) found.resize(most_neighbours);
    return found;
}

bool Search::try_with(int person, int other) {
    const Cost before = cost();
    const Contacts was = take(person);
    put(person, {});
    const Contacts other_was = take(other);
    put(other, {});
    put(person, best(person, Effort::thorough));
    put(other, best(other, Effort::thorough));
    if (cost() < before) return true;
    take(person);
    take(other);
    put(person, was);
    put(other, other_was);
    return false;
}

bool Search::exchange(int person) {
    if (reconsider(person, Effort::thorough)) return true;
    for (const int other : neighbours(person)) {
        if (++trials_ > most_trials) return false;
        if (try_with(person, other)) return true;
    }
    return false;
}

void Search::run() {
    keep_former();
    const std::vector<int> order = by_hardness();
    settle(order);
    for (int pass = 0; pass < passes; ++pass) {
        bool better = false;
        for (int person = 0; person < static_cast<int>(placed_.size()); ++person) {
            if (!wanting(person)) continue;
            while (wanting(person) && exchange(person)) better = true;
        }
        if (!better) break;
    }
}

}  // namespace anju::care::rounds
