#include "core/care/rounds_cost.hpp"

#include <algorithm>

namespace anju::care::rounds {

Cost load_cost(Tick used) {
    constexpr Cost band = 60;
    const Cost minutes = used / 60'000;
    const Cost full = minutes / band;
    return band * full * (full - 1) / 2 + (minutes - full * band) * full;
}

Cost gap_cost(const Person& person, std::optional<int> from, int to) {
    Cost cost = 0;
    person.gaps(from, to, [&](Gap gap) {
        const int beyond = gap.days() - person.gap_limit;
        if (beyond > 0) cost += beyond * weights.gap_day;
        if (gap.days() > person.gap_wish && gap.to < days_of_week) cost += weights.long_gap;
    });
    return cost;
}

GapCosts gap_costs(const Person& person) {
    GapCosts costs{};
    for (int from = 0; from <= days_of_week; ++from) {
        for (int to = from; to <= days_of_week; ++to) {
            const auto since = from == 0 ? std::nullopt : std::optional(from - 1);
            costs[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)] =
                gap_cost(person, since, to);
        }
    }
    return costs;
}

bool in_rhythm(const Week& week, const Person& person, Tick start) {
    if (person.home.empty()) return true;
    const Tick time = ((start % day_length) + day_length) % day_length;
    return std::any_of(person.home.begin(), person.home.end(), [&](const Span& span) {
        return span.from <= time && time + week.length[call] <= span.to;
    });
}

Cost contact_cost(const Week& week, const Person& person, const Contact& contact, int main) {
    Cost cost = contact.worker == main ? 0 : weights.other_worker;
    if (contact.sort == call && !in_rhythm(week, person, contact.start)) cost += weights.off_rhythm;
    for (const Contact& was : person.former) {
        if (was.day != contact.day || was.sort != contact.sort) continue;
        const Cost now = was.worker != contact.worker ? weights.former_worker
                         : was.start != contact.start ? weights.former_start
                                                      : 0;
        return cost + now - weights.former_gone;  // person_cost() charges every one as gone
    }
    return cost;
}

int worker_of(const Person& person, const std::vector<Contact>& planned) {
    if (person.main != nobody) return person.main;
    int best = nobody;
    std::ptrdiff_t most = 0;
    for (const Contact& contact : planned) {
        const auto count = std::count_if(planned.begin(), planned.end(), [&](const Contact& c) {
            return c.worker == contact.worker;
        });
        if (count < most || (count == most && contact.worker >= best)) continue;
        most = count;
        best = contact.worker;
    }
    return best;
}

namespace {

Cost missing_cost(const Person& person, const std::vector<Contact>& planned) {
    std::array<int, 2> left = person.due;
    for (const Contact& contact : planned) --left[contact.sort];
    return std::max(left[visit], 0) * weights.missing_visit +
           std::max(left[call], 0) * weights.missing_call;
}

/// Calls `each(from, to)` for every two days of contacts with none between.
template <class Each>
void each_pair(const Person& person, const std::vector<Contact>& planned, Each each) {
    std::optional<int> from;
    std::size_t met = 0;
    std::size_t next = 0;
    while (met < person.met.size() || next < planned.size()) {
        const bool fixed = next == planned.size() ||
                           (met < person.met.size() && person.met[met].day < planned[next].day);
        const int to = fixed ? person.met[met++].day : planned[next++].day;
        each(from, to);
        from = to;
    }
    each(from, days_of_week);
}

}  // namespace

std::vector<Gap> all_gaps(const Person& person, const std::vector<Contact>& planned) {
    std::vector<Gap> gaps;
    each_pair(person, planned, [&](std::optional<int> from, int to) {
        person.gaps(from, to, [&](Gap gap) { gaps.push_back(gap); });
    });
    return gaps;
}

Cost person_cost(const Week& week, const Person& person, const std::vector<Contact>& planned) {
    Cost cost = static_cast<Cost>(person.former.size()) * weights.former_gone +
                missing_cost(person, planned);
    const int main = worker_of(person, planned);
    for (const Contact& contact : planned) cost += contact_cost(week, person, contact, main);
    each_pair(person, planned,
              [&](std::optional<int> from, int to) { cost += gap_cost(person, from, to); });
    return cost;
}

Cost hard_cost(const Person& person, const std::vector<Contact>& planned) {
    Cost cost = missing_cost(person, planned);
    each_pair(person, planned, [&](std::optional<int> from, int to) {
        person.gaps(from, to, [&](Gap gap) {
            cost += std::max(gap.days() - person.gap_limit, 0) * weights.gap_day;
        });
    });
    return cost;
}

Cost residents_cost(const CareRules& rules, int residents) {
    return std::max(0, residents - rules.worker_residents) * weights.over_aim +
           std::max(0, residents - rules.worker_residents_cap) * weights.over_cap;
}

std::vector<int> residents_of(const Week& week) {
    std::vector<int> residents(week.workers.size());
    for (const Person& person : week.persons) {
        if (person.main != nobody) ++residents[static_cast<std::size_t>(person.main)];
    }
    return residents;
}

}  // namespace anju::care::rounds
