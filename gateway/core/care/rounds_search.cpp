#include "core/care/rounds_search.hpp"

#include <algorithm>
#include <tuple>

namespace anju::care::rounds {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Search::Search(Week& week)
    : week_(week),
      roster_(week, Roster::Fill::fixed),
      chooser_(week),
      placed_(week.persons.size()),
      person_cost_(week.persons.size()),
      residents_(residents_of(week)),
      visitors_(week.places.size()),
      changed_(week.places.size(), 1),
      looked_(week.persons.size()),
      alone_(week, Roster::Fill::fixed),
      ideal_(week.persons.size(), -1),
      wished_(week.persons.size(), -1) {
    for (const int residents : residents_) {
        staff_cost_ += residents_cost(week.problem->rules, residents);
    }
    price_persons();
}

void Search::price_persons() {
    persons_cost_ = 0;
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        person_cost_[i] = person_cost(week_, week_.persons[i], placed_[i]);
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
    for (const Contact& contact : contacts) {
        const int place = week_.place(contact.worker, contact.day);
        roster_.add(place, contact.sort, contact.start);
        auto& visitors = visitors_[at(place)];
        visitors.insert(std::upper_bound(visitors.begin(), visitors.end(), person), person);
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
    bool far = contact.start <= person.latest && (!person.last || apart(*person.last));
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

bool Search::settled(int person) {
    return placed_[at(person)] == week_.persons[at(person)].former && !wanting(person);
}

/// Those with the fewest days to spare first; among equals, by number.
std::vector<int> Search::by_hardness() {
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
std::vector<int> Search::mains(int index, int was) const {
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
    const std::size_t most = std::min(means.main_choices, ranked.size());
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(most),
                      ranked.end(), [](const Candidate& a, const Candidate& b) {
                          return std::tie(a.residents, a.used, a.worker) <
                                 std::tie(b.residents, b.used, b.worker);
                      });
    std::vector<int> found;
    if (was == nobody) was = worker_of(person, person.former);
    if (was != nobody) found.push_back(was);
    for (std::size_t i = 0; i < most; ++i) {
        if (ranked[i].worker != was) found.push_back(ranked[i].worker);
    }
    if (found.empty()) found.push_back(nobody);
    return found;
}

Search::Contacts Search::best(int person, const Contacts& was, Effort effort) {
    const std::vector<int> candidates = mains(person, worker_of(week_.persons[at(person)], was));
    if (candidates.size() == 1) {
        return chooser_.choose(person, candidates.front(), roster_, effort, was);
    }
    Contacts cheapest;
    Cost least = cost();
    for (const int main : candidates) {
        put(person, chooser_.choose(person, main, roster_, effort, was));
        const Cost now = cost();
        Contacts contacts = take(person);
        put(person, {});
        if (now >= least) continue;
        least = now;
        cheapest = std::move(contacts);
    }
    return cheapest;
}

void Search::touch(const Contacts& before, const Contacts& after) {
    ++step_;
    for (const Contacts* contacts : {&before, &after}) {
        for (const Contact& contact : *contacts) {
            changed_[at(week_.place(contact.worker, contact.day))] = step_;
        }
    }
}

bool Search::stale(int index) const {
    const Person& person = week_.persons[at(index)];
    const std::uint64_t looked = looked_[at(index)];
    if (looked == 0) return false;
    const int main = worker_of(person, placed_[at(index)]);
    for (int day = 0; day < days_of_week; ++day) {
        const int place = week_.place(main, day);
        if (place >= 0 && changed_[at(place)] > looked) return false;
    }
    return std::none_of(placed_[at(index)].begin(), placed_[at(index)].end(),
                        [&](const Contact& contact) {
                            return changed_[at(week_.place(contact.worker, contact.day))] > looked;
                        });
}

bool Search::reconsider(int person, Effort effort) {
    const Cost before = cost();
    Contacts was = take(person);
    put(person, {});
    put(person, best(person, was, effort));
    const bool better = cost() < before;
    if (better) {
        touch(was, placed_[at(person)]);
    } else {
        take(person);
        put(person, std::move(was));
    }
    looked_[at(person)] = std::max<std::uint64_t>(step_, 1);
    return better;
}

void Search::settle(const std::vector<int>& order) {
    for (int pass = 0; pass < means.passes; ++pass) {
        bool better = false;
        for (const int person : order) {
            if (!stale(person) && reconsider(person, Effort::usual)) better = true;
        }
        if (!better) return;
    }
}

void Search::improve() {
    // Every round has the same means, so that planning again repeats the last round exactly.
    trials_ = means.trials + means.trials_each * static_cast<std::int64_t>(placed_.size());
    joint_steps_ = means.joint_steps_in_all;
    std::fill(looked_.begin(), looked_.end(), 0);
    std::fill(ideal_.begin(), ideal_.end(), -1);
    std::fill(wished_.begin(), wished_.end(), -1);
    settle(by_hardness());
    // Pairs disturb a former plan less than a worker's whole week anew.
    if (has_former()) mend();
    const std::uint64_t before = step_;
    make_room();
    if (step_ != before || !has_former()) mend();
    if (!shuffle()) return;
    settle(by_hardness());
    mend();
}

bool Search::has_former() const {
    return std::any_of(week_.persons.begin(), week_.persons.end(),
                       [](const Person& person) { return !person.former.empty(); });
}

/// Now that this is the plan, what would planning again do? Nothing, or what is missing can still
/// be mended. Without this a second plan of the same facts could differ from the first.
void Search::hold() {
    std::vector<Contacts> formers;
    for (Person& person : week_.persons) formers.push_back(std::move(person.former));
    const int rounds = placed_.size() > means.many ? means.holds_many : means.holds;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < placed_.size(); ++i) week_.persons[i].former = placed_[i];
        price_persons();
        const std::uint64_t before = step_;
        improve();
        if (step_ == before) break;
    }
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        week_.persons[i].former = std::move(formers[i]);
    }
    price_persons();
}

void Search::run() {
    keep_former();
    improve();
    hold();
}

}  // namespace anju::care::rounds
