#include "core/care/statistics.hpp"

#include <algorithm>

namespace anju::care {
namespace {

constexpr int days_a_week = 7;
constexpr int to_thursday = 3;

/// `count` digits at `from`; nullopt when there are none.
std::optional<int> number(std::string_view text, std::size_t from, std::size_t count) {
    if (text.size() < from + count) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// The first Monday whose Thursday is not before `day`.
Date first_week_from(Date day) {
    const Date monday = monday_of(day);
    return monday + to_thursday >= day ? monday : monday + days_a_week;
}

std::optional<Period> months(int year, int first, int count) {
    if (first < 1 || first > 12) return std::nullopt;
    const int after = first + count;
    const Date begin = make_date(year, static_cast<unsigned>(first), 1);
    const Date end = after > 12 ? make_date(year + 1, static_cast<unsigned>(after - 12), 1)
                                : make_date(year, static_cast<unsigned>(after), 1);
    return Period{first_week_from(begin), first_week_from(end), begin, end};
}

std::uint64_t least(std::uint8_t done, std::uint8_t due) {
    return std::min(done, due);
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
    if (const auto day = parse_date(text)) return Period{*day, *day + 1, *day, *day + 1};
    const auto year = number(text, 0, 4);
    if (!year || *year < 1970) return std::nullopt;
    if (text.size() == 4) return months(*year, 1, 12);
    if (text[4] != '-') return std::nullopt;
    if (text.size() == 7 && text[5] == 'Q') {
        const auto quarter = number(text, 6, 1);
        if (!quarter || *quarter < 1 || *quarter > 4) return std::nullopt;
        return months(*year, *quarter * 3 - 2, 3);
    }
    if (text.size() == 7) {
        const auto month = number(text, 5, 2);
        return month ? months(*year, *month, 1) : std::nullopt;
    }
    if (text.size() == 8 && text[5] == 'W') {
        const auto week = number(text, 6, 2);
        if (!week || *week < 1) return std::nullopt;
        const Date monday = first_week_from(make_date(*year, 1, 1)) + (*week - 1) * days_a_week;
        if (year_of(monday + to_thursday) != *year) return std::nullopt;
        return Period{monday, monday + days_a_week, monday, monday + days_a_week};
    }
    return std::nullopt;
}

std::string week_name(Date monday) {
    const int year = year_of(monday + to_thursday);
    const int week = (monday - first_week_from(make_date(year, 1, 1))) / days_a_week + 1;
    return std::to_string(year) + (week < 10 ? "-W0" : "-W") + std::to_string(week);
}

void Sample::add(const Sample& other) {
    values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

std::optional<std::int64_t> Sample::percentile(int percent) const {
    if (values_.empty()) return std::nullopt;
    std::vector<std::int64_t> sorted = values_;
    const std::size_t wanted = sorted.size() * static_cast<std::size_t>(percent);
    const std::size_t rank = std::max<std::size_t>((wanted + 99) / 100, 1);
    const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(sorted, place);
    return *place;
}

std::optional<std::int64_t> Share::permille() const {
    if (of == 0) return std::nullopt;
    return static_cast<std::int64_t>((part * 2000 + of) / (of * 2));
}

void Tally::add(const ResidentWeek& week) {
    ++resident_weeks;
    if (week.suspended) {
        ++suspended_weeks;
        suspended_days += week.off_days;
    }
    excused += week.excused;
    const std::uint64_t visited = least(week.visits_done, week.visits_due);
    const std::uint64_t called = least(week.calls_done, week.calls_due);
    visits.add(visited, week.visits_due);
    calls.add(called, week.calls_due);
    quota.add(visited + called, std::uint64_t{week.visits_due} + week.calls_due);
    if (week.visits_due + week.calls_due > 0) {
        complete.add(visited == week.visits_due && called == week.calls_due ? 1 : 0, 1);
    }
    reached.add(week.reached, week.attempts);
    on_time.add(week.on_time, week.planned);
    for (const std::uint8_t days : week.gaps) gap_days.add(days);
    // A wait that goes on is not hidden by there being no contact that would end it.
    const auto longest = std::ranges::max_element(week.gaps);
    if (week.open_gap > (longest == week.gaps.end() ? 0 : *longest)) gap_days.add(week.open_gap);
    missed += week.missed;
    overdue += week.overdue;
    late_days += week.late_days;
    substituted += week.substituted;
    mismatches += week.mismatches;
    unreached_long += week.unreached_long;
}

void Tally::add(const CareTask& task) {
    if (task.state == TaskState::excused || task.state == TaskState::cancelled) return;
    overdue += task.overdue ? 1 : 0;
    if (!task.quota) return;
    const bool done = task.state == TaskState::completed || task.state == TaskState::substituted;
    const std::uint64_t part = done ? 1 : 0;
    (task.kind == TaskKind::home_visit ? visits : calls).add(part, 1);
    quota.add(part, 1);
    on_time.add(part, 1);
    substituted += task.state == TaskState::substituted ? 1 : 0;
    missed += task.state == TaskState::missed ? 1 : 0;
}

void Tally::add(const ContactRecord& record) {
    if (record.kind == TaskKind::contact_call) return;
    reached.add(has_answered(record.outcome) ? 1 : 0, 1);
    mismatches += record.corroboration == Corroboration::disagrees ? 1 : 0;
}

std::optional<bool> was_false(const Alert& alert) {
    switch (alert.reason) {
        case ClosingReason::true_emergency:
        case ClosingReason::help_given:
            return false;
        case ClosingReason::away:
        case ClosingReason::late_rise:
        case ClosingReason::visitor_pet:
        case ClosingReason::cooking_steam:
        case ClosingReason::device_fault:
            return true;
        case ClosingReason::none:
        case ClosingReason::test:
        case ClosingReason::unknown:
            break;
    }
    return std::nullopt;
}

void Tally::add(const Alert& alert) {
    if (alert.kind == AlertKind::test || alert.reason == ClosingReason::test) return;
    if (alert.drill != Drill::none) return;
    ++alerts[static_cast<std::size_t>(alert.priority) - 1];
    alerts_overdue += alert.overdue ? 1 : 0;
    alerts_escalated += alert.escalated ? 1 : 0;
    alerts_unreviewed += awaits_review(alert) ? 1 : 0;
    const bool of_a_person = alert.priority != Priority::p4;
    if (const auto wrong = was_false(alert); wrong && of_a_person) {
        false_alerts.add(*wrong ? 1 : 0, 1);
    }
    if (alert.priority > Priority::p2 || alert.opened_at == Instant{}) return;
    // Whoever answered first answered, though somebody else had to go in the end.
    if (alert.first_acknowledged_at >= alert.opened_at) {
        acknowledged_ms.add((alert.first_acknowledged_at - alert.opened_at).count());
    }
    if (is_open(alert.state)) {  // who still waits has waited for nothing yet
        unacknowledged += alert.state < AlertState::acknowledged ? 1 : 0;
        unarrived += alert.on_site_at < alert.opened_at ? 1 : 0;
    }
    if (alert.on_site_at >= alert.opened_at) {
        arrived_ms.add((alert.on_site_at - alert.opened_at).count());
    }
}

void Tally::add(const Tally& other) {
    resident_weeks += other.resident_weeks;
    suspended_weeks += other.suspended_weeks;
    suspended_days += other.suspended_days;
    excused += other.excused;
    const auto sum = [](Share& mine, const Share& theirs) { mine.add(theirs.part, theirs.of); };
    sum(visits, other.visits);
    sum(calls, other.calls);
    sum(quota, other.quota);
    sum(complete, other.complete);
    sum(reached, other.reached);
    sum(on_time, other.on_time);
    sum(false_alerts, other.false_alerts);
    sum(uptime_s, other.uptime_s);
    gap_days.add(other.gap_days);
    acknowledged_ms.add(other.acknowledged_ms);
    arrived_ms.add(other.arrived_ms);
    substituted += other.substituted;
    missed += other.missed;
    overdue += other.overdue;
    late_days += other.late_days;
    unacknowledged += other.unacknowledged;
    unarrived += other.unarrived;
    mismatches += other.mismatches;
    unreached_long += other.unreached_long;
    for (std::size_t i = 0; i < std::size(alerts); ++i) alerts[i] += other.alerts[i];
    alerts_overdue += other.alerts_overdue;
    alerts_escalated += other.alerts_escalated;
    alerts_unreviewed += other.alerts_unreviewed;
}

}  // namespace anju::care
