// Events of the district contract in words, for people who watch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "anju/v1/event.pb.h"
#include "core/model/reading.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

/// One line; `latency_ms` is added where known.
[[nodiscard]] std::string event_line(const v1::DistrictEvent& event,
                                     std::optional<double> latency_ms);

/// The kind of reading that raises such an alert at once; nullopt where time does.
[[nodiscard]] std::optional<ReadingKind> cause_of(v1::AlertKind kind);

/// From the sensor's first sending to the platform's commit, for an alert that has just been
/// raised by one reading and whose sending is in the report.
[[nodiscard]] std::optional<double> alert_latency_ms(const v1::DistrictEvent& event,
                                                     std::int64_t committed_ns,
                                                     const ReportReader& sensors);

}  // namespace anju::sim
