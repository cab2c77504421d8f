// What a recording would hold of a life: the register of a water meter, read at times, and the
// events of door, motion and bed sensors. The same rows whether a home was recorded or simulated,
// so that both are compared as a gateway sees them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/instant.hpp"
#include "firmware-sim/life/life.hpp"

namespace anju::sim::life {

/// A reading of a meter: what it counted since the reading before.
struct MeterRow {
    Instant at{};
    std::int64_t litres_milli{};  ///< thousandths of a litre
};

struct Sampling {
    Duration every = std::chrono::hours{1};
    std::int64_t pulse_ml = 1000;                ///< the register counts whole pulses
    Duration offset = std::chrono::minutes{17};  ///< of the first reading, after midnight
    int lost_pm = 0;         ///< bundles of four readings that never arrive; the next has it all
    std::uint64_t seed = 0;  ///< of which are lost
};

/// Reads a meter through the acts of day after day.
class Meter {
public:
    Meter(const Sampling& sampling, Date first);

    void add(const Day& day);
    /// Those complete so far; the last day's night is still open.
    [[nodiscard]] const std::vector<MeterRow>& rows() const { return rows_; }

private:
    void read_until(Instant until);

    Sampling sampling_;
    Instant next_;
    std::int64_t total_ml_ = 0;
    std::int64_t told_ml_ = 0;
    Random random_;
    int left_of_bundle_ = 0;
    bool lost_ = false;
    std::vector<MeterRow> rows_;
};

/// When a local day begins, on a clock that shows local time.
[[nodiscard]] Instant midnight(Date date);

/// Which sensors a home has, for event_rows().
struct EventSensors {
    bool motion = true;  ///< one a room
    bool door = true;
    bool bed = false;
};

/// Lines "timestamp_iso_local,sensor_id,kind,value" of a day's events, in order of time, without
/// header: door 1 and 0, motion 1 and 0, pressure 1 and 0. Movement lasts 30 s; a door is closed
/// again after 8 s.
[[nodiscard]] std::string event_rows(const Day& day, const EventSensors& sensors);

/// "2026-03-02T06:30:00"; whole seconds.
[[nodiscard]] std::string iso_text(Instant at);

}  // namespace anju::sim::life
