// Out of the corners that one or two residents at a time do not lead out of: a few are taken out
// together and put back in another order, over and over (ruin and recreate: Schrimpf, Schneider,
// Stamm-Wilbrandt, Dueck 2000). Often many weeks are equally good for one resident and only some of
// them leave the others theirs, so meanwhile the shifts' prices are disturbed: among equals others
// are taken. Whether a change stays is judged by the true cost.
#include <algorithm>
#include <array>

#include "core/care/rounds_search.hpp"
#include "core/care/rounds_sequence.hpp"

namespace anju::care::rounds {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// From what decides among equals only to more than another worker costs.
constexpr std::array<Cost, 4> disturbances{0, weights.long_gap / 4, weights.long_gap,
                                           weights.other_worker * 6 / 5};

}  // namespace

Cost Search::wished(int index) {
    Cost& known = wished_[at(index)];
    if (known >= 0) return known;
    const Person& person = week_.persons[at(index)];
    const int main = worker_of(person, placed_[at(index)]);
    const Contacts alone = chooser_.choose(index, main, alone_, Effort::thorough);
    known = person_cost(week_, person, alone);
    return known;
}

/// Those who could have more if there were nobody else.
std::vector<int> Search::wishful() {
    std::vector<int> found;
    for (int person = 0; person < static_cast<int>(placed_.size()); ++person) {
        if (person_cost_[at(person)] > wished(person)) found.push_back(person);
    }
    return found;
}

bool Search::rearrange(const std::vector<int>& group) {
    const Cost before = cost();
    std::vector<Contacts> was;
    for (const int person : group) {
        was.push_back(take(person));
        put(person, {});
    }
    // Those still out cost at least what they would alone: where that is too much, stop.
    Cost to_come = 0;
    for (const int person : group) to_come += wished(person) - person_cost_[at(person)];
    std::size_t back = 0;
    while (back < group.size() && cost() + to_come <= before) {
        const int person = group[back];
        to_come -= wished(person) - person_cost_[at(person)];
        put(person, best(person, was[back], Effort::thorough));
        ++back;
    }
    if (back < group.size() || cost() > before) {
        for (const int person : group) take(person);
        for (std::size_t i = 0; i < group.size(); ++i) put(group[i], std::move(was[i]));
        return false;
    }
    // As good is good enough: it may lead on.
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (was[i] != placed_[at(group[i])]) touch(was[i], placed_[at(group[i])]);
    }
    return cost() < before;
}

bool Search::shuffle() {
    // A plan that people have seen is mended, not shuffled.
    if (has_former()) return false;
    const std::vector<int> pivots = wishful();
    const std::size_t times = std::min(pivots.size() * means.shuffles_each, means.shuffles);
    Sequence sequence(1);
    bool better = false;
    std::size_t idle = 0;
    for (std::size_t i = 0; i < times && idle < means.shuffles_in_vain; ++i, ++idle) {
        const int pivot = pivots[sequence.next(pivots.size())];
        std::vector<int> group = neighbours(pivot, week_.persons[at(pivot)].open);
        const std::size_t most_others = std::min(group.size(), means.shuffled_others);
        if (most_others == 0) continue;
        const std::size_t others = 1 + sequence.next(most_others);
        for (std::size_t j = 0; j < others; ++j) {
            std::swap(group[j], group[j + sequence.next(group.size() - j)]);
        }
        group.resize(others);
        const auto first = static_cast<std::ptrdiff_t>(sequence.next(others + 1));
        group.insert(group.begin() + first, pivot);
        roster_.disturb(sequence.next(), disturbances[i % disturbances.size()]);
        if (!rearrange(group)) continue;
        better = true;
        idle = 0;
    }
    roster_.disturb(0, 0);
    return better;
}

}  // namespace anju::care::rounds
