// Weeks to plan, for the tests of the rounds: a plain one to change, and seeded ones in which
// everything that a problem can hold occurs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/care/rounds.hpp"

namespace anju::care::test {

using namespace std::chrono_literals;

inline constexpr Duration china = 8h;

inline Date monday() {
    return make_date(2026, 3, 2);
}

inline std::string number(std::size_t index) {
    std::string text = std::to_string(index);
    return std::string(text.size() < 5 ? 5 - text.size() : 0, '0') + text;
}

inline Client client(std::size_t index, const CareRules& rules = {}) {
    Client one;
    one.resident = ResidentId{"r" + number(index)};
    one.visits = rules.visits;
    one.calls = rules.calls;
    one.call_windows = rules.call_windows;
    one.visit_windows = rules.visit_windows;
    return one;
}

inline WorkerId worker(std::size_t index) {
    return WorkerId{"w" + number(index)};
}

inline Shift shift(std::size_t index, Date date, const CareRules& rules = {}) {
    return {worker(index), date, rules.worker_day, rules.worker_visits, rules.worker_calls};
}

inline void sort_shifts(Problem& problem) {
    std::sort(problem.shifts.begin(), problem.shifts.end(), [](const Shift& a, const Shift& b) {
        return a.date != b.date ? a.date < b.date : a.worker < b.worker;
    });
}

/// `clients` residents in turn of `workers` workers, who work Monday to Friday; everybody was last
/// called on the Friday before at ten.
inline Problem plain(std::size_t clients, std::size_t workers, Date week = monday()) {
    Problem problem;
    problem.week = week;
    problem.first_day = week;
    problem.utc_offset = china;
    for (std::size_t i = 0; i < clients; ++i) {
        Client one = client(i);
        if (workers > 0) one.usual = worker(i % workers);
        one.last_contact = instant_at(week - 3, 10h, china);
        problem.clients.push_back(one);
    }
    for (int day = 0; day < 5; ++day) {
        for (std::size_t i = 0; i < workers; ++i) {
            problem.shifts.push_back(shift(i, week + day));
        }
    }
    return problem;
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    /// 0 <= result < below.
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool one_in(std::size_t times) { return below(times) == 0; }

private:
    std::uint64_t state_;
};

struct Mix {
    std::size_t clients = 30;
    std::size_t workers = 2;
    bool tight = false;
};

inline std::vector<Window> some_windows(Dice& dice, int shortest_minutes) {
    std::vector<Window> windows;
    int from = dice.between(8 * 60, 12 * 60);
    const int count = dice.between(1, 2);
    for (int i = 0; i < count && from + shortest_minutes < 20 * 60; ++i) {
        const int to = std::min(20 * 60, from + shortest_minutes + dice.between(0, 240));
        windows.push_back({std::chrono::minutes{from}, std::chrono::minutes{to}});
        from = to + dice.between(10, 180);
    }
    return windows;
}

inline Client random_client(Dice& dice, std::size_t index, const Mix& mix, const Problem& problem) {
    Client one = client(index, problem.rules);
    if (dice.one_in(8)) one.visits = static_cast<std::uint8_t>(dice.between(0, 3));
    if (dice.one_in(8)) one.calls = static_cast<std::uint8_t>(dice.between(0, 5));
    if (dice.one_in(6)) one.call_windows = some_windows(dice, 20);
    if (dice.one_in(6)) one.visit_windows = some_windows(dice, 40);
    if (dice.one_in(3)) one.at_home = some_windows(dice, 60);
    if (dice.one_in(6)) one.weekdays = static_cast<std::uint8_t>(dice.between(1, 127));
    if (!dice.one_in(5)) one.usual = worker(dice.below(mix.workers + 1));
    if (dice.one_in(15)) one.wanted = worker(dice.below(mix.workers));
    if (!dice.one_in(6)) {
        const Date last = problem.first_day - dice.between(1, dice.one_in(5) ? 9 : 3);
        one.last_contact =
            instant_at(last, std::chrono::minutes{dice.between(9 * 60, 19 * 60)}, china);
    }
    if (problem.first_day > problem.week) {
        one.visits_done = static_cast<std::uint8_t>(dice.between(0, 1));
        one.calls_done = static_cast<std::uint8_t>(dice.between(0, 2));
    }
    if (dice.one_in(8)) {
        const int from = dice.between(0, 6);
        const int to = dice.between(from, 6);
        for (int day = from; day <= to; ++day) one.off.push_back(problem.week + day);
        one.partial = true;
    } else if (dice.one_in(20)) {
        one.partial = true;
    }
    return one;
}

inline void random_shifts(Dice& dice, const Mix& mix, Problem& problem) {
    const bool holiday = dice.one_in(5);
    const int holiday_from = dice.between(0, 4);
    const int holiday_to = dice.between(holiday_from, 6);
    for (int day = 0; day < 7; ++day) {
        const bool off = holiday && day >= holiday_from && day <= holiday_to;
        const bool duty = off || day > 4;
        const std::size_t on_duty = dice.one_in(3) ? mix.workers : dice.below(mix.workers);
        for (std::size_t i = 0; i < mix.workers; ++i) {
            if (duty ? i != on_duty : dice.one_in(10)) continue;
            Shift one = shift(i, problem.week + day, problem.rules);
            if (mix.tight || dice.one_in(8)) {
                one.time = std::chrono::minutes{dice.between(20, 330)};
                one.visits = static_cast<std::uint16_t>(dice.between(0, 8));
                one.calls = static_cast<std::uint16_t>(dice.between(0, 24));
            }
            problem.shifts.push_back(one);
        }
    }
    if (dice.one_in(6)) problem.next_off.push_back(problem.week + 7);
    sort_shifts(problem);
}

/// Frozen contacts and extra ones, at hours that need not suit anybody.
inline void random_fixed(Dice& dice, const Mix& mix, Problem& problem) {
    for (const Client& one : problem.clients) {
        if (!dice.one_in(6)) continue;
        Placed fixed;
        fixed.resident = one.resident;
        fixed.kind = static_cast<TaskKind>(dice.between(1, 6));
        fixed.quota = fixed.kind == TaskKind::home_visit || fixed.kind == TaskKind::phone_call;
        fixed.date = problem.first_day + dice.between(-1, 2);
        fixed.start =
            instant_at(fixed.date, std::chrono::minutes{dice.between(9 * 60, 19 * 60)}, china);
        if (!dice.one_in(6)) fixed.worker = worker(dice.below(mix.workers));
        fixed.task = TaskId{"fixed:" + one.resident.value};
        problem.fixed.push_back(fixed);
    }
}

inline Problem random_problem(std::uint64_t seed, Mix mix) {
    Dice dice(seed);
    Problem problem;
    problem.week = monday() + 7 * dice.between(0, 50);
    problem.first_day = problem.week + (dice.one_in(3) ? dice.between(1, 6) : 0);
    problem.utc_offset = china;
    problem.calendar_missing = dice.one_in(20);
    for (std::size_t i = 0; i < mix.clients; ++i) {
        problem.clients.push_back(random_client(dice, i, mix, problem));
    }
    random_shifts(dice, mix, problem);
    if (dice.one_in(2)) random_fixed(dice, mix, problem);
    return problem;
}

/// The facts as they are when nothing has happened since `plan` was made.
inline Problem again(Problem problem, const Plan& plan) {
    problem.former = plan.placed;
    for (std::size_t i = 0; i < problem.former.size(); ++i) {
        if (problem.former[i].task.empty()) problem.former[i].task = TaskId{"t:" + number(i)};
    }
    return problem;
}

inline std::string all(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

}  // namespace anju::care::test
