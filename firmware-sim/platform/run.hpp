// `anju-sim platform`: a district platform that keeps its promises: it commits to its own file
// first and acknowledges afterwards, finds repetitions and holes, and asks for what is missing.
// It stands in for somebody else's system and claims to be like none in particular.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace anju::sim {

struct PlatformOptions {
    std::string broker;
    std::string user = "platform";
    std::filesystem::path credentials;  ///< empty: the broker lets everybody in
    std::filesystem::path file;         ///< its SQLite file, made when absent
    bool print = false;                 ///< the story, on standard output
    std::filesystem::path sensors;      ///< report of `home`, to print how long an alarm took

    std::string page;  ///< "127.0.0.1:8490": serves its page there; empty: no page

    // Faults.
    std::vector<std::string> outages;  ///< like "after 60s for 5m": not there at all
    std::string slow;                  ///< like "500ms": before every commit; empty: none
    double drop_acks = 0;              ///< share of acknowledgements that are not sent, 0..1
    double drop_events = 0;        ///< share of events that are lost before they are stored, 0..1
    std::uint64_t stop_after = 0;  ///< end after so many stored events, the last unacknowledged
    std::uint64_t seed = 1;        ///< of the faults
};

/// Exit status: 0 when told to end, 1 on an error (already printed).
int run_platform(const PlatformOptions& options);

}  // namespace anju::sim
