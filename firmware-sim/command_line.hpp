// What the subcommands of anju-sim share.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include "base/result.hpp"

namespace anju::sim {

/// Says what is wrong; the exit status.
inline int fail(const Error& error) {
    fmt::print(stderr, "anju-sim: {}\n", error.text());
    return 1;
}

template <class Options>
void add_broker(CLI::App& command, Options& options) {
    command.add_option("--broker", options.broker, "mqtt://host:port")->required();
    command.add_option("--credentials,--password-file", options.credentials,
                       "directory with one file a user, its first line the password; or the "
                       "one user's password file");
}

inline void add_seconds(CLI::App& command, const std::string& name, std::chrono::seconds& value,
                        const std::string& what) {
    command
        .add_option_function<long>(
            name, [&value](long count) { value = std::chrono::seconds{count}; },
            fmt::format("seconds {} ({})", what, value.count()))
        ->check(CLI::NonNegativeNumber);
}

/// `anju-sim command`: one command from the district to a gateway.
void add_command(CLI::App& app, std::function<int()>& action);
/// `anju-sim fleet`: many boxes at a district's broker, or many homes at a hub's.
void add_fleet(CLI::App& app, std::function<int()>& action);
/// `anju-sim replay`: recorded homes as live sensors.
void add_replay(CLI::App& app, std::function<int()>& action);

}  // namespace anju::sim
