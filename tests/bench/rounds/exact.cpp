#include "exact.hpp"

#include <coin/Cbc_C_Interface.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/care/rounds_roster.hpp"

namespace anju::bench {
namespace {

using namespace care;
using namespace care::rounds;

// The hard ranks are drawn together, or they drown the soft ones in the solver's tolerance. Their
// order stands: a day of a gap still outweighs everything soft of eight residents, a call all gaps.
constexpr double hard_scale = 0.1;

/// A program in rows and columns, column by column.
class Program {
public:
    int row(double least, double most) {
        least_.push_back(least);
        most_.push_back(most);
        return static_cast<int>(least_.size()) - 1;
    }
    int column(double cost, double most, bool whole) {
        starts_.push_back(static_cast<CoinBigIndex>(rows_.size()));
        costs_.push_back(cost);
        upper_.push_back(most);
        whole_.push_back(whole);
        return static_cast<int>(costs_.size()) - 1;
    }
    /// Of the newest column.
    void in(int row, double factor) {
        rows_.push_back(row);
        factors_.push_back(factor);
    }
    /// The values of the columns at the optimum; empty = not proven.
    std::vector<double> solve() {
        starts_.push_back(static_cast<CoinBigIndex>(rows_.size()));
        Cbc_Model* model = Cbc_newModel();
        const std::vector<double> zero(costs_.size());
        Cbc_loadProblem(model, static_cast<int>(costs_.size()), static_cast<int>(least_.size()),
                        starts_.data(), rows_.data(), factors_.data(), zero.data(), upper_.data(),
                        costs_.data(), least_.data(), most_.data());
        for (std::size_t i = 0; i < whole_.size(); ++i) {
            if (whole_[i]) Cbc_setInteger(model, static_cast<int>(i));
        }
        Cbc_setLogLevel(model, 0);
        Cbc_setParameter(model, "ratioGap", "0");
        Cbc_setParameter(model, "allowableGap", "0");
        Cbc_setParameter(model, "seconds", "120");
        Cbc_solve(model);
        std::vector<double> values;
        if (Cbc_isProvenOptimal(model) != 0) {
            const double* found = Cbc_getColSolution(model);
            values.assign(found, found + costs_.size());
        }
        Cbc_deleteModel(model);
        return values;
    }

private:
    std::vector<double> least_, most_, costs_, upper_, factors_;
    std::vector<CoinBigIndex> starts_;
    std::vector<int> rows_;
    std::vector<bool> whole_;
};

double scaled(Cost cost) {
    const Cost soft = cost % weights.gap_day;
    return static_cast<double>(cost - soft) * hard_scale + static_cast<double>(soft);
}

class Model {
public:
    explicit Model(const Week& week) : week_(week) {
        loads();
        for (std::size_t i = 0; i < week.persons.size(); ++i) person(i);
    }

    /// Of each person the contacts, without hours; empty = not proven.
    std::vector<std::vector<Contact>> solve() {
        const std::vector<double> values = program_.solve();
        std::vector<std::vector<Contact>> found;
        if (values.empty()) return found;
        found.resize(week_.persons.size());
        for (const Choice& choice : choices_) {
            if (values[static_cast<std::size_t>(choice.column)] < 0.5) continue;
            found[choice.person].push_back(choice.contact);
        }
        for (auto& contacts : found) {
            std::sort(contacts.begin(), contacts.end(),
                      [](const Contact& a, const Contact& b) { return a.day < b.day; });
        }
        return found;
    }

private:
    struct Choice {
        std::size_t person{};
        Contact contact;
        int column{};
    };
    static constexpr double any = 1e30;

    /// Minutes of every shift, cut into hours of rising price.
    void loads() {
        for (const Place& place : week_.places) {
            const double minutes = static_cast<double>(place.time) / 60'000;
            limit_[0].push_back(program_.row(-any, place.visits));
            limit_[1].push_back(program_.row(-any, place.calls));
            time_.push_back(program_.row(-any, minutes));
            load_.push_back(program_.row(0, 0));
        }
        for (std::size_t i = 0; i < week_.places.size(); ++i) {
            for (int hour = 0; hour < 24; ++hour) {
                program_.column(hour, 60, false);
                program_.in(load_[i], -1);
            }
        }
    }

