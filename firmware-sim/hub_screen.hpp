// The figures of `anju-sim fleet --homes` as a person at a terminal and a program read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace anju::sim {

struct HubLatency {
    std::uint64_t count = 0;  ///< acknowledged
    double p50_ms = 0;
    double p95_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
};

/// Of one process.
struct HubCost {
    double cores = 0;  ///< since the last look; at the end, of the whole run
    double mib = 0;    ///< resident now
};

struct HubFigures {
    std::string broker;
    std::size_t homes = 0;
    std::size_t sensors = 0;
    double seconds = 0;  ///< since sending began
    double of_seconds = 0;
    std::uint64_t sent = 0;
    std::uint64_t acked = 0;
    std::uint64_t refused = 0;
    std::uint64_t repeats = 0;
    std::uint64_t window_full = 0;
    std::uint64_t queue_full = 0;
    double target_per_s = 0;
    double sent_per_s = 0;   ///< in the last second; at the end, of the whole run
    double acked_per_s = 0;  ///< the same
    std::size_t unacknowledged = 0;
    double lag_s = 0;  ///< age of the oldest message that is not acknowledged
    HubLatency bulk;
    HubLatency alarm;
    HubCost own;
    std::optional<HubCost> watched;
    int watched_pid = 0;
};

/// At most 23 lines of at most 79 columns, each with its end.
[[nodiscard]] std::string hub_screen(const HubFigures& figures);
/// One object on one line, without an end; `final`: it is the last one.
[[nodiscard]] std::string hub_json(const HubFigures& figures, bool final);

}  // namespace anju::sim
