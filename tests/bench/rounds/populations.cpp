#include "populations.hpp"

#include <algorithm>
#include <string>

namespace anju::bench {
namespace {

using namespace std::chrono_literals;
using care::Client;
using care::Problem;
using care::Shift;

constexpr Duration china = 8h;

/// SplitMix64 (Steele, Lea, Flood 2014).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t bound) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return static_cast<std::size_t>((z ^ (z >> 31U)) % bound);
    }
    bool one_in(std::size_t times) { return below(times) == 0; }
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }

private:
    std::uint64_t state_;
};

std::string number(std::size_t index) {
    const std::string text = std::to_string(index);
    return std::string(6 - std::min<std::size_t>(6, text.size()), '0') + text;
}

WorkerId worker(std::size_t index) {
    return WorkerId{"w" + number(index)};
}

Problem empty() {
    Problem problem;
    problem.week = problem.first_day = make_date(2026, 3, 2);
    problem.utc_offset = china;
    return problem;
}

Client resident(std::size_t index, const Problem& problem) {
    Client one;
    one.resident = ResidentId{"r" + number(index)};
    one.call_windows = problem.rules.call_windows;
    one.visit_windows = problem.rules.visit_windows;
    return one;
}

void add_shift(Problem& problem, std::size_t who, int day) {
    const CareRules& rules = problem.rules;
    problem.shifts.push_back({worker(who), problem.week + day, rules.worker_day,
                              rules.worker_visits, rules.worker_calls});
}

void sort_shifts(Problem& problem) {
    std::sort(problem.shifts.begin(), problem.shifts.end(), [](const Shift& a, const Shift& b) {
        return a.date != b.date ? a.date < b.date : a.worker < b.worker;
    });
}

}  // namespace

Problem community(Size size) {
    Dice dice(size.residents);
    Problem problem = empty();
    const std::size_t workers = (size.residents + size.a_worker - 1) / size.a_worker;
    for (std::size_t i = 0; i < size.residents; ++i) {
        Client one = resident(i, problem);
        if (dice.below(100) >= 3) one.usual = worker(i % workers);
        if (dice.one_in(20)) one.call_windows = {{9h, 11h + 30min}};
        if (dice.one_in(20)) one.visit_windows = {{14h + 30min, 17h + 30min}};
        if (dice.one_in(20))
            one.weekdays = static_cast<std::uint8_t>(0x7fU & ~(2U << dice.below(3)));
        if (dice.one_in(3)) {
            const auto from = std::chrono::minutes{dice.between(8 * 60, 15 * 60)};
            one.at_home = {{from, from + 3h}};
        }
        one.last_contact = instant_at(problem.week - 3, 10h, china);
        problem.clients.push_back(one);
    }
    for (std::size_t i = 0; i < workers; ++i) {
        for (int day = 0; day < (i % 5 == 0 ? 7 : 5); ++day) add_shift(problem, i, day);
    }
    sort_shifts(problem);
    return problem;
}

Problem handful(std::uint64_t seed) {
    Dice dice(seed + 1'000);
    Problem problem = empty();
    const std::size_t residents = 4 + dice.below(5);
    const bool tight = dice.one_in(2);
    for (std::size_t i = 0; i < residents; ++i) {
        Client one = resident(i, problem);
        if (dice.one_in(4)) one.calls = static_cast<std::uint8_t>(dice.between(1, 5));
        if (dice.one_in(4)) one.visits = static_cast<std::uint8_t>(dice.between(0, 2));
        if (!dice.one_in(4)) one.usual = worker(dice.below(2));
        if (dice.one_in(4))
            one.weekdays = static_cast<std::uint8_t>(0x7fU & ~(1U << dice.below(7)));
        one.last_contact = instant_at(problem.week - dice.between(1, 4), 10h, china);
        problem.clients.push_back(one);
    }
    for (int day = 0; day < 7; ++day) {
        for (std::size_t i = 0; i < 2; ++i) {
            if (dice.one_in(day > 4 ? 2 : 8)) continue;
            add_shift(problem, i, day);
            if (!tight) continue;
            problem.shifts.back().time = std::chrono::minutes{dice.between(16, 120)};
            problem.shifts.back().visits = static_cast<std::uint16_t>(dice.between(0, 3));
            problem.shifts.back().calls = static_cast<std::uint16_t>(dice.between(1, 5));
        }
    }
    sort_shifts(problem);
    return problem;
}

Problem after(Problem problem, const care::Plan& plan) {
    problem.former = plan.placed;
    for (std::size_t i = 0; i < problem.former.size(); ++i) {
        problem.former[i].task = TaskId{"t:" + number(i)};
    }
    return problem;
}

}  // namespace anju::bench
