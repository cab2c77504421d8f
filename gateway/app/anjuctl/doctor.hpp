// Looks at everything an operator would look at, and says what is wrong and what to do.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <optional>

#include "app/anjuctl/findings.hpp"

namespace anju::ctl {

struct DoctorOptions {
    std::filesystem::path config;                 ///< looked at, whether or not the daemon runs
    std::optional<std::filesystem::path> socket;  ///< instead of the configuration's
    std::chrono::milliseconds timeout{10'000};
    std::filesystem::path machine = "/";  ///< where /sys and /proc are; others are for tests
    std::filesystem::path broker_log;     ///< instead of the broker's journal; empty: that
};

/// Works without a running daemon too, which is then the worst of its findings. Returns what the
/// daemon said of its health; null: nothing.
boost::json::value examine(const DoctorOptions& options, Findings& findings);

/// The part that needs no running daemon: configuration, data folder, disk. Returns the control
/// socket, as far as it could be found out.
[[nodiscard]] std::filesystem::path examine_box(const DoctorOptions& options, Findings& findings);

/// What the daemon says of itself: the results of `health` and of `devices.list` (null: it gave
/// none, which the caller reports).
void examine_daemon(const boost::json::value& health, const boost::json::value& devices,
                    Findings& findings);

}  // namespace anju::ctl
