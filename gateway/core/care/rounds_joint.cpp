#include "core/care/rounds_joint.hpp"

#include <algorithm>
#include <bit>

namespace anju::care::rounds {
namespace {

constexpr std::size_t most_others = 2;  ///< workers besides the resident's own, a day

Cost beyond(const Person& person, std::optional<int> from, int to) {
    Cost cost = 0;
    person.gaps(from, to, [&](Gap gap) {
        cost += std::max(gap.days() - person.gap_limit, 0) * weights.gap_day;
    });
    return cost;
}

}  // namespace

std::optional<std::vector<std::vector<Contact>>> Joint::solve(const std::vector<Member>& members,
                                                              Cost limit, int steps) {
    members_ = members;
    limit_ = limit;
    steps_ = steps;
    found_.assign(members.size(), {});
    ideal_after_.assign(members.size() + 1, 0);
    for (std::size_t i = members.size(); i > 0; --i) {
        ideal_after_[i - 1] = ideal_after_[i] + members[i - 1].ideal;
    }
    if (!member(0, 0)) return std::nullopt;
    return std::move(found_);
}

bool Joint::member(std::size_t index, Cost wants) {
    if (index == members_.size()) return wants < limit_;
    const Person& one = person(index);
    return day(index, {0, one.due, std::nullopt, one.last, wants});
}

bool Joint::hopeless(std::size_t index, const Path& path) const {
    const unsigned rest = unsigned{person(index).open} >> path.day << path.day;
    const int missing = path.left[visit] + path.left[call] - std::popcount(rest);
    const Cost least = std::max(missing, 0) * weights.missing_call;
    return path.wants + least + ideal_after_[index + 1] >= limit_;
}

bool Joint::day(std::size_t index, Path path) {
    if (--steps_ < 0 || hopeless(index, path)) return false;
    const Person& one = person(index);
    if (path.day == days_of_week) {
        path.wants += beyond(one, path.last_day, days_of_week) +
                      path.left[visit] * weights.missing_visit +
                      path.left[call] * weights.missing_call;
        return path.wants + ideal_after_[index + 1] < limit_ && member(index + 1, path.wants);
    }
    const auto met = std::find_if(one.met.begin(), one.met.end(),
                                  [&](const Met& fixed) { return fixed.day == path.day; });
    if (met != one.met.end()) {
        // A contact of ours yesterday may be too close to what is fixed today.
        const bool ours = !found_[index].empty() && found_[index].back().start == path.last;
        if (ours && met->first - *path.last < week_.apart) return false;
        path.wants += beyond(one, path.last_day, path.day);
        path.last_day = path.day;
        path.last = met->last;
    } else if ((one.open >> path.day & 1U) != 0) {
        const int own = week_.place(one.main, path.day);
        std::size_t others = 0;
        for (const Sort sort : {visit, call}) {
            if (own >= 0 && contacts(index, path, own, sort)) return true;
        }
        for (const int place : week_.of_day[static_cast<std::size_t>(path.day)]) {
            if (place == own || others == most_others) continue;
            if (!roster_.room(place, visit) && !roster_.room(place, call)) continue;
            ++others;
            for (const Sort sort : {visit, call}) {
                if (contacts(index, path, place, sort)) return true;
            }
        }
    }
    ++path.day;
    return day(index, path);
}

bool Joint::contacts(std::size_t index, const Path& path, int place, Sort sort) {
    if (path.left[sort] == 0 || !roster_.room(place, sort)) return false;
    const Person& one = person(index);
    std::vector<Tick> starts;
    roster_.starts(place, one, sort, true, starts);
    Path next = path;
    --next.left[sort];
    next.wants += beyond(one, path.last_day, path.day);
    next.last_day = path.day;
    ++next.day;
    const int worker = week_.places[static_cast<std::size_t>(place)].worker;
    for (const Tick start : starts) {
        if (start > one.latest) continue;
        if (path.last && start - *path.last < week_.apart) continue;
        next.last = start;
        roster_.add(place, sort, start);
        found_[index].push_back({path.day, sort, start, worker});
        const bool done = day(index, next);
        roster_.remove(place, sort, start);
        if (done) return true;
        found_[index].pop_back();
        if (steps_ < 0) return false;
    }
    return false;
}

}  // namespace anju::care::rounds
