// Runs a program of the system and hears it out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace anju::update {

struct Ran {
    int status = -1;     ///< exit code; -1: ended by a signal
    std::string output;  ///< standard output
    std::string errors;  ///< standard error; of both what is beyond 4 MiB is left out
};

/// argv[0] is looked for in the PATH; no shell. In `folder` if one is named, in the C locale,
/// without a terminal and with nothing to read. An Error when it could not be started. Waits for
/// it, however long it takes: the service manager knows the limit.
[[nodiscard]] result<Ran> run_command(const std::vector<std::string>& argv,
                                      const std::filesystem::path& folder = {});

/// How `what` came to its bad end, with its last words.
[[nodiscard]] Error failure_of(const std::string& what, const Ran& ran,
                               const std::filesystem::path& folder);

/// As run_command(); an Error with its last words when it does not end with 0. Otherwise what it
/// printed.
[[nodiscard]] result<std::string> hear(const std::vector<std::string>& argv,
                                       const std::filesystem::path& folder = {});

}  // namespace anju::update
