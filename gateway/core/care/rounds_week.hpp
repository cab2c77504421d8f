// The facts of a week, digested for the planner: names become numbers, dates become days 0 to 6,
// times become milliseconds since the Monday's local midnight, and what is due is what is left of
// the quota. Only rounds*.cpp include this.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/care/rounds.hpp"

namespace anju::care::rounds {

using Tick = std::int64_t;  ///< milliseconds since the week's local midnight, may be negative
using Cost = std::int64_t;
inline constexpr int days_of_week = 7;
inline constexpr Tick day_length = 24LL * 3600 * 1000;
inline constexpr int nobody = -1;

enum Sort : std::uint8_t { visit = 0, call = 1 };
[[nodiscard]] bool takes_a_visit(TaskKind kind);   ///< a visit's time; else a call's
[[nodiscard]] bool meets_resident(TaskKind kind);  ///< takes the resident's day
[[nodiscard]] TaskKind kind_of(Sort sort);

struct Span {
    Tick from{};
    Tick to{};
};

/// A contact that is planned, or was in the former plan.
struct Contact {
    int day{};
    Sort sort{};
    Tick start{};
    int worker = nobody;

    friend bool operator==(const Contact&, const Contact&) = default;
};

/// A day on which fixed contacts meet the resident.
struct Met {
    int day{};
    Tick first{};
    Tick last{};
};

struct Gap {
    int from{};  ///< the day of the contact, or of the suspension, before it
    int to{};
    [[nodiscard]] int days() const { return to - from; }
};

struct Person {
    const Client* client{};
    std::array<int, 2> due{};
    std::array<std::vector<Span>, 2> windows;  ///< of any day
    std::vector<Span> home;
    std::uint8_t open{};  ///< bits of the days on which a contact may be planned
    std::uint8_t off{};
    std::vector<Met> met;                            ///< ascending
    std::optional<Tick> last;                        ///< the contact before all of them
    int last_day{};                                  ///< of `last`
    Tick latest = std::numeric_limits<Tick>::max();  ///< `apart` before what is fixed next week
    int tail{};  ///< the first day of the next week on which somebody may come
    int gap_limit{};
    int gap_wish{};
    int main = nobody;  ///< whose resident it is, if that worker has a shift
    bool fresh{};       ///< nobody's yet: who has most contacts will be the usual worker
    std::vector<Contact> former;
    std::vector<TaskId> former_tasks;

    /// Calls `each(Gap)` for what lies between two contacts with none between them. A suspension
    /// starts the clock anew. `from` = nullopt: from `last`; `to` = days_of_week: to `tail`. What
    /// went before a suspension and lies in the past is left out.
    template <class Each>
    void gaps(std::optional<int> from, int to, Each each) const {
        const bool head = !from;
        int since = from.value_or(last ? last_day : 0);
        bool known = !head || last.has_value();
        const int end = to < days_of_week ? to : tail;
        for (int day = head ? 0 : *from + 1; day < to && day < days_of_week; ++day) {
            if ((off >> day & 1U) == 0) continue;
            const bool past = head && (open & ((1U << day) - 1)) == 0;
            if (known && since < day && !past) each(Gap{since, day});
            since = known ? std::max(since, day) : day;
            known = true;
        }
        if (known && since < end) each(Gap{since, end});
    }
};

struct Place {  ///< a worker's shift
    int worker{};
    int day{};
    Tick time{};
    int visits{};
    int calls{};
};

struct FixedTask {
    int worker = nobody;
    int day{};
    Sort sort{};
    Tick start{};
};

struct Week {
    const Problem* problem{};
    std::vector<Person> persons;  ///< ascending by resident
    std::vector<WorkerId> workers;
    std::vector<Place> places;                  ///< ascending by day, then worker
    std::vector<std::vector<int>> of_day;       ///< places of each day
    std::vector<std::array<int, 7>> places_of;  ///< of each worker; -1 = none
    std::vector<FixedTask> fixed;
    std::array<Tick, 2> length{};
    std::array<Tick, 2> need{};  ///< length and way
    Tick apart{};

    [[nodiscard]] int worker(const WorkerId& id) const;    ///< or `nobody`
    [[nodiscard]] int person(const ResidentId& id) const;  ///< or -1
    [[nodiscard]] int place(int worker, int day) const {
        return worker == nobody
                   ? -1
                   : places_of[static_cast<std::size_t>(worker)][static_cast<std::size_t>(day)];
    }
    [[nodiscard]] Tick tick(Instant at) const;
    [[nodiscard]] Instant instant(Tick at) const;
};

/// `problem` must outlive the week.
[[nodiscard]] Week digest(const Problem& problem);

/// The contacts of each person, ascending by start, out of a plan by names.
[[nodiscard]] std::vector<std::vector<Contact>> by_person(const Week& week,
                                                          const std::vector<Placed>& placed);

}  // namespace anju::care::rounds
