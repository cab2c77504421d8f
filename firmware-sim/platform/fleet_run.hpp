// `anju-sim fleet`: many boxes' uplinks against one district broker, without the boxes: alarms
// and bulk numbered as a gateway numbers them, repeated until the platform acknowledges.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace anju::sim {

struct FleetOptions {
    std::string broker;
    std::string user = "simulator";     ///< may speak for every gateway: not on a broker in service
    std::filesystem::path credentials;  ///< empty: the broker lets everybody in
    std::size_t boxes = 100;            ///< "fleet-0001" …
    double rate = 100;                  ///< bulk events a second, all boxes together
    double alarm_rate = 1;              ///< alarms a second
    double seconds = 10;                ///< of sending
    double drain_seconds = 30;          ///< to wait for acknowledgements afterwards
    bool json = false;
};

/// A line of figures on standard error every second, redrawn in place on a terminal; the sum at
/// the end on standard output. Exit status: 0, 1 on an error (already printed), 2 when not
/// everything was acknowledged.
int run_fleet(const FleetOptions& options);

}  // namespace anju::sim
