// Which days people work: Monday to Friday but for public holidays, and the weekend days that are
// worked to make up for them (调休). The State Council announces both a year ahead; a year without
// data is reported by whoever plans with it, never guessed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/date.hpp"

namespace anju {

struct WorkCalendar {
    std::vector<std::int32_t> years;  ///< those the data is complete for, ascending
    std::vector<Date> days_off;       ///< every day of every holiday, weekends in it too, ascending
    std::vector<Date> worked;         ///< weekend days that are worked, ascending

    /// The year of `date` is among those with data.
    [[nodiscard]] bool covers(Date date) const;
    /// A day on which the ordinary staff works. Without data for its year: Monday to Friday.
    [[nodiscard]] bool is_working(Date date) const;
    [[nodiscard]] bool is_holiday(Date date) const;

    friend bool operator==(const WorkCalendar&, const WorkCalendar&) = default;
};

/// Office hours, for what runs in working time: 4 working hours, the next working day.
struct WorkingHours {
    Duration from = std::chrono::hours{9};  ///< since local midnight
    Duration to = std::chrono::hours{18};   ///< > from, <= 24 h

    friend bool operator==(const WorkingHours&, const WorkingHours&) = default;
};

/// The instant at which `worked` of working time has passed since `start`. `worked` >= 0; zero
/// gives `start` if that is in working time, else the beginning of the next working day.
[[nodiscard]] Instant after_working_time(Instant start, Duration worked,
                                         const WorkCalendar& calendar, WorkingHours hours,
                                         Duration utc_offset);

}  // namespace anju
