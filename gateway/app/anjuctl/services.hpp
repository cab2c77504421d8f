// Tells the service manager what has changed. Only for this machine, never for an image.
#pragma once

#include <string>
#include <vector>

namespace anju::ctl {

/// Runs a program found in the PATH, with this process's output, and waits. True: it ended with 0.
[[nodiscard]] bool run_program(const std::vector<std::string>& argv);

/// What a program found in the PATH writes to its standard output, at most so many bytes; its
/// complaints go nowhere. Empty: there is no such program, or it said nothing.
[[nodiscard]] std::string output_of(const std::vector<std::string>& argv, std::size_t most);

/// Whether this machine is run by systemd.
[[nodiscard]] bool has_service_manager();

}  // namespace anju::ctl
