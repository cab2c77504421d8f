#include "core/care/rounds_choice.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace anju::care::rounds {
namespace {

constexpr Cost unreached = std::numeric_limits<Cost>::max();
constexpr std::size_t stand_ins = 2;    ///< other workers looked at for a day
constexpr std::size_t most_others = 8;  ///< of so many that have room
constexpr std::size_t most_looks = 64;

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
    for (const Contact& was : known_) {
        const bool here = was.day == shift.day && was.worker == shift.worker && was.sort == sort;
        if (!here || !roster.fits(place, person, sort, was.start)) continue;
        if (std::find(starts_.begin(), starts_.end(), was.start) == starts_.end()) {
            starts_.push_back(was.start);
        }
    }
    const Cost load = roster.added_cost(place, sort);
    for (const Tick start : starts_) {
        if (start > person.latest) continue;
        const Contact contact{shift.day, sort, start, shift.worker};
        nodes_.push_back({shift.day, false, contact, start, start,
                          load + contact_cost(week_, person, contact, main)});
    }
}

/// The next workers of the day with room, counted round from the resident's own, least used first,
/// as places in `tried_`. Among hundreds of workers these are as good as any.
std::size_t Chooser::others(int day, int main, Sort sort, const Roster& roster) {
    const std::vector<int>& places = week_.of_day[static_cast<std::size_t>(day)];
    const auto after =
        std::upper_bound(places.begin(), places.end(), main, [&](int worker, int place) {
            return worker < week_.places[static_cast<std::size_t>(place)].worker;
        });
    auto next = static_cast<std::size_t>(after - places.begin());
    tried_.clear();
    const std::size_t looks = std::min(places.size(), most_looks);
    for (std::size_t look = 0; look < looks && tried_.size() < most_others; ++look, ++next) {
        const int place = places[next < places.size() ? next : next - places.size()];
        if (week_.places[static_cast<std::size_t>(place)].worker == main) continue;
        if (roster.room(place, sort)) tried_.push_back(place);
    }
    std::sort(tried_.begin(), tried_.end(), [&](int a, int b) {
        return roster.used(a) != roster.used(b) ? roster.used(a) < roster.used(b) : a < b;
    });
    return tried_.size();
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
            list_day(person, day, sort, main, roster, thorough);
        }
    }
}

/// The resident's own worker, those who had the contact before, and then whoever has most time.
void Chooser::list_day(const Person& person, int day, Sort sort, int main, const Roster& roster,
                       bool thorough) {
    const std::size_t before = nodes_.size();
    const int own = week_.place(main, day);
    if (own >= 0 && roster.room(own, sort)) {
        list_contacts(person, own, sort, main, roster, thorough);
    }
    for (std::size_t i = 0; i < known_.size(); ++i) {
        const Contact& was = known_[i];
        if (was.day != day || was.sort != sort || was.worker == main) continue;
        const int place = week_.place(was.worker, day);
        if (place >= 0 && roster.room(place, sort)) {
            list_contacts(person, place, sort, main, roster, thorough);
        }
    }
    if (nodes_.size() > before && !thorough) return;
    std::size_t found = 0;
    const std::size_t most = others(day, main, sort, roster);
    for (std::size_t i = 0; i < most; ++i) {
        const std::size_t so_far = nodes_.size();
        list_contacts(person, tried_[i], sort, main, roster, false);
        found += nodes_.size() > so_far ? 1 : 0;
        if (found == stand_ins) break;
    }
}

/// Continues every path that ends in the layer of `upto` at or before that node's start.
void Chooser::enter(std::size_t node, std::size_t upto, Cost cost) {
    const Node& to = nodes_[node];
    const auto calls = static_cast<std::size_t>(due_[call]) + 1;
    for (std::size_t state = 0; state < states_; ++state) {
        const int from = reached(upto, state).best;
        if (from < 0) continue;
        std::size_t next = state;
        if (!to.fixed && to.contact.sort == visit) {
            next += calls;
            if (next >= states_) continue;
        } else if (!to.fixed) {
            if (state % calls + 1 == calls) continue;
            next += 1;
        }
        const Cost total = reached(static_cast<std::size_t>(from), state).cost + cost;
        Reached& best = reached(node, next);
        if (total < best.cost) {
            best.cost = total;
            best.from = from;
        }
    }
}

