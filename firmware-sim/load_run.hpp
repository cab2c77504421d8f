// `anju-sim load`: measured load from many native sensors over a few connections.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

namespace anju::sim {

struct LoadOptions {
    std::string broker;
    std::string user = "simulator";
    std::filesystem::path credentials;  ///< empty: the broker lets everybody in
    std::size_t devices = 200;          ///< as registered by `anju-sim directory --load`
    std::size_t per_home = 5;
    double rate = 1000;         ///< measurements a second, all devices together
    double alarm_rate = 0;      ///< smoke alarms a second, each from the next home
    double seconds = 10;        ///< of sending
    double drain_seconds = 30;  ///< to wait for acknowledgements afterwards
    std::size_t connections = 4;
    std::size_t window = 64;
    bool event_time = true;        ///< false: sensors without a clock
    std::filesystem::path report;  ///< of the alarms, see report.hpp; empty: none
    bool json = false;
};

/// Exit status: 0, 1 on an error (already printed), 2 when not everything was acknowledged.
int run_load(const LoadOptions& options);

}  // namespace anju::sim
