#include "core/model/work_calendar.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace anju {
namespace {

bool holds(const std::vector<Date>& days, Date date) {
    return std::ranges::binary_search(days, date);
}

}  // namespace

bool WorkCalendar::covers(Date date) const {
    return std::ranges::binary_search(years, year_of(date));
}

bool WorkCalendar::is_working(Date date) const {
    if (holds(worked, date)) return true;
    return weekday(date) < 5 && !holds(days_off, date);
}

bool WorkCalendar::is_holiday(Date date) const {
    return holds(days_off, date);
}

Instant after_working_time(Instant start, Duration worked, const WorkCalendar& calendar,
                           WorkingHours hours, Duration utc_offset) {
    ANJU_CHECK(hours.to > hours.from, "working hours have a length");
    Date day = date_of(start, utc_offset);
    Duration left = worked;
    for (;; day = day + 1) {
        if (!calendar.is_working(day)) continue;
        const Instant opens = std::max(start, instant_at(day, hours.from, utc_offset));
        const Instant closes = instant_at(day, hours.to, utc_offset);
        if (opens >= closes) continue;
        if (left < closes - opens) return opens + left;
        left -= closes - opens;
    }
}

}  // namespace anju