    void person(std::size_t index) {
        const Person& of = week_.persons[index];
        std::array<int, 2> due{};
        for (const Sort sort : {visit, call}) {
            due[sort] = program_.row(of.due[sort], of.due[sort]);
            program_.column(scaled(sort == visit ? weights.missing_visit : weights.missing_call),
                            any, true);
            program_.in(due[sort], 1);
        }
        std::array<int, 7> days{};  // contacts of the day = what the pattern says
        for (int& day : days) day = program_.row(0, 0);
        const int pattern = program_.row(1, 1);
        for (unsigned set = 0; set < 128; ++set) {
            if ((set & ~unsigned{of.open}) != 0) continue;
            if (std::popcount(set) > of.due[visit] + of.due[call]) continue;
            program_.column(scaled(gaps(of, set)), 1, true);
            program_.in(pattern, 1);
            for (std::size_t day = 0; day < 7; ++day) {
                if ((set >> day & 1U) != 0) program_.in(days[day], -1);
            }
        }
        contacts(index, due, days);
    }

    Cost gaps(const Person& of, unsigned set) {
        Cost cost = 0;
        std::optional<int> from;
        for (int day = 0; day < 7; ++day) {
            if ((set >> day & 1U) == 0) continue;
            cost += gap_cost(of, from, day);
            from = day;
        }
        return cost + gap_cost(of, from, 7);
    }

    void contacts(std::size_t index, const std::array<int, 2>& due,
                  const std::array<int, 7>& days) {
        const Person& of = week_.persons[index];
        // Whose resident: one worker, whose contacts are free of `other_worker`.
        std::vector<int> own(week_.places.size(), -1);
        if (of.main == nobody) {
            const int one = program_.row(1, 1);
            for (std::size_t i = 0; i < own.size(); ++i) own[i] = program_.row(-any, 0);
            for (std::size_t worker = 0; worker < week_.workers.size(); ++worker) {
                program_.column(0, 1, true);
                program_.in(one, 1);
                for (const int place : week_.places_of[worker]) {
                    if (place >= 0) program_.in(own[static_cast<std::size_t>(place)], -1);
                }
            }
            for (const int row : own) {
                program_.column(static_cast<double>(weights.other_worker), any, false);
                program_.in(row, -1);
            }
        }
        for (std::size_t i = 0; i < week_.places.size(); ++i) {
            const Place& place = week_.places[i];
            if ((of.open >> place.day & 1U) == 0) continue;
            for (const Sort sort : {visit, call}) {
                const bool dear = of.main != nobody && of.main != place.worker;
                const double minutes = static_cast<double>(week_.need[sort]) / 60'000;
                const int column =
                    program_.column(dear ? static_cast<double>(weights.other_worker) : 0, 1, true);
                program_.in(due[sort], 1);
                program_.in(days[static_cast<std::size_t>(place.day)], 1);
                program_.in(limit_[sort][i], 1);
                program_.in(time_[i], minutes);
                program_.in(load_[i], minutes);
                if (own[i] >= 0) program_.in(own[i], 1);
                choices_.push_back({index, {place.day, sort, 0, place.worker}, column});
            }
        }
    }

    const Week& week_;
    Program program_;
    std::array<std::vector<int>, 2> limit_;
    std::vector<int> time_;
    std::vector<int> load_;
    std::vector<Choice> choices_;
};

/// Hours for what the program chose, first fit, visits first as they have fewer.
bool find_hours(const Week& week, std::vector<std::vector<Contact>>& chosen) {
    Roster roster(week, Roster::Fill::fixed);
    std::vector<Tick> starts;
    bool all = true;
    for (const Sort sort : {visit, call}) {
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            for (Contact& contact : chosen[i]) {
                if (contact.sort != sort) continue;
                const int place = week.place(contact.worker, contact.day);
                starts.clear();
                roster.starts(place, week.persons[i], sort, false, starts);
                if (starts.empty()) {
                    all = false;
                    continue;
                }
                contact.start = starts.front();
                roster.add(place, sort, contact.start);
            }
        }
    }
    return all;
}

}  // namespace

Exact exact(const Problem& problem) {
    const Week week = digest(problem);
    auto chosen = Model(week).solve();
    Exact found;
    found.proven = !chosen.empty();
    if (!found.proven) return found;
    found.hours_found = find_hours(week, chosen);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        for (const Contact& contact : chosen[i]) {
            found.placed.push_back({week.persons[i].client->resident,
                                    kind_of(contact.sort),
                                    problem.week + contact.day,
                                    week.instant(contact.start),
                                    week.workers[static_cast<std::size_t>(contact.worker)],
                                    true,
                                    {}});
        }
    }
    found.hours_found = found.hours_found && breaches(problem, found.placed).empty();
    return found;
}

}  // namespace anju::bench