/// From the nodes of an earlier day that are far enough before `node`.
void Chooser::reach(std::size_t node, const Layer& before, const Person& person, Cost cost) {
    const Node& to = nodes_[node];
    const bool head = before.begin == 0;
    const bool free = (head && !person.last) || (to.fixed && nodes_[before.begin].fixed);
    if (free) return enter(node, before.end - 1, cost);
    const auto begin = nodes_.begin() + static_cast<std::ptrdiff_t>(before.begin);
    const auto end = nodes_.begin() + static_cast<std::ptrdiff_t>(before.end);
    const auto upto = std::upper_bound(begin, end, to.first - week_.apart,
                                       [](Tick at, const Node& one) { return at < one.last; });
    if (upto == begin) return;
    enter(node, static_cast<std::size_t>(upto - nodes_.begin()) - 1, cost);
}

void Chooser::rank(const Layer& layer) {
    for (std::size_t state = 0; state < states_; ++state) {
        int best = -1;
        for (std::size_t node = layer.begin; node < layer.end; ++node) {
            const Cost cost = reached(node, state).cost;
            const bool better =
                cost != unreached &&
                (best < 0 || cost < reached(static_cast<std::size_t>(best), state).cost);
            if (better) best = static_cast<int>(node);
            reached(node, state).best = best;
        }
    }
}

void Chooser::walk(const Person& person, const GapCosts& gaps) {
    layers_.clear();
    for (std::size_t node = 0; node < nodes_.size(); ++node) {
        if (layers_.empty() || nodes_[layers_.back().begin].day != nodes_[node].day) {
            layers_.push_back({node, node});
        }
        layers_.back().end = node + 1;
    }
    reached_.assign(nodes_.size() * states_, {unreached, -1, -1});
    reached(0, 0).cost = 0;
    rank(layers_.front());
    std::size_t fixed_before = 0;  // the last fixed layer: no path goes round it
    for (std::size_t layer = 1; layer < layers_.size(); ++layer) {
        const Layer& now = layers_[layer];
        std::sort(nodes_.begin() + static_cast<std::ptrdiff_t>(now.begin),
                  nodes_.begin() + static_cast<std::ptrdiff_t>(now.end),
                  [](const Node& a, const Node& b) {
                      return std::tie(a.first, a.contact.sort, a.contact.worker) <
                             std::tie(b.first, b.contact.sort, b.contact.worker);
                  });
        for (std::size_t from = fixed_before; from < layer; ++from) {
            const int since = nodes_[layers_[from].begin].day;
            for (std::size_t node = now.begin; node < now.end; ++node) {
                const Node& to = nodes_[node];
                reach(node, layers_[from], person,
                      gaps[row(since)][static_cast<std::size_t>(to.day)] + to.cost);
            }
        }
        rank(now);
        if (nodes_[now.begin].fixed) fixed_before = layer;
    }
    last_fixed_ = layers_[fixed_before].begin;
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

std::vector<Contact> Chooser::choose(int index, int main, const Roster& roster, Effort effort,
                                     const std::vector<Contact>& was) {
    const Person& person = week_.persons[static_cast<std::size_t>(index)];
    for (const Sort sort : {visit, call}) due_[sort] = std::min(person.due[sort], days_of_week);
    states_ = static_cast<std::size_t>((due_[visit] + 1) * (due_[call] + 1));
    known_ = person.former;
    for (const Contact& contact : was) {
        if (std::find(known_.begin(), known_.end(), contact) == known_.end()) {
            known_.push_back(contact);
        }
    }
    list_nodes(person, main, roster, effort);
    const GapCosts& gaps = gaps_[static_cast<std::size_t>(index)];
    walk(person, gaps);
    return trace(person, gaps);
}

}  // namespace anju::care::rounds
