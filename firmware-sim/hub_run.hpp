// `anju-sim fleet --homes`: the sensors of many homes against one hub, measured while it runs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "firmware-sim/load_link.hpp"

namespace anju::sim {

struct HubOptions {
    LoadLink::Options link;
    std::filesystem::path control;  ///< of the hub: registers the homes; empty: they are
    std::string community = "load";
    std::size_t homes = 100;  ///< as `anju-sim directory --load` has them
    std::size_t per_home = 5;
    double every_seconds = 100;  ///< each sensor measures so often
    double alarm_rate = 0;       ///< smoke alarms a second, each from the next home
    double seconds = 10;         ///< of sending
    double drain_seconds = 30;   ///< to wait for acknowledgements afterwards
    bool keep = false;           ///< leave the homes registered
    int watch_pid = 0;           ///< 0: none
    bool json = false;
};

/// Figures every second: redrawn in place on a terminal, a line each elsewhere, JSON on standard
/// output with `json`. Exit status: 0, 1 on an error (already printed), 2 when not everything was
/// acknowledged.
int run_hub(const HubOptions& options);

}  // namespace anju::sim
