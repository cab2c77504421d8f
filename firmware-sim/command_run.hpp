// `anju-sim command`: sends one command to a gateway as the district platform would, and waits
// for its answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "anju/v1/command.pb.h"

namespace anju::sim {

struct CommandOptions {
    std::string broker;
    std::string user = "platform";
    std::filesystem::path credentials;  ///< empty: the broker lets everybody in
    std::chrono::seconds timeout{15};
    bool json = false;
    /// Complete but for command_id (drawn when empty) and issued_ms.
    v1::DistrictCommand command;
};

/// Exit status: 0 applied or already so, 1 error, 3 refused, 4 expired, 5 no answer in time.
int run_command(const CommandOptions& options);

}  // namespace anju::sim
