#include "core/care/week.hpp"

#include <algorithm>
#include <chrono>

namespace anju::care {
namespace {

using namespace std::chrono_literals;

constexpr int days_a_week = 7;
constexpr int days_that_owe_a_visit = 4;
constexpr Duration long_time = 24h;

bool is_visit(TaskKind kind) {
    return kind == TaskKind::home_visit || kind == TaskKind::return_check;
}

Date last_day(const WeekFacts& facts) {
    return facts.until == Date{} ? facts.week + (days_a_week - 1) : facts.until;
}

/// How long nobody has been reached, as it stands; while the rounds rest nobody waits.
void count_open_gap(const WeekFacts& facts, Instant reached, ResidentWeek& out) {
    Date day = reached == Instant{} ? facts.since : date_of(reached, facts.utc_offset);
    if (day == Date{}) return;
    int days = 0;
    for (day = day + 1; day <= last_day(facts); day = day + 1) {
        days += std::ranges::find(facts.off, day) == facts.off.end() ? 1 : 0;
    }
    out.open_gap = static_cast<std::uint8_t>(std::min(days, 255));
}

void count_contacts(const WeekFacts& facts, ResidentWeek& out) {
    Instant before = facts.reached_before;
    Instant failed_since{};
    for (const ContactRecord& record : facts.contacts) {
        if (!concerns_resident(record.kind)) continue;
        ++out.attempts;
        if (record.corroboration == Corroboration::disagrees) ++out.mismatches;
        if (!has_answered(record.outcome)) {
            if (failed_since == Instant{}) failed_since = record.start;
            continue;
        }
        ++out.reached;
        if (failed_since != Instant{} && record.start - failed_since > long_time) {
            ++out.unreached_long;
        }
        failed_since = {};
        if (before != Instant{}) {
            const int days =
                date_of(record.start, facts.utc_offset) - date_of(before, facts.utc_offset);
            out.gaps.push_back(static_cast<std::uint8_t>(std::clamp(days, 0, 255)));
        }
        before = record.start;
        if (!record.counts) continue;
        ++(is_visit(record.kind) ? out.visits_done : out.calls_done);
    }
    count_open_gap(facts, before, out);
    const Instant end = instant_at(last_day(facts) + 1, Duration::zero(), facts.utc_offset);
    if (failed_since != Instant{} && end - failed_since > long_time) ++out.unreached_long;
}

void count_tasks(const WeekFacts& facts, ResidentWeek& out) {
    for (const CareTask& task : facts.tasks) {
        if (task.overdue && task.state != TaskState::excused &&
            task.state != TaskState::cancelled) {
            ++out.overdue;
        }
        if (!task.quota || task.state == TaskState::excused || task.state == TaskState::cancelled) {
            continue;
        }
        ++out.planned;
        if (task.state == TaskState::substituted) ++out.substituted;
        if (task.state == TaskState::missed) ++out.missed;
        if (task.state != TaskState::completed && task.state != TaskState::substituted) continue;
        const bool that_day = std::ranges::any_of(facts.contacts, [&](const ContactRecord& done) {
            return concerns_resident(done.kind) && has_answered(done.outcome) &&
                   date_of(done.start, facts.utc_offset) == task.date;
        });
        if (that_day) ++out.on_time;
    }
}

}  // namespace

bool has_answered(Outcome outcome) {
    return outcome != Outcome::unreached;
}

bool concerns_resident(TaskKind kind) {
    return kind != TaskKind::contact_call && kind != TaskKind::device_check;
}

ResidentWeek count(const WeekFacts& facts) {
    ResidentWeek out;
    out.resident = facts.resident;
    out.off_days = static_cast<std::uint8_t>(
        std::ranges::count_if(facts.off, [&](Date day) { return monday_of(day) == facts.week; }));
    const int there = days_a_week - out.off_days;
    out.calls_due = static_cast<std::uint8_t>(facts.calls * there / days_a_week);
    out.visits_due = there >= days_that_owe_a_visit ? facts.visits : std::uint8_t{0};
    out.excused =
        static_cast<std::uint8_t>(facts.visits + facts.calls - out.visits_due - out.calls_due);
    out.suspended = facts.suspended;
    out.late_days = facts.late_days;
    count_contacts(facts, out);
    count_tasks(facts, out);
    // A visit beyond its own quota stands for a call.
    while (out.visits_done > out.visits_due && out.calls_done < out.calls_due) {
        --out.visits_done;
        ++out.calls_done;
    }
    return out;
}

}  // namespace anju::care
