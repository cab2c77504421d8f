// What is still missing after everybody's best week: pairs, a few together, a worker's whole week
// anew. Each is undone unless the plan as a whole is better for it.
#include <algorithm>
#include <bit>
#include <limits>

#include "core/care/rounds_search.hpp"

namespace anju::care::rounds {
namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

}  // namespace

Cost Search::wants(int person) const {
    return hard_cost(week_.persons[at(person)], placed_[at(person)]);
}

Cost Search::ideal(int index) {
    Cost& known = ideal_[at(index)];
    if (known >= 0) return known;
    const Person& person = week_.persons[at(index)];
    known = hard_cost(person, chooser_.choose(index, person.main, alone_, Effort::thorough));
    return known;
}

bool Search::wanting(int person) {
    const Cost wanted = wants(person);
    return wanted > 0 && wanted > ideal(person);
}

/// The days on which a contact would help: all that are open while the quota is not met, else
/// those within a gap that is too long.
unsigned Search::useful_days(int index) const {
    const Person& person = week_.persons[at(index)];
    if (wants(index) >= weights.missing_call) return person.open;
    unsigned days = 0;
    for (const Gap gap : all_gaps(person, placed_[at(index)])) {
        if (gap.days() <= person.gap_limit) continue;
        for (int day = std::max(gap.from + 1, 0); day < std::min(gap.to, days_of_week); ++day) {
            days |= 1U << day;
        }
    }
    return days & person.open;
}

/// Those with a contact on one of `days`: of the own worker, then some of the others'.
std::vector<int> Search::neighbours(int index, unsigned days) const {
    const int main = worker_of(week_.persons[at(index)], placed_[at(index)]);
    std::vector<int> found;
    const auto add = [&](int place) {
        for (const int other : visitors_[at(place)]) {
            if (other == index || std::find(found.begin(), found.end(), other) != found.end()) {
                continue;
            }
            found.push_back(other);
        }
    };
    for (int day = 0; day < days_of_week; ++day) {
        const int place = week_.place(main, day);
        if ((days >> day & 1U) != 0 && place >= 0) add(place);
    }
    const std::size_t most = found.size() + means.strangers;
    for (int day = 0; day < days_of_week; ++day) {
        if ((days >> day & 1U) == 0) continue;
        for (const int place : week_.of_day[at(day)]) {
            if (found.size() < most && week_.places[at(place)].worker != main) add(place);
        }
    }
    if (found.size() > most) found.resize(most);
    return found;
}

/// Both anew, `person` first.
bool Search::try_with(int person, int other) {
    const Cost before = cost();
    const Cost wanted = wants(person) + wants(other);
    const Contacts was = take(person);
    put(person, {});
    const Contacts other_was = take(other);
    put(other, {});
    put(person, best(person, was, Effort::thorough));
    const bool hopeless = wants(person) + ideal(other) >= wanted;
    if (!hopeless) put(other, best(other, other_was, Effort::thorough));
    if (!hopeless && cost() < before) {
        touch(was, placed_[at(person)]);
        touch(other_was, placed_[at(other)]);
        return true;
    }
    take(person);
    take(other);
    put(person, was);
    put(other, other_was);
    return false;
}

bool Search::exchange(int person) {
    if (reconsider(person, Effort::thorough)) return true;
    for (const int other : neighbours(person, useful_days(person))) {
        if (--trials_ < 0) return false;
        if (try_with(person, other)) return true;
    }
    return try_all(person);
}

/// The person and the few of the neighbours who have most days to spare, by trying everything.
bool Search::try_all(int person) {
    if (joint_steps_ <= 0) return false;
    std::vector<std::pair<int, int>> ranked;
    for (const int other : neighbours(person, useful_days(person))) {
        const Person& of = week_.persons[at(other)];
        ranked.emplace_back(of.due[visit] + of.due[call] - std::popcount(of.open), other);
    }
    std::sort(ranked.begin(), ranked.end());
    if (ranked.size() > means.joint_others) ranked.resize(means.joint_others);
    std::vector<Joint::Member> members{{person, ideal(person)}};
    Cost limit = wants(person);
    for (const auto& [spare, other] : ranked) {
        members.push_back({other, ideal(other)});
        limit += wants(other);
    }
    const Cost before = cost();
    std::vector<Contacts> was;
    for (const Joint::Member& member : members) {
        was.push_back(take(member.person));
        put(member.person, {});
    }
    Joint joint(week_, roster_);
    const int steps = std::min(joint_steps_, means.joint_steps);
    const auto found = joint.solve(members, limit, steps);
    joint_steps_ -= steps - std::max(joint.steps_left(), 0);
    const auto set = [&](const std::vector<Contacts>& all) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            take(members[i].person);
            put(members[i].person, all[i]);
        }
    };
    if (found) set(*found);
    const bool better = found && cost() < before;
    if (!better) set(was);
    for (std::size_t i = 0; better && i < members.size(); ++i) touch(was[i], (*found)[i]);
    return better;
}

/// Pairs, for those who lack something hard, until no pair helps any of them: contacts first.
void Search::mend() {
    mend(weights.missing_call, std::numeric_limits<Cost>::max());
    mend(1, weights.missing_call - 1);
}

void Search::mend(Cost least, Cost most) {
    std::vector<std::uint64_t> failed(placed_.size());
    std::uint64_t now = 1;
    const auto lacking = [&](int person) {
        return wants(person) >= least && wants(person) <= most && wanting(person);
    };
    for (int pass = 0; pass < means.passes; ++pass) {
        bool better = false;
        for (int person = 0; person < static_cast<int>(placed_.size()); ++person) {
            if (failed[at(person)] == now || !lacking(person)) continue;
            while (lacking(person) && exchange(person)) {
                better = true;
                ++now;
            }
            failed[at(person)] = now;
        }
        if (!better) return;
    }
}

/// All of a worker's residents anew: first for equal days, then for what counts.
bool Search::rebuild(const std::vector<int>& team) {
    const Cost before = cost();
    std::vector<Contacts> was;
    for (const int person : team) {
        was.push_back(take(person));
        put(person, {});
    }
    const auto pass = [&] {
        bool better = false;
        for (const int person : team) better = reconsider(person, Effort::usual) || better;
        return better;
    };
    roster_.press(true);
    for (int i = 0; i < means.pressed_passes && pass(); ++i) {}
    roster_.press(false);
    for (int i = 0; i < means.passes && pass(); ++i) {}
    if (cost() < before) {
        for (const Contacts& contacts : was) touch(contacts, {});
        return true;
    }
    for (const int person : team) take(person);
    for (std::size_t i = 0; i < team.size(); ++i) put(team[i], std::move(was[i]));
    return false;
}

/// For the workers with residents who lack a contact that they could have had.
void Search::make_room() {
    std::vector<std::vector<int>> teams(week_.workers.size());
    std::vector<bool> lacking(teams.size());
    for (int person = 0; person < static_cast<int>(placed_.size()); ++person) {
        const int main = worker_of(week_.persons[at(person)], placed_[at(person)]);
        if (main == nobody) continue;
        teams[at(main)].push_back(person);
        if (wants(person) >= weights.missing_call && wanting(person)) lacking[at(main)] = true;
    }
    for (std::size_t worker = 0; worker < teams.size(); ++worker) {
        if (lacking[worker]) rebuild(teams[worker]);
    }
}

}  // namespace anju::care::rounds
