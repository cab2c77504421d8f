// `anju-sim platform-report`: what a platform's file says, for people and for programs.
#pragma once

#include <filesystem>

namespace anju::sim {

struct PlatformReportOptions {
    std::filesystem::path file;
    bool json = false;
    std::filesystem::path sensors;  ///< report of `home` or `load`, for latencies; empty: none
};

/// Exit status: 0, 1 on an error (already printed), 3 when holes remain.
int run_platform_report(const PlatformReportOptions& options);

}  // namespace anju::sim
