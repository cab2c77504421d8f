// `anju-sim proxy`: the fault proxy as a program, commanded by lines on standard input and by a
// schedule.
#pragma once

#include <filesystem>

#include "firmware-sim/net/fault_proxy.hpp"

namespace anju::sim {

struct ProxyOptions {
    std::string listen;            ///< "127.0.0.1:1885"; port 0 = any that is free
    std::string to;                ///< "host:port"
    std::filesystem::path script;  ///< a schedule, see parse_fault_schedule(); empty: none
};

/// "host:port", IPv6 in brackets.
[[nodiscard]] result<std::pair<std::string, std::uint16_t>> parse_host_port(std::string_view text);

/// Runs until SIGINT, SIGTERM or the line "quit"; the end of the input only ends the input. Tells
/// on standard output where it listens, and every fault. Lines are faults as in a schedule but
/// without times, "counts" or "quit"; what is not understood is said on standard error.
/// Exit status: 0, or 1 on an error (already printed).
int run_proxy(const ProxyOptions& options);

}  // namespace anju::sim
