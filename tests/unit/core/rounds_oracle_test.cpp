// The planner against a search that tries everything: where a week of a few residents can give
// everybody what is due, the planner must find such a week too.
#include <gtest/gtest.h>

#include <optional>

#include "rounds_weeks.hpp"

namespace anju::care {
namespace {

using namespace test;

/// Tries every day, worker and start of a grid for every client; what it finds is a proof.
class Oracle {
public:
    Oracle(const Problem& problem, bool gaps) : problem_(problem), gaps_(gaps) {}

    /// nullopt: gave up.
    std::optional<bool> feasible() {
        const bool found = next_client(0);
        if (steps_ > most_steps) return std::nullopt;
        return found;
    }

private:
    static constexpr long most_steps = 40'000;

    bool next_client(std::size_t index) {
        if (index == problem_.clients.size()) return true;
        const Client& one = problem_.clients[index];
        return next_day(index, 0, one.visits, one.calls, one.last_contact);
    }

    bool close(Date date, const std::optional<Instant>& last) const {
        return !gaps_ || !last || date - date_of(*last, china) <= int{problem_.rules.max_gap_days};
    }

    bool next_day(std::size_t index, int day, int visits, int calls, std::optional<Instant> last) {
        if (++steps_ > most_steps) return false;
        if (visits + calls > 7 - day) return false;
        if (visits + calls == 0) {
            Date back = problem_.week + 7;  // the first day of the next week that suits
            while ((problem_.clients[index].weekdays >> weekday(back) & 1U) == 0) back = back + 1;
            return close(back, last) && next_client(index + 1);
        }
        const Date date = problem_.week + day;
        if (!close(date, last)) return false;
        const Client& one = problem_.clients[index];
        if ((one.weekdays >> day & 1U) != 0) {
            for (const Shift& of : problem_.shifts) {
                if (of.date != date) continue;
                if (visits > 0 && at_shift(index, day, of, true, visits, calls, last)) return true;
                if (calls > 0 && at_shift(index, day, of, false, visits, calls, last)) return true;
            }
        }
        return next_day(index, day + 1, visits, calls, last);
    }

    bool at_shift(std::size_t index, int day, const Shift& of, bool visit, int visits, int calls,
                  const std::optional<Instant>& last) {
        const Client& one = problem_.clients[index];
        const CareRules& rules = problem_.rules;
        const Duration length = visit ? rules.visit_length : rules.call_length;
        const Duration need = length + (visit ? rules.visit_travel : rules.call_between);
        for (const Window& window : visit ? one.visit_windows : one.call_windows) {
            for (Duration at = window.from; at + length <= window.to; at += 2min) {
                const Instant start = instant_at(of.date, at, china);
                if (last && start - *last < rules.apart) continue;
                if (!fits(of, start, need, visit)) continue;
                taken_.push_back({of.worker, of.date, start, need, visit});
                const bool found = next_day(index, day + 1, visits - (visit ? 1 : 0),
                                            calls - (visit ? 0 : 1), start);
                taken_.pop_back();
                if (found) return true;
                if (steps_ > most_steps) return false;
            }
        }
        return false;
    }

    bool fits(const Shift& of, Instant start, Duration need, bool visit) const {
        Duration used = need;
        int alike = 1;
        for (const Taken& other : taken_) {
            if (other.worker != of.worker || other.date != of.date) continue;
            if (start < other.start + other.need && other.start < start + need) return false;
            used += other.need;
            alike += other.visit == visit ? 1 : 0;
        }
        return used <= of.time && alike <= int{visit ? of.visits : of.calls};
    }

    struct Taken {
        WorkerId worker;
        Date date;
        Instant start;
        Duration need;
        bool visit;
    };
    const Problem& problem_;
    bool gaps_;
    std::vector<Taken> taken_;
    long steps_ = 0;
};

/// Two to four residents of one or two workers who have hardly the time for them.
Problem tiny(std::uint64_t seed) {
    Dice dice(seed + 77);
    Problem problem;
    problem.week = problem.first_day = monday();
    problem.utc_offset = china;
    const std::size_t clients = 2 + dice.below(3);
    const std::size_t workers = 1 + dice.below(2);
    for (std::size_t i = 0; i < clients; ++i) {
        Client one = client(i);
        one.calls = static_cast<std::uint8_t>(dice.between(1, 3));
        const Duration from = 9h + std::chrono::minutes{10 * dice.between(0, 2)};
        one.visit_windows = {{from, from + 60min}};
        one.call_windows = {{from, from + std::chrono::minutes{20 * dice.between(1, 3)}}};
        if (dice.one_in(4)) one.call_windows.push_back({17h, 17h + 30min});
        if (dice.one_in(3)) one.weekdays = static_cast<std::uint8_t>(dice.between(1, 127));
        if (!dice.one_in(3)) one.usual = worker(dice.below(workers));
        if (!dice.one_in(3)) {
            one.last_contact = instant_at(monday() - dice.between(1, 3), 10h, china);
        }
        problem.clients.push_back(one);
    }
    for (int day = 0; day < 7; ++day) {
        for (std::size_t i = 0; i < workers; ++i) {
            if (dice.one_in(day > 4 ? 2 : 6)) continue;
            Shift one = shift(i, monday() + day);
            one.visits = static_cast<std::uint16_t>(dice.between(0, 2));
            one.calls = static_cast<std::uint16_t>(dice.between(0, 2));
            one.time = std::chrono::minutes{dice.between(16, 70)};
            problem.shifts.push_back(one);
        }
    }
    return problem;
}

bool lacks(const Plan& made, bool gaps) {
    return std::any_of(made.short_of.begin(), made.short_of.end(),
                       [&](const Shortfall& one) { return gaps || one.why != Shortage::gap; });
}

void compare(bool gaps, int at_least) {
    int possible = 0;
    int impossible = 0;
    std::vector<std::uint64_t> missed;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        const Problem problem = tiny(seed);
        const std::optional<bool> feasible = Oracle(problem, gaps).feasible();
        const Plan made = plan(problem);
        ASSERT_EQ(all(breaches(problem, made.placed)), "") << "seed " << seed;
        if (!lacks(made, gaps)) {
            ++possible;
            continue;
        }
        if (!feasible) continue;
        if (*feasible) missed.push_back(seed);
        ++(*feasible ? possible : impossible);
    }
    EXPECT_EQ(missed, std::vector<std::uint64_t>{});
    EXPECT_GT(possible, at_least) << "the weeks are too hard to prove anything";
    EXPECT_GT(impossible, at_least) << "the weeks are too easy to prove anything";
}

TEST(RoundsOracle, QuotaIsMetWheneverAnExhaustiveSearchMeetsIt) {
    compare(false, 200);
}

TEST(RoundsOracle, QuotaAndLongestGapAreMetWheneverAnExhaustiveSearchMeetsBoth) {
    compare(true, 100);
}

}  // namespace
}  // namespace anju::care
