// Lives a while and measures it as a recording is measured.
#pragma once

#include "firmware-sim/life/habits.hpp"
#include "firmware-sim/life/statistics.hpp"

namespace anju::sim::life {

struct Observed {
    Statistics statistics;
    double passages{};  ///< of the door, a day
};

/// By an hourly meter of whole litres that loses `lost_pm` of its readings, from 2016-03-01 on.
[[nodiscard]] Observed observe_by_meter(const Habits& habits, std::uint64_t seed, int days,
                                        int lost_pm = 0);

/// By motion sensors in every room and a door contact.
[[nodiscard]] Observed observe_by_signs(const Habits& habits, std::uint64_t seed, int days);

/// A recorded home's file, "timestamp_iso_local,sensor_id,kind,value", sorted by time.
struct RecordingOptions {
    Date first{};
    int days = 365;
    std::uint64_t seed = 1;
    bool water = true;  ///< the sensor "meter"
    EventSensors events;
    Sampling sampling;
};
[[nodiscard]] std::string recording_csv(const Habits& habits, const RecordingOptions& options);

}  // namespace anju::sim::life
