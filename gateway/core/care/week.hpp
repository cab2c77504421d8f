// One resident's care week as it is counted. The books of a week are closed once, after its end; a
// report over months, quarters and years adds up closed weeks and counts nothing twice.
//
// What is owed: a resident who was there all seven days is owed the quota. One who was suspended
// or came later is owed floor(calls * days / 7) calls, and the visit from four days on; the rest is
// excused. What is excused leaves the denominator and is shown beside it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/care.hpp"
#include "core/model/date.hpp"

namespace anju::care {

/// What is known of one resident and week. Contacts ascending by start.
struct WeekFacts {
    Date week;  ///< its Monday
    ResidentId resident;
    std::uint8_t visits{};  ///< the quota
    std::uint8_t calls{};
    std::vector<Date> off;                ///< days of the week suspended or before registration
    bool suspended{};                     ///< some of `off` is a suspension
    std::vector<ContactRecord> contacts;  ///< of the week, attempts that failed among them
    Instant reached_before{};             ///< last time reached before the week; epoch 0 = never
    std::vector<CareTask> tasks;          ///< of the week
    Date since;                           ///< the first day of the rounds
    Date until;                           ///< the last day that counts; days 0: the Sunday
    std::uint8_t late_days{};             ///< suspended, but entered when they were over
    Duration utc_offset{};
};

/// Due and done never count the same contact twice; done <= due is not promised: who gives more
/// than the quota has done more.
struct ResidentWeek {
    ResidentId resident;
    std::uint8_t visits_due{};
    std::uint8_t calls_due{};
    std::uint8_t visits_done{};  ///< that count
    std::uint8_t calls_done{};   ///< that count
    std::uint8_t excused{};      ///< of the quota, that was not due
    std::uint8_t attempts{};     ///< of every kind but calls to the family
    std::uint8_t reached{};      ///< of `attempts`
    std::uint8_t planned{};      ///< tasks of the quota that had a day and were not excused
    std::uint8_t on_time{};      ///< of `planned`, done on the day they were planned for
    std::uint8_t substituted{};
    std::uint8_t mismatches{};      ///< visits the door's sensor knows nothing of
    std::uint8_t unreached_long{};  ///< spans over 24 h from a failed attempt to the next contact
    std::uint8_t off_days{};
    bool suspended{};
    /// Days since the last contact, or the first day of the rounds, at the end of the week; days of
    /// suspension do not count.
    std::uint8_t open_gap{};
    std::uint8_t missed{};     ///< of `planned`, nobody tried
    std::uint8_t overdue{};    ///< tasks of every kind that were not done when they were due
    std::uint8_t late_days{};  ///< 补登: suspended, entered afterwards, and so excused nothing
    /// Days between one successful contact and the next, by the later one; in whole days.
    std::vector<std::uint8_t> gaps;

    friend bool operator==(const ResidentWeek&, const ResidentWeek&) = default;
};

[[nodiscard]] ResidentWeek count(const WeekFacts& facts);

/// The resident, or a neighbour in their place, was reached.
[[nodiscard]] bool has_answered(Outcome outcome);
/// It was meant for the resident: a call to the family says nothing of whether they can be reached.
[[nodiscard]] bool concerns_resident(TaskKind kind);

}  // namespace anju::care
