// The state of the care desk of one community, as data. What is named in `fields` is saved,
// restored and, but for appointments (desk_timers.cpp), moved when the clock is set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/alert/book.hpp"
#include "core/care/area_outage.hpp"
#include "core/care/task_list.hpp"
#include "core/codec/fields.hpp"
#include "core/decision.hpp"
#include "core/model/community.hpp"

namespace anju::care {

/// For which part of the quota a contact counts.
enum class Counted : std::uint8_t { no = 0, visit = 1, call = 2 };
[[nodiscard]] inline bool is_known(Counted counted) {
    return counted <= Counted::call;
}

/// A resident was reached: seen, spoken with, or written to where that is agreed.
struct Reached {
    Instant start{};
    Instant end{};
    Date date;
    WorkerId worker;
    Counted counted = Counted::no;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.start, self.end, self.date, self.worker, self.counted);
    }
};

/// A contact, or an attempt at one, of a week whose books are open.
struct Attempt {
    Instant start{};
    Instant end{};
    WorkerId worker;
    TaskKind kind{};
    Outcome outcome{};
    Corroboration corroboration{};
    bool counts{};

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.start, self.end, self.worker, self.kind, self.outcome, self.corroboration,
                self.counts);
    }
};

struct ClientState {
    Resident resident;
    HouseholdId household;
    Date since;                   ///< the first day of the rounds
    std::vector<Window> at_home;  ///< usually up and at home; empty = not known
    Date rhythm_told;             ///< the day on which that was told; days 0 = never
    std::optional<Suspension> suspension;
    Date suspension_told;           ///< the day on which it was entered
    bool suspended{};               ///< it has begun
    Instant last_life{};            ///< somebody knew the resident to be alive; epoch 0 = never
    std::vector<Reached> reached;   ///< of the last weeks, ascending by start
    bool loose{};                   ///< changed: its planned contacts are to be placed anew
    std::vector<Attempt> attempts;  ///< ascending by start
    std::vector<Date> rested;       ///< days of suspension in weeks that are open, ascending
    std::vector<Date> told_late;    ///< likewise, but over when they were entered: not excused
    Instant reached_before{};       ///< last reached before those weeks; epoch 0 = never

    /// Whether there are rounds at all. A resident who declined sensors or withdrew the consent to
    /// them keeps the rounds; who declines the rounds is suspended.
    [[nodiscard]] bool cared() const { return resident.status != ResidentStatus::deceased; }
    [[nodiscard]] bool suspended_on(Date date) const {
        return suspension && suspension->from <= date && date <= suspension->to;
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.resident, self.household, self.since, self.at_home, self.rhythm_told,
                self.suspension, self.suspension_told, self.suspended, self.last_life, self.reached,
                self.loose, self.attempts, self.rested, self.told_late, self.reached_before);
    }
};

struct Absence {
    WorkerId worker;
    Date from;
    Date to;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.worker, self.from, self.to);
    }
};

/// An alert of a resident that is not over, as far as the desk was told.
struct ToldAlert {
    AlertId id;
    ResidentId resident;
    AlertKind kind{};
    Priority priority{};
    AlertState state{};
    std::uint32_t reopened{};

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.id, self.resident, self.kind, self.priority, self.state, self.reopened);
    }
};

struct DeskState {
    Community community;
    Instant now{};          ///< of the last input or due time
    Instant set_at{};       ///< of the last CommunitySet
    Duration utc_offset{};  ///< as of the last input
    std::uint64_t decisions{};
    std::uint64_t last_task{};  ///< number of the newest; the first follows the registration
    Date rolled;                ///< the day that was opened last
    Instant plan_due{};         ///< the next week is to be planned
    Instant replan_due{};       ///< changes of the directory are to be planned; epoch 0 = none
    CareCause replan_cause = CareCause::directory;
    std::vector<ClientState> clients;  ///< ascending by resident
    TaskList tasks;                    ///< of the last, this and the next week
    std::vector<Absence> absences;     ///< in the order they were told
    std::vector<PlanMade> plans;       ///< the newest of each week, ascending
    std::vector<ToldAlert> alerts;     ///< ascending by id
    Date open_week;                    ///< the Monday of the first week whose books are open
    AlertBook book;                    ///< of the community's own alerts
    AreaOutage outage;
    // Follows from the above and is not saved.
    std::map<WorkerId, std::size_t> workers;  ///< places in `community.workers`

    /// To be called when the community, or anything at once, has changed.
    void find_ways();

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.community, self.now, self.set_at, self.utc_offset, self.decisions,
                self.last_task, self.rolled, self.plan_due, self.replan_due, self.replan_cause,
                self.clients, self.tasks, self.absences, self.plans, self.alerts, self.open_week,
                self.book, self.outage);
    }
};

/// Not ended: still to be done, or under way.
[[nodiscard]] constexpr bool is_open(TaskState state) {
    return state <= TaskState::in_progress;
}
/// Nobody has begun it, or tried.
[[nodiscard]] inline bool untouched(const CareTask& task) {
    return task.state < TaskState::in_progress && task.attempts == 0;
}

// The desk's day. Contacts are between the two; a day is closed, and the next one opened, when
// nobody works any more and late records have mostly come.
inline constexpr Duration day_begins = std::chrono::hours{8};
inline constexpr Duration day_ends = std::chrono::hours{20};
inline constexpr Duration day_turns = std::chrono::hours{2};
/// A week is planned on the Thursday before it, so that its Monday can still be moved when it
/// freezes on Sunday and everybody knows the plan before the weekend.
inline constexpr int plan_weekday = 3;
inline constexpr Duration plan_time = std::chrono::hours{12};
/// Many homes are registered at once; they are planned together, so long after the last.
inline constexpr Duration plan_after_change = std::chrono::seconds{10};
inline constexpr int weeks_remembered = 4;
inline constexpr std::uint8_t call_attempts = 3;
inline constexpr std::uint8_t visit_attempts = 2;

}  // namespace anju::care
