// `anju-sim replay`: recorded homes as live sensors on the home broker.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "firmware-sim/homes/home_link.hpp"
#include "firmware-sim/replay/playback.hpp"

namespace anju::sim {

struct ReplayOptions {
    HomeLink::Options link;
    std::string recordings;         ///< a file, or a folder of *.csv and *.csv.gz
    std::filesystem::path control;  ///< of the gateway; empty: homes are registered already
    PlaybackOptions playback;
    /// Recorded seconds a second, > 0. nullopt: the gateway's clock is set from message to message,
    /// each acknowledged before the next, as fast as that goes; needs `control` and a driven clock.
    std::optional<double> rate;
    /// Somebody closes alerts when the resident is seen again, as anju-score has it.
    bool close_alerts = false;
    bool remove = false;  ///< take the homes off the gateway at the end
    bool staff = false;   ///< on a clock that is the world's: who is told, see drills
    bool print_directory = false;
    bool json = false;
    std::chrono::seconds connect_limit{20};  ///< real time
    std::chrono::seconds ack_limit{60};      ///< real time, for each step and at the end
};

/// Exit status: 0, 1 on an error (already printed), 2 when not everything was acknowledged.
int run_replay(const ReplayOptions& options);

}  // namespace anju::sim
