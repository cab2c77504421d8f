// The figures a community, a street and a district are asked for (周抽查, 月通报, 季研判, 年考核):
// sums that can be added up along the tree of communities and along time.
//
// Of the rounds a period has whole care weeks: a week belongs to the month, quarter and year in
// which its Thursday lies (the rule of ISO 8601), so that no week is counted twice and none is cut.
// Alerts and devices are counted by the days of the calendar. A single day has no weeks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/care/week.hpp"
#include "core/model/alert.hpp"
#include "core/model/date.hpp"

namespace anju::care {

struct Period {
    Date first;  ///< [first, last): the Mondays of its care weeks; the day itself of a day
    Date last;
    Date first_day;  ///< [first_day, last_day): of the calendar
    Date last_day;

    [[nodiscard]] bool is_day() const { return last - first == 1; }
    [[nodiscard]] bool is_week() const { return last_day - first_day == 7; }

    friend bool operator==(const Period&, const Period&) = default;
};

/// "2026-02-14", "2026-W07", "2026-02", "2026-Q1", "2026"; nullopt for anything else.
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);
/// "2026-W07" of the week that begins on this Monday.
[[nodiscard]] std::string week_name(Date monday);

/// n observed values, kept to be ordered when somebody asks.
class Sample {
public:
    void add(std::int64_t value) { values_.push_back(value); }
    void add(const Sample& other);
    [[nodiscard]] std::size_t size() const { return values_.size(); }
    /// The smallest value that at least `percent` % of all do not exceed (nearest rank), 1..100;
    /// nullopt without values.
    [[nodiscard]] std::optional<std::int64_t> percentile(int percent) const;

private:
    std::vector<std::int64_t> values_;
};

/// A share of something; `of` may be 0, and then there is no share.
struct Share {
    std::uint64_t part{};
    std::uint64_t of{};

    void add(std::uint64_t more, std::uint64_t out_of) {
        part += more;
        of += out_of;
    }
    /// Thousandths, rounded half up; nullopt when there is nothing to divide by.
    [[nodiscard]] std::optional<std::int64_t> permille() const;
};

struct Tally {
    std::uint64_t resident_weeks{};
    std::uint64_t suspended_weeks{};  ///< of those, with days suspended
    std::uint64_t suspended_days{};
    std::uint64_t excused{};  ///< contacts of the quota that left the denominator
    Share visits;             ///< done of due, each resident at most what is due
    Share calls;
    Share quota;     ///< both
    Share complete;  ///< resident weeks in which all that was due was done
    Share reached;   ///< of attempts
    Share on_time;   ///< of planned
    /// Between contacts; of whoever has waited longer than that when the week ends, the wait.
    Sample gap_days;
    std::uint64_t missed{};     ///< contacts of the quota that nobody tried on their day
    std::uint64_t overdue{};    ///< tasks of every kind that were not done when they were due
    std::uint64_t late_days{};  ///< suspended, entered afterwards: excused nothing
    std::uint64_t substituted{};
    std::uint64_t mismatches{};
    std::uint64_t unreached_long{};

    std::uint64_t alerts[4] = {};  ///< raised, by priority; tests and drills are not among them
    std::uint64_t alerts_overdue{};
    std::uint64_t alerts_escalated{};
    std::uint64_t alerts_unreviewed{};  ///< P1 and P2 that are closed and no supervisor looked at
    Share false_alerts;                 ///< of closed P1 to P3 with a reason that is known
    Sample acknowledged_ms;             ///< P1 and P2, from open to first acknowledged
    Sample arrived_ms;                  ///< P1 and P2, from open to on site
    std::uint64_t unacknowledged{};     ///< P1 and P2 that are open and nobody has taken
    std::uint64_t unarrived{};          ///< P1 and P2 that are open and nobody is there
    Share uptime_s;                     ///< seconds in which devices could be relied on, of all

    void add(const ResidentWeek& week);
    void add(const Alert& alert);
    // Of a single day, whose weeks are not asked for.
    void add(const CareTask& task);
    void add(const ContactRecord& record);
    void add(const Tally& other);
};

/// What it turned out to be was no reason to call anybody. nullopt: nobody knows, or it is open.
[[nodiscard]] std::optional<bool> was_false(const Alert& alert);

}  // namespace anju::care
