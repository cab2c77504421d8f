#include "core/care/rounds_choice.hpp"

#include <algorithm>
#include <limits>

namespace anju::care::rounds {
namespace {

constexpr Cost unreached = std::numeric_limits<Cost>::max();
constexpr std::size_t stand_ins = 2;           ///< other workers looked at for a day
constexpr std::size_t stand_ins_thorough = 4;  ///< … with more effort

std::size_t row(int day) {
    return static_cast<std::size_t>(day + 1);
}

}  // namespace

Chooser::Chooser(const Week& week) : week_(week) {
    gaps_.reserve(week.persons.size());
    for (const Person& person : week.persons) gaps_.push_back(gap_costs(person));
}

void Chooser::list_contacts(const Person& person, int place, Sort sort, int main,
                            const Roster& roster, bool thorough) {
    starts_.clear();
    roster.starts(place, person, sort, thorough, starts_);
    const Place& shift = week_.places[static_cast<std::size_t>(place)];
    const Cost load = roster.added_cost(place, sort);
    for (const Tick start : starts_) {
        const Contact contact{shift.day, sort, start, shift.worker};
        nodes_.push_back({shift.day, false, contact, start, start,
                          load + contact_cost(week_, person, contact, main)});
    }
}

/// The workers of the day with room, least used first, as places in `tried_`.
std::size_t Chooser::others(int day, int main, Sort sort, const Roster& roster) {
    tried_.clear();
    for (const int place : week_.of_day[static_cast<std::size_t>(day)]) {
        if (week_.places[static_cast<std::size_t>(place)].worker == main) continue;
        if (roster.room(place, sort)) tried_.push_back(place);
    }
    const std::size_t most = std::min(tried_.size(), 2 * stand_ins_thorough);
    std::partial_sort(tried_.begin(), tried_.begin() + static_cast<std::ptrdiff_t>(most),
                      tried_.end(), [&](int a, int b) {
                          return roster.used(a) != roster.used(b) ? roster.used(a) < roster.used(b)
                                                                  : a < b;
                      });
    return most;
}

void Chooser::list_nodes(const Person& person, int main, const Roster& roster, Effort effort) {
    const bool thorough = effort == Effort::thorough;
    nodes_.clear();
    nodes_.push_back({-1, true, {}, person.last.value_or(0), person.last.value_or(0), 0});
    std::size_t met = 0;
    for (int day = 0; day < days_of_week; ++day) {
        if (met < person.met.size() && person.met[met].day == day) {
            nodes_.push_back({day, true, {}, person.met[met].first, person.met[met].last, 0});
            ++met;
            continue;
        }
        if ((person.open >> day & 1U) == 0) continue;
        for (const Sort sort : {visit, call}) {
            if (due_[sort] == 0) continue;
            const std::size_t before = nodes_.size();
            const int own = week_.place(main, day);
            if (own >= 0 && roster.room(own, sort)) {
                list_contacts(person, own, sort, main, roster, thorough);
            }
            // Whom the former plan had, and then whoever has most time.
            for (const Contact& was : person.former) {
                if (was.day != day || was.sort != sort || was.worker == main) continue;
                const int place = week_.place(was.worker, day);
                if (place >= 0 && roster.room(place, sort)) {
                    list_contacts(person, place, sort, main, roster, thorough);
                }
            }
            if (nodes_.size() > before && !thorough) continue;
            std::size_t found = 0;
            const std::size_t most = others(day, main, sort, roster);
            for (std::size_t i = 0; i < most; ++i) {
                const std::size_t so_far = nodes_.size();
                list_contacts(person, tried_[i], sort, main, roster, thorough);
                found += nodes_.size() > so_far ? 1 : 0;
                if (found == (thorough ? stand_ins_thorough : stand_ins)) break;
            }
        }
    }
}

void Chooser::enter(std::size_t node, std::size_t from, Cost cost) {
    const Node& to = nodes_[node];
    const auto calls = static_cast<std::size_t>(due_[call]) + 1;
    for (std::size_t state = 0; state < states_; ++state) {
        const Cost so_far = reached_[from * states_ + state].cost;
        if (so_far == unreached) continue;
        std::size_t next = state;
        if (!to.fixed && to.contact.sort == visit) {
            next += calls;
            if (next >= states_) continue;
        } else if (!to.fixed) {
            if (state % calls + 1 == calls) continue;
            next += 1;
        }
        Reached& best = reached_[node * states_ + next];
        if (so_far + cost < best.cost) best = {so_far + cost, static_cast<int>(from)};
    }
}

void Chooser::walk(const Person& person, const GapCosts& gaps) {
    reached_.assign(nodes_.size() * states_, {unreached, -1});
    reached_[0] = {0, -1};
    last_fixed_ = 0;
    std::size_t fixed_before = 0;  // the last fixed node of an earlier day: no path goes round it
    for (std::size_t node = 1; node < nodes_.size(); ++node) {
        const Node& to = nodes_[node];
        for (std::size_t from = fixed_before; from < node; ++from) {
            const Node& before = nodes_[from];
            if (before.day >= to.day) break;
            const bool known = from != 0 || person.last.has_value();
            const bool both_fixed = before.fixed && to.fixed;
            if (known && !both_fixed && to.first - before.last < week_.apart) continue;
            enter(node, from, gaps[row(before.day)][static_cast<std::size_t>(to.day)] + to.cost);
        }
        if (to.fixed) fixed_before = last_fixed_ = node;
    }
}

std::vector<Contact> Chooser::trace(const Person& person, const GapCosts& gaps) const {
    const auto calls = static_cast<std::size_t>(due_[call]) + 1;
    Cost least = unreached;
    std::size_t node = 0;
    std::size_t state = 0;
    for (std::size_t i = last_fixed_; i < nodes_.size(); ++i) {
        for (std::size_t s = 0; s < states_; ++s) {
            const Cost so_far = reached_[i * states_ + s].cost;
            if (so_far == unreached) continue;
            const auto visits = static_cast<Cost>(s / calls);
            const Cost cost =
                so_far + gaps[row(nodes_[i].day)][days_of_week] +
                (person.due[visit] - visits) * weights.missing_visit +
                (person.due[call] - static_cast<Cost>(s % calls)) * weights.missing_call;
            if (cost >= least) continue;
            least = cost;
            node = i;
            state = s;
        }
    }
    std::vector<Contact> chosen;
    while (node != 0) {
        const Node& at = nodes_[node];
        const int from = reached_[node * states_ + state].from;
        if (!at.fixed) {
            chosen.push_back(at.contact);
            state -= at.contact.sort == visit ? calls : 1;
        }
        node = static_cast<std::size_t>(from);
    }
    std::reverse(chosen.begin(), chosen.end());
    return chosen;
}

std::vector<Contact> Chooser::choose(int index, int main, const Roster& roster, Effort effort) {
    const Person& person = week_.persons[static_cast<std::size_t>(index)];
    for (const Sort sort : {visit, call}) due_[sort] = std::min(person.due[sort], days_of_week);
    states_ = static_cast<std::size_t>((due_[visit] + 1) * (due_[call] + 1));
    list_nodes(person, main, roster, effort);
    const GapCosts& gaps = gaps_[static_cast<std::size_t>(index)];
    walk(person, gaps);
    return trace(person, gaps);
}

}  // namespace anju::care::rounds
