// Events of the district contract in words, for people who watch.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "anju/v1/event.pb.h"
#include "core/model/reading.hpp"
#include "firmware-sim/platform/summary.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

/// The alert says why anew: it was raised, came back, gained evidence or became more urgent.
[[nodiscard]] bool says_something_new(const v1::AlertEvent& alert);

/// "open → acknowledged → closed"; "P3 open → P2 open" where the priority changed.
[[nodiscard]] std::string path_of(const AlertSummary& alert);

/// One line, and its sentences where it says something new; `latency_ms` is added where known.
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
