// The weekly rounds as an optimisation problem, and its solution. Pure: a week's facts go in, a
// plan comes out; equal problems give equal plans on every machine.
//
// Hard, in this order of rank where they exclude each other: what is frozen stays; nobody is
// contacted twice on a day or within `apart`; nothing lies outside windows, shifts or a worker's
// limits; then the quota; then no gap longer than `max_gap_days`. What cannot be met is named in
// `short_of` with what would mend it. Soft, by weight (rounds.cpp): the former plan, the same
// worker for a resident, gaps of `preferred_gap_days`, the hours at which the person is up and at
// home, equal loads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/care.hpp"
#include "core/model/care_rules.hpp"
#include "core/model/date.hpp"
#include "core/model/ids.hpp"

namespace anju::care {

/// A resident as the plan of one week sees it.
struct Client {
    ResidentId resident;
    std::uint8_t visits = 1;  ///< due in the week, counting those done and fixed
    std::uint8_t calls = 3;
    std::vector<Window> call_windows;  ///< effective ones; never empty
    std::vector<Window> visit_windows;
    std::vector<Window> at_home;   ///< usually up and at home; empty = not known
    std::uint8_t weekdays = 0x7f;  ///< days that suit
    WorkerId usual;                ///< who has had most of the contacts so far; empty = nobody yet
    WorkerId wanted;               ///< asked for by name; empty = nobody
    std::optional<Instant> last_contact;  ///< the last successful one before `Problem::first_day`
    std::uint8_t visits_done{};           ///< of this week's quota, before `first_day`
    std::uint8_t calls_done{};
    /// Days of the week on which there is nothing to plan: suspended, not yet registered.
    std::vector<Date> off;
    /// Some of the week lies before registration or in a suspension: what does not fit is not
    /// short.
    bool partial = false;

    friend bool operator==(const Client&, const Client&) = default;
};

/// A worker on a day; holidays, rest days, duty and absences have been applied.
struct Shift {
    WorkerId worker;
    Date date;
    Duration time{};         ///< for tasks, their ways in it
    std::uint16_t visits{};  ///< most
    std::uint16_t calls{};

    friend bool operator==(const Shift&, const Shift&) = default;
};

/// A contact in a plan, fixed or found.
struct Placed {
    ResidentId resident;
    TaskKind kind{};  ///< home_visit or phone_call; of fixed ones any
    Date date;
    Instant start{};
    WorkerId worker;  ///< empty only in fixed ones that nobody has
    bool quota = true;
    TaskId task;  ///< of fixed and former ones; empty = a new one

    friend bool operator==(const Placed&, const Placed&) = default;
};

struct Problem {
    Date week;       ///< its Monday
    Date first_day;  ///< the first that may be planned: what lies before is done or frozen
    Duration utc_offset{};
    CareRules rules;
    std::vector<Client> clients;  ///< ascending by resident
    std::vector<Shift> shifts;    ///< of the week, ascending by date, then worker
    /// Stay where they are and take their time and their day: frozen ones, extra contacts.
    std::vector<Placed> fixed;
    /// Where the former plan had them, from `first_day` on; to be kept where it does no harm.
    std::vector<Placed> former;
    /// Days of the next week on which nobody makes rounds. The last contact of this week is placed
    /// so that the first one after it is not too late; without entries: next Monday is staffed.
    std::vector<Date> next_off;
    /// No data of the holidays for some day of the week.
    bool calendar_missing = false;
};

/// What the plan costs, for people and benchmarks.
struct Quality {
    std::uint32_t due{};  ///< contacts of the quota that were to be planned
    std::uint32_t placed{};
    std::uint32_t same_worker{};  ///< of `placed`, by the resident's usual worker
    std::uint32_t long_gaps{};    ///< gaps over `preferred_gap_days`, all within the hard limit
    std::uint32_t off_rhythm{};   ///< calls outside `at_home`
    std::uint32_t moved{};        ///< of `former`, that were changed
    std::int64_t cost{};          ///< the objective; lower is better
};

struct Plan {
    std::vector<Placed> placed;  ///< without the fixed ones; ascending by resident, then start
    std::vector<Shortfall> short_of;
    Quality quality;
};

/// Takes time in proportion to the clients, some hundred microseconds each.
[[nodiscard]] Plan plan(const Problem& problem);

/// The cost of any plan for the problem, by the same objective; for comparing with other solvers.
[[nodiscard]] Quality judge(const Problem& problem, const std::vector<Placed>& placed);

/// Every hard rule that `placed` breaks, in words for whoever reads a failed test; empty = sound.
/// The quota and the longest gap are not among them where they cannot be met: see unreported().
[[nodiscard]] std::vector<std::string> breaches(const Problem& problem,
                                                const std::vector<Placed>& placed);

/// What `plan` leaves undone without a word in `short_of`, or names there without cause; empty =
/// every missing contact and every gap beyond the limit is named exactly once.
[[nodiscard]] std::vector<std::string> unreported(const Problem& problem, const Plan& plan);

}  // namespace anju::care
